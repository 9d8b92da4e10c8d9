"""Imports what several threads would else import at the same time: each thread of a kernel begins here."""

from __future__ import annotations

from kerasviz.backend.devices import spare_gpu_memory
from kerasviz.backend.importing import ONE_AT_A_TIME
from kerasviz.backend.installed import load_keras
from kerasviz.protocol import Device


def import_rooms() -> None:
    """Imports the rooms that do without Keras. What was imported before takes no time."""
    with ONE_AT_A_TIME:
        import kerasviz.data.preparation
        import kerasviz.data.preview.look
        import kerasviz.storage  # noqa: F401


def import_keras_rooms() -> list[Device]:
    """Imports Keras and the rooms that need it, and tells what it computes on; see `load_keras`."""
    devices = load_keras()
    import_rooms_of_keras()
    return devices


def import_rooms_of_keras() -> None:
    """Imports the rooms that need Keras; no device is touched, whose memory that would take."""
    spare_gpu_memory()
    import_rooms()
    with ONE_AT_A_TIME:
        import kerasviz.analysis.advice
        import kerasviz.catalog
        import kerasviz.codegen
        import kerasviz.models.keeper
        import kerasviz.training.fit  # noqa: F401
