import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dateline.matching.marks import RUN, WHOLE, Marks, keys_of, marks_of, rarest
from dateline.matching.passages import could_match, may_match
from dateline.matching.pool import Pool
from dateline.matching.profile import Profile
from dateline.matching.words import words_in

WORDS = [
    "the",
    "of",
    "dam",
    "dams",
    "sluice",
    "Oskavar",
    "Kelmar",
    "flooded",
    "villages",
    "14",
    "300,000",
    "said",
    "rescuers",
    "miners",
    "copper",
    "in",
    "and",
]
SENTENCES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=16), min_size=1, max_size=5)


@given(SENTENCES)
def test_marks_come_back_from_their_bytes(sentences: list[list[str]]) -> None:
    marks = marks_of([words_in(" ".join(words)) for words in sentences])
    again = Marks.from_bytes(marks.to_bytes())
    assert again.words.tolist() == marks.words.tolist()
    assert again.tenths.tolist() == marks.tenths.tolist()
    assert again.ends.tolist() == marks.ends.tolist()


@given(SENTENCES, SENTENCES)
def test_the_bound_never_loses_what_could_match(mine: list[list[str]], theirs: list[list[str]]) -> None:
    a, b = ([Profile(" ".join(words)) for words in some] for some in (mine, theirs))
    marks, others = (marks_of([words_in(one.text) for one in some]) for some in (a, b))
    pairs = [(i, j) for i in range(len(a)) for j in range(len(b))]
    pool = Pool()
    pool.put(0, others)
    told = may_match(marks, np.array([i for i, _ in pairs]), pool.take(np.array([j for _, j in pairs])))
    for (i, j), answer in zip(pairs, told.tolist(), strict=True):
        assert answer or not could_match(a[i], b[j])


def test_the_bound_tells_strangers_apart() -> None:
    a = marks_of([words_in("The Kelmar dam failed at dawn, flooding nine villages of the delta.")])
    b = marks_of([words_in("A choir from Brannik won the harvest prize with an old fishing song.")])
    pool = Pool()
    pool.put(0, a)
    pool.put(1, b)
    assert may_match(a, np.array([0, 0]), pool.take(np.array([0, 1]))).tolist() == [True, False]


def test_a_sentence_has_pairs_of_rare_words_runs_and_its_passage() -> None:
    words = words_in("The Kelmar dam failed at dawn on Sunday, flooding nine villages of the Sarvan delta.")
    keys = keys_of([words], [(0, "all of it")])
    assert (keys.bits == WHOLE).sum() == 1
    assert (keys.bits == RUN).sum() >= 1
    pairs = [bin(bits).count("1") for bits in keys.bits if bits not in (RUN, WHOLE)]
    assert pairs == [2] * 21
    assert len(rarest(word.key for word in words)) == 7
    shuffled = list(words)
    random.Random(3).shuffle(shuffled)
    other = keys_of([shuffled], [])
    there = {h for h, b in zip(keys.hashes.tolist(), keys.bits.tolist(), strict=True) if b not in (RUN, WHOLE)}
    assert there == {h for h, b in zip(other.hashes.tolist(), other.bits.tolist(), strict=True) if b != RUN}


def test_runs_end_with_the_sentence() -> None:
    words = words_in(" ".join(f"{letter}{vowel}lm" for letter in "bdfgkprs" for vowel in "aou"))
    whole, cut = keys_of([words], []), keys_of([words[:12], words[12:]], [])
    runs = [set(one.hashes[one.bits == RUN].tolist()) for one in (whole, cut)]
    assert runs[1] < runs[0] | runs[1]
    assert cut.sentences[cut.bits == RUN].tolist() == sorted(cut.sentences[cut.bits == RUN].tolist())
