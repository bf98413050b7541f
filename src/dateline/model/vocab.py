"""Every enumeration of Dateline, in one place.

The values are the words that the ledger stores and the exports print; docs/reference explains each.
Event types, modes and contexts are not here: they are knowledge and live in ``data/ontology/``.
"""

from enum import StrEnum


class Table(StrEnum):
    """The tables of the export contract, and the internal ones that the ledger adds."""

    REPORTS = "reports"
    PASSAGES = "passages"
    MENTIONS = "mentions"
    REFERENTS = "referents"
    QUOTATIONS = "quotations"
    ENTITIES = "entities"
    STATEMENTS = "statements"
    FIGURES = "figures"
    TIMES = "times"
    PLACES = "places"
    EVENTS = "events"
    STATES = "states"
    DOUBTS = "doubts"
    COPIES = "copies"
    CHANGES = "changes"
    LINEAGE = "lineage"
    UTTERANCES = "utterances"
    STORYLINES = "storylines"
    INCIDENTS = "incidents"
    CONFLICTS = "conflicts"
    POSITIONS = "positions"
    JUDGEMENTS = "judgements"
    RATINGS = "ratings"
    INPUTS = "inputs"
    MANIFEST = "manifest"
    FAILURES = "failures"


class PassageKind(StrEnum):
    """What a passage is on the page."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    BULLET = "bullet"
    QUOTE = "quote"


class Label(StrEnum):
    """What a mention names."""

    PERSON = "PERSON"
    ORG = "ORG"
    GPE = "GPE"
    LOC = "LOC"
    NORP = "NORP"
    FAC = "FAC"
    EVENT = "EVENT"


class Sex(StrEnum):
    """What the words of the report say about a person's sex."""

    MALE = "male"
    FEMALE = "female"


class Voice(StrEnum):
    """Who says so."""

    REPORTER = "reporter"
    NAMED = "named"
    COLLECTIVE = "collective"
    UNNAMED = "unnamed"
    CONSENSUS = "consensus"
    ALLEGATION = "allegation"


class StatementKind(StrEnum):
    """How the content of a statement is given."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class CueClass(StrEnum):
    """Whether a cue reports an act of saying or an attitude."""

    SPEECH = "speech"
    ATTITUDE = "attitude"


class Act(StrEnum):
    """What a speaker does by saying it."""

    ASSERT = "assert"
    DENY = "deny"
    ACCUSE = "accuse"
    PROMISE = "promise"
    THREATEN = "threaten"
    DEMAND = "demand"
    PRAISE = "praise"
    CONDEMN = "condemn"
    QUESTION = "question"
    REFUSE = "refuse"


class Polarity(StrEnum):
    """Whether it is affirmed, negated, or denied by somebody."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"
    DENIED = "denied"


class Certainty(StrEnum):
    """Whether it is stated outright or hedged."""

    STATED = "stated"
    HEDGED = "hedged"


class Status(StrEnum):
    """How real an event is, as the report tells it."""

    BACKGROUND = "background"
    OCCURRED = "occurred"
    ONGOING = "ongoing"
    PLANNED = "planned"
    POSSIBLE = "possible"
    HYPOTHETICAL = "hypothetical"
    THREATENED = "threatened"
    DEMANDED = "demanded"


class Stage(StrEnum):
    """The stage of a legal or political process."""

    PROPOSED = "proposed"
    ANNOUNCED = "announced"
    VOTED = "voted"
    SIGNED = "signed"
    ADOPTED = "adopted"
    RATIFIED = "ratified"
    IN_FORCE = "in_force"
    REJECTED = "rejected"


class Relation(StrEnum):
    """A relation that holds for a time."""

    CONTROLS = "controls"
    OCCUPIES = "occupies"
    OPERATES = "operates"
    CLAIMS = "claims"
    RECOGNISES = "recognises"
    BESIEGES = "besieges"
    HOLDS_OFFICE = "holds_office"
    MEMBER_OF = "member_of"


class Bound(StrEnum):
    """How a figure bounds the quantity it reports."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    RANGE = "range"
    PLURAL = "plural"


class Effect(StrEnum):
    """What was done to the people whom a figure counts."""

    KILLED = "killed"
    INJURED = "injured"
    CASUALTIES = "casualties"
    MISSING = "missing"
    DISPLACED = "displaced"
    CAPTURED = "captured"
    ARRESTED = "arrested"


class TimeType(StrEnum):
    """TIMEX3 types (TimeML 1.2.1)."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class TimeBasis(StrEnum):
    """Whether a time was written out, reckoned from the publication date, or could not be reckoned."""

    EXPLICIT = "explicit"
    RELATIVE = "relative"
    UNANCHORED = "unanchored"


class Precision(StrEnum):
    """How exactly a place is known."""

    POINT = "point"
    PLACE = "place"
    DISTRICT = "district"
    REGION = "region"
    COUNTRY = "country"
    LINE = "line"
    SEA = "sea"


