"""Places: each name of a place with what it most likely is, or unresolved.

Every name has one sense in a report. The candidates of the gazetteer are ranked by population, by the
countries and subdivisions that the report names besides, by what the text says outright ("Lyman, in the
Donbas", "Paris, Texas", "Izium, 100 km southeast of Kharkiv"), by words for the kind of place, and by nearness
to places already sure (``place_senses``). A weak best stays unresolved with its candidates, and so does a
person's name that a tagger took for a place. A part of a place ("occupied Kherson") is not the place: it has
no GeoNames id. The place that a public body is named for is a row of its own, and a metonym.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct
from rapidfuzz.distance import DamerauLevenshtein

from dateline.knowledge.folding import fold
from dateline.knowledge.gazetteer import Gazetteer, Site
from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.places import PlaceWord
from dateline.model.records import AnnotatedReport, Mention, Place
from dateline.model.span import Span
from dateline.model.vocab import Label, Precision, Table
from dateline.nlp.base import Tokens
from dateline.read.metonyms import building_meant, dealings, marked, stands_for_government
from dateline.read.place_senses import (
    COUNTRY,
    TIE,
    WEAK,
    Away,
    Context,
    Hints,
    Ranked,
    Sense,
    pull_of,
    rank,
    sense,
    sure,
)
from dateline.read.reading import Extractor, Mint, Reading
from dateline.read.told_places import TOLD

_SOIL, _BODY, _VAGUE, _THING = "SOIL", "BODY", "VAGUE", "THING"
_MARKS = frozenset({_SOIL, _BODY, _VAGUE, _THING, "GIVEN", "ADDRESSED", "DEALINGS", "GROUNDS", "REACHED"}) | {
    *("TOLD_OF", "TOLD_BESIDE", "TOLD_BEFORE", "TOLD_IN_NAME", "BUILT", "WATER")
}
_TOWN, _CITY = 10_000, 100_000
_SEAT = 1000
"""A place that a public body is named for has at least as many people."""
_SPELLING = 0.7
"""How alike two names of a place are at least that are two spellings of one."""
_LABELS = frozenset({Label.GPE, Label.LOC, Label.FAC})
_JOINING = frozenset({",", "and", "or", "(", "as", "well", "."})
_PLACING = frozenset(
    {"in", "at", "near", "from", "to", "of", "outside", "around", "into", "through", "across", "toward", "towards", ","}
)
_POINTING = ("is named", "may be named", "its region", "near another place", "the report says")
"""What a report says for a candidate besides its name, by which a name that no tagger saw is resolved."""
_WIDE = frozenset({Precision.REGION, Precision.COUNTRY, Precision.DISTRICT})
_KM = {"km": 1.0, "kms": 1.0, "kilometers": 1.0, "kilometres": 1.0, "miles": 1.609}
_WINDS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")


class _Spot(Struct):
    """A name of a place and what the words around it say.

    ``inside`` is what it is said to lie in and ``away`` from where; ``joined`` whether it goes on a list;
    ``placed`` whether it stands behind a preposition of place; ``body`` whether a public body is named for it;
    ``off`` whether a distance from it is told, so that what happened lies elsewhere; ``told`` whether only the report
    says that it is a place, and ``beyond`` what it lies in by the dateline, where that is in no gazetteer.
    """

    span: Span
    first: int
    last: int
    name: str
    key: str
    kinds: frozenset[str]
    part: bool
    metonym: bool
    body: bool = False
    placed: bool = False
    joined: bool = False
    off: bool = False
    told: bool = False
    beyond: str = ""
    inside: tuple[Site, ...] = ()
    away: Away | None = None


def run(reading: Reading) -> AnnotatedReport:
    """One row for each mention of a place, in order of the text."""
    gazetteer = reading.knowledge.gazetteer
    mentions = reading.mentions_by_passage()
    spots = reading.each_passage("places", lambda i, _, tokens: _spots(reading, tokens, mentions.get(i, ())))
    spots = _without_people(reading, spots)
    hints = _hints(spots)
    # Spots of one key may be written in two ways: the last of them names it.
    names = {spot.key: spot.name for spot in spots}
    context = _context(reading, spots)
    first = {key: rank(gazetteer.lookup(name), hints[key], context, ()) for key, name in names.items()}
    surely = {key: ranked[0].site for key, ranked in first.items() if sure(ranked)}
    for site in surely.values():
        context.add(site)
    near = {site.id: site for site in surely.values() if site.feature not in COUNTRY}
    capitals = reading.knowledge.actors.capitals
    final: dict[str, Sense] = {}
    for key, name in names.items():
        own = surely.get(key)
        besides = context.without(own, 1 + (fold(name) in capitals))
        others = [site for site in near.values() if own is None or site.id != own.id]
        final[key] = sense(rank(gazetteer.lookup(name), hints[key], besides, others))
    alone = {fold(spot.name) for spot in spots if not spot.body}
    spots = [s for s in spots if not s.body or fold(s.name) in alone or _pointed(final[s.key].best, context)]
    unknown = {fold(s.name): s.beyond for s in spots if s.beyond}
    for spot in spots:
        spot.beyond = spot.beyond or unknown.get(fold(spot.name), "")
    mint = Mint(reading, Table.PLACES, "places")
    places = [_place(mint, spot, final[spot.key], reading) for spot in spots]
    return reading.annotated.replace(places=tuple(places))


EXTRACTOR = Extractor("places", frozenset({"mentions", "referents"}), frozenset({"places"}), run)


def _without_people(reading: Reading, spots: list[_Spot]) -> list[_Spot]:
    """The spots without those that bear a surname of the report and never stand where a place would.

    "Fairfield's lawyers" is a person's where the report names a Mara Fairfield.
    """
    called = {
        words[-1]
        for mention in reading.annotated.mentions
        if mention.label is Label.PERSON and len(words := mention.evidence.quote.split()) > 1
    }
    placed = {spot.key for spot in spots if spot.placed}
    return [spot for spot in spots if spot.name not in called or spot.key in placed]


def _pointed(best: Ranked | None, context: Context) -> bool:
    """Whether the report points to what a body is named for, besides by the body's name."""
    if best is None:
        return False
    region = best.site.admin1
    return best.site.feature in ("ADM1", "ADM2") or (
        region is not None and (context.divisions[region] > 0 or context.pull.get(region, 0.0) > 1.0)
    )


