"""Regular expressions in a config, which Keras compares with the paths of layers."""

import re
from typing import Any

from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.protocol.text import text

MAX_LENGTH = 200
MAX_CHOICES = 4
_CHOICE = re.compile(r"\\.|[*+{?|]", re.DOTALL)
_REPEATED_GROUP = re.compile(r"(?<!\\)(?:\\\\)*\)[*+?{]")


def check_patterns(config: dict[str, Any], layer: str | None) -> None:
    """Refuses patterns of a `DTypePolicyMap` that may take for ever to compare.

    Python tries every way in which the choices of a pattern can be made, and lets nothing else run meanwhile.

    Args:
        config: The config of any object.
        layer: Where it is.

    Raises:
        ModelFileError: With the pattern.
    """
    patterns = config.get("policy_map")
    for pattern in patterns if isinstance(patterns, dict) else ():
        choices = sum(not found.startswith("\\") for found in _CHOICE.findall(pattern))
        if len(pattern) > MAX_LENGTH or choices > MAX_CHOICES or _REPEATED_GROUP.search(pattern):
            raise ModelFileError(
                text(
                    "The pattern {pattern} in a DTypePolicyMap may take for ever to compare. Use paths of "
                    "layers, or at most {most} repetitions and alternatives, and repeat no group.",
                    pattern=repr(pattern[:40]),
                    most=MAX_CHOICES,
                ),
                layer=layer,
            )
