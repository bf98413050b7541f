"""Names, roles and pronouns that look wrong in the report, with what may be meant. Suggestions, never repairs.

Found by rule: a role whose holder on the day of publication bears a like name; a name that nearly is that of
a known person whose country or role the report names; a given name without a surname; a living person called
late; a role that on that day was somebody else's; "he" for a woman.
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
from dateline.model.records import Mention, Referent
from dateline.model.vocab import DoubtKind, EntityKind, Sex
from dateline.nlp.base import Tokens
from dateline.read.reading import Reading
from dateline.read.referents import PRONOUNS
from dateline.read.roles import RoleSeen, roles_seen

_BODIES = {"secretary_general": ("un_secretary_general", "nato_secretary_general")}


class Suspect(Struct, frozen=True):
    """A mention that looks wrong: what kind of doubt, what may be meant (or None), and why.

    ``pronoun`` is (start, end) in the text where the doubt is about a pronoun, not the mention itself.
    """

    mention_id: str
    kind: DoubtKind
    suggestion: str | None
    because: str
    score: float
    pronoun: tuple[int, int] | None = None


def suspects(reading: Reading) -> list[Suspect]:
    """The suspects of a report, in order of the text. Requires mentions and referents."""
    actors = reading.knowledge.actors
    published = reading.annotated.report.published
    day = published.first if published else None
    seen: dict[str, list[RoleSeen]] = {}
    home = {mention: r for r in reading.annotated.referents for mention in r.mentions}
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
        if referent.actor:
            found.extend(_conflicts(actors, referent, roles, day))
        else:
            one = _garbled(actors, referent, roles, day, countries)
            if one is not None:
                suspect, actor = one
                found.append(suspect)
                if actor is not None:
                    meant[referent.id] = actor
    found.extend(_pronouns(reading, home, meant))
    order = {m.id: i for i, m in enumerate(reading.annotated.mentions)}
    return sorted(found, key=lambda s: (order[s.mention_id], s.kind, s.because))


def _holders(actors: Actors, role: RoleSeen, day: date | None) -> list[Actor]:
    """Who held the office of a role, of the countries and bodies named with it, on the day."""
    if role.role.office is None:
        return []
    offices = _BODIES.get(role.role.office, (role.role.office,))
    places: list[str | None] = [*role.countries, *(b.replace("-", "_") for b in role.bodies)]
    if role.role.office in _BODIES or role.role.sector == "IGO":
        return [a for office in offices for a in _any_holder(actors, office, day)]
    return [a for place in places for a in actors.holders(role.role.office, place, day)]


def _any_holder(actors: Actors, office: str, day: date | None) -> list[Actor]:
    return [a for a in actors.people() if any(o.office == office and o.held_on(day) for o in a.offices)]


def _garbled(
    actors: Actors, referent: Referent, roles: list[RoleSeen], day: date | None, countries: Counter[str]
) -> tuple[Suspect, Actor | None] | None:
    """A name that nobody known bears: who may be meant, if there is reason to think that it is garbled."""
    words = fold(referent.name).split()
    if len(words) < 2:
        return _given_name(actors, referent, roles, day, countries) if words else None
    plain = [r for r in roles if not r.qualifiers & {"past", "dead"}]
    for role in plain:
        for actor in _holders(actors, role, day):
            alike = max(_alike(words, fold(name).split()) for name in (actor.name, *actor.names))
            if alike >= 0.35:
                reason = f"{role.text}: on that day {actor.name}, whose name is like this one"
                return _suspect(referent, DoubtKind.GARBLED_NAME, actor, reason, 0.5 + alike / 2), actor
    bearers = _bearers(actors)
    best: tuple[float, Actor] | None = None
    for actor in _near(actors, words):
        lone = len(bearers[words[0]]) == 1
        if not _alive(actor, day) or not (lone or _fits(actor, roles, countries)):
            continue
        score = max(_alike(words, fold(name).split()) for name in (actor.name, *actor.names))
        if score >= 0.7 and (best is None or score > best[0]):
            best = (score, actor)
    if best is None:
        return None
    reason = f"nearly {best[1].name}, whom the report's countries or roles, or a rare given name, point to"
    return _suspect(referent, DoubtKind.GARBLED_NAME, best[1], reason, best[0]), best[1]


def _given_name(
    actors: Actors, referent: Referent, roles: list[RoleSeen], day: date | None, countries: Counter[str]
) -> tuple[Suspect, Actor | None] | None:
    """A given name alone that comes with a role: the surname is missing."""
    if not roles:
        return None
    given = fold(referent.name)
    bearers = [a for a in actors.people() if fold(a.name).split()[0] == given and " " in a.name and _alive(a, day)]
    if not bearers:
        return None
    held = [a for r in roles for a in _holders(actors, r, day) if a in bearers]
    fitting = held or [a for a in bearers if a.country in {c for r in roles for c in r.countries}]
    if len({a.id for a in fitting}) == 1:
        because = f"a given name alone; {roles[0].text}: {fitting[0].name}"
        return _suspect(referent, DoubtKind.MISSING_NAME, fitting[0], because, 0.9 if held else 0.7), fitting[0]
    return _suspect(referent, DoubtKind.MISSING_NAME, None, "a given name alone, with a role", 0.5), None


def _conflicts(actors: Actors, referent: Referent, roles: list[RoleSeen], day: date | None) -> Iterator[Suspect]:
    """What the report says of a known person that does not hold on the day of publication."""
    actor = actors.get(referent.actor)
    if actor is None or day is None:
        return
    for role in roles:
        if "dead" in role.qualifiers and _alive(actor, day):
            because = f"{role.text!r}: {actor.name} is not known to have died by {day}"
            suggestion = "former" if _past(actor, role, day) else None
            yield Suspect(role.mention, DoubtKind.ROLE_CONFLICT, suggestion, because, 0.9)
        elif not role.qualifiers and _past(actor, role, day):
            now = [a for a in actors.holders(role.role.office or "", actor.country, day) if a.id != actor.id]
            if now:
                because = f"{role.text!r}: {actor.name} no longer was that on {day}; {now[0].name} was"
                yield Suspect(role.mention, DoubtKind.ROLE_CONFLICT, f"former {role.text}", because, 0.7)


def _past(actor: Actor, role: RoleSeen, day: date) -> bool:
    """Whether the person held the office before, and does not hold it on the day."""
    held = [o for o in actor.offices if o.office == role.role.office]
    return bool(held) and not any(o.held_on(day) for o in held)


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
            sex = _sex(referent, meant)
            for token in _speaking_pronouns(tokens) if sex else ():
                begins = tokens.starts[token]
                if PRONOUNS[tokens.lower[token]] is not sex and begins > only.evidence.span.start:
                    because = f"{tokens.words[token]!r} can only be {referent.name}, who is {sex}"
                    word = "she" if sex is Sex.FEMALE else "he"
                    where = (begins, tokens.ends[token])
                    yield Suspect(only.id, DoubtKind.SEX_CONFLICT, word, because, 0.8, where)
                    break
        last = here


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


def _alive(actor: Actor, day: date | None) -> bool:
    return actor.died is None or (day is not None and actor.died > day.isoformat())


def _fits(actor: Actor, roles: list[RoleSeen], countries: Counter[str]) -> bool:
    """Whether the report names the person's country (or, for those of no country, a role like theirs)."""
    if any(r.countries and actor.country and actor.country not in r.countries for r in roles):
        return False
    return actor.country in countries if actor.country else True


