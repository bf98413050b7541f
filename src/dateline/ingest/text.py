"""Plain text: decode bytes that are declared, refuse to guess."""

import codecs

from dateline.errors import InputError

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


_WIDE = "this is wrongly encoded, or UTF-16 without a byte order mark; declare it with --encoding utf-16-le or -be"


def decode(data: bytes, encoding: str | None = None) -> str:
    """The text of ``data``, in UTF-8 unless another encoding is declared.

    Raises InputError for anything that is not the encoding, with a guess at what it may be: a wrong guess
    taken silently would store another text than was published.

    >>> decode("Søholt".encode("latin-1"), "latin-1")
    'Søholt'
    """
    if encoding is None:
        refuse_marked(data)
    try:
        text = data.decode(encoding or "utf-8-sig")
    except LookupError:
        raise InputError(f"there is no encoding {encoding!r}") from None
    except UnicodeDecodeError as error:
        raise InputError(_not_text(data, encoding, error.start)) from None
    except UnicodeError as error:
        raise InputError(f"this is not {encoding} ({error})") from None
    if encoding is None and _every_other_zero(data):
        raise InputError(_WIDE)
    return text


def refuse_marked(data: bytes) -> None:
    """Raise InputError when the data begin with the byte order mark of another encoding than UTF-8."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            raise InputError(f"this is {name.upper()}, not UTF-8; declare it with --encoding {name}")


def _every_other_zero(data: bytes) -> bool:
    """Whether Latin letters were written in two bytes each."""
    head = data[:4096]
    return len(head) >= 4 and max(head[::2].count(0), head[1::2].count(0)) > len(head) // 4


def _not_text(data: bytes, encoding: str | None, at: int) -> str:
    if encoding:
        return f"this is not {encoding} (byte {at})"
    head = data[:4096]
    zeros = head.count(0)
    if _every_other_zero(data):
        return _WIDE
    if zeros or sum(byte < 9 or 13 < byte < 32 for byte in head) > len(head) // 50:
        return "this is binary, not text"
    high = sum(byte >= 0xC0 for byte in head)
    hint = " (cp1251 perhaps)" if high > len(head) // 4 else " (cp1252 perhaps)"
    return f"this is not UTF-8 (byte {at}){hint}; declare its encoding with --encoding"
