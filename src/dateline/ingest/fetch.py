"""Get a page from its address, and nothing from inside one's own network.

An address comes from a page, a feed or an archive, so it may point anywhere. Every address is therefore checked
when the connection is made, by the numbers that the name stands for at that moment: the connection goes to the very
number that was checked, so a name that changes its meaning in between gains nothing.
"""

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final, Protocol, Self
from urllib.parse import quote, urljoin, urlsplit

import certifi
import httpcore
import msgspec
from msgspec import Struct

from dateline.errors import InputError
from dateline.ingest.codings import decode_codings
from dateline.ingest.raw import MOST_BYTES

AGENT: Final = "dateline/0.1 (news reader; one page at a time)"
Resolve = Callable[[str, int], Sequence[str]]
"""The numbers that a host's name stands for."""


class FetchError(InputError):
    """A page cannot be had. ``status`` is the server's answer, ``wait`` the seconds it asks to be left alone."""

    def __init__(self, reason: str, status: int | None = None, wait: float | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.wait = wait


class Limits(Struct, frozen=True, kw_only=True):
    """How long (in seconds) and how much (in bytes, as sent and unpacked) a page may take."""

    connect: float = 10.0
    read: float = 15.0
    total: float = 60.0
    bytes: int = MOST_BYTES
    redirects: int = 10


class Fetched(Struct, frozen=True, kw_only=True):
    """What an address gave. ``unchanged`` is the answer to a conditional request when nothing is new."""

    address: str
    status: int
    data: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    retrieved: str
    unchanged: bool = False

    def header(self, name: str) -> str | None:
        """The last value of a header, by its name in lower case."""
        return next((value for key, value in reversed(self.headers) if key == name), None)


class Fetch(Protocol):
    """Gets an address; see ``Fetcher.fetch``."""

    def __call__(
        self,
        address: str,
        *,
        etag: str | None = None,
        modified: str | None = None,
        may: Callable[[str], None] | None = None,
    ) -> Fetched:
        """What an address gives. Raises FetchError."""


def is_public(number: str) -> bool:
    """Whether an IP address is one of the open Internet, and so is the one that it stands for, if any.

    Private, loopback, link-local, multicast, reserved and unspecified ones are not, nor what maps to them
    (IPv4-mapped, NAT64, 6to4, Teredo).

    >>> is_public("10.1.2.3"), is_public("64:ff9b::a01:203"), is_public("::ffff:127.0.0.1"), is_public("93.184.216.34")
    (False, False, False, True)
    """
    try:
        address = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = _inside(address)
        if inner is not None:
            return is_public(str(inner))
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


_NAT64: Final = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))


def _inside(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address carries to a gateway (RFC 4291, 6052, 3056, 4380)."""
    if any(address in network for network in _NAT64) or (int(address) >> 32 == 0 and int(address) > 1):
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    return address.teredo[1] if address.teredo else None


def resolve(host: str, port: int) -> Sequence[str]:
    """The numbers that the system's resolver gives for a name, each once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Fetcher:
    """Fetches pages one at a time, with the connections kept between them. A context manager.

    ``allowed`` names networks that are let through although they are not public: for tests, which serve on
    loopback. ``resolver`` and ``clock`` (seconds that only grow) can be put in their place, too.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        allowed: Iterable[str] = (),
        resolver: Resolve = resolve,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits = limits or Limits()
        self._network = _Guarded(self._limits, tuple(ipaddress.ip_network(one) for one in allowed), resolver, clock)
        self._pool = httpcore.ConnectionPool(
            network_backend=self._network, max_connections=8, keepalive_expiry=20.0, ssl_context=_tls()
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections."""
        self._pool.close()

    def fetch(
        self,
        address: str,
        *,
        etag: str | None = None,
        modified: str | None = None,
        may: Callable[[str], None] | None = None,
    ) -> Fetched:
        """What an address gives, through its redirects. With the ``etag`` and ``modified`` of an earlier answer
        the server may say that nothing is new. ``may`` is asked before a redirect is followed, and raises FetchError
        for one that is not to be.

        Raises FetchError, in one line, for an address that is not http or https, leads to a network that is not
        public, redirects too often or in a circle, takes too long, sends too much, breaks off, or answers with
        an error.
        """
        condition = {b"If-None-Match": etag, b"If-Modified-Since": modified}
        asked = {name: value.encode("latin-1", "ignore") for name, value in condition.items() if value}
        seen: set[str] = set()
        self._network.start()
        try:
            while True:
                address = checked(address)
                if address in seen or len(seen) > self._limits.redirects:
                    raise FetchError("it redirects in a circle" if address in seen else "it redirects too often")
                seen.add(address)
                answer = self._ask(address, asked)
                if isinstance(answer, Fetched):
                    return answer
                address = urljoin(address, answer)
                if may is not None:
                    may(checked(address))
        except (httpcore.TimeoutException, TimeoutError):
            raise FetchError(f"it took too long ({self._network.patience()})") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError) as error:
            raise FetchError(_reason(error)) from None

    def _ask(self, address: str, asked: Mapping[bytes, bytes]) -> Fetched | str:
        """The answer of one address, or where it redirects to."""
        headers = {
            b"Host": _host(address),
            b"User-Agent": AGENT.encode(),
            b"Accept": b"text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.5",
            b"Accept-Encoding": b"gzip, deflate, br, zstd",
            **asked,
        }
        wait = {"connect": self._limits.connect, "read": self._limits.read, "write": self._limits.read, "pool": 1.0}
        with self._pool.stream("GET", address, headers=list(headers.items()), extensions={"timeout": wait}) as got:
            told = tuple((k.decode("latin-1").lower(), v.decode("latin-1")) for k, v in got.headers)
            answer = Fetched(address=address, status=got.status, headers=told, retrieved=_now())
            if got.status in (301, 302, 303, 307, 308) and (to := answer.header("location")):
                return to
            if got.status == 304 and asked:
                return msgspec.structs.replace(answer, unchanged=True)
            if got.status != 200:
                raise FetchError(f"the server answers {got.status}", got.status, _wait(answer.header("retry-after")))
            return msgspec.structs.replace(answer, data=self._body(got, answer))

    def _body(self, got: httpcore.Response, answer: Fetched) -> bytes:
        limit = self._limits.bytes
        declared = answer.header("content-length") or ""
        if declared.isdecimal() and int(declared) > limit:
            raise FetchError(f"it has {int(declared):,} bytes; at most {limit:,} are taken")
        data = bytearray()
        for piece in got.iter_stream():
            data += piece
            if len(data) > limit:
                raise FetchError(f"it has more than {limit:,} bytes")
        try:
            return decode_codings(bytes(data), (answer.header("content-encoding") or "").split(","), limit)
        except InputError as error:
            raise FetchError(str(error)) from None


