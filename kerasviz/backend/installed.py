"""The Keras version and backend of this kernel, without importing Keras, and the import itself."""

from __future__ import annotations

import importlib.util
import json
import os
import pkgutil
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kerasviz.protocol import Device, RequestError
from kerasviz.protocol.text import text

_PACKAGES = {"tensorflow": "tensorflow", "jax": "jax", "torch": "torch"}


def keras_version() -> str:
    """The version of the installed Keras.

    Raises:
        RequestError: With code `keras_missing`, and what to install.
    """
    try:
        return version("keras")
    except PackageNotFoundError:
        raise RequestError(
            "keras_missing",
            text(
                "Keras is not installed in this kernel. Run `%pip install kerasviz` and restart the kernel."
            ),
        ) from None


def datasets_of_keras() -> tuple[str, ...]:
    """The names of the data sets that the installed Keras has."""
    found = importlib.util.find_spec("keras")
    places = [] if found is None else list(found.submodule_search_locations or [])
    return tuple(one.name for one in pkgutil.iter_modules([str(Path(place, "datasets")) for place in places]))


def backend() -> str:
    """Returns the backend that Keras uses, or will use.

    Follows keras/src/backend/config.py: the variable, then the file, then TensorFlow. Keras looks at them
    once, when it is imported.

    Raises:
        RequestError: With code `backend_missing`, and what to install.
    """
    name = _imported_backend() or os.environ.get("KERAS_BACKEND") or _configured_backend() or "tensorflow"
    check_backend(name)
    return name


def check_backend(name: str) -> None:
    """Looks whether a backend is installed.

    Raises:
        RequestError: With code `backend_missing`, and what to install.
    """
    package = _PACKAGES.get(name)
    if package and importlib.util.find_spec(package) is None:
        raise RequestError(
            "backend_missing",
            text(
                "Keras is configured for {backend}, which is not installed in this kernel. Run `%pip "
                "install {package}` and restart the kernel, or choose another backend with the variable "
                "KERAS_BACKEND.",
                backend=name,
                package=package,
            ),
        )


def versions() -> dict[str, str]:
    """The versions of all that the numbers of a training depend on, by package."""
    names = ("kerasviz", "keras", _PACKAGES.get(backend(), backend()), "numpy")
    found = {"python": platform.python_version()}
    for name in names:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # run from a checkout, or a build under another name
            continue
    return found


def load_keras() -> list[Device]:
    """Imports Keras and its backend, which takes seconds, and lists the devices."""
    from kerasviz.backend.devices import devices, spare_gpu_memory
    from kerasviz.backend.logicaldevices import prepare_as_asked

    spare_gpu_memory()
    prepare_as_asked()
    return devices()


def _imported_backend() -> str | None:
    """That of the Keras which this process has; None while it is being imported, too."""
    ask = getattr(getattr(sys.modules.get("keras"), "config", None), "backend", None)
    return None if ask is None else str(ask())


def _configured_backend() -> str | None:
    home = Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras")
    try:
        config = json.loads((home / "keras.json").read_text())
    except (OSError, ValueError):
        return None
    name = config.get("backend") if isinstance(config, dict) else None
    return name if isinstance(name, str) else None
