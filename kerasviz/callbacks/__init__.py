"""Callbacks that a document may name: those of kerasviz, Keras' own and the user's.

A callback of kerasviz is a module here and a line in `our_callbacks`. The catalogue describes it by its
signature and docstring, as it does Keras' own, so this room is below the catalogue. Its static method
`in_keras(config)` gives the callback of Keras, as a plan has it, that a script has in its place.
"""

from __future__ import annotations


def our_callbacks() -> dict[str, type]:
    """Imports the callbacks of kerasviz, and Keras with them; class by its name."""
    from kerasviz.callbacks.keepbest import KeepBest

    return {kind.__name__: kind for kind in (KeepBest,)}