@lru_cache(maxsize=4)
def _words(knowledge: Knowledge) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Words for kinds of place: those that stand before the name, and those behind it."""
    before: dict[str, set[str]] = defaultdict(set)
    after: dict[str, set[str]] = defaultdict(set)
    for entry in knowledge.lexicon(PlaceWord):
        if not _MARKS.isdisjoint(entry.features):
            continue
        for word in entry.words:
            (before if entry.before else after)[word].update(entry.features)
    return {w: frozenset(f) for w, f in before.items()}, {w: frozenset(f) for w, f in after.items()}


def _spots(reading: Reading, tokens: Tokens, mentions: Sequence[Mention]) -> list[_Spot]:
    """The mentions of a passage that name places, with the name to look up and how each stands to the one before."""
    knowledge = reading.knowledge
    spots: list[_Spot] = []
    for mention in mentions:
        first, last = tokens.within(mention.evidence.span)
        if last <= first:
            continue
        if mention.label not in _LABELS and not (
            mention.label is Label.ORG and _built(knowledge.gazetteer, mention.evidence.quote)
        ):
            if mention.label is Label.ORG and (seat := _seat(tokens, first, last, knowledge)):
                spots.append(seat)
            continue
        if _thing(tokens, first, last, knowledge):
            continue
        name = _name(knowledge.gazetteer, mention.evidence.quote, knowledge)
        kinds = frozenset(_kinds(tokens, first, last, *_words(knowledge)))
        metonym = _metonym(reading, mention, tokens, first, last)
        part = _part(tokens, first, last, _words(knowledge)[0])
        spot = _Spot(mention.evidence.span, first, last, name, _key(name, kinds), kinds, part, metonym)
        if fold(name) in marked(knowledge, _VAGUE):
            continue
        spot.off = _told(tokens.lower[max(0, first - 10) : first]) is not None
        spot.told = mention.because.startswith(TOLD)
        spot.placed = first > 0 and tokens.lower[first - 1] in _PLACING
        if spots and spots[-1].key != spot.key:
            between = tokens.lower[spots[-1].last : first]
            spots[-1].inside = _wider(between, spots[-1], spot, knowledge)
            spots[-1].away = _away(between, spot, knowledge)
            line = reading.annotated.head.dateline
            if line is not None and line.span.contains(spot.span) and tuple(between) == (",",):
                spots[-1].beyond = "" if knowledge.gazetteer.lookup(spot.name) else spot.name
            spot.joined = 0 < len(between) <= 4 and _JOINING.issuperset(between)
        spots.append(spot)
    return spots


def _thing(tokens: Tokens, first: int, last: int, knowledge: Knowledge) -> bool:
    """Whether what is named for the place is meant: a street, a ship, a newspaper ("the cruiser Arden")."""
    before, after = _things(knowledge)
    if not before.isdisjoint((tokens.lower[first], tokens.lower[first - 1] if first else "")):
        return True
    return last < len(tokens) and tokens.lower[last] in after and tokens.heads[last - 1] == last


@lru_cache(maxsize=4)
def _things(knowledge: Knowledge) -> tuple[frozenset[str], frozenset[str]]:
    """Words before and behind a name that say that it is not a place's."""
    every = [entry for entry in knowledge.lexicon(PlaceWord) if _THING in entry.features]
    before = frozenset(word for entry in every if entry.before for word in entry.words)
    return before, frozenset(word for entry in every if not entry.before for word in entry.words)


