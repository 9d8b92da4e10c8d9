"""The import lines of generated code."""

import inspect
import sys
from typing import Any

import keras
from keras.src import api_export

from kerasviz.protocol.text import text
from kerasviz.writing.expressions import WIDTH, is_identifier, literal

_WHY = "# Operations of keras.ops, as the classes behind them: only these take a name."


class Imports:
    """Remembers what the code names, and says how it is named.

    Attributes:
        backend: The only backend that the code runs on; None where it runs on each.
    """

    def __init__(self) -> None:
        self.backend: str | None = None
        self._modules = {"import keras"}
        self._from: dict[str, set[str]] = {}
        self._registered: dict[str, str] = {}
        self._symbols: dict[str, Any] = {}

    def name_of(self, symbol: Any) -> str:
        """Returns how code names a class or function.

        Args:
            symbol: A class or function of Keras, or of the user's.

        Returns:
            `layers.Dense`, `keras.initializers.HeNormal`, or the bare name of what is imported.

        Raises:
            ValueError: If it can be reached neither through Keras nor by an import.
        """
        public = _public_name(symbol)
        if public:
            if public.startswith("keras.layers."):
                self._from.setdefault("keras", set()).add("layers")
                return str(public.removeprefix("keras."))
            return str(public)
        return self._import(symbol)

    def numpy(self) -> str:
        """Returns the name of NumPy."""
        self.need("import numpy as np")
        return "np"

    def need(self, line: str) -> None:
        """Adds an import.

        Args:
            line: `import module`, with or without `as`, or `from module import names`.
        """
        module, _, names = line.removeprefix("from ").partition(" import ")
        if line.startswith("from "):
            self._from.setdefault(module, set()).update(names.split(", "))
        else:
            self._modules.add(line)

    @property
    def registered(self) -> list[str]:
        """The names of registered classes that no import reaches."""
        return sorted(self._registered)

    def lines(self) -> list[str]:
        """Returns the import lines, and the look-ups of registered classes that no import reaches."""
        modules = self._modules | ({"import os"} if self.backend else set())
        standard = sorted(line for line in modules if _is_standard(line))
        lines = [*standard, *([""] if standard else [])]
        if self.backend:
            lines += [f'os.environ["KERAS_BACKEND"] = "{self.backend}"  # before Keras is imported', ""]
        lines += sorted(modules - {*standard})
        for module, names in sorted(self._from.items()):
            line = f"from {module} import {', '.join(sorted(names))}"
            wrapped = [f"from {module} import (", *(f"    {name}," for name in sorted(names)), ")"]
            if module.startswith("keras.src.ops."):
                lines += ["", _WHY] if _WHY not in lines else []
            lines += [line] if len(line) <= WIDTH else wrapped
        registered = [f"{name} = {source}" for name, source in sorted(self._registered.items())]
        return [*lines, *(["", *registered] if registered else [])]

    def _import(self, symbol: Any) -> str:
        module, name = str(symbol.__module__), str(symbol.__qualname__)
        if self._symbols.setdefault(name, symbol) is not symbol:
            raise ValueError(
                text(
                    "Two objects have the name {name}, one of them from {module}. Rename one of them.",
                    name=name,
                    module=module,
                )
            )
        if not is_identifier(name.rpartition(".")[2]):
            raise ValueError(
                text("Expected a class or function with a name, received: {symbol}", symbol=repr(symbol))
            )
        if (
            module != "__main__"
            and getattr(sys.modules.get(module), name, None) is symbol
            and _is_path(module)
        ):
            self._from.setdefault(module, set()).add(name)
            return name
        registered = keras.saving.get_registered_name(symbol)
        if keras.saving.get_registered_object(registered) is not symbol:
            raise ValueError(
                text(
                    "{name} can't be imported and is not registered. "
                    "Decorate it with @keras.saving.register_keras_serializable().",
                    name=name,
                )
            )
        short = name.rpartition(".")[2]
        self._registered[short] = f"keras.saving.get_registered_object({literal(registered)})"
        return str(short)


def _public_name(symbol: Any) -> str | None:
    """Keras' own name; on PyTorch `keras.optimizers.Adam` makes an object of another class of that name."""
    public: str | None = api_export.get_name_from_symbol(symbol)
    if public or not inspect.isclass(symbol) or not symbol.__module__.startswith("keras.src."):
        return public
    bases = [base for base in symbol.__mro__ if base.__name__ == symbol.__name__]
    return next(filter(None, map(api_export.get_name_from_symbol, bases)), None)


def _is_path(module: str) -> bool:
    return all(is_identifier(part) for part in module.split("."))


def _is_standard(line: str) -> bool:
    return line.split()[1].partition(".")[0] in sys.stdlib_module_names
