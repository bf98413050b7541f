"""Mentions: where the report names somebody or something.

The tagger's entities, corrected by knowledge: known names (``data/actors``) win over what the tagger made of
them, titles and possessives are stripped, a surname that a full name in the report explains is a mention
too, and spellings that were labelled one way most often are labelled so throughout.
"""

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from dateline.knowledge.folding import fold
from dateline.knowledge.handle import Knowledge
from dateline.matching.rarity import weight_of
from dateline.matching.stems import key_of
from dateline.model.records import AnnotatedReport, Mention, Passage
from dateline.model.vocab import Label, Table
from dateline.nlp.base import Tokens
from dateline.read.known import given_names, phrases, roles
from dateline.read.metonyms import marked
from dateline.read.reading import Extractor, Mint, Reading
from dateline.read.told_places import TOLD, told_places

_LABELS = {str(label): label for label in Label}
_AREAS = frozenset({Label.GPE, Label.LOC, Label.NORP})
_PLACES = frozenset({Label.GPE, Label.LOC, Label.FAC})
_IN = frozenset({"in", "near", "at", "from", "outside", "around", "into", "of", "to", "on", "toward", "towards"})

_PARTICLES = frozenset(
    {"de", "del", "di", "do", "da", "dos", "an", "am", "der", "la", "le", "les", "las", "los", "sur", "upon"}
)
_AT = frozenset({"in", "near", "at", "outside", "around", "into", "off", "inside"})

_UNHEARD = 4.5
"""The rarity of a word that English does not know, a family name rather than part of a body's name."""
_TOWNS = frozenset({"town", "city", "village", "port", "settlement", "suburb"})


class Found(Struct, frozen=True):
    """A name on tokens ``[first, last)`` of a passage. ``known`` when knowledge says so, not the tagger."""

    passage: int
    first: int
    last: int
    label: Label
    because: str
    known: bool


def run(reading: Reading) -> AnnotatedReport:
    """All mentions, in order of the text. Referents and actors are put in by ``referents``."""
    plain = reading.text.replace("’", "'").replace("‘", "'")
    found = reading.each_passage("mentions", lambda i, p, t: _passage(i, p, t, plain, reading.knowledge))
    found.extend(_dateline(found, reading))
    found = _longer(found, reading)
    found = _namesakes(found, reading)
    found = _towns(found, reading)
    found = _told(found, reading)
    found = _vote(found, reading)
    found.extend(_surnames(found, reading))
    found.sort(key=lambda f: (f.passage, f.first, f.last))
    mint = Mint(reading, Table.MENTIONS, "mentions")
    mentions = []
    for one in found:
        span = reading.tokens[one.passage].span(one.first, one.last)
        id_, evidence = mint(span)
        score = 0.95 if one.known else 0.8
        mentions.append(Mention(id=id_, evidence=evidence, because=one.because, score=score, label=one.label))
    return reading.annotated.replace(mentions=tuple(mentions))


EXTRACTOR = Extractor("mentions", frozenset({"passages", "head"}), frozenset({"mentions"}), run)


def _passage(index: int, passage: Passage, tokens: Tokens, plain: str, knowledge: Knowledge) -> list[Found]:
    known = _known(index, tokens, plain, knowledge)
    taken = [False] * len(tokens)
    kept: list[Found] = []
    tagged = [f for ent in tokens.ents if (f := _tagged(index, tokens, ent, knowledge)) is not None]
    for one in tagged:
        inside = [k for k in known if one.first <= k.first and k.last <= one.last]
        if one.label is Label.PERSON and not _capital(tokens, one):
            continue
        wider = any((k.last - k.first) < one.last - one.first for k in inside)
        plain_area = all(k.label in _AREAS for k in inside)
        keeps = one.label in (Label.ORG, Label.FAC, Label.EVENT, Label.LOC) or (
            one.label is Label.PERSON and inside and inside[0].label is Label.GPE and inside[0].first == one.first
        )
        named = (
            one.label in (Label.GPE, Label.LOC, Label.PERSON)
            and wider
            and plain_area
            and _listed(tokens, one, knowledge)
        )
        if not inside or (wider and plain_area and (keeps or named) and not _possessed(tokens, one)):
            kept.append(one)
            taken[one.first : one.last] = [True] * (one.last - one.first)
    # What is known stands, except inside a longer name that the tagger saw; a tagged name that crosses it goes.
    for one in known:
        if not any(taken[one.first : one.last]):
            kept.append(one)
        elif not any(k.first <= one.first and one.last <= k.last for k in kept):
            kept = [k for k in kept if k.last <= one.first or one.last <= k.first]
            kept.append(one)
        taken[one.first : one.last] = [True] * (one.last - one.first)
    return kept