def _seat(tokens: Tokens, first: int, last: int, knowledge: Knowledge) -> _Spot | None:
    """The place that a public body is named for ("Velm County Sheriff's Office", "University of Arden").

    It tells where the report's matter lies, but the body is meant, so it counts as a metonym does. Only the
    main name of a known place counts, with a word for such bodies beside it; "Central" is none.
    """
    bodies, (before, _) = marked(knowledge, _BODY), _words(knowledge)
    lower = tokens.lower
    for start in (first, *(i + 1 for i in range(first, last - 1) if lower[i] == "of")):
        for end in range(min(last, start + 4), start, -1):
            beside = lower[first : start - 1] if start > first else lower[end : end + 2]
            if (start, end) == (first, last) or lower[start] in before or bodies.isdisjoint(beside):
                continue
            name = " ".join(tokens.words[start:end])
            if fold(name) in marked(knowledge, _VAGUE):
                continue
            if any(c.main and c.site.population >= _SEAT for c in knowledge.gazetteer.lookup(name)):
                kinds = frozenset(_kinds(tokens, start, end, *_words(knowledge)))
                return _Spot(
                    tokens.span(start, end), start, end, name, _key(name, kinds), kinds, False, True, body=True
                )
    return None


def _wider(between: Sequence[str], of: _Spot, spot: _Spot, knowledge: Knowledge) -> tuple[Site, ...]:
    """What one place lies in, where the words between it and the next say that it lies there."""
    before, _ = _words(knowledge)
    plain = [word for word in between if word != "the" and "DIRECTION" not in before.get(word, ())]
    if len(between) > 5 or plain not in ([","], ["in"], [",", "in"], ["("]):
        return ()
    wide = tuple(c.site for c in knowledge.gazetteer.lookup(spot.name)[:4] if c.site.precision in _WIDE)
    # Countries one after the other are a list ("Mexico, the United States").
    nation = any(c.site.feature in COUNTRY for c in knowledge.gazetteer.lookup(of.name))
    return tuple(site for site in wide if not (nation and site.feature in COUNTRY))


def _away(between: Sequence[str], spot: _Spot, knowledge: Knowledge) -> Away | None:
    """How far one place lies from the next (", about 100 km southeast of"), where the words between say so."""
    told = _told(between) if 4 <= len(between) <= 12 else None
    anchors = tuple(c.site for c in knowledge.gazetteer.lookup(spot.name)[:3] if c.site.feature not in COUNTRY)
    return Away(anchors, *told) if told and anchors else None


def _told(between: Sequence[str]) -> tuple[float, float | None] | None:
    """Kilometres and degrees from north in words that lead up to a place ("about 100 km southeast of")."""
    if not between or between[-1] not in ("of", "from"):
        return None
    if "(" in between and ")" in between:
        # "30 kilometres (19 miles) from"
        between = (*between[: between.index("(")], *between[between.index(")") + 1 :])
    unit = next((i for i, word in enumerate(between) if word in _KM), 0)
    number = between[unit - 1].replace(",", "") if unit else ""
    if not number.replace(".", "", 1).isdecimal():
        return None
    wind = "".join(between[unit + 1 : -1]).replace("-", "").removeprefix("tothe").removesuffix("ern")
    if wind not in (*_WINDS, "", "away"):
        return None
    return float(number) * _KM[between[unit]], 45.0 * _WINDS.index(wind) if wind in _WINDS else None


def _built(gazetteer: Gazetteer, quote: str) -> bool:
    """Whether a name is that of a plant, a pipeline or the like of our own."""
    built = (Precision.POINT, Precision.LINE)
    return any(c.site.own and c.site.precision in built for c in gazetteer.lookup(quote))


def _key(name: str, kinds: frozenset[str]) -> str:
    """What shares a sense: the name, and the word for its kind where one stands beside it."""
    return "/".join((fold(name), *sorted(kinds)))


