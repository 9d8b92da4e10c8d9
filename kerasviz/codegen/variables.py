"""Names of variables: those of the layers, where Python allows them."""

import builtins
import keyword
import re

#: What the code uses itself.
_IMPORTED = {"keras", "layers", "np"}
_TAKEN = {*_IMPORTED, "model", "x", *keyword.softkwlist, *dir(builtins)}


class Names:
    """Hands out each name once."""

    def __init__(self) -> None:
        self._used = set(_TAKEN)

    def claim(self, name: str) -> str:
        """Keeps an identifier that the user chose for one thing alone.

        Args:
            name: An identifier; what the code imports gets `_model` at its end.
        """
        claimed = f"{name}_model" if name in _IMPORTED else name
        self._used.add(claimed)
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
