"""Names of variables: those of the layers, where Python allows them."""

import builtins
import keyword
import re

#: What the code uses itself.
_TAKEN = {"keras", "layers", "np", "model", "x", *keyword.softkwlist, *dir(builtins)}


class Names:
    """Hands out each name once."""

    def __init__(self) -> None:
        self._used = set(_TAKEN)

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
