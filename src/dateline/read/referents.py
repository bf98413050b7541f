"""Referents: one thing within a report, under all its mentions.

A full name takes the surname alone with it, within the report only; "the Kremlin", "Moscow" acting and
"Russia" are one government; an acronym in brackets after a name is that name. A referent is a known actor
when the full name is his and neither role nor country speaks against it. Names are never repaired: a name
that is merely like a known one stays its own referent (see ``suspects``).
"""

from collections import Counter, defaultdict

from msgspec import Struct
from msgspec.structs import replace

from dateline.knowledge.actors import Actor, Actors, country_actor
from dateline.knowledge.folding import fold
from dateline.knowledge.handle import Knowledge
from dateline.model.records import AnnotatedReport, Mention, Referent
from dateline.model.vocab import EntityKind, Label, Sex
from dateline.nlp.base import Tokens
from dateline.read.metonyms import dealings, stands_for_government
from dateline.read.reading import Extractor, Reading
from dateline.read.roles import RoleSeen, roles_seen

_KINDS = {
    Label.PERSON: EntityKind.PERSON,
    Label.ORG: EntityKind.ORGANISATION,
    Label.GPE: EntityKind.PLACE,
    Label.LOC: EntityKind.PLACE,
    Label.NORP: EntityKind.GROUP,
    Label.FAC: EntityKind.FACILITY,
    Label.EVENT: EntityKind.EVENT,
}
_HE = {"he": Sex.MALE, "his": Sex.MALE, "him": Sex.MALE, "himself": Sex.MALE}
_SHE = {"she": Sex.FEMALE, "her": Sex.FEMALE, "herself": Sex.FEMALE}
PRONOUNS = {**_HE, **_SHE}
"""Personal pronouns of the third person singular, with the sex that they tell."""


CLEARLY = 4
"""A sex is told where its pronouns are so many times as frequent as the other's."""


class _Group(Struct):
    mentions: list[Mention]
    because: str
    actor: Actor | None = None
    government: str | None = None


def run(reading: Reading) -> AnnotatedReport:
    """The referents in order of their first mention, and the mentions with their referent and actor."""
    seen = roles_seen(reading)
    by_mention: dict[str, list[RoleSeen]] = defaultdict(list)
    for role in seen:
        by_mention[role.mention].append(role)
    groups = _group(reading, by_mention)
    sexes = _pronoun_sexes(reading, groups)
    order = {m.id: i for i, m in enumerate(reading.annotated.mentions)}
    referents = sorted((_referent(reading, group, by_mention, sexes) for group in groups), key=lambda r: order[r.id])
    home = {mention: (r.id, r.actor) for r in referents for mention in r.mentions}
    mentions = tuple(
        replace(m, referent=home[m.id][0], actor=home[m.id][1]) if m.id in home else m
        for m in reading.annotated.mentions
    )
    return reading.annotated.replace(referents=tuple(referents), mentions=mentions)


EXTRACTOR = Extractor("referents", frozenset({"mentions", "quotations"}), frozenset({"referents", "mentions"}), run)


def _group(reading: Reading, by_mention: dict[str, list[RoleSeen]]) -> list[_Group]:
    actors = reading.knowledge.actors
    people = _people(reading, actors, by_mention)
    others: dict[str, _Group] = {}
    acronyms = _acronyms(reading)
    passage = 0
    for mention in reading.annotated.mentions:
        if mention.label is Label.PERSON:
            continue
        while reading.annotated.passages[passage].evidence.span.end <= mention.evidence.span.start:
            passage += 1
        tokens = reading.tokens[passage]
        first, last = tokens.within(mention.evidence.span)
        name = acronyms.get(mention.evidence.quote, mention.evidence.quote)
        key, government, actor = _meant(reading.knowledge, mention, name, tokens, first, last)
        group = others.setdefault(key, _Group([], "the same name throughout", actor, government))
        group.mentions.append(mention)
    return [*people, *others.values()]


