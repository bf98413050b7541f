"""Saved pages in the markup of the common publishing systems, with what should be read from each.

A template is the markup of a system; its first line says which stories (stories.toml) are put into it and what of
them it shows. Everything in them is invented.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from msgspec import Struct

FOLDER = Path(__file__).resolve().parent
ENCODINGS = {"hebrew": "windows-1255", "russian_old": "windows-1251", "tables": "iso-8859-1"}
_GOLD = re.compile(r"\{#gold (\{.*\}) #\}")
_IMPORT = '{% from "_parts.html" import words, plain, menu, cards, readers, foot, ld, og %}'


class Gold(Struct, frozen=True, kw_only=True):
    """What a page says. ``kind`` is live or stub where it is one."""

    title: str
    byline: str
    outlet: str
    date: str
    standfirst: str
    body: tuple[str, ...]
    captions: tuple[str, ...]
    agency: str | None
    kind: str | None


class SavedPage(Struct, frozen=True):
    """A page of the corpus."""

    template: str
    story: str
    data: bytes
    gold: Gold

    @property
    def name(self) -> str:
        return f"{self.template}-{self.story}"


@lru_cache(maxsize=1)
def _stories() -> Mapping[str, Mapping[str, Any]]:
    raw = tomllib.loads((FOLDER / "stories.toml").read_text(encoding="utf-8"))
    return {name: _story(values) for name, values in raw.items()}


def _story(values: Mapping[str, Any]) -> Mapping[str, Any]:
    items: list[tuple[str, Any]] = []
    for line in values["body"]:
        mark, text = line.split(" ", 1)
        if mark == "-" and items and items[-1][0] == "list":
            items[-1][1].append(text)
        else:
            items.append(("list", [text]) if mark == "-" else ("q", text) if mark == ">" else (mark, text))
    at: datetime = values["published"]
    return {
        **values,
        "parts": items,
        "day_en": f"{at.day} {at:%B %Y}",
        "day_us": f"{at:%B} {at.day}, {at.year}",
        "day_dots": f"{at:%d.%m.%Y}",
        "clock": f"{at:%H:%M}",
        "utc": at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
    }


def saved_pages(folder: str = "templates") -> Iterator[SavedPage]:
    """All pages of a folder of templates, each template with each of its stories."""
    stories = _stories()
    environment = Environment(loader=FileSystemLoader([FOLDER / folder, FOLDER / "templates"]), autoescape=False)
    names = list(stories)
    for path in sorted((FOLDER / folder).glob("[a-z]*.html")):
        source = path.read_text(encoding="utf-8")
        match = _GOLD.match(source)
        assert match, path.name
        how = json.loads(match[1])
        template = environment.from_string(_IMPORT + source[match.end() :].lstrip())
        for name in how["stories"]:
            others = [stories[n] for n in names if n not in (name, "quake", "strait", "ferry")]
            text = template.render(s=stories[name], other=others[0], third=others[1])
            data = text.encode(ENCODINGS.get(path.stem, how.get("encoding", "utf-8")), "xmlcharrefreplace")
            yield SavedPage(path.stem, name, data, _gold(stories[name], how))


def _gold(story: Mapping[str, Any], how: Mapping[str, Any]) -> Gold:
    drop = how.get("drop", [])
    items = story["parts"][: how["body"]] if "body" in how else story["parts"]
    body: list[str] = []
    for kind, text in items:
        if kind == "list":
            body += text
        elif kind != "h" or (how.get("crossheads", True) and how.get("kind") != "live"):
            body.append(text)
    captions = story["captions"][:1] if how.get("kind") in ("live", "stub") else story["captions"]
    two = "second" in how
    return Gold(
        title=how.get("title", story["title"]),
        byline=how.get("byline", f"{story['author']}, {story['second']}" if two else story["author"]),
        outlet=how.get("outlet", story["outlet"]),
        date=story["published"].date().isoformat(),
        standfirst="" if "standfirst" in drop else story["standfirst"],
        body=(*body, *how.get("tail", [])),
        captions=() if "captions" in drop else tuple(captions),
        agency=how.get("agency"),
        kind=how.get("kind"),
    )
