"""The characters of a page: what the bytes, the server or the page say they are written in."""

import codecs
import re
from typing import Final

from dateline.errors import InputError

HEAD: Final = 4096
"""Bytes in which a page declares its encoding (the HTML standard asks for 1024; many pages need more)."""
FEW: Final = 0.002
"""The share of bytes that may be wrong in the declared encoding: a page cut or glued carelessly, not another one."""
SAMPLE: Final = 65_536
"""Bytes looked at to tell an encoding that nobody declares."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META: Final = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML: Final = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_WIDER: Final = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
"""What browsers read where one of these is declared (WHATWG Encoding Standard, 4.2)."""


def decode_page(data: bytes, declared: str | None = None) -> str:
    """The page's text: by its byte order mark, else the server's word, else its own, else by detection.

    A declared encoding in which the bytes make no sense is passed over; a few wrong bytes become U+FFFD.
    Raises InputError when nothing fits.

    >>> decode_page(b"<meta charset=windows-1251><p>\\xca\\xe8\\xbf\\xe2")[-4:]
    'Київ'
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    wide = _wide(data[:HEAD])
    if wide:
        return data.decode(wide, "replace")
    said = [declared] if declared else []
    said += [
        match[1].decode("ascii", "replace") for match in (_XML.search(data[:HEAD]), _META.search(data[:HEAD])) if match
    ]
    names = [name for name in map(_known, said) if name]
    for name in dict.fromkeys([*names[:1], "utf-8", *names]):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    for name in dict.fromkeys([*names, "utf-8"]):
        text = data.decode(name, "replace")
        if text.count("\ufffd") <= max(1, FEW * len(text)):
            return text
    return data.decode(_detected(data), "replace")


def _known(name: str) -> str | None:
    try:
        found = codecs.lookup(name.strip().lower()).name
    except (LookupError, ValueError):
        return None
    # A page in UTF-16 could not have been searched for its declaration.
    return None if found.startswith(("utf-16", "utf-32", "utf-7")) else _WIDER.get(found, found)


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of the markup is zero."""
    if len(head) >= 8 and head[1:8:2] == b"\0" * 4:
        return "utf-16-le"
    return "utf-16-be" if len(head) >= 8 and head[0:8:2] == b"\0" * 4 else None


def _detected(data: bytes) -> str:
    from charset_normalizer import from_bytes

    # The markup is ASCII and says nothing; what stands between the tags does.
    words = re.sub(rb"<[^>]*>", b" ", data)[:SAMPLE]
    best = from_bytes(words).best()
    if best is None:
        raise InputError("the encoding of this page cannot be told; declare it with --encoding")
    return best.encoding
