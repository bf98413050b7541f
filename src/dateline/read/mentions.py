"""Placeholder room: to be written."""

from dateline.model.records import AnnotatedReport
from dateline.read.reading import Extractor, Reading


def run(reading: Reading) -> AnnotatedReport:
    """Nothing yet."""
    return reading.annotated


EXTRACTOR = Extractor("mentions", frozenset({"passages", "head"}), frozenset({"mentions"}), run)
