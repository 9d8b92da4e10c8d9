"""Names of variables: those of the layers, where Python allows them."""

import builtins
import keyword
import re
from collections.abc import Iterable

#: What the code uses itself.
_IMPORTED = {"jax", "keras", "layers", "math", "np", "os", "pd", "tf", "torch"}
_TAKEN = {*_IMPORTED, "model", "x", *keyword.softkwlist, *dir(builtins)}


class Names:
    """Hands out each name once.

    Args:
        reserved: What the code uses itself, beside what it imports.

    Attributes:
        has_x: Whether a tensor that only the next statement uses can be called `x`.
    """

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self._reserved = {*_IMPORTED, *reserved}
        self._used = {*_TAKEN, *reserved}
        self.has_x = True

    def claim(self, name: str) -> str:
        """Keeps an identifier that the user chose for one thing alone.

        Args:
            name: An identifier; what the code uses itself gets `_model` at its end.
        """
        claimed = f"{name}_model" if name in self._reserved else name
        self._used.add(claimed)
        self.has_x = self.has_x and claimed != "x"
        return claimed

    def take(self, wish: str) -> str:
        """Returns an identifier that is like `wish`, and that nobody has.

        Args:
            wish: Any text, such as the name of a layer.
        """
        name = re.sub(r"\W+", "_", wish, flags=re.ASCII).strip("_").lower()[:60] or "layer"
        if name[0].isdigit() or keyword.iskeyword(name):
            name = f"layer_{name}"
        unique, count = name, 1
        while unique in self._used:
            count += 1
            unique = f"{name}_{count}"
        self._used.add(unique)
        return unique
