"""Choose among what a page says of itself: the title, the byline, the outlet, the dates, the address.

Each choice returns all values found, the one taken first, each with how it is known. Machines are believed before
guesses, and what the page shows before machines that contradict it or each other.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final
from urllib.parse import urljoin, urlsplit, urlunsplit

from dateline.ingest.dates import day_of, machine_date, near, printed_dates, url_date
from dateline.ingest.html.pieces import clean
from dateline.knowledge.pages import Pages, PhraseKind
from dateline.model.report import Fact
from dateline.model.vocab import PublishedBasis

_PARTING: Final = re.compile(r"\s+[|–—·•»«:]+\s+|\s+-+\s+|\s*::\s*|\s*\|\s*")
_WORD: Final = re.compile(r"\w+")
_AND: Final = re.compile(r"\s*(?:;|,?\s+(?:and|und|et|y|и|і|و|ו)\s+|,(?!\s*(?:Jr|Sr|III?)\b)|\s&\s|\s\|\s|\n)\s*")
_EMAIL: Final = re.compile(r"\S+@\S+|@\w+|https?://\S+")
_AFTER_NAME: Final = re.compile(r"\s+(?:in|at|for|reporting from|[|/–—-]|\(|for)\s.*$|\s*\(.*$|\s+[|•·–—]\s*.*$")
_TRACKING: Final = re.compile(r"^(?:utm_\w+|fbclid|gclid|ref|cmp|amp|ito|smid|outputtype)$", re.IGNORECASE)
LONGEST_BYLINE: Final = 400
"""Letters of a byline at most."""
_ZONE_FREE: Final = 19
"""Letters of a date-time without its offset."""


def words_of(text: str) -> frozenset[str]:
    """The words of a title, for comparing."""
    return frozenset(_WORD.findall(text.casefold()))


def alike(a: str, b: str) -> bool:
    """Whether two titles are one: one holds nearly all the words of the other, and is not a scrap of it."""
    one, other = words_of(a), words_of(b)
    small = min(len(one), len(other))
    return small > 0 and len(one & other) >= 0.75 * small and (small >= 3 or small >= 0.5 * max(len(one), len(other)))


def unsuffixed(title: str, outlets: Iterable[str]) -> tuple[str, str]:
    """A title without the name of its outlet at either end, and that name.

    >>> unsuffixed("Dam fails at Arden | The Harbour Courier", ["The Harbour Courier"])
    ('Dam fails at Arden', 'The Harbour Courier')
    """
    known = [words_of(outlet) for outlet in outlets if outlet]
    parts = _PARTING.split(title)
    if len(parts) < 2:
        return title, ""
    marks = list(_PARTING.finditer(title))
    for cut, outlet in ((title[: marks[-1].start()], parts[-1]), (title[marks[0].end() :], parts[0])):
        if any(
            words_of(outlet) == one or (one and one < words_of(outlet) and len(words_of(outlet)) <= len(one) + 1)
            for one in known
        ):
            return unsuffixed(cut.strip(), outlets)[0], outlet
    return title, ""


def choose_title(
    found: Sequence[Fact], headings: Sequence[str], page_title: str, outlets: Sequence[str]
) -> tuple[Fact, ...]:
    """The title: a main heading that a machine's title agrees with, else what most of them say.

    ``headings`` are the main headings in the order of the page. The name of the outlet is no title.
    """
    names = {frozenset(words_of(name)) for name in outlets}
    cleaned: list[Fact] = [Fact("title", text, PublishedBasis.MARKUP) for text in headings]
    cleaned += [Fact("title", unsuffixed(f.value, outlets)[0], f.basis) for f in found if f.field == "title"]
    whole = [f for f in cleaned if words_of(f.value) and frozenset(words_of(f.value)) not in names]
    if page_title:
        stripped = unsuffixed(page_title, outlets)[0]
        if stripped == page_title and len(_PARTING.split(page_title)) > 1:
            # The outlet is not named elsewhere: the longest part is the title.
            stripped = next(
                (f.value for f in whole if alike(f.value, page_title)), max(_PARTING.split(page_title), key=len)
            )
        if frozenset(words_of(stripped)) not in names and words_of(stripped):
            whole.append(Fact("title", stripped, PublishedBasis.TEXT))

    def weight(fact: Fact) -> float:
        others = {other.basis for other in whole if other is not fact and alike(other.value, fact.value)} - {fact.basis}
        own = {PublishedBasis.MARKUP: 1.6, PublishedBasis.STRUCTURED_DATA: 1.5, PublishedBasis.META: 1.0}.get(
            fact.basis, 0.5
        )
        return own + len(others)

    ordered = sorted(whole, key=lambda fact: -weight(fact))
    return tuple(dict.fromkeys(ordered))


def choose_author(
    found: Sequence[Fact], bylines: Sequence[str], outlets: Sequence[str], pages: Pages
) -> tuple[Fact, ...]:
    """The names of the byline, parted by commas; what is an outlet, a desk or an account is no name."""
    chosen: list[Fact] = []
    for fact in (*found, *(Fact("author", text, PublishedBasis.MARKUP) for text in bylines)):
        if fact.field != "author":
            continue
        names = names_in(fact.value, outlets, pages)
        if names:
            chosen.append(Fact("author", ", ".join(names), fact.basis))
    return tuple(dict.fromkeys(chosen))


def names_in(byline: str, outlets: Sequence[str], pages: Pages) -> list[str]:
    """The people a byline names.

    >>> from dateline.knowledge.pages import load_pages
    >>> names_in("By Mara Venn and Oskar Tal, Staff Reporter", [], load_pages())
    ['Mara Venn', 'Oskar Tal']
    """
    if len(byline) > LONGEST_BYLINE:
        return []
    by = pages.phrase(PhraseKind.BY)
    nobody = pages.phrase(PhraseKind.NOT_AUTHOR)
    text = clean(_EMAIL.sub(" ", byline))
    for kind in (PhraseKind.PUBLISHED, PhraseKind.MODIFIED):
        stamp = re.search(rf"(?<!\w){pages.phrase(kind).pattern}(?!\w)", text, re.IGNORECASE)
        if stamp is not None and stamp.start() > 0:
            text = text[: stamp.start()]
    known = {words_of(name) for name in outlets if name}
    names: list[str] = []
    for part in _AND.split(text):
        part = re.sub(rf"^(?:{by.pattern})\s*[:：]?\s+", "", part.strip(), flags=re.IGNORECASE)
        part = _AFTER_NAME.sub("", part).strip(" .,:|-–—•·")
        if not 1 < len(part) <= 60 or re.search(r"\d", part) or len(part.split()) > 5 or words_of(part) in known:
            continue
        if nobody.fullmatch(part) or part in pages.agencies or not _is_name(part):
            continue
        names.append(part)
    later = re.search(r"\b[Bb]y\s+(?=[A-Z])", text) if not names else None
    if later is not None and later.start() > 0:
        return names_in(text[later.start() :], outlets, pages)
    return list(dict.fromkeys(names))


def _is_name(part: str) -> bool:
    """Whether a part of a byline is written as names are: capitals where the script has them, two words or more."""
    words = [w for w in part.split() if w[0].isalpha()]
    if not any(w[0].islower() or w[0].isupper() for w in words):
        return bool(words)
    low = [
        w
        for w in words
        if w[0].islower()
        and w
        not in (
            "de",
            "van",
            "von",
            "der",
            "den",
            "da",
            "di",
            "al",
            "bin",
            "el",
            "la",
            "le",
            "dos",
            "du",
            "ten",
            "ter",
            "af",
            "av",
            "y",
        )
    ]
    return not low and len(words) >= 2


def choose_outlet(
    found: Sequence[Fact], page_title: str, headings: Sequence[str], logos: Sequence[str]
) -> tuple[Fact, ...]:
    """The outlet: the publisher by structured data, the site's name by meta tags, its logo, the page title's end."""
    chosen = [
        Fact("source", re.sub(r"^(?:©|\(c\)|copyright)\s*(?:\d{4})?\s*", "", f.value, flags=re.I), f.basis)
        for f in found
        if f.field == "source"
    ]
    chosen = [
        f
        for f in chosen
        if 1 < len(f.value) <= 80 and not f.value.startswith("http") and not re.fullmatch(r"[\d\s–-]*", f.value)
    ]
    chosen += [Fact("source", logo, PublishedBasis.MARKUP) for logo in logos if 1 < len(logo) <= 80]
    parts = _PARTING.split(page_title)
    if len(parts) > 1:
        for end in (parts[-1], parts[0]):
            rest = page_title.replace(end, "", 1)
            if 1 < len(end) <= 40 and any(alike(rest, heading) and not alike(end, heading) for heading in headings):
                chosen.append(Fact("source", end.strip(), PublishedBasis.TEXT))
                break
    return tuple(dict.fromkeys(chosen))


def choose_published(
    machine: Sequence[Fact], shown: Sequence[Fact], url: str | None, retrieved: date | None
) -> tuple[Fact, ...]:
    """The date of publication, the surest first.

    ``machine`` is what structured data and meta tags say, ``shown`` what stands by the headline. Machines are
    believed, but for a date after the page was fetched, one after its own modification, and one that is later
    than a date shown or in the address: systems put the day of fetching, or of the last change, where the day
    of publication belongs. Of values for one instant, that on the outlet's own clock is taken.
    """
    by_url = url_date(url) if url else None
    facts = [Fact("published", v, f.basis) for f in machine if f.field == "published" for v in [_dated(f.value)] if v]
    facts += [f for f in shown if f.field == "published"]
    if by_url:
        facts.append(Fact("published", by_url, PublishedBasis.URL))
    modified = [v for f in machine if f.field == "modified" for v in [_dated(f.value)] if v]
    facts = [
        f for f in facts if not (retrieved and day_of(f.value) > retrieved and not near(f.value, retrieved.isoformat()))
    ]
    kinds = (PublishedBasis.STRUCTURED_DATA, PublishedBasis.META)
    seen = [f for f in facts if f.basis not in kinds]

    def weight(fact: Fact) -> tuple[float, int]:
        witnesses = {_witness(other.basis) for other in facts if near(other.value, fact.value)}
        later = sum(
            1 for other in seen if day_of(other.value) < day_of(fact.value) and not near(other.value, fact.value)
        )
        late = any(day_of(m) < day_of(fact.value) and not near(m, fact.value) for m in modified)
        trust = {
            PublishedBasis.STRUCTURED_DATA: 1.6,
            PublishedBasis.META: 1.5,
            PublishedBasis.TIME_ELEMENT: 1.2,
            PublishedBasis.TEXT: 1.0,
        }
        return -(trust.get(fact.basis, 0.4) + len(witnesses) - 1.5 * bool(later) - 2 * late), facts.index(fact)

    ordered = sorted(facts, key=weight)
    if ordered:
        ordered = [_local(ordered), *ordered]
    return tuple(dict.fromkeys(ordered))


def _witness(basis: PublishedBasis) -> str:
    """Structured data and meta tags come from one system; what is shown is another witness, the address a third."""
    if basis in (PublishedBasis.STRUCTURED_DATA, PublishedBasis.META):
        return "machine"
    return "address" if basis is PublishedBasis.URL else "shown"


def _local(ordered: list[Fact]) -> Fact:
    """The first fact, or the same instant on another clock than Greenwich's; a day alone gives way to its hour."""
    first = ordered[0]
    if len(first.value) == 10:
        return next((f for f in ordered if len(f.value) > _ZONE_FREE and f.value[:10] == first.value), first)
    if first.value.endswith("+00:00"):
        instant = datetime.fromisoformat(first.value)
        for other in ordered[1:]:
            elsewhere = len(other.value) > _ZONE_FREE and not other.value.endswith("+00:00")
            if elsewhere and abs((datetime.fromisoformat(other.value) - instant).total_seconds()) < 90:
                return other
    return first