class BoundaryPolicy(StrEnum):
    """By what a place in a disputed area is given its country."""

    DE_JURE = "de_jure"
    DE_FACTO = "de_facto"


class EventBasis(StrEnum):
    """Where the time or place of an event was read, or from what a place was inferred."""

    CLAUSE = "clause"
    SENTENCE = "sentence"
    DATELINE = "dateline"
    PUBLISHED = "published"
    RECIPIENT = "recipient"
    ACTOR = "actor"
    PASSAGE = "passage"
    REPORT = "report"
    NONE = "none"

    @property
    def inferred(self) -> bool:
        """Whether the words tell no place and it follows from the parties or the rest: listed, never mapped."""
        return self in (self.RECIPIENT, self.ACTOR, self.PASSAGE, self.REPORT)


class ConditionKind(StrEnum):
    """What a condition of an event says of it."""

    DURATION = "duration"
    COERCED = "coerced"
    ARMED = "armed"
    ABSENT = "absent"


class EntityKind(StrEnum):
    """What an entity or referent is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GOVERNMENT = "government"
    FORCE = "force"
    GROUP = "group"
    INSTITUTION = "institution"
    FACILITY = "facility"
    PLACE = "place"
    EVENT = "event"


class DoubtKind(StrEnum):
    """What looks wrong in a text, for a person to judge."""

    UNCLOSED_QUOTATION = "unclosed_quotation"
    ORPHANED_QUOTATION = "orphaned_quotation"
    ORPHANED_ATTRIBUTION = "orphaned_attribution"
    GARBLED_NAME = "garbled_name"
    ROLE_CONFLICT = "role_conflict"
    SEX_CONFLICT = "sex_conflict"
    REVERSED_SENSE = "reversed_sense"
    ROLE_REVERSAL = "role_reversal"
    MISSING_NAME = "missing_name"
    BROKEN_SENTENCE = "broken_sentence"
    TOTAL_MISMATCH = "total_mismatch"
    UNREAD_PASSAGE = "unread_passage"


class Verdict(StrEnum):
    """What two passages are to each other."""

    IDENTICAL = "identical"
    LIGHT_EDIT = "light_edit"
    REWRITE = "rewrite"
    SHARED_QUOTE = "shared_quote"
    NONE = "none"


class Direction(StrEnum):
    """Which passage of a copy was derived from the other."""

    A_FROM_B = "a_from_b"
    B_FROM_A = "b_from_a"
    UNKNOWN = "unknown"


class ChangeKind(StrEnum):
    """What differs in substance between the passages of a copy."""

    NAME = "name"
    NUMBER = "number"
    ROLE = "role"
    CERTAINTY = "certainty"
    POLARITY = "polarity"
    PLACE = "place"
    TIME = "time"
    ACT = "act"
    ATTRIBUTION = "attribution"
    SEX = "sex"


class ConflictKind(StrEnum):
    """What two accounts disagree about."""

    FIGURE = "figure"
    PLACE = "place"
    TIME = "time"
    ACTOR = "actor"
    OCCURRENCE = "occurrence"
    SPEAKER = "speaker"
    ROLE = "role"


class ConflictRelation(StrEnum):
    """How two disagreeing accounts relate."""

    CONTRADICTS = "contradicts"
    SUPERSEDES = "supersedes"
    DIFFERS_IN_SCOPE = "differs_in_scope"


class Stance(StrEnum):
    """Where an actor stands on an issue."""

    SUPPORTS = "supports"
    OPPOSES = "opposes"
    NEUTRAL = "neutral"


class InputOutcome(StrEnum):
    """How an input ended."""

    STORED = "stored"
    ALREADY_THERE = "already_there"
    QUARANTINED = "quarantined"


class PublishedBasis(StrEnum):
    """How the publication date, or another fact about a report, is known: the surest ways first."""

    GIVEN = "given"
    STRUCTURED_DATA = "structured_data"
    META = "meta"
    HEADER = "header"
    FEED = "feed"
    TIME_ELEMENT = "time_element"
    MARKUP = "markup"
    TEXT = "text"
    URL = "url"
    NONE = "none"


class ReportMark(StrEnum):
    """What page or text says of itself: cut off for who does not pay, a live page, a notice on an earlier text."""

    STUB = "stub"
    LIVE = "live"
    CORRECTION = "correction"
    RETRACTION = "retraction"
    UPDATE = "update"


class ReadStatus(StrEnum):
    """Whether a report was read, and if not, why."""

    READ = "read"
    UNREAD_LANGUAGE = "unread_language"


class Ruling(StrEnum):
    """What a person's judgement says of a row. ``withdrawn`` takes back what was judged of it before."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


class RatingScale(StrEnum):
    """The two scales of the Admiralty code (NATO AJP-2.1): of a source (A-F), of its information (1-6)."""

    RELIABILITY = "reliability"
    CREDIBILITY = "credibility"
