"""Imports what several threads would else import at the same time.

Python gives up an import as a deadlock where one thread imports a package while another one imports a module
that the package needs (`_DeadlockError`, or a `KeyError` with the name of the package). So each thread of a
kernel begins here, one after the other.
"""

from __future__ import annotations

import threading

from kerasviz.backend.installed import load_keras
from kerasviz.protocol import Device

_ONE_AT_A_TIME = threading.Lock()


def import_rooms() -> None:
    """Imports the rooms that do without Keras. What was imported before takes no time."""
    with _ONE_AT_A_TIME:
        import kerasviz.data.preparation
        import kerasviz.data.preview.look
        import kerasviz.storage  # noqa: F401


def import_keras_rooms() -> list[Device]:
    """Imports Keras and the rooms that need it, and tells what it computes on; see `load_keras`."""
    devices = load_keras()
    import_rooms()
    with _ONE_AT_A_TIME:
        import kerasviz.analysis.advice
        import kerasviz.catalog
        import kerasviz.codegen
        import kerasviz.models.keeper
        import kerasviz.training.fit  # noqa: F401
    return devices
