"""Cut a page's tree into pieces of text, in the order of the page, each with what the markup says of it.

A block-level element ends the piece before it and begins another. What its tag or class says is never part of a
report (navigation, share bars, related links, comments, notices about cookies) gives no pieces.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from lxml import etree
from msgspec import Struct, field

from dateline.knowledge.pages import Pages, PhraseKind, Role
from dateline.model.vocab import PassageKind

Element = Any
"""An element of lxml, which tells its types to nobody."""

text_of: Final = etree.XPath("string()")
"""All the text in an element."""

LARGE: Final = 0.4
"""An element with more than this share of the page's paragraphs, or a main heading, is the page's own, whatever its
class says: there are pages of class "comment-section"."""


def _split(names: str) -> frozenset[str]:
    return frozenset(names.split())


_SKIPPED: Final = _split(
    "script style noscript template svg math iframe object embed form button select input textarea label nav "
    "footer dialog menu audio video canvas map head link meta amp-sidebar amp-consent amp-ad amp-social-share "
    "amp-list amp-user-notification amp-analytics amp-embed amp-iframe amp-audio amp-video amp-pixel amp-auto-ads "
    "amp-sticky-ad amp-next-page "
)
_INLINE: Final = _split(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q rp rt ruby s samp small span "
    "strike strong sub sup time tt u var wbr img picture source amp-img nobr "
)
_BLOCK_IN_CELL: Final = _split("p div ul ol table br blockquote h1 h2 h3 h4 section article ")
_PICTURES: Final = _split("img picture amp-img amp-carousel amp-anim ")
_SPACE: Final = re.compile(r"[ \t\n\r\f\v\u2028\u2029]+")
_GONE: Final = dict.fromkeys(map(ord, "\u00ad\ufeff\u200b\u2060"))
_STOPPED: Final = re.compile(r"[.!?…:;][\"”’»')\]]*\s*$")
_NOT_SHOWN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LONG_WORD: Final = 20
"""Letters from which on a word counts as two."""
_CARD: Final = 600
"""Letters in a teaser at most."""
_CARD_TITLE: Final = 15
"""Letters in the title of a teaser at least."""
_BLOCK_IN_CARD: Final = _split("div p h2 h3 h4 h5 section article ")
_NAMING: Final = ("class", "id", "data-testid", "data-component", "data-gu-name")
"""Attributes that name parts; the last ones do so where classes are made by machines and mean nothing."""
_RANKS: Final = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_LINE: Final = 60
"""Letters before a line break that are a line of their own and not the beginning of a paragraph."""
_CELL: Final = 200
"""Letters in a cell of a table of data at most; one with more holds a part of the page."""


_ENOUGH: Final = 400
"""Letters in paragraphs from which on they, and not all text, tell how much of a page an element holds."""


class Piece(Struct):
    """A stretch of text: what it is, the element it stands in, and the letters of it that are links."""

    text: str
    kind: PassageKind
    tag: str
    element: Any
    roles: frozenset[Role]
    body: Any
    linked: int
    prose: int = 0

    def __post_init__(self) -> None:
        """``prose``: its letters, when it is running text; 0 for headings, captions, lists of links and scraps."""
        length = len(self.text)
        if self.tag[0] != "h" and self.kind is not PassageKind.CAPTION and self.linked <= 0.5 * length:
            self.prose = length if length >= 60 or _STOPPED.search(self.text) else 0

    @property
    def words(self) -> int:
        """How many words it has; where there are no spaces, its length tells."""
        return max(self.text.count(" "), len(self.text) // _LONG_WORD) + 1


class Aside(Struct, frozen=True):
    """Text that is about the report: a byline, a date, a paywall's words. ``at`` is how many pieces stand before."""

    role: Role
    text: str
    element: Any
    at: int


class Cut(Struct):
    """What cutting a page gives: pieces in order, what is about the report, its times, and the elements left out."""

    pieces: list[Piece] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    times: list[Aside] = field(default_factory=list)
    out: list[Any] = field(default_factory=list)


class _State(Struct, frozen=True):
    """What holds for an element by those around it."""

    kind: PassageKind = PassageKind.PARAGRAPH
    roles: frozenset[Role] = frozenset()
    body: Any = None
    figure: bool = False


def clean(text: str) -> str:
    r"""Text as it is kept: NFC, white space as one space, soft hyphens and marks without width gone.

    >>> clean("  The\n  Vel\u00adm  ")
    'The Velm'
    """
    text = unicodedata.normalize("NFC", text.translate(_GONE))
    return _SPACE.sub(" ", text).strip()