@lru_cache(maxsize=4)
def _bearers(actors: Actors) -> dict[str, frozenset[str]]:
    """Given names (folded) with the known people who bear them: one that a single person bears tells much."""
    found: dict[str, set[str]] = defaultdict(set)
    for actor in actors.people():
        for name in (actor.name, *actor.names):
            found[fold(name).split()[0]].add(actor.id)
    return defaultdict(frozenset, {given: frozenset(ids) for given, ids in found.items()})


def _near(actors: Actors, words: list[str]) -> Iterator[Actor]:
    """Known people who share a like given name or surname, by first letters: cheap, before the real comparison."""
    for actor in actors.people():
        for name in (actor.name, *actor.names):
            other = fold(name).split()
            if (
                len(other) > 1
                and (other[0][:2] == words[0][:2] or other[0][:1] == words[0][:1])
                and (abs(len(other[-1]) - len(words[-1])) <= 3)
            ):
                yield actor
                break


def _alike(words: list[str], other: list[str]) -> float:
    """How alike two full names are: given names must fit, surnames are measured letter by letter (0..1)."""
    if len(other) < 2:
        return 0.0
    given = words[0] == other[0] or match_names(words[0], other[0], "person").score >= 0.85
    if not given:
        return 0.0
    return DamerauLevenshtein.normalized_similarity(words[-1], other[-1])