def _name(gazetteer: Gazetteer, quote: str, knowledge: Knowledge) -> str:
    """The name as the gazetteer has it: with a word for the kind of place at its end only where it is listed so."""
    words = quote.split()
    before, after = _words(knowledge)
    if _built(gazetteer, quote):
        return quote
    if len(words) > 1 and words[-1].islower() and words[-1] in after and gazetteer.lookup(" ".join(words[:-1])):
        return " ".join(words[:-1])
    if gazetteer.lookup(quote):
        return quote
    while len(words) > 1 and words[0].lower() in before and not gazetteer.lookup(" ".join(words)):
        words = words[2:] if len(words) > 2 and words[1].lower() == "of" else words[1:]
    if quote[0].isupper() and len(words) < len(quote.split()) and not gazetteer.lookup(" ".join(words)):
        # Neither is known: "Port Velm" is called so.
        words = quote.split()
    if not gazetteer.lookup(" ".join(words)):
        for length in (3, 2, 1):
            if len(words) > length and " ".join(words[-length:]).lower() in after:
                return " ".join(words[:-length])
    return " ".join(words)


def _metonym(reading: Reading, mention: Mention, tokens: Tokens, first: int, last: int) -> bool:
    actors = reading.knowledge.actors
    key = fold(mention.evidence.quote)
    knowledge = reading.knowledge
    if key in actors.governments or _seats(knowledge.gazetteer, mention.evidence.quote):
        return not building_meant(tokens, first, last, marked(knowledge, "GROUNDS"))
    if mention.label is Label.GPE and (key in actors.country_names or key in actors.capitals):
        soil = None if key in actors.capitals else marked(knowledge, _SOIL)
        return stands_for_government(tokens, first, last, dealings(knowledge), soil)
    return False


def _seats(gazetteer: Gazetteer, quote: str) -> bool:
    """Whether a name is that of a building of ours that a government sits in ("the Pentagon")."""
    return any(c.site.own and c.site.feature == "GOVL" for c in gazetteer.lookup(quote)[:1])


def _part(tokens: Tokens, first: int, last: int, before: dict[str, frozenset[str]]) -> bool:
    """Whether the name is that of the whole of which a part is meant."""
    at = first - 1
    while at >= 0 and tokens.lower[at] == "the":
        at -= 1
    if at >= 0 and "OCCUPIED" in before.get(tokens.lower[at], ()):
        # "Russia held Arden": a verb, and no part.
        return not any(tokens.heads[token] == at for token in range(first, last))
    return at >= 1 and tokens.lower[at] == "of" and "PART" in before.get(tokens.lower[at - 1], ())


def _hints(spots: list[_Spot]) -> dict[str, Hints]:
    """By key: the kinds of place it is said to be, what it lies in, and whether it is listed with regions."""
    hints: dict[str, Hints] = {}
    for spot in spots:
        hint = hints.setdefault(spot.key, Hints(set(), [], []))
        hint.features |= spot.kinds
        hint.inside.extend(spot.inside)
        if spot.away is not None:
            hint.away.append(spot.away)
    _lists(spots, hints)
    return hints


def _kinds(
    tokens: Tokens, first: int, last: int, before: dict[str, frozenset[str]], after: dict[str, frozenset[str]]
) -> set[str]:
    """Features that the words around (or inside) a name say it has."""
    kinds: set[str] = set()
    for length in (3, 2, 1):
        kinds |= after.get(" ".join(tokens.lower[last : last + length]), frozenset())
        kinds |= after.get(" ".join(tokens.lower[max(first + 1, last - length) : last]), frozenset())
        if kinds:
            break
    at = first - 1
    if at >= 1 and tokens.lower[at] == "of":
        kinds |= before.get(tokens.lower[at - 1], frozenset())
    elif at >= 0:
        kinds |= before.get(tokens.lower[at], frozenset())
    if "DIRECTION" in kinds:
        kinds |= {"ADM1", "RGN", "BRKW", *COUNTRY}
    return kinds - {"DIRECTION", "PART", "OCCUPIED"}


def _lists(spots: list[_Spot], hints: dict[str, Hints]) -> None:
    """Names joined in one list are of one kind: where the report calls one of them a region, all are."""
    regions = {spot.name for spot in spots if "ADM1" in spot.kinds}
    chain: list[_Spot] = []
    for spot in [*spots, None]:
        if chain and spot is not None and spot.joined:
            chain.append(spot)
            continue
        if len(chain) > 1 and any(s.name in regions for s in chain):
            for one in chain:
                hints[one.key].listed = True
        chain = [spot] if spot is not None else []


