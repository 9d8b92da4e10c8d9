"""Which Keras this kernel has, told without importing it, and the import itself."""

from __future__ import annotations

import importlib.util
import json
import os
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kerasviz.protocol import Device, RequestError

_PACKAGES = {"tensorflow": "tensorflow", "jax": "jax", "torch": "torch"}


def keras_version() -> str:
    """The version of the installed Keras.

    Raises:
        RequestError: With code `keras_missing`, saying what to install.
    """
    try:
        return version("keras")
    except PackageNotFoundError:
        raise RequestError(
            "keras_missing",
            "Keras is not installed in this kernel. Run `%pip install kerasviz` and restart it.",
        ) from None


def backend() -> str:
    """The backend that Keras has, or will have.

    Follows keras/src/backend/config.py: the variable, then the file, then TensorFlow.

    Raises:
        RequestError: With code `backend_missing`, saying what to install.
    """
    name = os.environ.get("KERAS_BACKEND") or _configured_backend() or "tensorflow"
    package = _PACKAGES.get(name)
    if package and importlib.util.find_spec(package) is None:
        raise RequestError(
            "backend_missing",
            f"Keras is to run on {name}, which is not installed in this kernel. Run `%pip install {package}` "
            "and restart it, or choose another backend with the variable KERAS_BACKEND.",
        )
    return name


def load_keras() -> list[Device]:
    """Imports Keras and its backend, which takes seconds, and lists the devices."""
    from kerasviz.backend.devices import devices, spare_gpu_memory

    spare_gpu_memory()
    return devices()


def _configured_backend() -> str | None:
    home = Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras")
    try:
        config = json.loads((home / "keras.json").read_text())
    except (OSError, ValueError):
        return None
    name = config.get("backend") if isinstance(config, dict) else None
    return name if isinstance(name, str) else None
