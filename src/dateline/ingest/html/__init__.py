"""A web page in, one report out: its text as the page sets it apart, and what the page says of itself."""

import json
import re
from datetime import date
from itertools import takewhile
from typing import Any, Final

from lxml import etree

from dateline.errors import InputError
from dateline.ingest.base import Fields, Found, make_found
from dateline.ingest.credits import credited_agency
from dateline.ingest.dates import machine_date, printed_dates
from dateline.ingest.html.body import Chosen, choose, is_name_line, is_stamp
from dateline.ingest.html.facts import (
    alike,
    choose_author,
    choose_modified,
    choose_outlet,
    choose_published,
    choose_title,
    choose_url,
    unsuffixed,
    words_of,
)
from dateline.ingest.html.guard import Page, parse_page
from dateline.ingest.html.pieces import Aside, Cut, Element, Piece, clean, cut, text_of
from dateline.ingest.html.structured import Structured, read_structured
from dateline.knowledge.pages import Pages, PhraseKind, Role, load_pages
from dateline.model.report import Fact, Report
from dateline.model.vocab import PassageKind, PublishedBasis, ReportMark

FEWEST: Final = 20
"""Words that a report has at least; a page with fewer (an error page, a list) is refused."""
SHORT: Final = 150
"""Words below which a page that says it is for subscribers shows only its beginning."""
STATE_KEYS: Final = frozenset(
    {"articleBody", "article_body", "body", "bodyHtml", "body_html", "content", "text", "html", "storyHtml"}
)
"""Keys under which pages that a script fills keep their text."""
_UNSPACED: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
LONGEST: Final = 600
"""Letters of a page's title that are looked at."""
_EARLY: Final = 12
"""Pieces around the headline among which its byline and dates stand."""


def read_page(
    data: bytes, defaults: Fields | None = None, charset: str | None = None, retrieved: date | None = None
) -> Report:
    """The report of a page.

    ``defaults`` hold for what the page does not say; their address is the one it came from. ``charset`` is what
    the server said; ``retrieved`` the day it was fetched, after which nothing was published. The text is in NFC:
    headline, standfirst, then the body in the page's order, one block a line, apart by empty lines.
    Raises InputError for a page that is none, is too large, or has no text of a report.

    >>> page = "<title>Dam fails | Courier</title><h1>Dam fails</h1>" + "<p>The Velm dam failed. It rained.</p>" * 4
    >>> read_page(page.encode()).title
    'Dam fails'
    """
    return make_found(find_report(parse_page(data, charset), defaults or Fields(), retrieved), defaults or Fields())


def find_report(page: Page, defaults: Fields, retrieved: date | None = None, pages: Pages | None = None) -> Found:
    """Everything found in a parsed page. Raises InputError when there is no report in it."""
    pages = pages or load_pages()
    tree = page.tree
    title_element = tree.find(".//title")
    page_title = clean(text_of(title_element))[:LONGEST] if title_element is not None else ""
    told = read_structured(tree, page.linked, pages, [clean(text_of(h)) for h in tree.iter("h1")])
    live = told.live or _is_live(tree, pages)
    pieces = cut(tree, pages, live)
    logos = [p.text for p in pieces.pieces if p.tag == "h1" and _is_logo(p)]
    outlets = [*(f.value for f in told.facts if f.field == "source"), *logos]
    heading, titles = _title(pieces, told, page_title, outlets)
    only_time = _only_time(tree)
    chosen = choose(pieces, tree, heading, pages, live, frozenset(told.description))
    blocks = _blocks(chosen, told, page, pages)
    title = titles[0].value if titles else None
    if sum(_words(text) for _, text in blocks) < FEWEST:
        raise InputError("there is no text of a report on this page")
    bylines, shown = _shown(pieces, chosen, heading, tree, pages)
    url = choose_url([*told.url, *filter(None, [page.saved_from])], defaults.url)
    source = choose_outlet(told.facts, page_title, [title] if title else [], logos)
    if heading is None and titles and source and pages.phrase(PhraseKind.PLATFORM).fullmatch(source[0].value):
        # What is posted has no title; that of the page is the name of who posted it.
        source = (Fact("source", titles[0].value, titles[0].basis), *source)
        outlets.append(titles[0].value)
        title, titles = None, []
    published = choose_published(told.facts, shown, url, retrieved) or only_time
    if title and _fold(blocks[0][1]) != _fold(title):
        blocks.insert(0, (PassageKind.HEADLINE, title))
    elif title:
        blocks[0] = (PassageKind.HEADLINE, blocks[0][1])
    modified = choose_modified(told.facts, shown, published[0].value if published else None)
    names = [*outlets, *told.organisations]
    authors = choose_author(told.facts, bylines, names, pages)
    own = source[0].value if source else defaults.source
    at = pieces.pieces.index(heading) if heading else 0
    short = [p.text for p in pieces.pieces[max(0, at - 1) : chosen.first + 1] if p.words <= 4]
    crediting = [
        *bylines,
        *short,
        *(o for o in told.organisations if o in pages.agencies),
        *(f.value for f in told.facts if f.field == "author"),
    ]
    return Found(
        blocks=tuple(blocks),
        facts=(*titles, *authors, *source, *published, *modified),
        url=url,
        agency=credited_agency(
            [text for kind, text in blocks if kind is not PassageKind.CAPTION], crediting, own, pages
        ),
        marks=_marks(pieces, told, blocks, live, tree, pages),
    )


