"""What a model needs around it in another process: the user's classes, and what is set in Keras."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kerasviz.backend.cellsettings import CELL_SETTINGS, apply
from kerasviz.backend.processsettings import process_settings, set_process_settings
from kerasviz.config.registered import named_in, register
from kerasviz.protocol.text import text


def taken_along(config: Any, *, place: bool = True) -> Iterator[tuple[str, str, Any]]:
    """What a config or a plan needs, in this order: its kind, its name for people and itself.

    Args:
        config: What another process is given.
        place: Whether it is to compute on the devices that a cell has chosen with `set_distribution`.
    """
    for name, found in named_in(config).items():
        yield "registered", name, found
    yield "of process", text("the settings of Keras"), process_settings()
    cells = {name: value for name, value in CELL_SETTINGS.values.items() if place or name != "distribution"}
    yield "of cells", text("the settings of Keras"), cells


def take(kind: str, name: str, value: Any) -> None:
    """Makes one of these that of this process."""
    match kind:
        case "registered":
            register(name, value)
        case "of process":
            set_process_settings(value)
        case "of cells":
            apply(value)
