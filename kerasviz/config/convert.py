"""Turns a Keras config of any age into that of today's Keras."""

import copy
from typing import Any

from kerasviz.config.errors import ModelFileError


def convert(
    config: Any, version: str | None = None, training: Any = None
) -> tuple[dict[str, Any], list[str]]:
    """Converts a config.

    Args:
        config: What stands in the file.
        version: The Keras that wrote it, where the file says so outside its config.
        training: The `training_config` of a `.h5` file, or None.

    Returns:
        The config in today's form, and a sentence for each change that was made.

    Raises:
        ModelFileError: When it is no Keras model.
    """
    if not isinstance(config, dict) or not isinstance(config.get("config"), dict):
        raise ModelFileError("expected a Keras model: an object with class_name and config.")
    return copy.deepcopy(config), []
