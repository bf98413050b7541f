"""Names of outlets and agencies: whether two are one source, known by a shorter and a longer name."""

_ARTICLE = "the"


def one_source(name: str, other: str) -> bool:
    """Whether one name is the other, or begins with the whole of it.

    An agency is credited by its short name, and stands over its own reports with the long one.

    >>> one_source("Meridian", "Meridian Press Agency"), one_source("The Orrin", "ORRIN")
    (True, True)
    >>> one_source("Meridian", "Meridiana Post"), one_source("Press Agency", "Meridian Press Agency")
    (False, False)
    """
    shorter, longer = sorted((_words(name), _words(other)), key=len)
    return bool(shorter) and longer[: len(shorter)] == shorter


def _words(name: str) -> list[str]:
    words = name.casefold().split()
    return words[1:] if words[:1] == [_ARTICLE] else words