def choose_modified(machine: Sequence[Fact], shown: Sequence[Fact], published: str | None) -> tuple[Fact, ...]:
    """When the page was last changed: never before it was published, and never what was published itself."""
    facts = [Fact("modified", v, f.basis) for f in machine if f.field == "modified" for v in [_dated(f.value)] if v]
    facts += [f for f in shown if f.field == "modified"]
    kept = [f for f in facts if not published or day_of(f.value) >= day_of(published) or near(f.value, published)]
    return tuple(dict.fromkeys(kept))


def _dated(value: str) -> str | None:
    found = machine_date(value)
    return found or next(iter(printed_dates(value)), None)


def choose_url(found: Sequence[str], given: str | None) -> str | None:
    """The canonical address: the first that a page gives which is an address, not the front page, else the one given.

    >>> choose_url(["/2024/dam-fails"], "https://news.example/2024/dam-fails?utm_source=x")
    'https://news.example/2024/dam-fails'
    """
    for one in found:
        try:
            address = urljoin(given or "", one.strip())
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.hostname and (parts.path.strip("/") or parts.query):
            return _plain(address)
    return _plain(given) if given else None


def _plain(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    kept = "&".join(pair for pair in parts.query.split("&") if pair and not _TRACKING.match(pair.split("=")[0]))
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path, kept, ""))
