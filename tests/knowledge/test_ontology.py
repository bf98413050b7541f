from pathlib import Path

import pytest

from dateline.errors import KnowledgeError
from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.events import EventFrame, event_frames
from dateline.knowledge.load import DATA
from dateline.knowledge.ontology import load_ontology

TYPES = {
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST"),
    *("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}


def test_the_sixteen_types_with_version_and_references(knowledge: Knowledge) -> None:
    ontology = knowledge.ontology
    assert set(ontology.by_id) == TYPES
    assert ontology.version == "0.7b1"
    assert ontology.references


def test_the_sign_of_the_scale_follows_the_quad_class(knowledge: Knowledge) -> None:
    for kind in knowledge.ontology.types:
        assert (kind.scale > 0) == kind.quad.endswith("cooperation"), kind.id


def test_every_frame_uses_a_type_and_mode_of_the_ontology_and_every_type_has_frames(knowledge: Knowledge) -> None:
    event_frames(knowledge)
    assert {entry.type for entry in knowledge.lexicon(EventFrame)} == TYPES


@pytest.mark.parametrize(
    ("type_", "mode", "contexts"),
    [("FROLIC", None, ()), ("ASSAULT", "frolic", ()), ("ASSAULT", None, ("frolic",))],
)
def test_what_is_not_in_the_ontology_is_an_error(
    knowledge: Knowledge, type_: str, mode: str | None, contexts: tuple[str, ...]
) -> None:
    with pytest.raises(KnowledgeError, match=r"frolic|FROLIC"):
        knowledge.ontology.check("here", type_, mode, contexts)


def test_an_unknown_key_is_an_error(tmp_path: Path) -> None:
    text = (DATA / "ontology" / "plover.yaml").read_text(encoding="utf-8")
    (tmp_path / "plover.yaml").write_text(text + "\nfrolic: true\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="frolic"):
        load_ontology(tmp_path)


def test_a_type_that_points_nowhere_is_an_error(tmp_path: Path) -> None:
    text = (DATA / "ontology" / "plover.yaml").read_text(encoding="utf-8")
    (tmp_path / "plover.yaml").write_text(text.replace("refused: REJECT", "refused: FROLIC", 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="FROLIC"):
        load_ontology(tmp_path)