def checked(address: str) -> str:
    """An address as it can be asked for: http or https, with a host, without a fragment. Raises FetchError."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii") if ":" not in (parts.hostname or "") else ""
        host = host or f"[{parts.hostname}]" if parts.hostname else ""
    except ValueError:
        raise FetchError("this is not an address") from None
    if parts.scheme not in ("http", "https"):
        raise FetchError(f"only http and https are fetched, not {parts.scheme[:20] or 'this'!r}")
    if not host:
        raise FetchError("the address has no host")
    if parts.username is not None or parts.password is not None:
        raise FetchError("the address holds a user name; such addresses are not fetched")
    place = host if port is None else f"{host}:{port}"
    query = f"?{_escaped(parts.query)}" if parts.query else ""
    return f"{parts.scheme}://{place}{_escaped(parts.path or '/')}{query}"


def _escaped(text: str) -> str:
    """A path or query with everything escaped that an address may not hold; what is escaped already stays."""
    return quote(text, safe="/%:@!$&'()*+,;=~?-._[]|")


class _Guarded(httpcore.NetworkBackend):
    """Connects to public addresses only, and gives up when the whole fetch has taken too long."""

    def __init__(self, limits: Limits, allowed: Sequence[Any], resolver: Resolve, clock: Callable[[], float]) -> None:
        self._limits = limits
        self._allowed = allowed
        self._resolver = resolver
        self._clock = clock
        self._inner = httpcore.SyncBackend()
        self._until = 0.0

    def start(self) -> None:
        """From now on the time of a fetch runs."""
        self._until = self._clock() + self._limits.total

    def patience(self) -> str:
        """The limit that was met, in words."""
        over = self._clock() >= self._until
        return f"over {self._limits.total:g} s" if over else "no answer in time"

    def left(self, timeout: float | None) -> float:
        """What a step may still take. Raises ReadTimeout when nothing is left."""
        rest = self._until - self._clock()
        if rest <= 0:
            raise httpcore.ReadTimeout
        return min(rest, timeout if timeout is not None else rest)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to one of the host's numbers, all of which are checked first."""
        numbers = self._numbers(host.strip("[]"), port, self.left(timeout))
        refused = next((number for number in numbers if not self._may(number)), None)
        if refused is not None or not numbers:
            raise FetchError(f"{host[:100]!r} leads to {refused or 'nowhere'}, which is not on the public Internet")
        problem: Exception = httpcore.ConnectError()
        for number in numbers:
            try:
                stream = self._inner.connect_tcp(number, port, self.left(timeout), local_address, socket_options)
                return _Timed(stream, self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
        raise problem

    def _numbers(self, host: str, port: int, timeout: float) -> Sequence[str]:
        """What the resolver says within the time; it cannot be told to stop, so it is asked in a thread."""
        found: list[Sequence[str] | Exception] = []

        def ask() -> None:
            try:
                found.append(self._resolver(host, port))
            except (OSError, UnicodeError) as error:
                found.append(error)

        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        thread.join(timeout)
        if not found:
            raise httpcore.ConnectTimeout
        if isinstance(found[0], Exception):
            raise FetchError(f"there is no host {host[:100]!r}")
        return found[0]

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        """Never: nothing on this machine is a page."""
        raise FetchError("sockets of this machine are not fetched from")

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)

    def _may(self, number: str) -> bool:
        if is_public(number):
            return True
        address = ipaddress.ip_address(number.partition("%")[0])
        return any(address in network for network in self._allowed)


class _Timed(httpcore.NetworkStream):
    """A connection whose every step counts against the time of the whole fetch."""

    def __init__(self, inner: httpcore.NetworkStream, network: _Guarded) -> None:
        self._inner = inner
        self._network = network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._network.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._network.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._inner.start_tls(ssl_context, server_hostname, self._network.left(timeout)), self._network)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _tls() -> ssl.SSLContext:
    """What the system trusts, and what browsers do."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _host(address: str) -> bytes:
    return urlsplit(address).netloc.encode("ascii")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _wait(value: str | None) -> float | None:
    """Seconds, from Retry-After: a number of them, or a date."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def _reason(error: Exception) -> str:
    said = " ".join(str(error).split())[:160]
    if isinstance(error, httpcore.RemoteProtocolError) and "without sending complete message body" in said:
        return "it breaks off: the connection closed before the page was complete"
    if isinstance(error, httpcore.ConnectError):
        return f"no connection ({said})" if said else "no connection"
    return f"the connection failed ({said or type(error).__name__})"
