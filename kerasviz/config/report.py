"""What the converter tells the user."""

import re

SHOWN = 3


class Report:
    """The changes made in one model, gathered by rule."""

    def __init__(self) -> None:
        self._changed: dict[str, list[str]] = {}
        self._kept: list[str] = []

    def changed(self, says: str, layer: str) -> None:
        """Notes that a rule changed a layer."""
        self._changed.setdefault(says, []).append(layer)

    def kept(self, layer: str, class_name: str, reason: str) -> None:
        """Notes that a layer was left as it is."""
        self._kept.append(f"{layer} ({class_name}) was left as it is: {reason}.")

    def sentences(self) -> list[str]:
        """Lists the changes, a sentence for each rule, then the layers that were left."""
        found = []
        for says, layers in self._changed.items():
            names = ", ".join(layers[:SHOWN])
            more = f" and {len(layers) - SHOWN} more" if len(layers) > SHOWN else ""
            # The name of an argument stays as it is written in code.
            start = says if re.match(r"\w*[_=]", says) else says[0].upper() + says[1:]
            found.append(f"{start}: {names}{more}.")
        return [*found, *self._kept]
