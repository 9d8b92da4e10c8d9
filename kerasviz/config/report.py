"""What the converter tells the user."""

from kerasviz.protocol.text import Text, text, text_n

SHOWN = 3


class Report:
    """The changes made in one model, gathered by rule."""

    def __init__(self) -> None:
        self._changed: dict[Text, list[str]] = {}
        self._kept: list[Text] = []

    def changed(self, says: Text, layer: str) -> None:
        """Notes that a rule changed a layer."""
        self._changed.setdefault(says, []).append(layer)

    def kept(self, layer: str, class_name: str, reason: Text) -> None:
        """Notes that a layer was left as it is."""
        self._kept.append(
            text(
                "{layer} ({class_name}) was left unchanged. {reason}",
                layer=layer,
                class_name=class_name,
                reason=reason,
            )
        )

    def sentences(self) -> list[Text]:
        """Lists the changes, a sentence for each rule, then the layers that were left."""
        return [*(_sentence(says, layers) for says, layers in self._changed.items()), *self._kept]


def _sentence(says: Text, layers: list[str]) -> Text:
    names, more = ", ".join(layers[:SHOWN]), len(layers) - SHOWN
    if more <= 0:
        return text("{change}: {layers}.", change=says, layers=names)
    return text_n(
        "{change}: {layers} and {n} more.",
        "{change}: {layers} and {n} more.",
        more,
        change=says,
        layers=names,
    )