def _only_time(tree: Element) -> tuple[Fact, ...]:
    """The date of publication where nothing else tells it and all times on the page are of one day."""
    stamps = [stamp for one in tree.iter("time") if (stamp := machine_date(one.get("datetime", "")))]
    one_day = len({stamp[:10] for stamp in stamps}) == 1
    return (Fact("published", stamps[0], PublishedBasis.TIME_ELEMENT),) if one_day else ()


def _words(text: str) -> int:
    """How many words a text has; where words are written without spaces, two characters are one."""
    return len(text.split()) + len(_UNSPACED.findall(text)) // 2


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()


def _is_live(tree: Element, pages: Pages) -> bool:
    """Whether the page's markup is that of a live page: entries under one live element, or three entries."""
    entries = 0
    for element in tree.iter("div", "section", "article", "ol", "ul", "li", "amp-live-list"):
        if element.tag == "amp-live-list":
            return True
        names = " ".join(filter(None, (element.get("class"), element.get("id"))))
        if not names:
            continue
        roles = pages.roles(names)
        entries += Role.ENTRY in roles
        if entries >= 3 or (Role.LIVE in roles and Role.BOILERPLATE not in roles and len(element.findall(".//p")) >= 4):
            return True
    return False


def _title(pieces: Cut, told: Structured, page_title: str, outlets: list[str]) -> tuple[Piece | None, list[Fact]]:
    """The main heading and the titles found, the one taken first."""
    headings = [p for p in pieces.pieces if p.tag == "h1" and p.kind is PassageKind.PARAGRAPH]
    shown = [p.text for p in headings if not _is_logo(p)]
    titles = choose_title(told.facts, shown, page_title, outlets)
    if not any(t.basis is not PublishedBasis.TEXT for t in titles):
        titles = (*_under_heading(pieces, titles), *titles)
    if not titles:
        return None, []
    best = titles[0]
    same = [p for p in headings if _fold(p.text) == _fold(best.value)] or [
        p for p in headings if alike(p.text, best.value)
    ]
    if not same:
        # Old pages have no main heading: the title stands there in other clothes.
        same = [
            p
            for p in pieces.pieces
            if p.words <= 40 and p.words >= 2 and _fold(unsuffixed(p.text, outlets)[0]) == _fold(best.value)
        ]
        same = same or [
            p
            for p in pieces.pieces
            if p.tag in ("h2", "h3") and alike(p.text, best.value) and words_of(p.text) >= words_of(best.value)
        ]
    heading = same[0] if same else None
    if heading is not None and best.basis is not PublishedBasis.MARKUP:
        shown_as = Fact("title", heading.text, PublishedBasis.MARKUP)
        titles = (shown_as, *(t for t in titles if t != shown_as))
    return heading, list(titles)


def _under_heading(pieces: Cut, titles: tuple[Fact, ...]) -> list[Fact]:
    """The first lesser heading, where nothing shows the page's title and the text begins below that heading."""
    if any(alike(p.text, t.value) for p in pieces.pieces for t in titles if p.words <= 40):
        return []
    before = list(takewhile(lambda p: not p.prose, pieces.pieces))
    found = [p for p in before if p.tag in ("h2", "h3") and p.words >= 3 and not p.linked]
    return [Fact("title", found[0].text, PublishedBasis.MARKUP)] if found else []


