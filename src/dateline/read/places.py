"""Places: each name of a place with what it most likely is, or unresolved.

Every name has one sense in a report. The candidates of the gazetteer are ranked by population, by the
countries and subdivisions that the report names besides, by what the text says outright ("Lyman, in the
Donbas", "Paris, Texas"), by words for the kind of place, and by nearness to places already sure. A weak
best, or one hardly better than the next far away, stays unresolved with its candidates. A part of a place
("occupied Kherson") is not the place: it has no GeoNames id.
"""

from collections import Counter, defaultdict
from functools import lru_cache
from math import asin, cos, log10, radians, sin, sqrt

from msgspec import Struct
from rapidfuzz.distance import DamerauLevenshtein

from dateline.knowledge.folding import fold
from dateline.knowledge.gazetteer import Candidate as Known
from dateline.knowledge.gazetteer import Gazetteer, Site
from dateline.knowledge.handle import Knowledge
from dateline.knowledge.lexicon.places import PlaceWord
from dateline.model.records import AnnotatedReport, Candidate, Mention, Place
from dateline.model.vocab import Label, Precision, Table
from dateline.nlp.base import Tokens
from dateline.read.metonyms import stands_for_government
from dateline.read.reading import Extractor, Mint, Reading

NEAR = 120.0
"""Kilometres within which another place of the report speaks for a candidate."""
WEAK = 3.3
"""A best candidate that scores less is not taken: a village nobody in the report points to."""
_SOIL = "SOIL"
_SPELLING = 0.7
"""How alike two names of a place are at least that are two spellings of one."""
_LABELS = frozenset({Label.GPE, Label.LOC, Label.FAC})
_COUNTRY = frozenset({"PCLI", "PCL", "PCLD"})
_WIDE = frozenset({Precision.REGION, Precision.COUNTRY, Precision.DISTRICT})


class Hints(Struct):
    """What a report's mentions of one name say about it."""

    features: set[str]
    inside: list[Site]
    listed: bool = False


class _Spot(Struct):
    mention: Mention
    passage: int
    first: int
    last: int
    name: str
    key: str
    kinds: frozenset[str]
    part: bool
    metonym: bool


class _Ranked(Struct, frozen=True):
    site: Site
    score: float
    because: str


def run(reading: Reading) -> AnnotatedReport:
    """One row for each mention of a place, in order of the text."""
    gazetteer = reading.knowledge.gazetteer
    spots = _spots(reading)
    hints = _hints(reading, spots)
    countries, divisions = _context(reading, spots)
    first: dict[str, list[_Ranked]] = {}
    for spot in spots:
        if spot.key not in first:
            first[spot.key] = _rank(gazetteer.lookup(spot.name), hints[spot.key], countries, divisions, [])
    sure = [ranked[0].site for ranked in first.values() if _sure(ranked)]
    for site in sure:
        if site.country and site.feature not in _COUNTRY:
            countries[site.country] += 1
            if site.admin1:
                divisions[site.admin1] += 1
    final = {
        spot.key: _rank(gazetteer.lookup(spot.name), hints[spot.key], countries, divisions, sure) for spot in spots
    }
    mint = Mint(reading, Table.PLACES, "places")
    places = [_place(mint, spot, final[spot.key], reading) for spot in spots]
    return reading.annotated.replace(places=tuple(places))


EXTRACTOR = Extractor("places", frozenset({"mentions", "referents"}), frozenset({"places"}), run)


