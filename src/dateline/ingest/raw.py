"""An input's bytes on their way to become a report."""

from functools import cached_property
from hashlib import sha256

from msgspec import Struct

import dateline
from dateline.ingest.base import Fields
from dateline.ingest.sniff import Form
from dateline.model.ids import content_id

MOST_BYTES = 64_000_000
"""The longest page, PDF or message taken, in bytes, as it comes and after its transfer coding is undone."""


class Raw(Struct, frozen=True, kw_only=True, dict=True):
    """One input that has to be extracted.

    ``media`` is the media type that its carrier declares ("text/html; charset=utf-8"), ``declared`` and
    ``form`` the encoding and the format that a person declares, ``retrieved`` when it was
    got, ``listed`` the date that a feed gives it, ``offset`` the byte at which it begins in its archive.
    """

    name: str
    data: bytes
    fields: Fields
    media: str | None = None
    declared: str | None = None
    form: Form | None = None
    retrieved: str | None = None
    listed: str | None = None
    offset: int | None = None

    @cached_property
    def digest(self) -> str:
        """A digest of the bytes, of what is said of them, and of the version that extracts them.

        When it was retrieved is no part of it: the same page got twice is the same input.
        """
        said = (getattr(self.fields, name) or "" for name in self.fields.__struct_fields__)
        about = (self.media or "", self.declared or "", self.form or "", self.listed or "")
        return content_id(dateline.__version__, sha256(self.data).hexdigest(), *about, *said)