def cut(root: Element, pages: Pages, live: bool = False) -> Cut:
    """The pieces of a page. In a live page the times of its entries are pieces too."""
    return _Cutter(root, pages, live).run()


def _cards(root: Element) -> Iterator[Element]:
    """The elements that are teasers of other reports: about one heading that is a link as a whole."""
    known: dict[tuple[Element, int], bool] = {}
    for link in root.iter("a"):
        if len(link) and any(c.tag in _BLOCK_IN_CARD for c in link.iter()) and len(clean(text_of(link))) >= _CARD_TITLE:
            card, above = link, link.getparent()
            while above is not None and above.tag not in ("body", "main", "html") and _is_card(above, 0, known):
                card, above = above, above.getparent()
            yield card
    for heading in root.iter("h2", "h3", "h4", "h5"):
        letters = len(clean(text_of(heading)))
        inside = any(len(clean(text_of(a))) >= letters for a in heading.iter("a"))
        above = heading.getparent()
        if not letters or not (inside or any(one.tag == "a" for one in islice(heading.iterancestors(), 3))):
            continue
        card = heading
        while above is not None and above.tag not in ("body", "main", "html") and _is_card(above, 1, known):
            card, above = above, above.getparent()
        yield card


def _is_card(element: Element, headings: int, known: dict[tuple[Element, int], bool]) -> bool:
    if (element, headings) not in known:
        known[element, headings] = _holds_card(element, headings)
    return known[element, headings]


def _holds_card(element: Element, headings: int) -> bool:
    found = islice(element.iter("h1", "h2", "h3", "h4", "h5"), 2)
    return len(text_of(element)) < _CARD and sum(1 for _ in found) <= headings


def _paragraphs(element: Element) -> int:
    """The letters in paragraphs of more than a line."""
    return sum(length for p in element.iter("p") if (length := len(text_of(p))) >= _LINE)


