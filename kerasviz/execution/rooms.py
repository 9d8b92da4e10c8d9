"""Imports what several threads would else import at the same time.

Python gives up an import as a deadlock where one thread imports a package while another one imports a module
that the package needs (`_DeadlockError`, or a `KeyError` with the name of the package). So each thread of a
kernel begins here, one after the other.
"""

from __future__ import annotations

import threading

_ONE_AT_A_TIME = threading.Lock()


def import_rooms() -> None:
    """Imports the rooms that do without Keras. What was imported before takes no time."""
    with _ONE_AT_A_TIME:
        import kerasviz.data.preparation
        import kerasviz.data.preview.look
        import kerasviz.storage  # noqa: F401


def import_keras_rooms() -> None:
    """Imports the rooms that need Keras, which has to be there."""
    import_rooms()
    with _ONE_AT_A_TIME:
        import kerasviz.analysis.advice
        import kerasviz.catalog
        import kerasviz.codegen
        import kerasviz.models.keeper
        import kerasviz.training.fit  # noqa: F401