def _dateline(found: list[Found], reading: Reading) -> list[Found]:
    """The place of the dateline, which stands in capitals that a tagger does not know ("KYIV, Sept 30")."""
    head = reading.annotated.head
    if head.dateline is None or head.place is None:
        return []
    index = reading.passage_at(head.dateline.span.start)
    if index is None:
        return []
    tokens = reading.tokens[index]
    words = head.place.split(",")[0].split()
    first = next((i for i, w in enumerate(tokens.lower[:4]) if w == words[0].lower()), None)
    if first is None or tokens.lower[first : first + len(words)] != tuple(w.lower() for w in words):
        return []
    last = first + len(words)
    if any(f.passage == index and f.first < last and first < f.last and f.label is Label.GPE for f in found):
        return []
    found[:] = [f for f in found if f.passage != index or f.last <= first or last <= f.first]
    return [Found(index, first, last, Label.GPE, "the place of the dateline", True)]


def _listed(tokens: Tokens, one: Found, knowledge: Knowledge) -> bool:
    """Whether the gazetteer has the name as a whole ("New Jersey", "Guernsey County")."""
    return bool(knowledge.gazetteer.lookup(" ".join(tokens.words[one.first : one.last])))


def _possessed(tokens: Tokens, one: Found) -> bool:
    """Whether the name holds a possessive inside, so that it may be two names ("Varn's Arden")."""
    return one.label is Label.PERSON and any(tokens.tags[i] == "POS" for i in range(one.first, one.last))


def _capital(tokens: Tokens, one: Found) -> bool:
    return tokens.words[one.last - 1][:1].isupper() or tokens.words[one.first][:1].isupper()


def _known(index: int, tokens: Tokens, plain: str, knowledge: Knowledge) -> list[Found]:
    """Known names as they are written, longest first at each word, none inside another."""
    table = phrases(knowledge)
    found: list[Found] = []
    after = 0
    for i, word in enumerate(tokens.words):
        if i < after or not (names := table.get(word)):
            continue
        start = tokens.starts[i]
        for name in names:
            end = start + len(name.text)
            if plain.startswith(name.text, start) and (last := tokens.at(end - 1)) is not None:
                if tokens.ends[last] != end:
                    continue
                if name.label is Label.GPE and last + 1 < len(tokens) and _person_follows(tokens, last + 1):
                    continue
                found.append(Found(index, i, last + 1, name.label, f"a known name ({name.label})", True))
                after = last + 1
                break
    return found


def _person_follows(tokens: Tokens, token: int) -> bool:
    """Whether a name of a person goes on here ("Paris Varn" is no city)."""
    return any(label == "PERSON" and start < token < end for start, end, label in tokens.ents)


def _tagged(index: int, tokens: Tokens, ent: tuple[int, int, str], knowledge: Knowledge) -> Found | None:
    """The tagger's entity without titles, articles and possessives; None for what is no name of ours."""
    first, last, text = ent
    label = _LABELS.get(text)
    if label is None:
        return None
    while first < last and (tokens.lower[first] in {"the", "a", "an"} or not tokens.words[first][:1].isalnum()):
        first += 1
    while last > first and (
        tokens.tags[last - 1] == "POS"
        or (not tokens.words[last - 1][-1:].isalnum() and tokens.words[last - 1][-1:] != ".")
    ):
        last -= 1
    if label is Label.PERSON:
        first = _untitled(tokens, first, last, knowledge)
        # "Venn's Arden" tagged as one person: the possessor is the person.
        mark = next((i for i in range(first, last) if tokens.tags[i] == "POS"), None)
        last = mark if mark is not None and mark > first else last
    if first >= last or not any(c.isalpha() for c in tokens.words[first]):
        return None
    if last - first == 1 and (len(tokens.words[first]) < 2 or not any(c.isupper() for c in tokens.words[first])):
        return None
    return Found(index, first, last, label, f"tagged as {label}", False)


