"""Sentence vectors: named, never picked, and the same for the same text."""

import subprocess
import sys

import numpy as np
import pytest

from dateline.errors import ModelError
from dateline.nlp import embed
from dateline.nlp.embed import EMBEDDERS, MiniLM, Package, make_embedder

NAME = "all-MiniLM-L6-v2"
FERRY = "The ferry Linnet ran aground in thick fog outside the harbour of Skerne."
AGROUND = "In dense fog the Linnet, a ferry, grounded near the port of Skerne."
BAKERS = "Bakers in Hreb went on strike over the price of flour."

there = pytest.mark.skipif(bool(EMBEDDERS[NAME].missing()), reason="the verifier's packages are not installed")


@pytest.fixture(scope="module")
def minilm() -> MiniLM:
    return MiniLM(NAME, EMBEDDERS[NAME])


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(ModelError, match="unknown verifier 'minilm'; known: all-MiniLM-L6-v2"):
        make_embedder("minilm")


def test_what_is_missing_is_named_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    absent = Package("no-such-weights", "no_such_weights", ("numpy", "no-such-words"), "pip install them")
    monkeypatch.setitem(embed.EMBEDDERS, "absent", absent)
    with pytest.raises(ModelError, match="the verifier absent needs no-such-weights, no-such-words: pip install them"):
        make_embedder("absent")


def test_nothing_is_loaded_before_a_text_is_embedded() -> None:
    code = (
        "import sys; from dateline.nlp.embed import EMBEDDERS, MiniLM;"
        f"MiniLM({NAME!r}, EMBEDDERS[{NAME!r}]).name;"
        "sys.exit('tokenizers' in sys.modules or 'safetensors' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@there
def test_vectors_have_unit_length_and_are_those_of_the_model(minilm: MiniLM) -> None:
    vector = minilm.embed("This is an example sentence")
    assert vector.shape == (384,)
    assert vector.dtype == np.float32
    assert float(vector @ vector) == pytest.approx(1, abs=1e-5)
    assert vector[:4] == pytest.approx([0.06766, 0.06349, 0.04871, 0.07930], abs=1e-4)


@there
def test_one_meaning_in_other_words_is_nearer_than_another_meaning(minilm: MiniLM) -> None:
    ferry, aground, bakers = map(minilm.embed, (FERRY, AGROUND, BAKERS))
    assert float(ferry @ aground) > 0.7
    assert float(ferry @ bakers) < 0.3


@there
def test_a_vector_does_not_depend_on_what_came_before(minilm: MiniLM) -> None:
    first = minilm.embed(FERRY)
    again = MiniLM(NAME, EMBEDDERS[NAME])
    again.embed(BAKERS)
    assert (again.embed(FERRY) == first).all()


@there
def test_long_and_empty_texts_have_vectors(minilm: MiniLM) -> None:
    for text in ("", FERRY * 200):
        assert np.isfinite(minilm.embed(text)).all()
