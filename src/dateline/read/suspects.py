"""Names, roles and pronouns that look wrong in the report, with what may be meant. Suggestions, never repairs.

Found by rule: a role whose holder on the day of publication bears a like name; a name that nearly is that of
a known person whose country or role the report names; a given name without a surname; "he" for a woman. Roles
that were somebody else's on that day are the next room's (``role_conflicts``).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from msgspec import Struct
from rapidfuzz.distance import DamerauLevenshtein

from dateline.knowledge.actors import Actor, Actors
from dateline.knowledge.folding import fold
from dateline.matching.names import match_names
from dateline.matching.rarity import weight_of
from dateline.matching.stems import key_of
from dateline.model.records import Mention, Referent
from dateline.model.vocab import DoubtKind, EntityKind, Sex
from dateline.nlp.base import Tokens
from dateline.read.reading import Reading
from dateline.read.referents import PRONOUNS
from dateline.read.role_conflicts import Suspect, alive, conflicts, holders
from dateline.read.roles import RoleSeen, roles_seen

_LIKE = 0.7
"""How alike the surnames of a garbled name and of the one meant are at least, without a role."""
_LETTERS = 0.8
"""How alike the letters of the surnames are at least, without a role."""
_SURE = 0.85
"""How alike the surnames are at least where the given names differ too."""
_RARE = 3.8
"""The rarity (``matching.rarity``) from which a surname is held against known ones without a role."""
_IN_ROLE = 0.35
"""How alike the surnames are at least where the role is the same."""
_PRIVATE = frozenset({None, "EDU", "MED"})
"""The sectors of roles outside public life."""
_PREFIX = 4
"""Letters that a garbled given name shares with the right one where the surname is the same."""


def suspects(reading: Reading) -> list[Suspect]:
    """The suspects of a report, in order of the text. Requires mentions and referents."""
    actors = reading.knowledge.actors
    published = reading.annotated.report.published
    day = published.first if published else None
    seen: dict[str, list[RoleSeen]] = {}
    home = {mention: r for r in reading.annotated.referents for mention in r.mentions}
    strangers = _strangers(reading)
    for role in roles_seen(reading):
        referent = home.get(role.mention)
        if referent is not None:
            seen.setdefault(referent.id, []).append(role)
    countries = Counter(r.country for r in reading.annotated.referents if r.country)
    found: list[Suspect] = []
    meant: dict[str, Actor] = {}
    for referent in reading.annotated.referents:
        if referent.kind is not EntityKind.PERSON:
            continue
        roles = seen.get(referent.id, [])
        found.extend(conflicts(reading, referent, roles))
        if not referent.actor:
            strange = not strangers.isdisjoint(referent.mentions)
            one = _by_role(actors, referent, roles, day) or (
                None if strange else _by_context(actors, referent, roles, day, countries)
            )
            if one is not None:
                suspect, actor = one
                found.append(suspect)
                if actor is not None:
                    meant[referent.id] = actor
    found.extend(_pronouns(reading, home, meant))
    order = {m.id: i for i, m in enumerate(reading.annotated.mentions)}
    return sorted(found, key=lambda s: (order[s.mention_id], s.kind, s.because))


def _strangers(reading: Reading) -> set[str]:
    """The mentions of people whom the report introduces as one would not a known person: "NAME, 54,", "NAME, a baker".

    A role in public life behind the article ("a Russian-installed official") introduces nobody as unknown.
    """
    public = {r.mention for r in roles_seen(reading) if r.behind and r.role.sector not in _PRIVATE}
    found: set[str] = set()
    for index, mentions in reading.mentions_by_passage().items():
        tokens = reading.tokens[index]
        for mention in mentions:
            _, last = tokens.within(mention.evidence.span)
            if last + 2 >= len(tokens) or tokens.words[last] not in (",", "("):
                continue
            aged = tokens.words[last + 1].isdigit() and tokens.words[last + 2] in (",", ")")
            if aged or (tokens.lower[last + 1] in ("a", "an") and mention.id not in public):
                found.add(mention.id)
    return found


def _by_role(
    actors: Actors, referent: Referent, roles: list[RoleSeen], day: date | None
) -> tuple[Suspect, Actor | None] | None:
    """A name that nobody known bears, of somebody whose role was held on the day by one of a like name."""
    words = fold(referent.name).split()
    if len(words) < 2 or _may_be_known(actors, words):
        return None
    for role in roles:
        if role.qualifiers & {"past", "dead"}:
            continue
        for actor in holders(actors, role, day):
            alike = max(_alike_in_role(words, fold(name).split()) for name in (actor.name, *actor.names))
            if alike >= _IN_ROLE:
                reason = f"{role.text}: on that day {actor.name}, whose name is like this one"
                return _suspect(referent, DoubtKind.GARBLED_NAME, actor, reason, 0.5 + alike / 2), actor
    return None


def _by_context(
    actors: Actors, referent: Referent, roles: list[RoleSeen], day: date | None, countries: Counter[str]
) -> tuple[Suspect, Actor | None] | None:
    """A name that nobody known bears, and that nearly is that of somebody to whom the report's countries point.

    Middle names, initials and short forms garble nothing, and a family name that many bear is no near miss:
    only a name that English hardly knows is held against those of known people.
    """
    words = fold(referent.name).split()
    if len(words) < 2:
        return _given_name(actors, referent, roles, day, countries) if words else None
    if _may_be_known(actors, words) or weight_of(key_of(words[-1])) < _RARE:
        return None
    people = _people(actors)
    best: tuple[float, Actor, str] | None = None
    for actor, other in _namesakes(actors, words[0]):
        if abs(len(other[-1]) - len(words[-1])) > 3 or not alive(actor, day):
            continue
        if _contradicted(actor, roles):
            continue
        same_role = any(o.office == r.role.office and o.held_on(day) for o in actor.offices for r in roles)
        score = _alike(words, other) if same_role or _misspelt(words[-1], other[-1]) else 0.0
        if score >= _LIKE and (best is None or score > best[0]):
            lone = len(people.given[words[0]]) == 1
            if lone or _fits(actor, roles, countries):
                best = (score, actor, "a rare given name" if lone else "the report's countries or roles")
    for actor, other in people.surnamed.get(words[-1], ()):
        near = other[0][:_PREFIX] == words[0][:_PREFIX]
        alone = near and len(people.borne[words[-1]]) == 1 and alive(actor, day)
        if best is None and alone and actor.country in countries and _fits(actor, roles, countries):
            best = (0.75, actor, "the rare surname and the report's countries")
    if best is None:
        return None
    reason = f"nearly {best[1].name}, whom {best[2]} point{'s' if best[2][0] == 'a' else ''} to"
    return _suspect(referent, DoubtKind.GARBLED_NAME, best[1], reason, best[0]), best[1]


def _may_be_known(actors: Actors, words: list[str]) -> bool:
    """Whether somebody known of that surname may have that given name: then nothing is garbled."""
    return any(_given(words[0], other[0]) for _, other in _people(actors).surnamed.get(words[-1], ()))


def _given_name(
    actors: Actors, referent: Referent, roles: list[RoleSeen], day: date | None, countries: Counter[str]
) -> tuple[Suspect, Actor | None] | None:
    """A given name alone with a role behind it: the surname is missing. Behind a title a family name stands alone."""
    roles = [r for r in roles if r.behind and r.role.office and not r.qualifiers]
    if not roles:
        return None
    given = fold(referent.name)
    bearers = [a for a in actors.people() if fold(a.name).split()[0] == given and " " in a.name and alive(a, day)]
    if not bearers:
        return None
    held = [a for r in roles for a in holders(actors, r, day) if a in bearers]
    fitting = held or [a for a in bearers if a.country in {c for r in roles for c in r.countries}]
    if len({a.id for a in fitting}) == 1:
        because = f"a given name alone; {roles[0].text}: {fitting[0].name}"
        return _suspect(referent, DoubtKind.MISSING_NAME, fitting[0], because, 0.9 if held else 0.7), fitting[0]
    return _suspect(referent, DoubtKind.MISSING_NAME, None, "a given name alone, with a role", 0.5), None


def _pronouns(reading: Reading, home: dict[str, Referent], meant: dict[str, Actor]) -> Iterator[Suspect]:
    """A speaking "he" or "she" where the only person of this and the last passage is of the other sex."""
    last: list[tuple[Mention, Referent]] = []
    mentions = iter(m for m in reading.annotated.mentions if m.id in home and home[m.id].kind is EntityKind.PERSON)
    mention = next(mentions, None)
    for _, passage, tokens in reading.passages():
        here: list[tuple[Mention, Referent]] = []
        while mention is not None and mention.evidence.span.start < passage.evidence.span.end:
            here.append((mention, home[mention.id]))
            mention = next(mentions, None)
        fitting = [*last, *here]
        if len({r.id for _, r in fitting}) == 1:
            only, referent = fitting[-1]
            sex = _sex(referent, meant) if _acts(reading, only) else None
            for token in _speaking_pronouns(tokens) if sex else ():
                begins = tokens.starts[token]
                if PRONOUNS[tokens.lower[token]] is not sex and begins > only.evidence.span.start:
                    because = f"{tokens.words[token]!r} can only be {referent.name}, who is {sex}"
                    word = "she" if sex is Sex.FEMALE else "he"
                    where = (begins, tokens.ends[token])
                    yield Suspect(only.id, DoubtKind.SEX_CONFLICT, word, because, 0.8, where)
                    break
        last = here


def _acts(reading: Reading, mention: Mention) -> bool:
    """Whether the one named is the subject of a verb, so that a "he" or "she" after it takes it up."""
    index = reading.passage_at(mention.evidence.span.start)
    if index is None:
        return False
    tokens = reading.tokens[index]
    first, last = tokens.within(mention.evidence.span)
    return any(tokens.deps[i] in ("nsubj", "nsubjpass") for i in range(first, last))


def _sex(referent: Referent, meant: dict[str, Actor]) -> Sex | None:
    """The sex that knowledge gives: the pronouns themselves are what is in doubt."""
    actor = meant.get(referent.id)
    return actor.sex if actor else referent.sex if referent.actor else None


def _speaking_pronouns(tokens: Tokens) -> Iterator[int]:
    for i, word in enumerate(tokens.lower):
        if word in {"he", "she"} and tokens.deps[i] == "nsubj" and tokens.words[i][0].isupper():
            yield i


def _suspect(referent: Referent, kind: DoubtKind, actor: Actor | None, because: str, score: float) -> Suspect:
    return Suspect(referent.id, kind, actor.name if actor else None, because, round(min(score, 1.0), 3))


def _contradicted(actor: Actor, roles: list[RoleSeen]) -> bool:
    """Whether a role that the report gives is of another country than the person."""
    return any(r.countries and actor.country and actor.country not in r.countries for r in roles)


def _fits(actor: Actor, roles: list[RoleSeen], countries: Counter[str]) -> bool:
    """Whether the report names the person's country, and gives no role of another."""
    return not _contradicted(actor, roles) and actor.country in countries


