import random

import pytest

from dateline.link import spool
from dateline.link.spool import Spool
from dateline.matching.marks import keys_of, marks_of
from dateline.matching.postings import Indexed
from dateline.matching.words import words_in


def indexed(id: str, seed: int) -> Indexed:
    draw = random.Random(seed)
    words = ["dam", "sluice", "Oskavar", "flooded", "villages", "rescuers", "Kelmar", "miners", "copper", "14"]
    sentences = [words_in(" ".join(draw.choices(words, k=9))) for _ in range(draw.randint(0, 4))]
    return Indexed(id, keys_of(sentences, [(0, id)] if sentences else []), marks_of(sentences))


@pytest.mark.parametrize("held", [1, 1 << 20])
def test_what_is_put_aside_comes_back_in_any_order(held: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "HELD", held)
    put = [indexed(f"r{number}", number) for number in range(12)]
    with Spool() as kept:
        for one in put[:6]:
            kept.put(one)
        assert kept.get("r2") is not None
        for one in put[6:]:
            kept.put(one)
        for one in reversed(put):
            again = kept.get(one.report)
            assert again is not None
            assert again.keys.to_bytes() == one.keys.to_bytes()
            assert again.marks.to_bytes() == one.marks.to_bytes()
            assert again.keys.hashes.tolist() == one.keys.hashes.tolist()
        assert kept.get("r12") is None