def _is_logo(piece: Piece) -> bool:
    """Whether a main heading is the site's name: all of it leads to the front page."""
    link = piece.element.find(".//a")
    target = link.get("href", "") if link is not None else ""
    return (
        piece.linked >= len(piece.text) * 0.9
        and re.fullmatch(r"(?:https?://[^/]+)?/?(?:index\.\w+)?", target) is not None
    )


def _blocks(chosen: Chosen, told: Structured, page: Page, pages: Pages) -> list[tuple[PassageKind, str]]:
    """The text by kind: from the page, or where a script fills the page, from the data that it brings."""
    blocks = [(piece.kind, piece.text) for piece in chosen.pieces]
    have = sum(_words(text) for kind, text in blocks if kind is not PassageKind.CAPTION)
    stored = told.body
    if have < SHORT and _words(stored) < 2 * have + FEWEST:
        stored = max((_stored(state) for state in page.states), key=len, default="")
    if _words(stored) >= 2 * have + FEWEST:
        captions = [block for block in blocks if block[0] is PassageKind.CAPTION]
        return [*captions, *_of_stored(stored, pages)]
    return blocks


def _of_stored(stored: str, pages: Pages) -> list[tuple[PassageKind, str]]:
    if re.search(r"<(?:p|br|div|h\d|li)\b", stored):
        tree = etree.fromstring(f"<html><body>{stored}</body></html>", parser=etree.HTMLParser(remove_comments=True))
        return [(piece.kind, piece.text) for piece in cut(tree, pages).pieces]
    lines = [clean(line) for line in stored.splitlines()]
    return [(PassageKind.PARAGRAPH, line) for line in lines if line]


def _stored(state: str) -> str:
    """The longest text in a page's data, under a key that names texts: one string, or the strings of one list."""
    try:
        waiting: list[tuple[Any, str]] = [(json.loads(state), "")]
    except (ValueError, RecursionError):
        return ""
    best, looked = "", 0
    while waiting and looked < 50_000:
        looked += 1
        one, key = waiting.pop()
        if isinstance(one, str):
            if key in STATE_KEYS and len(one) > len(best):
                best = one
        elif isinstance(one, dict):
            waiting += [(value, name) for name, value in one.items()]
        elif isinstance(one, list):
            parts = [_part(item) for item in one]
            joined = "\n".join(part for part in parts if part)
            if len(joined) > len(best) and sum(map(bool, parts)) >= 2:
                best = joined
            waiting += [(value, key) for value in one if isinstance(value, dict | list)]
    return best.encode("utf-8", "replace").decode("utf-8")


def _part(item: Any) -> str:
    """The text of an item of a list of paragraphs, as publishing systems keep them."""
    if not isinstance(item, dict) or str(item.get("type", item.get("kind", "text"))) not in (
        "text",
        "paragraph",
        "p",
        "html",
    ):
        return ""
    return next((item[key] for key in STATE_KEYS if isinstance(item.get(key), str)), "")


def _shown(
    pieces: Cut, chosen: Chosen, heading: Piece | None, tree: Element, pages: Pages
) -> tuple[list[str], list[Fact]]:
    """The bylines and the dates that stand by the headline or the body."""
    at = pieces.pieces.index(heading) if heading is not None else chosen.first
    last = max((pieces.pieces.index(p) for p in chosen.pieces[-1:]), default=at)
    low, high = at - _EARLY // 2, chosen.first + _EARLY // 4

    def by(aside: Aside) -> bool:
        return low <= aside.at <= high or (aside.at > last and aside.at <= last + 2)

    american = (tree.get("lang") or tree.get("xml:lang") or "").lower() in ("en-us", "en_us")
    bylines = [a.text for a in pieces.asides if a.role is Role.BYLINE and by(a)]
    facts: list[Fact] = []
    for aside in pieces.times:
        if not by(aside):
            continue
        stamp = machine_date(aside.element.get("datetime", "")) or next(iter(printed_dates(aside.text, american)), None)
        if stamp:
            facts.append(Fact(_which(aside.element, pages), stamp, PublishedBasis.TIME_ELEMENT))
    dated = [a for a in pieces.asides if by(a) and a.role in (Role.PUBLISHED, Role.MODIFIED, Role.BYLINE)]
    if any(a.at <= last and printed_dates(a.text) for a in dated):
        # Below a text that is dated above stand other reports.
        dated = [a for a in dated if a.at <= last or a.role is not Role.PUBLISHED]
    lines = [(a.text, a.role) for a in dated]
    near_head = pieces.pieces[max(0, at - 2) : max(at, chosen.first) + 3]
    lines += [(p.text, Role.PUBLISHED) for p in near_head if p.words <= 14 and p is not heading]
    ends = [p for p in chosen.pieces[-2:] if p.words <= 14]
    labelled = pages.phrase(PhraseKind.PUBLISHED)
    lines += [(p.text, Role.PUBLISHED) for p in ends if labelled.match(p.text)]
    for text, role in lines:
        for field, value in _dates_in(text, role, american, pages):
            facts.append(Fact(field, value, PublishedBasis.TEXT))
    for piece in near_head:
        where = pieces.pieces.index(piece)
        if piece is not heading and (is_stamp(piece, pages) or is_name_line(pieces.pieces, where, pages)):
            bylines += re.split(r"\s[|·•–—-]\s", piece.text)
    return bylines, list(dict.fromkeys(facts))


