"""What a cell sets in Keras, which keeps it for each thread: our threads take it over."""

from __future__ import annotations

import sys
import threading
from typing import Any

from IPython.core.getipython import get_ipython

SETTINGS = (
    "dtype_policy",
    "distribution",
    "flash_attention",
    "nnx_enabled",
    "traceback_filtering",
    "interactive_logging",
    "global_random_seed",
)
"""Attributes of Keras' global state that its public setters set.

What only lasts for a `with`, and names, seeds and variables of models that are being made, belong to their
thread; so does the permission to run code of files.
"""


class CellSettings:
    """The settings of the thread that runs cells.

    Attributes:
        values: What they are.
    """

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self._follows = False

    def follow(self) -> None:
        """Looks at the settings now, or as soon as the running cell has ended, and after each cell."""
        self.remember()
        shell = get_ipython()
        if shell is None or self._follows:
            return
        self._follows = True
        shell.events.register("post_run_cell", lambda result: self.remember())
        loop = getattr(getattr(shell, "kernel", None), "io_loop", None)
        if loop is not None:
            loop.add_callback(self.remember)

    def remember(self) -> None:
        """Looks at the settings, where the thread that asks is that of the cells."""
        if threading.current_thread() is threading.main_thread():
            self.values = settings()

    def apply(self) -> None:
        """Makes them those of the thread that asks."""
        if threading.current_thread() is not threading.main_thread():
            apply(self.values)


def settings() -> dict[str, Any]:
    """The settings of this thread; none before Keras is imported."""
    state = _state()
    found = {} if state is None else {name: state.get_global_attribute(name) for name in SETTINGS}
    return {name: value for name, value in found.items() if value is not None}


def apply(values: dict[str, Any]) -> None:
    """Gives this thread settings; what is not among them is as Keras has it at first."""
    state = _state()
    if state is not None:
        for name in SETTINGS:
            state.set_global_attribute(name, values.get(name))


def _state() -> Any:
    """Keras' global state; None before it is there, also while another thread imports it."""
    state = sys.modules.get("keras.src.backend.common.global_state")
    return state if hasattr(state, "set_global_attribute") else None


CELL_SETTINGS = CellSettings()
"""Those of this kernel."""
