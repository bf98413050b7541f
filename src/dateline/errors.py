"""What can go wrong, as a caller can act on it.

::

    DatelineError
    ├── UsageError            the call's own words are off                       exit 2
    ├── ConfigError           dateline.toml or the environment                   exit 2
    ├── InputError            one input cannot be taken; the others go on        exit 1 (4 if none could)
    ├── KnowledgeError        a data file is not as its schema says              exit 5
    ├── ModelError            the parser named in the configuration is missing   exit 2
    ├── EvidenceError         a record does not quote its report: a defect       exit 5
    └── LedgerError           the ledger cannot be opened, read or written       exit 5
"""


class DatelineError(Exception):
    """The root of every error that Dateline raises on purpose."""

    exit_code = 5


class UsageError(DatelineError):
    """The call's own words are off."""

    exit_code = 2


class ConfigError(DatelineError):
    """The configuration names something that is not there or not allowed."""

    exit_code = 2


class InputError(DatelineError):
    """One input cannot be taken. The message names the input and says why, in one line."""

    exit_code = 1


class KnowledgeError(DatelineError):
    """A data file is not as its schema says."""


class ModelError(DatelineError):
    """The parser model that the configuration names is not installed."""

    exit_code = 2


class EvidenceError(DatelineError):
    """A record's quote is not what its report holds at that span."""


class LedgerError(DatelineError):
    """The ledger cannot be opened, read or written."""