def _untitled(tokens: Tokens, first: int, last: int, knowledge: Knowledge) -> int:
    """Where the name starts behind the titles and roles before it."""
    table = roles(knowledge)
    moved = True
    while moved:
        moved = False
        for words, _ in table.by_first.get(tokens.lower[first], ()) if first < last - 1 else ():
            end = first + len(words)
            if end < last and tokens.lower[first:end] == words:
                first, moved = end, True
                break
        if not moved and first < last - 1 and tokens.lower[first] in table.qualifiers:
            first, moved = first + 1, True
    return first


def _longer(found: list[Found], reading: Reading) -> list[Found]:
    """With names of places that go on in another language's small words ("Santiago de Cuba") taken whole."""
    lookup = reading.knowledge.gazetteer.lookup
    whole: list[Found] = []
    for one in found:
        tokens = reading.tokens[one.passage]
        if one.label is not Label.GPE or _PARTICLES.isdisjoint(tokens.lower[one.last - 1 : one.last + 1]):
            continue
        for last in range(min(one.last + 3, len(tokens)), one.last, -1):
            if lookup(" ".join(tokens.words[one.first : last])):
                whole.append(Found(one.passage, one.first, last, Label.GPE, "a known name of several words", True))
                break
    return [f for f in found if not any(_meet(f, w) for w in whole)] + whole


def _meet(a: Found, b: Found) -> bool:
    return a.passage == b.passage and a.first < b.last and b.first < a.last


def _namesakes(found: list[Found], reading: Reading) -> list[Found]:
    """With people whose given name or surname is a place's ("Georgia Mallin", "Ada Berlin") as people.

    The given name is one of those listed, and English does not know the word behind it; or the tagger saw a person
    right before the place's name, and the two are one name.
    """
    lookup = reading.knowledge.gazetteer.lookup
    given = marked(reading.knowledge, "GIVEN")
    labels = {(f.passage, f.last): f for f in found if f.label is Label.PERSON and f.last - f.first == 1}
    people: list[Found] = []
    for one in found:
        if one.label is not Label.GPE:
            continue
        tokens, first, last = reading.tokens[one.passage], one.first, one.last
        end = first + 2
        name = " ".join(tokens.words[first:end])
        if (
            tokens.lower[first] in given
            and last <= end <= len(tokens)
            and _surname(tokens, end - 1)
            and not lookup(name)
        ):
            people.append(Found(one.passage, first, end, Label.PERSON, "a given name that is a place's too", True))
        before = labels.get((one.passage, first))
        if before is not None and last == first + 1 and tokens.heads[before.first] == first:
            people.append(Found(one.passage, before.first, last, Label.PERSON, "a surname that is a place's too", True))
    called = {reading.tokens[p.passage].words[p.first] for p in people}
    for one in found:
        tokens = reading.tokens[one.passage]
        alone = one.label is Label.GPE and one.last - one.first == 1 and tokens.words[one.first] in called
        if alone and not (one.first and tokens.lower[one.first - 1] in _IN) and not any(_meet(one, p) for p in people):
            people.append(Found(one.passage, one.first, one.last, Label.PERSON, "a person of the report", True))
    return [f for f in found if not any(_meet(f, p) for p in people)] + people


def _surname(tokens: Tokens, token: int) -> bool:
    """Whether a word can only be a surname: a name that English does not know."""
    word = tokens.words[token]
    return word[0].isupper() and word[1:].islower() and weight_of(key_of(word)) >= _UNHEARD


def _towns(found: list[Found], reading: Reading) -> list[Found]:
    """With names of towns that the tagger missed or took for something else, where they stand as a place does.

    Behind "in" or "near" a sizeable place of that name is enough; behind "from" or "to", or joined to a place by "and",
    it must lie in a country that the report names.
    """
    labels = {(f.passage, i): f for f in found for i in range(f.first, f.last)}
    texts = {" ".join(_words_of(f, reading)) for f in found if f.known or f.label in _AREAS}
    named = {code for text in texts if (code := _country(text, reading.knowledge))}
    people = {w for f in found if f.label is Label.PERSON and f.last - f.first > 1 for w in _words_of(f, reading)}
    reached = marked(reading.knowledge, "REACHED")
    made: list[Found] = []
    for index, _, tokens in reading.passages():
        for first, last in _runs(tokens):
            there = {labels[index, i] for i in range(first, last) if (index, i) in labels}
            if any(f.known or f.label in _AREAS or (f.first, f.last) != (first, last) for f in there):
                continue
            owner = last < len(tokens) and tokens.tags[last] == "POS"
            if owner or any(s < last and first < e and label not in _LABELS for s, e, label in tokens.ents):
                # "in March", "at Velm's"
                continue
            name = " ".join(tokens.words[first:last])
            strong = tokens.lower[first - 1] in _AT and tokens.deps[last - 1] == "pobj"
            if not people.isdisjoint(name.split()) or not (
                strong or _beside(tokens, first, last, labels.get((index, tokens.heads[last - 1])), reached)
            ):
                continue
            sites = [(c.main, c.site) for c in reading.knowledge.gazetteer.lookup(name)]
            if any(s.country in named and s.population >= 2000 for _, s in sites) or (
                strong and any(s.population >= (5000 if main else 100_000) for main, s in sites)
            ):
                made.append(Found(index, first, last, Label.GPE, "a town's name that stands as a place does", False))
    spans = {(f.passage, f.first, f.last) for f in made}
    return [f for f in found if (f.passage, f.first, f.last) not in spans] + made


