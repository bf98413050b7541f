"""Feeds followed: asked politely, again and again, and what they list taken in once."""

import logging
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Final
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import msgspec
from msgspec import Struct

from dateline.errors import ConfigError, InputError
from dateline.ingest.base import Fields, Ingested
from dateline.ingest.feed import Entry, Feed, Given
from dateline.ingest.fetch import AGENT, Fetch, Fetched, FetchError, checked
from dateline.ingest.raw import Raw
from dateline.run.intake import Order

_FIRST_WAIT: Final = 60.0
_LONGEST_WAIT: Final = 6 * 3600.0
_ROBOTS_LAST: Final = 24 * 3600.0
_TRIES: Final = 5
"""How often a page is asked for before it is given up."""
_LONGEST_PAUSE: Final = 60.0
"""Seconds within a round that a host may ask to be left alone; beyond that it is left for a later round."""

_log = logging.getLogger(__name__)


class Followed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A feed to follow. ``source`` is the outlet, for pages that do not name theirs."""

    address: str
    source: str | None = None


class Feeds(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What FEEDS.toml says: the feeds, and the seconds between two requests to one host."""

    feeds: tuple[Followed, ...]
    delay: float = 2.0


class FeedState(Struct, kw_only=True):
    """What is known of a feed from earlier rounds.

    ``entries`` are the addresses that it listed last and that are done with, each with the date of its last change
    as the feed has it; ``tries`` those that could not be had, with how often they were asked for.
    """

    etag: str | None = None
    modified: str | None = None
    failures: int = 0
    not_before: str | None = None
    entries: dict[str, str] = msgspec.field(default_factory=dict)
    tries: dict[str, int] = msgspec.field(default_factory=dict)


def load_feeds(path: Path) -> Feeds:
    """The feeds of a file. Raises ConfigError for one that is not as it should be."""
    try:
        feeds = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Feeds)
        for one in feeds.feeds:
            checked(one.address)
    except (OSError, ValueError, InputError) as error:
        raise ConfigError(f"{path}: {error.strerror if isinstance(error, OSError) else error}") from None
    return feeds


class StateFile:
    """The states of all feeds, in a file beside the ledger. Losing it costs requests, no report."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._states = self._load()

    def of(self, address: str) -> FeedState:
        """A feed's state, to be changed and then kept."""
        return self._states.setdefault(address, FeedState())

    def keep(self) -> None:
        """Write all states down, as a whole or not at all. Raises OSError."""
        waiting = self._path.with_name(f"{self._path.name}.new")
        waiting.write_bytes(msgspec.json.format(msgspec.json.encode(self._states), indent=1))
        waiting.replace(self._path)

    def _load(self) -> dict[str, FeedState]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, FeedState])
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.MsgspecError) as error:
            _log.warning("%s cannot be read (%s); the feeds are asked for everything anew", self._path, error)
            return {}


class Clock(Struct, frozen=True):
    """The time, and waiting for it to pass."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep


class Manners:
    """Asks hosts politely: robots.txt is kept to, requests to a host are spaced out, Retry-After is obeyed."""

    def __init__(self, fetch: Fetch, delay: float, clock: Clock) -> None:
        self._fetch = fetch
        self._delay = delay
        self._clock = clock
        self._next: dict[str, datetime] = {}
        self._robots: dict[str, tuple[datetime, RobotFileParser | FetchError]] = {}

    def get(self, address: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """What an address gives. Raises FetchError, also for what robots.txt keeps robots from."""
        address = checked(address)
        delay = self._may(address)

        def may(target: str) -> None:
            self._may(target)

        return self._ask(address, delay, etag, modified, may)

    def _may(self, address: str) -> float:
        """The delay that the host asks for. Raises FetchError for what robots.txt keeps robots from."""
        robots = self._rules(address)
        if not robots.can_fetch(AGENT, address):
            raise FetchError("the site's robots.txt asks not to fetch it")
        return float(robots.crawl_delay(AGENT) or 0)

    def _ask(
        self,
        address: str,
        delay: float,
        etag: str | None = None,
        modified: str | None = None,
        may: Callable[[str], None] | None = None,
    ) -> Fetched:
        host = urlsplit(address).netloc
        pause = (self._next.get(host, self._clock.now()) - self._clock.now()).total_seconds()
        if pause > _LONGEST_PAUSE:
            raise FetchError("its host asked to be left alone for a while", wait=pause)
        if pause > 0:
            self._clock.sleep(pause)
        wait = max(self._delay, min(delay, _LONGEST_PAUSE))
        try:
            return self._fetch(address, etag=etag, modified=modified, may=may)
        except FetchError as error:
            wait = max(wait, min(error.wait or 0.0, _LONGEST_WAIT))
            raise
        finally:
            self._next[host] = self._clock.now() + timedelta(seconds=wait)

    def _rules(self, address: str) -> RobotFileParser:
        """What the host's robots.txt says, asked for once a day. Raises FetchError when it cannot be had."""
        parts = urlsplit(address)
        root = f"{parts.scheme}://{parts.netloc}"
        until, rules = self._robots.get(root, (self._clock.now(), None))
        if rules is None or until <= self._clock.now():
            try:
                rules = self._robots_of(root)
                lasts = _ROBOTS_LAST
            except FetchError as error:
                rules, lasts = error, _FIRST_WAIT
            self._robots[root] = (self._clock.now() + timedelta(seconds=lasts), rules)
        if isinstance(rules, FetchError):
            raise rules
        return rules

    def _robots_of(self, root: str) -> RobotFileParser:
        rules = RobotFileParser()
        try:
            rules.parse(self._ask(f"{root}/robots.txt", 0).data.decode("utf-8", "replace").splitlines())
        except FetchError as error:
            # RFC 9309: what is not there allows everything, what cannot be had nothing.
            if error.status is None or error.status >= 500 or error.status == 429:
                raise FetchError(f"its robots.txt cannot be had ({error})", wait=error.wait) from None
        # The parser takes rules whose time it was not told for rules that were never read.
        rules.modified()
        return rules


