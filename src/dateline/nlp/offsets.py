"""Normalise a passage for the parser, and find the way back to its own offsets."""

import re

from msgspec import Struct

# One code point for one: the parser was trained on plain quotation marks, hyphens and spaces.
_REPLACED = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
        **dict.fromkeys("\t\n\r\f\v", " "),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("‐‑", "-"),
        **dict.fromkeys("•‣▪●◦·■□►", " "),
        "―": "—",
    }
)
_DROPPED = re.compile("[\u00ad\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060\ufeff\ufffe]+|(?<= ) +|^ +")


class Normalised(Struct, frozen=True):
    """A passage as the parser sees it. ``origins`` maps each of its code points to the passage's own.

    ``origins`` is None when the two run in step.
    """

    text: str
    origins: tuple[int, ...] | None

    def start(self, offset: int) -> int:
        """Where a token that starts at ``offset`` here starts in the passage."""
        return offset if self.origins is None else self.origins[offset]

    def end(self, offset: int) -> int:
        """Where a token that ends at ``offset`` here ends in the passage (half-open)."""
        if self.origins is None or offset == 0:
            return offset
        return self.origins[offset - 1] + 1


def normalise(passage: str) -> Normalised:
    """Put plain marks and spaces in place of typographic ones; drop bullets, soft hyphens, doubled spaces.

    Nothing else changes: letters, digits and punctuation stay as they are.

    >>> normalise("•  Arden’s\u00a0mayor").text
    "Arden's mayor"
    >>> normalise("•  Arden’s\u00a0mayor").start(0)
    3
    """
    text = passage.translate(_REPLACED)
    gaps = [match.span() for match in _DROPPED.finditer(text)]
    if not gaps:
        return Normalised(text, None)
    kept: list[str] = []
    origins: list[int] = []
    at = 0
    for start, end in (*gaps, (len(text), len(text))):
        kept.append(text[at:start])
        origins.extend(range(at, start))
        at = end
    return Normalised("".join(kept), tuple(origins))
