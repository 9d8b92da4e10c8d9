"""Writes down what the installed Keras says of names, for `names`; part of `make catalog`."""

import inspect
import sys
from typing import Any

from kerasviz.config import live_names
from kerasviz.config.kinds import IDENTIFIED, NAMESPACES
from kerasviz.config.lines import to_lines
from kerasviz.config.names import REMEMBERED


def remember() -> dict[str, Any]:
    """Asks Keras for everything that `names` may be asked.

    Returns:
        The release, `classes` by kind and name with module and arguments, `operations` by name with their
        module, and `identifiers` by kind.
    """
    import keras
    import keras.src.ops

    names: dict[str, set[str]] = {kind: _classes(modules) for kind, modules in NAMESPACES.items()}
    names["layer"] |= set(live_names.MODELS)
    for path, module in sys.modules.items():
        if path.startswith("keras.src.applications."):
            names["layer"] |= _public(module)
    operations = {name for value in vars(keras.src.ops).values() for name in _public(value)}
    return {
        "keras": keras.__version__,
        "classes": {
            kind: {name: entry for name in sorted(found) if (entry := _entry(kind, name))[0]}
            for kind, found in names.items()
        },
        "operations": {
            name: place for name in sorted(operations) if (place := live_names.operation_module(name))
        },
        "identifiers": {kind: sorted(filter(_known(kind), _texts(kind))) for kind in IDENTIFIED},
    }


def _entry(kind: str, name: str) -> tuple[str | None, list[str] | None]:
    accepted = live_names.accepts(kind, name)
    return live_names.public_module(kind, name), None if accepted is None else sorted(accepted)


def _classes(modules: tuple[str, ...]) -> set[str]:
    return {name for module in modules for name in _public(live_names.namespace(module))}


def _public(module: Any) -> set[str]:
    found = vars(module) if inspect.ismodule(module) else {}
    return {name for name, value in found.items() if inspect.isclass(value)}


def _known(kind: str) -> Any:
    return lambda name: live_names.is_identifier(kind, name)


def _texts(kind: str) -> set[str]:
    """Everything that might name an object of a kind: Keras' own table, and its public names."""
    from keras import src

    module = getattr(src, f"{kind}s" if kind != "loss" else "losses")
    return {str(name) for name in getattr(module, "ALL_OBJECTS_DICT", {})} | set(
        dir(live_names.namespace(NAMESPACES[kind][0]))
    )


if __name__ == "__main__":
    REMEMBERED.write_text(to_lines(remember()), encoding="utf-8")