def _which(element: Element, pages: Pages) -> str:
    """Whether a time element says when the page was published or when it was changed."""
    names = " ".join(
        f"{e.get('class', '')} {e.get('itemprop', '')}" for e in (element, element.getparent()) if e is not None
    )
    before = clean(
        " ".join(
            filter(
                None,
                (element.getparent().text, (element.getprevious().tail if element.getprevious() is not None else "")),
            )
        )
    )
    modified = pages.phrase(PhraseKind.MODIFIED)
    if Role.MODIFIED in pages.roles(names) and Role.PUBLISHED not in pages.roles(element.get("class", "")):
        return "modified"
    own = clean(text_of(element))
    labels = list(re.finditer(rf"(?:{modified.pattern})[\s:：]*$", before, re.I))
    return "modified" if labels or modified.match(own) else "published"


def _dates_in(text: str, role: Role, american: bool, pages: Pages) -> list[tuple[str, str]]:
    """The dates of a line with what each of them is: a label before a date outranks the class of the element."""
    labels = [
        (m.start(), "modified")
        for m in re.finditer(rf"(?<!\w)(?:{pages.phrase(PhraseKind.MODIFIED).pattern})", text, re.I)
    ]
    labels += [
        (m.start(), "published")
        for m in re.finditer(rf"(?<!\w)(?:{pages.phrase(PhraseKind.PUBLISHED).pattern})", text, re.I)
    ]
    default = "modified" if role is Role.MODIFIED else "published"
    found: list[tuple[str, str]] = []
    cuts = sorted(labels)
    parts = [(text[: cuts[0][0]] if cuts else text, default)]
    parts += [
        (text[at : cuts[i + 1][0] if i + 1 < len(cuts) else len(text)], field) for i, (at, field) in enumerate(cuts)
    ]
    for part, field in parts:
        found += [(field, value) for value in printed_dates(part, american)[:1]]
    return found


def _asks(pieces: Cut, pages: Pages) -> bool:
    """Whether a line of the page asks its reader to subscribe."""
    stub = pages.phrase(PhraseKind.STUB)
    lines = [p.text for p in pieces.pieces if p.words <= 60]
    return any(stub.search(line) for line in lines + [a.text for a in pieces.asides if a.role is Role.PAYWALL])


def _marks(
    pieces: Cut,
    told: Structured,
    blocks: list[tuple[PassageKind, str]],
    live: bool,
    tree: Element,
    pages: Pages,
) -> tuple[ReportMark, ...]:
    found: list[ReportMark] = []
    body = [text for kind, text in blocks if kind not in (PassageKind.CAPTION, PassageKind.HEADLINE)]
    words = sum(_words(text) for text in body)
    wall = any(a.role is Role.PAYWALL for a in pieces.asides)
    cut_off = bool(body) and body[-1].endswith(("…", "..."))
    missing = told.words > 1.6 * words
    short = (told.locked or wall) and (cut_off or words < SHORT)
    if missing or short or ((wall or cut_off) and _asks(pieces, pages)):
        found.append(ReportMark.STUB)
    if live:
        found.append(ReportMark.LIVE)
    return tuple(found)