class _People(Struct, frozen=True):
    """Known people with their names' folded words: by given name's initial, by surname; who bears a given name."""

    initials: dict[str, tuple[tuple[Actor, list[str]], ...]]
    surnamed: dict[str, tuple[tuple[Actor, list[str]], ...]]
    given: dict[str, frozenset[str]]
    borne: dict[str, frozenset[str]]


@lru_cache(maxsize=4)
def _people(actors: Actors) -> _People:
    initials: dict[str, list[tuple[Actor, list[str]]]] = defaultdict(list)
    surnamed: dict[str, list[tuple[Actor, list[str]]]] = defaultdict(list)
    given: dict[str, set[str]] = defaultdict(set)
    borne: dict[str, set[str]] = defaultdict(set)
    for actor in actors.people():
        for name in (actor.name, *actor.names):
            words = fold(name).split()
            given[words[0]].add(actor.id)
            borne[words[-1]].add(actor.id)
            if len(words) > 1:
                initials[words[0][0]].append((actor, words))
                surnamed[words[-1]].append((actor, words))
    return _People(
        {key: tuple(found) for key, found in initials.items()},
        {key: tuple(found) for key, found in surnamed.items()},
        defaultdict(frozenset, {key: frozenset(ids) for key, ids in given.items()}),
        defaultdict(frozenset, {key: frozenset(ids) for key, ids in borne.items()}),
    )