def _meant(
    knowledge: Knowledge, mention: Mention, name: str, tokens: Tokens, first: int, last: int
) -> tuple[str, str | None, Actor | None]:
    """What a name that is no person's stands for: its key in the report, a government's country, an actor."""
    key, actors = fold(name), knowledge.actors
    if mention.label is Label.NORP:
        country = actors.demonyms.get(key)
        if country:
            return f"people {country}", country, None
    country = actors.country_names.get(key) or actors.governments.get(key)
    if country is None and key in actors.capitals and last > first:
        acts = stands_for_government(tokens, first, last, dealings(knowledge))
        country = actors.capitals[key] if acts else None
    if country and mention.label is not Label.NORP:
        return f"government {country}", country, actors.get(country_actor(country))
    known = [a for a in actors.named(name) if a.kind is not EntityKind.PERSON]
    actor = known[0] if len(known) == 1 else None
    return f"actor {actor.id}" if actor else f"{_KINDS[mention.label]} {key}", None, actor


def _acronyms(reading: Reading) -> dict[str, str]:
    """Acronyms given in brackets behind a name, with the name."""
    found: dict[str, str] = {}
    previous: Mention | None = None
    for mention in reading.annotated.mentions:
        if previous is not None and mention.evidence.quote.isupper():
            gap = reading.text[previous.evidence.span.end : mention.evidence.span.start]
            initials = "".join(w[0] for w in previous.evidence.quote.split() if w[0].isupper())
            if gap.strip(" '’s") == "(" and initials.startswith(mention.evidence.quote[0]):
                found[mention.evidence.quote] = previous.evidence.quote
        previous = mention
    return found


def _people(reading: Reading, actors: Actors, by_mention: dict[str, list[RoleSeen]]) -> list[_Group]:
    """People by full name; a name alone goes to the one person in the report who bears it."""
    full: dict[str, _Group] = {}
    single: list[Mention] = []
    for mention in reading.annotated.mentions:
        if mention.label is not Label.PERSON:
            continue
        key = fold(mention.evidence.quote)
        if " " in key:
            known = actors.named(key)
            home = f"actor {known[0].id}" if len(known) == 1 else key
            full.setdefault(home, _Group([], "the full name")).mentions.append(mention)
        elif key:
            single.append(mention)
    bearers: dict[str, set[str]] = defaultdict(set)
    for home, group in full.items():
        for mention in group.mentions:
            words = fold(mention.evidence.quote).split()
            bearers[words[-1]].add(home)
            if len(words) > 2:
                bearers[" ".join(words[-2:])].add(home)
    alone: dict[str, _Group] = {}
    for mention in single:
        key = fold(mention.evidence.quote)
        homes = bearers.get(key, set())
        if len(homes) == 1:
            group = full[next(iter(homes))]
            group.mentions.append(mention)
            group.because = "the full name, and the surname alone within the report"
        else:
            alone.setdefault(key, _Group([], "one name alone, that nobody in the report explains")).mentions.append(
                mention
            )
    groups = [*full.values(), *alone.values()]
    for group in groups:
        group.actor = _actor(reading, actors, group, by_mention)
        if group.actor is None:
            group.because += _unlike(actors, group)
    return groups


def _unlike(actors: Actors, group: _Group) -> str:
    """Why a full name is nobody known although somebody known bears the surname; empty where nobody does."""
    name = max((m.evidence.quote for m in group.mentions), key=len)
    surname = fold(name).rsplit(" ", 1)[-1]
    bearers = sorted({a.name for a in actors.weakly_named(surname) if a.kind is EntityKind.PERSON})
    if " " not in fold(name) or not bearers or actors.named(name):
        return ""
    return f"; unresolved: it shares only the surname with {' and '.join(bearers[:2])}"