@lru_cache(maxsize=4)
def _words(knowledge: Knowledge) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Words for kinds of place: those that stand before the name, and those behind it."""
    before: dict[str, set[str]] = defaultdict(set)
    after: dict[str, set[str]] = defaultdict(set)
    for entry in knowledge.lexicon(PlaceWord):
        if _SOIL in entry.features:
            continue
        for word in entry.words:
            (before if entry.before else after)[word].update(entry.features)
    return {w: frozenset(f) for w, f in before.items()}, {w: frozenset(f) for w, f in after.items()}


@lru_cache(maxsize=4)
def _soil(knowledge: Knowledge) -> frozenset[str]:
    """What a country has as a place, not as a government: its land, its borders, its people."""
    return frozenset(word for e in knowledge.lexicon(PlaceWord) if _SOIL in e.features for word in e.words)


def _spots(reading: Reading) -> list[_Spot]:
    """The mentions that name places, with the name to look up."""
    gazetteer = reading.knowledge.gazetteer
    spots = []
    passage = 0
    passages = reading.annotated.passages
    for mention in reading.annotated.mentions:
        if mention.label not in _LABELS and not (mention.label is Label.ORG and _built(gazetteer, mention)):
            continue
        while passage + 1 < len(passages) and passages[passage].evidence.span.end <= mention.evidence.span.start:
            passage += 1
        tokens = reading.tokens[passage]
        first, last = tokens.within(mention.evidence.span)
        if last <= first:
            continue
        name = _name(gazetteer, mention.evidence.quote, reading.knowledge)
        kinds = frozenset(_kinds(tokens, first, last, *_words(reading.knowledge)))
        metonym = mention.label is Label.GPE and _metonym(reading, mention, tokens, first, last)
        part = _part(tokens, first, _words(reading.knowledge)[0])
        spots.append(_Spot(mention, passage, first, last, name, _key(name, kinds), kinds, part, metonym))
    return spots


def _built(gazetteer: Gazetteer, mention: Mention) -> bool:
    """Whether what the tagger took for an organisation is a plant, a pipeline or the like of our own."""
    built = (Precision.POINT, Precision.LINE)
    return any(c.site.own and c.site.precision in built for c in gazetteer.lookup(mention.evidence.quote))


def _key(name: str, kinds: frozenset[str]) -> str:
    """What shares a sense: the name, and the word for its kind where one stands beside it."""
    return "/".join((fold(name), *sorted(kinds)))


def _name(gazetteer: Gazetteer, quote: str, knowledge: Knowledge) -> str:
    """The name as the gazetteer has it: with a word for the kind of place at its end only where it is listed so."""
    words = quote.split()
    before, after = _words(knowledge)
    if len(words) > 1 and words[-1].islower() and words[-1] in after and gazetteer.lookup(" ".join(words[:-1])):
        return " ".join(words[:-1])
    if gazetteer.lookup(quote):
        return quote
    while len(words) > 1 and words[0].lower() in before and not gazetteer.lookup(" ".join(words)):
        words = words[2:] if len(words) > 2 and words[1].lower() == "of" else words[1:]
    if not gazetteer.lookup(" ".join(words)):
        for length in (3, 2, 1):
            if len(words) > length and " ".join(words[-length:]).lower() in after:
                return " ".join(words[:-length])
    return " ".join(words)


def _metonym(reading: Reading, mention: Mention, tokens: Tokens, first: int, last: int) -> bool:
    actors = reading.knowledge.actors
    key = fold(mention.evidence.quote)
    if key in actors.governments:
        before = first - 1 - (first > 0 and tokens.lower[first - 1] == "the")
        return before < 0 or tokens.lower[before] not in {"in", "at", "near", "outside", "inside"}
    if key in actors.country_names or key in actors.capitals:
        soil = None if key in actors.capitals else _soil(reading.knowledge)
        return stands_for_government(tokens, first, last, soil)
    return False


def _part(tokens: Tokens, first: int, before: dict[str, frozenset[str]]) -> bool:
    """Whether the name is that of the whole of which a part is meant."""
    at = first - 1
    while at >= 0 and tokens.lower[at] == "the":
        at -= 1
    if at >= 0 and "OCCUPIED" in before.get(tokens.lower[at], ()):
        return True
    return at >= 1 and tokens.lower[at] == "of" and "PART" in before.get(tokens.lower[at - 1], ())


def _hints(reading: Reading, spots: list[_Spot]) -> dict[str, Hints]:
    """By key: the kinds of place it is said to be, what it lies in, and whether it is listed with regions."""
    gazetteer = reading.knowledge.gazetteer
    hints: dict[str, Hints] = {}
    previous: _Spot | None = None
    for spot in spots:
        tokens = reading.tokens[spot.passage]
        hints.setdefault(spot.key, Hints(set(), [])).features |= spot.kinds
        if previous is not None and previous.passage == spot.passage and previous.key != spot.key:
            gap = tokens.lower[previous.last : spot.first]
            before, _ = _words(reading.knowledge)
            plain = [word for word in gap if word != "the" and "DIRECTION" not in before.get(word, ())]
            if plain in ([","], ["in"], [",", "in"], ["("]) and len(gap) <= 5:
                wider = [c.site for c in gazetteer.lookup(spot.name)[:4] if c.site.precision in _WIDE]
                hints[previous.key].inside.extend(wider)
        previous = spot
    _lists(spots, reading, hints)
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
        kinds |= {"ADM1", "RGN", "BRKW", *_COUNTRY}
    return kinds - {"DIRECTION", "PART", "OCCUPIED"}


def _lists(spots: list[_Spot], reading: Reading, hints: dict[str, Hints]) -> None:
    """Names joined in one list are of one kind: where the report calls one of them a region, all are."""
    regions = {spot.name for spot in spots if "ADM1" in spot.kinds}
    chain: list[_Spot] = []
    for spot in [*spots, None]:
        if chain and spot is not None and _joined(reading, chain[-1], spot):
            chain.append(spot)
            continue
        if len(chain) > 1 and any(s.name in regions for s in chain):
            for one in chain:
                hints[one.key].listed = True
        chain = [spot] if spot is not None else []


def _joined(reading: Reading, left: _Spot, right: _Spot) -> bool:
    if left.passage != right.passage or not 0 < right.first - left.last <= 4 or left.key == right.key:
        return False
    return set(reading.tokens[left.passage].lower[left.last : right.first]) <= {
        ",",
        "and",
        "or",
        "(",
        "as",
        "well",
        ".",
    }


def _context(reading: Reading, spots: list[_Spot]) -> tuple[Counter[str], Counter[str]]:
    """How often the report points to each country, and which subdivisions it names without a doubt."""
    actors = reading.knowledge.actors
    countries: Counter[str] = Counter()
    gazetteer = reading.knowledge.gazetteer
    names: dict[str, set[str]] = defaultdict(set)
    for referent in reading.annotated.referents:
        if referent.country:
            countries[referent.country] += len(referent.mentions)
            names[referent.country].add(fold(referent.name))
    for country, called in names.items():
        if called <= set(actors.country_names) and all(_homonym(gazetteer, name) for name in called):
            del countries[country]
    divisions: Counter[str] = Counter()
    for key in sorted({fold(spot.name) for spot in spots}):
        if key in actors.capitals and not _homonym(gazetteer, key):
            countries[actors.capitals[key]] += 1
        found = gazetteer.lookup(key)
        first = found[0].site if found else None
        plain = len(found) == 1 or (first is not None and first.population > 20 * found[1].site.population)
        if plain and first is not None and first.feature == "ADM1" and first.admin1:
            divisions[first.admin1] += 1
            countries[first.country or ""] += 1
    return countries, divisions


def _homonym(gazetteer: Gazetteer, name: str) -> bool:
    """Whether a country's or capital's name is also that of a region or sizeable town in another country."""
    found = gazetteer.lookup(name)
    return any(c.main and c.site.country != found[0].site.country and c.site.population > 10_000 for c in found[1:])


def _rank(
    found: tuple[Known, ...], hints: Hints, countries: Counter[str], divisions: Counter[str], sure: list[Site]
) -> list[_Ranked]:
    """The candidates, best first, each with why."""
    total = sum(countries.values())
    # A region called like its chief town: without a word for it, the town is meant.
    towns = {c.site.admin1 for c in found if c.site.feature.startswith("PPL") and c.site.population > 15000}
    ranked = []
    for candidate in found[:40]:
        site = candidate.site
        score, why = log10(max(site.population, 100)), ["population"]
        if site.feature in _COUNTRY:
            # A country that only this name points to, among other countries' places, may be a homonym.
            score += 1.0 if countries[site.country or ""] or not total else -0.2
        elif site.feature == "PPLC":
            score += 1.0
        elif site.feature == "ADM2":
            score -= 2.5
        elif site.feature == "ADM1" and site.admin1 in towns:
            score += 2.2 if hints.listed else -2.0
        if site.own and site.feature not in _COUNTRY:
            score += 0.7
        if not candidate.main:
            score -= 0.9 if site.population > 100_000 else 2.4
        if total and site.country and site.feature not in _COUNTRY:
            share = countries[site.country] / total
            if share:
                score += 0.6 + 1.4 * share
                why.append("its country is named")
        if site.admin1 and divisions[site.admin1] and site.feature != "ADM1":
            score += 1.3
            why.append("its region is named")
        if hints.features:
            if site.feature in hints.features:
                score += 3.5
                why.append("the word for its kind")
            elif site.feature not in _COUNTRY or not hints.features & _COUNTRY:
                score -= 1.5
        if any(_lies_in(site, wider) for wider in hints.inside):
            score += 5.0
            why.append("where the report says it lies")
        if any(other.id != site.id and other.feature not in _COUNTRY and _km(site, other) < NEAR for other in sure):
            score += 1.1
            why.append("near another place of the report")
        ranked.append(_Ranked(site, score, ", ".join(why)))
    ranked.sort(key=lambda r: (-r.score, -r.site.population, r.site.id))
    return ranked


def _lies_in(site: Site, wider: Site) -> bool:
    if wider.feature == "ADM1":
        return site.admin1 == wider.admin1 and site.id != wider.id
    if wider.feature in _COUNTRY:
        return site.country == wider.country and site.id != wider.id
    if wider.feature == "ADM2":
        return site.admin2 is not None and site.admin2 == wider.admin2 and site.id != wider.id
    return site.id != wider.id and _km(site, wider) < 250.0


def _sure(ranked: list[_Ranked]) -> bool:
    """Whether the best is beyond doubt: alone, or far ahead of the next that lies elsewhere."""
    if not ranked or ranked[0].score < WEAK:
        return False
    elsewhere = next((r for r in ranked[1:] if _km(r.site, ranked[0].site) > NEAR), None)
    return elsewhere is None or ranked[0].score - elsewhere.score > 1.5


def _place(mint: Mint, spot: _Spot, ranked: list[_Ranked], reading: Reading) -> Place:
    id_, evidence = mint(spot.mention.evidence.span)
    best = ranked[0] if ranked else None
    others = tuple(
        Candidate(
            r.site.id, f"{r.site.name} ({r.site.country or r.site.feature})", round(_share(r, ranked), 3), r.because
        )
        for r in ranked[:4]
    )
    if best is None or best.score < WEAK:
        because = "no place of that name is known" if best is None else "the best candidate is too weak"
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
    because = f"{site.name}: {best.because}"
    if spot.metonym:
        because += "; it acts, so its government is meant"
    if spot.part:
        wide = site.precision in (Precision.COUNTRY, Precision.REGION)
        return Place(
            id=id_,
            evidence=evidence,
            because=f"a part of {because}, not the whole",
            score=round(0.7 * _share(best, ranked), 3),
            name=f"part of {_called(spot, site)}",
            lat=site.lat,
            lon=site.lon,
            country=site.country,
            admin1=reading.knowledge.gazetteer.admin1_name(site.admin1),
            feature="PART",
            precision=Precision.REGION if wide else site.precision,
            metonym=spot.metonym,
            candidates=others,
        )
    return Place(
        id=id_,
        evidence=evidence,
        because=because,
        score=round(_share(best, ranked), 3),
        name=_called(spot, site),
        lat=site.lat,
        lon=site.lon,
        geonames_id=site.geonames_id,
        country=site.country,
        admin1=reading.knowledge.gazetteer.admin1_name(site.admin1),
        feature=site.feature,
        precision=site.precision,
        metonym=spot.metonym,
        candidates=others[1:],
    )


def _called(spot: _Spot, site: Site) -> str:
    """What the place is called: as the report spells a town's known name, else as the gazetteer does.

    A name in another language ("Kiev") is not another spelling, and names in capitals are written as names.
    """
    name = spot.name.title() if spot.name.isupper() else spot.name
    if site.own or site.feature in _COUNTRY or fold(name) == fold(site.name):
        return site.name
    return name if DamerauLevenshtein.normalized_similarity(fold(name), fold(site.name)) >= _SPELLING else site.name


def _share(one: _Ranked, ranked: list[_Ranked]) -> float:
    """How much of the belief falls to one candidate (its weight among the candidates that lie elsewhere)."""
    weights = [10 ** min(r.score - ranked[0].score, 0.0) for r in ranked if r is one or _km(r.site, one.site) > NEAR]
    own = 10 ** min(one.score - ranked[0].score, 0.0)
    return own / sum(weights) if weights else 1.0


def _km(a: Site, b: Site) -> float:
    """Great-circle distance in kilometres (haversine)."""
    lat, other = radians(a.lat), radians(b.lat)
    h = sin((other - lat) / 2) ** 2 + cos(lat) * cos(other) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 12742.0 * asin(sqrt(min(1.0, h)))
