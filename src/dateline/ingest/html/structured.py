"""What a page says about itself for machines: JSON-LD, microdata, meta tags."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any, Final

from msgspec import Struct

from dateline.ingest.html.pieces import Element, clean, text_of
from dateline.knowledge.pages import Pages
from dateline.model.report import Fact
from dateline.model.vocab import PublishedBasis

MOST_NODES: Final = 5_000
"""Nodes of structured data looked at: pages with more list their whole shop."""
LONGEST: Final = 600
"""Letters of a value at most, but for texts."""

_ARTICLE: Final = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|Report|PressRelease|NewsItem|MediaGallery)$")
_PAGE: Final = re.compile(r"(?:WebPage|ItemPage|WebSite)$")
_WRAPS: Final = ("<!--", "-->", "//<![CDATA[", "// <![CDATA[", "<![CDATA[", "//]]>", "// ]]>", "]]>")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")

Node = Mapping[str, Any]


class Structured(Struct, frozen=True, kw_only=True):
    """What the structured data and the meta tags give."""

    facts: tuple[Fact, ...] = ()
    url: tuple[str, ...] = ()
    description: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    body: str = ""
    words: int = 0
    live: bool = False
    locked: bool = False


def read_structured(tree: Element, linked: Iterable[str], pages: Pages, headings: Iterable[str]) -> Structured:
    """Everything that a page says for machines, JSON-LD before microdata before meta tags.

    Where several articles are described, it is the one whose headline a main heading shows, else the first.
    """
    article = _article(list(_nodes(linked)), [h.casefold() for h in headings])
    found = _Found()
    if article is not None:
        found.node(*article)
    found.microdata(tree)
    found.meta(tree, pages)
    return found.made()


def _nodes(scripts: Iterable[str]) -> Iterator[Node]:
    left = MOST_NODES
    for script in scripts:
        try:
            waiting = [json.loads(_bare(script), strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting and left:
            one = waiting.pop(0)
            left -= 1
            if isinstance(one, list):
                waiting[:0] = one[:left]
            elif isinstance(one, dict):
                yield one
                waiting[:0] = [
                    one[key]
                    for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item")
                    if isinstance(one.get(key), list | dict)
                ]


def _bare(script: str) -> str:
    """A script without the comment or section that old systems wrap it in."""
    text = script.strip()
    for wrap in _WRAPS:
        text = text.removeprefix(wrap).removesuffix(wrap).strip()
    return text.removesuffix(";")


def _types(node: Node) -> str:
    kind = node.get("@type", "")
    return " ".join(map(str, kind)) if isinstance(kind, list) else str(kind)


def _article(nodes: list[Node], headings: list[str]) -> tuple[Node, dict[str, Node]] | None:
    by_id = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 2}
    articles = [n for n in nodes if any(_ARTICLE.search(t) for t in _types(n).split()) and len(n) > 2]
    for node in articles:
        title = _text(node.get("headline") or node.get("name")).casefold()
        if title and any(title in heading or heading in title for heading in headings if heading):
            return node, by_id
    pages = [n for n in nodes if any(_PAGE.search(t) for t in _types(n).split()) and n.get("datePublished")]
    chosen = next(iter(articles or pages), None)
    return (chosen, by_id) if chosen is not None else None


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or value.get("@id") or ""
    if not isinstance(value, str | int):
        return ""
    return clean(unescape(_SURROGATE.sub("\ufffd", re.sub(r"<[^<>]{1,200}>", "", str(value)[: 4 * LONGEST]))))[:LONGEST]


class _Found:
    def __init__(self) -> None:
        self._facts: list[Fact] = []
        self._lists: dict[str, list[str]] = {"url": [], "description": [], "organisations": []}
        self._body, self._words, self._live, self._locked = "", 0, False, False

    def made(self) -> Structured:
        return Structured(
            facts=tuple(dict.fromkeys(self._facts)),
            body=self._body,
            words=self._words,
            live=self._live,
            locked=self._locked,
            **{name: tuple(dict.fromkeys(values)) for name, values in self._lists.items()},
        )

    def _add(self, field: str, value: str, basis: PublishedBasis) -> None:
        value = value.strip()
        if not value or len(value) > LONGEST or value.startswith(("{", "[")):
            return
        if field in self._lists:
            self._lists[field].append(value)
        else:
            self._facts.append(Fact(field, value, basis))

    def node(self, node: Node, by_id: Mapping[str, Node]) -> None:
        """An article in JSON-LD."""
        basis = PublishedBasis.STRUCTURED_DATA
        for field, key in (
            ("title", "headline"),
            ("published", "datePublished"),
            ("modified", "dateModified"),
            ("description", "description"),
        ):
            self._add(field, _text(node.get(key)), basis)
        if not node.get("headline"):
            self._add("title", _text(node.get("name")), basis)
        if not node.get("datePublished"):
            self._add("published", _text(node.get("dateCreated")), basis)
        names = []
        for who in _listed(node.get("author") or node.get("creator")):
            name, kind = self._named(who, by_id)
            if kind.endswith("Organization"):
                self._lists["organisations"].append(name)
            elif name and not name.startswith("http"):
                names.append(name)
        self._add("author", "; ".join(dict.fromkeys(filter(None, names))), basis)
        for key in ("provider", "sourceOrganization", "copyrightHolder"):
            for who in _listed(node.get(key)):
                self._lists["organisations"].append(self._named(who, by_id)[0])
        for who in _listed(node.get("publisher"))[:1]:
            self._add("source", self._named(who, by_id)[0], basis)
        for key in ("url", "mainEntityOfPage"):
            self._add("url", _text(node.get(key)), basis)
        body = node.get("articleBody")
        self._body = _SURROGATE.sub("\ufffd", unescape(body)) if isinstance(body, str) else ""
        words = str(node.get("wordCount", ""))
        self._words = int(words) if words.isdecimal() and len(words) < 7 else 0
        self._live = "LiveBlogPosting" in _types(node)
        self._locked = str(node.get("isAccessibleForFree", "")).lower() == "false"

    def _named(self, who: Any, by_id: Mapping[str, Node]) -> tuple[str, str]:
        if isinstance(who, dict):
            full = by_id.get(str(who.get("@id")), who)
            name = _text(
                full.get("name")
                or " ".join(filter(None, (_text(full.get("givenName")), _text(full.get("familyName")))))
            )
            return name, _types(full)
        return _text(who), ""

    def microdata(self, tree: Element) -> None:
        """The properties of an article in the markup."""
        basis = PublishedBasis.STRUCTURED_DATA
        seen: set[str] = set()
        for element in tree.iterfind(".//*[@itemprop]"):
            for prop in element.get("itemprop", "").split():
                field = {
                    "headline": "title",
                    "datePublished": "published",
                    "dateModified": "modified",
                    "author": "author",
                }.get(prop)
                if field is None or field in seen or self._nested(element, prop):
                    continue
                value = element.get("content") or element.get("datetime") or ""
                if not value and field in ("title", "author"):
                    name = element.find(".//*[@itemprop='name']") if field == "author" else None
                    value = (
                        clean(" ".join((element if name is None else name).itertext()))
                        if name is None or not name.get("content")
                        else name.get("content", "")
                    )
                if value:
                    seen.add(field)
                    self._add(field, value, basis)
        publisher = tree.find(".//*[@itemprop='publisher']//*[@itemprop='name']")
        if publisher is not None:
            self._add("source", publisher.get("content") or clean(text_of(publisher)), basis)

    def _nested(self, element: Element, prop: str) -> bool:
        """Whether the property is of a comment or another thing inside the article."""
        for above in element.iterancestors():
            kind = above.get("itemtype", "")
            if kind:
                return not (_ARTICLE.search(kind) or _PAGE.search(kind))
        return False

    def meta(self, tree: Element, pages: Pages) -> None:
        """The meta tags and links of the head."""
        found: list[tuple[int, str, str]] = []
        for element in tree.iter("meta"):
            content = element.get("content")
            name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
            if content and name in pages.meta:
                field, rank = pages.meta[name]
                found.append((rank, field, clean(unescape(_SURROGATE.sub("\ufffd", content)))))
        for _, field, value in sorted(found, key=lambda one: one[0]):
            if field == "tier":
                self._locked |= value.lower() in ("locked", "metered", "paid", "premium", "subscriber", "true")
            else:
                self._add(field, value, PublishedBasis.META)
        for element in tree.iter("link"):
            if element.get("rel", "").lower() == "canonical" and element.get("href"):
                self._lists["url"].insert(0, element.get("href", "").strip())


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []
