"""Draw, train and save Keras networks in Jupyter. Public names load when they are first used."""

from __future__ import annotations

from typing import Any

try:
    from kerasviz._version import __version__
except ImportError:  # the version is written when the package is built or installed
    __version__ = "dev"

__all__ = ["__version__"]


def __getattr__(name: str) -> Any:
    """Imports a public name: neither Keras nor its backend is imported before it is needed."""
    raise AttributeError(f"module 'kerasviz' has no attribute {name!r}")


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """Tells Jupyter where the built extension is."""
    return [{"src": "labextension", "dest": "kerasviz"}]


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Tells Jupyter Server which module to load."""
    return [{"module": "kerasviz.server"}]