class Follower:
    """Rounds over feeds. ``parse`` reads a feed, in a process of its own; ``trouble`` is told of feeds that cannot
    be had, and why."""

    def __init__(
        self,
        feeds: Feeds,
        states: StateFile,
        fetch: Fetch,
        parse: Callable[[Given], Feed],
        trouble: Callable[[str, str], None] | None,
        stop: Event,
        clock: Clock | None = None,
    ) -> None:
        self._stop = stop
        self._feeds = feeds
        self._states = states
        self._clock = clock or Clock()
        self._parse = parse
        self._trouble = trouble
        self._manners = Manners(fetch, feeds.delay, self._clock)
        self._own = {checked(one.address) for one in feeds.feeds}

    def round(self) -> Iterator[Iterator[Raw | Ingested]]:
        """Ask every feed whose time has come: for each, what is new in it, to be stored before the next is asked for.

        The state of a feed is kept only then: after a kill in between, the feed is asked anew.
        """
        for one in self._feeds.feeds:
            if self._stop.is_set():
                return
            state = self._states.of(one.address)
            if state.not_before and self._clock.now() < datetime.fromisoformat(state.not_before):
                continue
            yield self._poll(one, state)
            self._states.keep()

    def _poll(self, one: Followed, state: FeedState) -> Iterator[Raw | Ingested]:
        try:
            got = self._manners.get(one.address, etag=state.etag, modified=state.modified)
            if got.unchanged:
                state.failures, state.not_before = 0, None
                return
            feed = self._parse(Given(got.data, got.address, got.header("content-type") or ""))
        except InputError as error:
            reason = self._failed(state, error)
            if self._trouble is not None:
                self._trouble(one.address, reason)
            return
        state.failures, state.not_before = 0, None
        yield from self._entries(one, state, feed, got)

    def _failed(self, state: FeedState, error: InputError) -> str:
        wait = min(_LONGEST_WAIT, _FIRST_WAIT * 2.0 ** min(state.failures, 20))
        asked = error.wait if isinstance(error, FetchError) else None
        wait = max(wait, min(asked or 0.0, _LONGEST_WAIT))
        state.failures += 1
        state.not_before = (self._clock.now() + timedelta(seconds=wait)).isoformat(timespec="seconds")
        return f"{error}; the feed is asked again after {state.not_before}"

    def _entries(self, one: Followed, state: FeedState, feed: Feed, got: Fetched) -> Iterator[Raw | Ingested]:
        done: dict[str, str] = {}
        tries: dict[str, int] = {}
        source = one.source or None
        for entry in feed.entries:
            changed = entry.modified or entry.published or ""
            if state.entries.get(entry.address) == changed:
                done[entry.address] = changed
                continue
            if self._stop.is_set():
                # What was not come to is asked for in the next round.
                state.etag = state.modified = None
                state.entries.update(done)
                return
            item = self._entry(entry, got, source)
            count = state.tries.get(entry.address, 0) + 1
            if isinstance(item, Raw) or count >= _TRIES:
                done[entry.address] = changed
            else:
                tries[entry.address] = count
            yield item
        # Set when the last of them was handed on; kept when it was stored. While some are still to be had, the feed
        # is asked for as a whole, for only it says which.
        state.etag = None if tries else got.header("etag")
        state.modified = None if tries else got.header("last-modified")
        state.entries, state.tries = done, tries

    def _entry(self, entry: Entry, feed: Fetched, source: str | None) -> Raw | Ingested:
        fields = Fields(title=entry.title, author=entry.author, source=source)
        try:
            address = checked(entry.address)
            if address in self._own or address == feed.address:
                return Ingested(name=entry.address, error="the feed lists a feed; name it in the file to follow it")
            got = self._manners.get(address)
            if got.address in self._own or got.address == feed.address:
                raise FetchError("it leads back to a feed")
        except InputError as error:
            if entry.content is None:
                how = Order(defaults=fields, listed=entry.published).noted()
                return Ingested(name=entry.address, error=str(error), how=how)
            _log.info("%s: %s; the text that the feed brings is taken", entry.address, error)
            fields = msgspec.structs.replace(fields, url=entry.address)
            return Raw(
                name=entry.address,
                data=entry.page(),
                fields=fields,
                media="text/html; charset=utf-8",
                retrieved=feed.retrieved,
                listed=entry.published,
            )
        return Raw(
            name=entry.address,
            data=got.data,
            fields=msgspec.structs.replace(fields, url=got.address),
            media=got.header("content-type"),
            retrieved=got.retrieved,
            listed=entry.published,
        )


def next_round(states: StateFile, feeds: Sequence[Followed], every: float) -> float:
    """Seconds until the next round: ``every``, or sooner where a feed that failed may be asked again."""
    now = datetime.now(UTC)
    waits = [every]
    for one in feeds:
        state = states.of(one.address)
        if state.not_before:
            waits.append((datetime.fromisoformat(state.not_before) - now).total_seconds())
    return max(1.0, min(waits))