def _told(found: list[Found], reading: Reading) -> list[Found]:
    """With the names that the report says are places, for whatever the tagger took them or parts of them."""
    people = {_words_of(f, reading) for f in found if f.label is Label.PERSON and f.last - f.first > 1}
    kept = [f for f in found if f.known or f.label is Label.NORP]
    taken = {(f.passage, i) for f in kept for i in range(f.first, f.last)}
    seen = {_words_of(f, reading) for f in found if f.label in _PLACES}
    made = [Found(t.passage, t.first, t.last, t.label, t.because, True) for t in told_places(reading, people, taken)]
    made = [replace(m, because=m.because.removeprefix(TOLD)) if _words_of(m, reading) in seen else m for m in made]
    spots: dict[int, list[Found]] = {}
    for one in made:
        spots.setdefault(one.passage, []).append(one)

    def named(one: Found) -> bool:
        """Whether a tagged name is all or part of one that the report says is a place's.

        "Velm region", tagged as a place with the word for its kind, stays.
        """
        words = reading.tokens[one.passage].words
        return any(
            all(m.first <= i < m.last for i in range(one.first, one.last) if words[i][:1].isupper())
            and not (one.label in _PLACES and (m.first, m.last + 1) == (one.first, one.last))
            for m in spots.get(one.passage, ())
            if _meet(one, m)
        )

    rest = [f for f in found if f.known or f.passage not in spots or not named(f)]
    return rest + [m for m in made if not any(_meet(f, m) for f in rest if f.passage == m.passage)]


def _country(name: str, knowledge: Knowledge) -> str | None:
    """The country that a known name points to: its own, that of a capital, or that of a place of our own."""
    if code := knowledge.actors.country_of(name) or knowledge.actors.capitals.get(fold(name)):
        return code
    return next((c.site.country for c in knowledge.gazetteer.lookup(name)[:1] if c.site.own), None)


def _words_of(one: Found, reading: Reading) -> tuple[str, ...]:
    return tuple(reading.tokens[one.passage].words[one.first : one.last])


