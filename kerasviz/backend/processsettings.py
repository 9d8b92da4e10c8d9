"""What is set in Keras for a whole process: another process of ours takes it over."""

from __future__ import annotations

from typing import Any

SETTINGS = ("floatx", "epsilon", "image_data_format")
"""Names in `keras.config`, each with its `set_`."""


def process_settings() -> dict[str, Any]:
    """The settings of this process."""
    import keras

    return {name: getattr(keras.config, name)() for name in SETTINGS}


def set_process_settings(values: dict[str, Any]) -> None:
    """Makes settings those of this process."""
    import keras

    for name in SETTINGS:
        getattr(keras.config, f"set_{name}")(values[name])
