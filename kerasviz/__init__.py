"""Draw, train and save Keras networks in Jupyter. Public names load when they are first used."""

from __future__ import annotations

import importlib
from typing import Any

try:
    from kerasviz._version import __version__
except ImportError:  # the version is written when the package is built or installed
    __version__ = "dev"

_MODULES = {
    "Editor": "kerasviz.widget",
    "LiveCharts": "kerasviz.livecharts",
    "ModelFileError": "kerasviz.config",
    "RayBatches": "kerasviz.data.streams.raybatches",
    "Run": "kerasviz.execution.here",
    "analyze": "kerasviz.analysis",
    "apply_fix": "kerasviz.analysis",
    "diagram": "kerasviz.models.diagram",
    "find_learning_rate": "kerasviz.execution.rangetest",
    "load": "kerasviz.storage",
    "open": "kerasviz.widget",
    "plot": "kerasviz.figures.curves",
    "preview": "kerasviz.data.preview",
    "read_config": "kerasviz.storage",
    "run": "kerasviz.execution.here",
    "save": "kerasviz.storage",
    "set_budget": "kerasviz.config.budget",
    "to_code": "kerasviz.codegen",
}
"""Where the public names are: neither Keras nor its backend is imported before one is used."""

__all__ = [
    "Editor",
    "LiveCharts",
    "ModelFileError",
    "RayBatches",
    "Run",
    "__version__",
    "analyze",
    "apply_fix",
    "diagram",
    "find_learning_rate",
    "load",
    "open",
    "plot",
    "preview",
    "read_config",
    "run",
    "save",
    "set_budget",
    "to_code",
]


def __getattr__(name: str) -> Any:
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module 'kerasviz' has no attribute {name!r}")
    from kerasviz.backend.importing import ONE_AT_A_TIME

    with ONE_AT_A_TIME:
        return getattr(importlib.import_module(module), name)


def __dir__() -> list[str]:
    return __all__


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """Tells Jupyter where the built extension is."""
    return [{"src": "labextension", "dest": "kerasviz"}]


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Tells Jupyter Server which module to load."""
    return [{"module": "kerasviz.server"}]