@lru_cache(maxsize=5_000)
def _namesakes(actors: Actors, given: str) -> tuple[tuple[Actor, list[str]], ...]:
    """The known people, name by name, whose given name may be this one."""
    return tuple(one for one in _people(actors).initials.get(given[0], ()) if _given(given, one[1][0]))


@lru_cache(maxsize=20_000)
def _given(one: str, other: str) -> bool:
    """Whether two given names may be one: the same, an initial, a short form, another spelling."""
    if one == other or one[0] != other[0]:
        return one == other
    return min(len(one), len(other)) <= 2 or match_names(one, other, "person").score >= 0.75


def _misspelt(one: str, other: str) -> bool:
    """Whether a surname may be the other garbled: but for a letter in five, or with letters lost ("Erdan").

    One made longer is another family name: Lapidot is not Lapid. The old ending -off is -ov.
    """
    one = one.replace("ff", "v")
    return len(one) < len(other) or float(DamerauLevenshtein.normalized_similarity(one, other)) >= _LETTERS


def _alike_in_role(words: list[str], other: list[str]) -> float:
    """The same of somebody in the same role, whose given name alone may be misspelt ("Mtaeusz Morawiecki")."""
    if len(other) > 1 and words[-1] == other[-1] and words[0][0] == other[0][0]:
        letters = float(DamerauLevenshtein.normalized_similarity(words[0], other[0]))
        return letters if letters >= _LIKE else 0.0
    return _alike(words, other)


def _alike(words: list[str], other: list[str]) -> float:
    """How alike two full names are: given names must fit, surnames are measured by letters and by sound (0..1)."""
    if len(other) < 2 or not _given(words[0], other[0]):
        return 0.0
    letters = float(DamerauLevenshtein.normalized_similarity(words[-1], other[-1]))
    alike = letters if letters >= _SURE else max(letters, match_names(words[-1], other[-1], "person").score)
    # Two names that both differ are one only where the surnames are all but the same ("Josh Bivens" is nobody's typo).
    return alike if words[0] == other[0] or alike >= _SURE else 0.0