def _runs(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Stretches of up to three proper nouns in capitals behind another token."""
    last = 1
    for first in range(1, len(tokens)):
        if first < last or tokens.pos[first] != "PROPN" or not tokens.words[first][0].isupper():
            continue
        last = first + 1
        while last < len(tokens) and tokens.pos[last] == "PROPN" and tokens.words[last][0].isupper():
            last += 1
        if last - first <= 3 and len(tokens.words[first]) > 2:
            yield first, last


def _beside(tokens: Tokens, first: int, last: int, joined: Found | None, reached: frozenset[str]) -> bool:
    """Whether a name stands behind "from" or "to", is what somebody reached, or is joined to a place."""
    head = last - 1
    if tokens.lower[first - 1] in ("from", "to", "between", "of") and tokens.deps[head] == "pobj":
        return True
    if tokens.deps[head] == "dobj" and tokens.lemmas[tokens.heads[head]] in reached:
        return True
    return tokens.deps[head] == "conj" and joined is not None and joined.label is Label.GPE


def _vote(found: list[Found], reading: Reading) -> list[Found]:
    """One label a spelling: what knowledge says, else the commonest; a lone place name after "in" is a place."""
    votes: dict[str, Counter[Label]] = {}
    keys = []
    for one in found:
        tokens = reading.tokens[one.passage]
        key = " ".join(tokens.lower[one.first : one.last])
        keys.append(key)
        weight = 5 if one.known else 1
        if not one.known and one.label in (Label.PERSON, Label.ORG) and _placed(tokens, one, reading.knowledge):
            votes.setdefault(key, Counter())[Label.GPE] += 2
        if not one.known and one.label is Label.PERSON and _town_of(tokens, one):
            votes.setdefault(key, Counter())[Label.GPE] += 2
        if not one.known and one.label is not Label.PERSON and _titled(tokens, one, reading.knowledge):
            votes.setdefault(key, Counter())[Label.PERSON] += 4
        if not one.known and one.last - one.first == 1 and _given_name(tokens, one, reading.knowledge):
            votes.setdefault(key, Counter())[Label.PERSON] += 4
        votes.setdefault(key, Counter())[one.label] += weight
    voted = []
    for one, key in zip(found, keys, strict=True):
        label = min(votes[key].items(), key=lambda item: (-item[1], item[0]))[0]
        if label is one.label:
            voted.append(one)
        else:
            voted.append(
                Found(one.passage, one.first, one.last, label, f"named as {label} elsewhere or by its place", one.known)
            )
    return voted


def _placed(tokens: Tokens, one: Found, knowledge: Knowledge) -> bool:
    """Whether a name stands behind a preposition of place and is the main name of a town."""
    if one.first == 0 or tokens.lower[one.first - 1] not in _IN - {"of", "to", "from"}:
        return False
    if tokens.deps[one.last - 1] != "pobj":
        return False
    name = " ".join(tokens.words[one.first : one.last])
    return any(c.main and c.site.population >= 5000 for c in knowledge.gazetteer.lookup(name))


def _town_of(tokens: Tokens, one: Found) -> bool:
    """Whether a name is said to be a town's ("the town of Velm")."""
    first = one.first
    return first > 1 and tokens.lower[first - 1] == "of" and tokens.lower[first - 2] in _TOWNS


def _titled(tokens: Tokens, one: Found, knowledge: Knowledge) -> bool:
    """Whether a name of two or three words is a person's: it starts with a given name, and a role stands before it
    ("Foreign Minister Mara Venn") or English hardly knows its last word ("asked Mara Oskavar").
    """
    if not 2 <= one.last - one.first <= 3 or one.first == 0 or one.label in _AREAS:
        return False
    if fold(tokens.words[one.first]) not in given_names(knowledge):
        return False
    last = tokens.words[one.last - 1]
    if one.last - one.first == 2 and last[0].isupper() and last[1:].islower() and weight_of(key_of(last)) >= _UNHEARD:
        return True
    before = roles(knowledge).by_last.get(tokens.lower[one.first - 1], ())
    return any(tokens.lower[one.first - len(words) : one.first] == words for words, _ in before)


def _given_name(tokens: Tokens, one: Found, knowledge: Knowledge) -> bool:
    """Whether a lone word is a given name that a role in apposition says is a person's ("Tamsin, the mayor")."""
    if (
        one.last + 1 >= len(tokens)
        or tokens.words[one.last] != ","
        or tokens.lower[one.last + 1] not in {"the", "a", "an"}
    ):
        return False
    if fold(tokens.words[one.first]) not in given_names(knowledge):
        return False
    table = roles(knowledge)
    return any(tokens.lower[i] in table.by_first for i in range(one.last + 2, min(len(tokens), one.last + 5)))


def _surnames(found: list[Found], reading: Reading) -> list[Found]:
    """Words that the tagger missed but that are the surname of a person named in full in the report."""
    surnames: set[str] = set()
    taken: set[tuple[int, int]] = set()
    for one in found:
        taken.update((one.passage, i) for i in range(one.first, one.last))
        if one.label is Label.PERSON and one.last - one.first > 1:
            surnames.add(reading.tokens[one.passage].words[one.last - 1])
    areas = {
        fold(" ".join(reading.tokens[f.passage].words[f.first : f.last])) for f in found if f.label is not Label.PERSON
    }
    surnames = {s for s in surnames if len(s) > 2 and s[0].isupper() and fold(s) not in areas}
    if not surnames:
        return []
    missed = []
    for index, _, tokens in reading.passages():
        for i, word in enumerate(tokens.words):
            if word in surnames and (index, i) not in taken and tokens.pos[i] == "PROPN":
                missed.append(
                    Found(index, i, i + 1, Label.PERSON, "the surname of a person named in the report", False)
                )
    return missed