def _actor(reading: Reading, actors: Actors, group: _Group, by_mention: dict[str, list[RoleSeen]]) -> Actor | None:
    """The known person of that full name whom no role in the report speaks against; or the one holder of the
    role on the day of publication who bears the surname."""
    seen = [role for m in group.mentions for role in by_mention.get(m.id, ())]
    names = sorted({m.evidence.quote for m in group.mentions}, key=lambda n: (-len(n), n))
    known = [a for a in actors.named(names[0]) if a.kind is EntityKind.PERSON]
    if len(known) == 1:
        foreign = any(
            role.countries and known[0].country and known[0].country not in role.countries
            for role in seen
            if role.role.office
        )
        return None if foreign else known[0]
    if known or " " in fold(names[0]):
        return None
    published = reading.annotated.report.published
    day = published.first if published else None
    for role in seen:
        offices = role.role.office
        held = [
            a for a in actors.weakly_named(names[0]) if any(o.office == offices and o.held_on(day) for o in a.offices)
        ]
        if offices and len(held) == 1 and (not role.countries or held[0].country in role.countries):
            return held[0]
    return None


def _pronoun_sexes(reading: Reading, groups: list[_Group]) -> dict[str, Counter[Sex]]:
    """By first mention: the sexes told by pronouns behind a person who is the only one in the sentence."""
    home = {m.id: g.mentions[0].id for g in groups for m in g.mentions if m.label is Label.PERSON}
    spans = [(m.evidence.span.start, home[m.id]) for m in reading.annotated.mentions if m.id in home]
    told: dict[str, Counter[Sex]] = defaultdict(Counter)
    at = 0
    for _, passage, tokens in reading.passages():
        inside: list[tuple[int, str]] = []
        while at < len(spans) and spans[at][0] < passage.evidence.span.end:
            inside.append(spans[at])
            at += 1
        if len({who for _, who in inside}) != 1:
            continue
        begin = inside[0][0]
        token = tokens.at(begin)
        if token is None:
            continue
        _, end = tokens.sentence(token)
        for i in range(token, end):
            sex = PRONOUNS.get(tokens.lower[i])
            if sex is not None:
                told[inside[0][1]][sex] += 1
    return told


def _clear(told: Counter[Sex]) -> Sex | None:
    """The sex that the pronouns tell, where hardly any tells the other."""
    ((sex, often), *other) = told.most_common()
    return sex if not other or often >= CLEARLY * other[0][1] else None


def _referent(
    reading: Reading, group: _Group, by_mention: dict[str, list[RoleSeen]], sexes: dict[str, Counter[Sex]]
) -> Referent:
    mentions = sorted(group.mentions, key=lambda m: m.evidence.span)
    first = mentions[0]
    seen = [role for m in mentions for role in by_mention.get(m.id, ())]
    actor = group.actor
    names = Counter(m.evidence.quote for m in mentions)
    name = max(names, key=lambda n: (len(n.split()) if first.label is Label.PERSON else 0, names[n], n))
    sex = actor.sex if actor else next((r.role.sex for r in seen if r.role.sex), None)
    because = group.because
    if actor:
        because += f"; known: {actor.name}"
    told = sexes.get(group.mentions[0].id)
    if sex is None and told and (most := _clear(told)) is not None:
        sex = most
        because += "; sex by a pronoun that nobody else fits"
    country = actor.country if actor else group.government
    if country is None and first.label is Label.PERSON:
        country = next((c for r in seen for c in r.countries), None)
    kind = actor.kind if actor else _KINDS[first.label]
    return Referent(
        id=first.id,
        report=reading.annotated.report.id,
        name=name,
        kind=kind,
        mentions=tuple(m.id for m in mentions),
        because=because,
        score=0.95 if actor else 0.8,
        sex=sex if kind is EntityKind.PERSON else None,
        plural=first.label is Label.NORP and name.endswith("s"),
        roles=tuple(dict.fromkeys(r.text for r in seen)),
        country=country,
        sector=actor.sector if actor else next((r.role.sector for r in seen if r.role.sector), None),
        actor=actor.id if actor else None,
    )