class _Cutter:
    def __init__(self, root: Element, pages: Pages, live: bool) -> None:
        self._root = root
        self._pages = pages
        self._live = live
        self._found = Cut()
        self._drop = pages.phrase(PhraseKind.DROP)
        self._buffer: list[str] = []
        self._linked = 0
        self._link = 0
        self._paragraphs = _paragraphs(root)
        self._letters = len(text_of(root))
        self._cards = set(_cards(root))

    def run(self) -> Cut:
        body = self._root.find("body")
        self._visit(self._root if body is None else body, _State())
        return self._found

    def _visit(self, element: Element, state: _State) -> None:
        """A block-level element: the pieces in it."""
        state = self._state(element, state)
        tag = element.tag
        self._flush(element, state)
        if tag == "tr" and self._row(element, state):
            return
        if Role.CAPTION in state.roles and (tag == "figcaption" or state.kind is PassageKind.CAPTION):
            # All of a caption is one piece, however it is laid out.
            self._whole(element, state)
            return
        self._inside(element, element, state)
        self._flush(element, state)

    def _inside(self, element: Element, block: Element, state: _State) -> None:
        if element.text:
            self._add(element.text)
        elsewhere = 0
        for child in element:
            tag = child.tag
            rank = _RANKS.get(tag, 0)
            if rank:
                elsewhere = rank if self._leads_away(child) else 0 if rank <= elsewhere else elsewhere
            if not isinstance(tag, str):
                pass
            elif elsewhere and not self._is_large(child) and tag not in _INLINE:
                # What stands below a heading such as "Related" until the next heading.
                self._flush(block, state)
            elif tag == "br":
                self._break(block, state, child)
            elif tag == "hr":
                self._flush(block, state)
            elif tag in _SKIPPED or self._out(child, state, block):
                if tag != "time":
                    self._found.out.append(child)
                if tag == "footer" and element.tag == "article":
                    self._about(child, frozenset((Role.BYLINE,)))
                if tag not in _INLINE:
                    self._flush(block, state)
            elif tag in _INLINE:
                self._inline(child, block, state)
            else:
                self._flush(block, state)
                self._visit(child, state)
            if child.tail:
                self._add(child.tail)

    def _inline(self, element: Element, block: Element, state: _State) -> None:
        if element.tag == "a":
            self._link += 1
        self._inside(element, block, state)
        if element.tag == "a":
            self._link -= 1

    def _add(self, text: str) -> None:
        self._buffer.append(text)
        if self._link:
            self._linked += len(text.strip())

    def _break(self, block: Element, state: _State, br: Element) -> None:
        """A line break parts pieces when it is one of two, or a sentence ends before it."""
        so_far = "".join(self._buffer[-4:])
        after = br.getnext()
        double = after is not None and after.tag == "br" and not (br.tail or "").strip()
        line = len(self._buffer) <= 4 and len(so_far.strip()) < _LINE
        if double or line or _STOPPED.search(so_far):
            self._flush(block, state)
        else:
            self._buffer.append(" ")

    def _flush(self, block: Element, state: _State) -> None:
        if not self._buffer:
            return
        text = clean("".join(self._buffer))
        linked, self._linked = self._linked, 0
        self._buffer.clear()
        scrap = state.kind is PassageKind.CAPTION and (Role.HIDDEN in state.roles or text.count(" ") < 3)
        if text and not scrap:
            self._found.pieces.append(Piece(text, state.kind, block.tag, block, state.roles, state.body, linked))

    def _state(self, element: Element, state: _State) -> _State:
        tag, kind, roles = element.tag, state.kind, self._roles(element)
        if tag == "figcaption":
            roles, kind = roles | {Role.CAPTION}, PassageKind.CAPTION
        elif Role.CAPTION in roles and kind is not PassageKind.CAPTION and self._one_caption(element):
            kind = PassageKind.CAPTION
        elif tag == "blockquote" or (Role.QUOTE in roles and kind is PassageKind.PARAGRAPH):
            kind = PassageKind.QUOTE
        elif tag == "li" and kind is PassageKind.PARAGRAPH:
            kind = PassageKind.BULLET
        body = element if Role.BODY in roles or "articleBody" in element.get("itemprop", "") else state.body
        figure = state.figure or tag == "figure"
        if tag == "figure" and any(child.tag in _PICTURES for child in element.iter()) and element.find(".//p") is None:
            kind = PassageKind.CAPTION
            if element.find(".//figcaption") is not None:
                roles |= {Role.HIDDEN}
        elif tag in ("table", "blockquote"):
            figure = False
        kept = state.roles & {Role.LIVE, Role.STANDFIRST, Role.CAPTION, Role.ENTRY, Role.HIDDEN}
        if tag == "figcaption":
            kept -= {Role.HIDDEN}
        return _State(kind, kept | roles, body, figure)

    def _one_caption(self, element: Element) -> bool:
        """Whether an element with a caption's class is the caption, and not a frame around picture and caption."""
        if len(element) == 0:
            return True
        return not any(child.tag in _PICTURES or child.tag == "figcaption" for child in element.iter())

    def _roles(self, element: Element) -> frozenset[Role]:
        names = " ".join(value for name in _NAMING if (value := element.get(name)))
        return self._pages.roles(names) if names else frozenset()

    def _out(self, element: Element, state: _State, block: Element) -> bool:
        """Whether an element is left out; what it says about the report is noted."""
        tag = element.tag
        if element.get("hidden") is not None or (element.get("aria-hidden") == "true" and tag not in _PICTURES):
            return not self._is_large(element)
        style = element.get("style")
        if style and _NOT_SHOWN.search(style):
            return not self._is_large(element)
        if tag == "time":
            return self._time(element, state)
        roles = self._roles(element)
        role = element.get("role")
        if role in (
            "navigation",
            "banner",
            "search",
            "complementary",
            "contentinfo",
            "dialog",
            "alert",
            "menu",
            "button",
        ):
            return not self._is_large(element)
        prop = element.get("itemprop")
        if tag == "address":
            return self._about(element, frozenset((Role.BYLINE,)))
        if tag == "aside" or tag == "details":
            pictured = sum(len(text_of(one)) for one in element.iter("figcaption")) > 0.6 * len(clean(text_of(element)))
            return not (roles & {Role.QUOTE, Role.CAPTION} or pictured) and not self._is_large(element)
        if prop == "description" and state.body is None:
            roles |= {Role.STANDFIRST}
        if prop in ("author", "publisher", "datePublished", "dateModified", "keywords", "commentCount"):
            roles |= {Role.BYLINE if prop == "author" else Role.PUBLISHED}
        if element.get("rel") == "author" and not self._buffer:
            roles |= {Role.BYLINE}
        if element in self._cards:
            return not self._is_large(element)
        if len(element) and element[0].tag in _RANKS and self._leads_away(element[0]) and not self._is_large(element):
            return True
        if not roles:
            return False
        if roles & {Role.BYLINE, Role.PUBLISHED, Role.MODIFIED} and not roles & {
            Role.BODY,
            Role.CAPTION,
            Role.STANDFIRST,
        }:
            return self._about(element, roles)
        if roles & {Role.HIDDEN, Role.BOILERPLATE, Role.PAYWALL} and not roles & {Role.CAPTION, Role.STANDFIRST}:
            if Role.BODY in roles or tag in ("body", "main", "h1") or self._is_large(element):
                return False
            if Role.PAYWALL in roles:
                self._note(Role.PAYWALL, element)
            elif (
                tag in _INLINE
                and self._buffer
                and Role.HIDDEN not in roles
                and element.get("class", "").count("-") == 0
            ):
                return False
            return True
        return False

    def _leads_away(self, heading: Element) -> bool:
        return self._drop.fullmatch(clean(text_of(heading))) is not None

    def _about(self, element: Element, roles: frozenset[Role]) -> bool:
        """A byline or date: noted and left out, when it is short enough to be one."""
        if element.tag == "h1" or element.find(".//h1") is not None or self._is_large(element):
            return False
        text = clean(" ".join(element.itertext()))
        if len(text) > 300:
            return False
        if self._live and Role.BYLINE not in roles:
            return False
        for role in (Role.BYLINE, Role.MODIFIED, Role.PUBLISHED):
            if role in roles:
                inner = self._innermost(element, role)
                self._found.asides += [Aside(role, part, element, len(self._found.pieces)) for part in [*inner, text]]
                break
        for time in element.iter("time"):
            self._found.times.append(Aside(Role.PUBLISHED, clean(text_of(time)), time, len(self._found.pieces)))
        return True

    def _innermost(self, element: Element, role: Role) -> list[str]:
        """The texts of the innermost elements in it that have the role: a frame may hold byline, date and buttons."""
        inner = [one for one in element.iterdescendants() if isinstance(one.tag, str) and role in self._roles(one)]
        frames = {above for one in inner for above in one.iterancestors()}
        return [text for one in inner if one not in frames if (text := clean(" ".join(one.itertext())))]

    def _time(self, element: Element, state: _State) -> bool:
        text = clean(text_of(element))
        self._found.times.append(Aside(Role.PUBLISHED, text, element, len(self._found.pieces)))
        if self._live:
            return False
        # A time among words is part of them; one that stands alone is about the report.
        parent = element.getparent()
        alone = clean(text_of(parent)) if parent is not None else text
        return (len(alone) - len(text) < 40 and parent.tag != "p") or len(alone) == len(text)

    def _note(self, role: Role, element: Element) -> None:
        text = clean(" ".join(element.itertext()))[:600]
        self._found.asides.append(Aside(role, text, element, len(self._found.pieces)))

    def _is_large(self, element: Element) -> bool:
        if len(element) == 0:
            return False
        if next(element.iter("h1"), None) is not None:
            return True
        if self._paragraphs >= _ENOUGH:
            return _paragraphs(element) > LARGE * self._paragraphs
        return len(text_of(element)) > LARGE * self._letters

    def _whole(self, element: Element, state: _State) -> None:
        text = clean(" ".join(self._shown(element)))
        if text:
            links = sum(len(text_of(a)) for a in element.iter("a"))
            self._found.pieces.append(
                Piece(text, PassageKind.CAPTION, "figcaption", element, state.roles | {Role.CAPTION}, state.body, links)
            )

    def _shown(self, element: Element) -> list[str]:
        """The text of a caption without buttons and what is hidden."""
        found = [element.text or ""]
        for child in element:
            button = child.tag == "a" and self._drop.fullmatch(clean(text_of(child)))
            if not button and child.tag not in _SKIPPED and Role.HIDDEN not in self._roles(child):
                inline = child.tag in _INLINE
                part = "".join(self._shown(child)) if inline else f" {''.join(self._shown(child))} "
                names = child.get("class", "")
                found.append(f" {part} " if names else part)
            found.append(child.tail or "")
        return found if len(found) == 1 else ["".join(found)]

    def _row(self, row: Element, state: _State) -> bool:
        """A row of a table of data is one piece; a row that lays out the page is not taken here."""
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if len(cells) < 2 or any(c.tag in _BLOCK_IN_CELL for cell in cells for c in cell.iter() if c is not cell):
            return False
        texts = [clean(text_of(cell)) for cell in cells]
        if any(len(text) > _CELL for text in texts) or sum(map(bool, texts)) < 2:
            return False
        links = sum(len(text_of(a)) for a in row.iter("a"))
        self._found.pieces.append(
            Piece(" | ".join(filter(None, texts)), state.kind, "tr", row, state.roles, state.body, links)
        )
        return True