def _context(reading: Reading, spots: list[_Spot]) -> Context:
    """How often the report points to each country, and to which subdivisions."""
    actors = reading.knowledge.actors
    countries: Counter[str] = Counter()
    perhaps: set[str] = set()
    gazetteer = reading.knowledge.gazetteer
    names: dict[str, set[str]] = defaultdict(set)
    for referent in reading.annotated.referents:
        if referent.country:
            countries[referent.country] += len(referent.mentions)
            names[referent.country].add(fold(referent.name))
    for country, called in names.items():
        if called <= set(actors.country_names) and all(_homonym(gazetteer, name, _TOWN) for name in called):
            del countries[country]
            if not all(_homonym(gazetteer, name, _CITY) for name in called):
                perhaps.add(country)
    divisions: Counter[str] = Counter()
    for key in sorted({fold(spot.name) for spot in spots}):
        if key in actors.capitals and not _homonym(gazetteer, key, _TOWN):
            countries[actors.capitals[key]] += 1
        found = gazetteer.lookup(key)
        first = found[0].site if found else None
        plain = len(found) == 1 or (first is not None and first.population > 20 * found[1].site.population)
        if plain and first is not None and first.feature == "ADM1" and first.admin1:
            divisions[first.admin1] += 1
            countries[first.country or ""] += 1
    return Context(countries, perhaps, divisions, pull_of(gazetteer, (spot.name for spot in spots)))


def _homonym(gazetteer: Gazetteer, name: str, least: int) -> bool:
    """Whether a country's or capital's name is also that of a region or sizeable town in another country."""
    found = gazetteer.lookup(name)
    return any(c.main and c.site.country != found[0].site.country and c.site.population > least for c in found[1:])


def _place(mint: Mint, spot: _Spot, sense: Sense, reading: Reading) -> Place:
    id_, evidence = mint(spot.span)
    best, others = sense.best, sense.others
    pointless = best is not None and spot.told and not any(why in best.because for why in _POINTING)
    if best is None or best.score < WEAK or sense.share < TIE or pointless or spot.beyond:
        because = (
            "no place of that name is known"
            if best is None
            else f"it lies in {spot.beyond}, which is not known"
            if spot.beyond
            else "the best candidate is too weak"
            if best.score < WEAK or pointless
            else "several places of that name are as likely"
        )
        return Place(
            id=id_,
            evidence=evidence,
            because=because,
            score=0.0,
            name=spot.name,
            metonym=spot.metonym,
            candidates=others,
        )
    site = best.site
    area = reading.knowledge.boundaries.area(site)
    country = reading.knowledge.boundaries.country(site, reading.annotated.report.published)
    # Paris, Texas, is no capital: it cannot stand for a government.
    capital = reading.knowledge.actors.capitals.get(fold(spot.name))
    metonym = spot.metonym and (spot.body or capital is None or capital == site.country)
    because = f"{site.name}: {best.because}"
    if spot.body:
        because += "; a body is named for it"
    elif metonym:
        because += "; it acts, so its government is meant"
    if spot.off:
        because += "; what is told lies at a distance from it"
    dispute = f"; disputed area: {area.name}" if area else ""
    if spot.part and site.precision is not Precision.POINT:
        wide = site.precision in (Precision.COUNTRY, Precision.REGION)
        return Place(
            id=id_,
            evidence=evidence,
            because=f"a part of {because}, not the whole{dispute}",
            score=round(0.7 * sense.share, 3),
            name=f"part of {_called(spot, site)}",
            lat=site.lat,
            lon=site.lon,
            country=country,
            admin1=reading.knowledge.gazetteer.admin1_name(site.admin1),
            feature="PART",
            precision=Precision.REGION if wide else site.precision,
            metonym=metonym,
            candidates=others,
            disputed=area.id if area else None,
        )
    return Place(
        id=id_,
        evidence=evidence,
        because=because + dispute,
        score=round(sense.share, 3),
        name=_called(spot, site),
        lat=site.lat,
        lon=site.lon,
        geonames_id=site.geonames_id,
        country=country,
        admin1=reading.knowledge.gazetteer.admin1_name(site.admin1),
        feature=site.feature,
        precision=site.precision,
        metonym=metonym,
        candidates=others[1:],
        disputed=area.id if area else None,
    )


def _called(spot: _Spot, site: Site) -> str:
    """What the place is called: as the report spells a town's known name, else as the gazetteer does.

    A name in another language ("Kiev") is not another spelling, and names in capitals are written as names.
    """
    name = spot.name.title() if spot.name.isupper() else spot.name
    if site.own or site.feature in COUNTRY or fold(name) == fold(site.name):
        return site.name
    return name if DamerauLevenshtein.normalized_similarity(fold(name), fold(site.name)) >= _SPELLING else site.name
