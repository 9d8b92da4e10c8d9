"""What is said when a model file is refused."""

from kerasviz.protocol.text import Text, text


class ModelFileError(ValueError):
    """A model file, or a part of it, that is not opened, and why.

    Args:
        reason: A sentence: what was expected, what was received and, where there is one, the way out.
        file: Name of the file, or None when the model did not come from a file.
        layer: Name of the layer it is about, or None when it is about the whole file.
        in_training: Whether it is about the optimizer, loss or metrics.

    Example:
    ```python
    try:
        model = kerasviz.load("old.h5")
    except kerasviz.ModelFileError as error:
        print(error.file, error.layer, error.reason)
    ```
    """

    def __init__(
        self,
        reason: Text,
        *,
        file: str | None = None,
        layer: str | None = None,
        in_training: bool = False,
    ) -> None:
        self.reason = reason
        self.file = file
        self.layer = layer
        self.in_training = in_training
        super().__init__(reason)

    def __str__(self) -> str:
        return str(self.sentence)

    @property
    def sentence(self) -> Text:
        """The reason, with the file and the layer."""
        return text("{file}: {reason}", file=repr(self.file), reason=self.where) if self.file else self.where

    @property
    def where(self) -> Text:
        """The reason, with the layer where the reason does not name it."""
        if self.in_training:
            return text("Optimizer, loss or metrics: {reason}", reason=self.reason)
        if not self.layer or repr(self.layer) in self.reason:
            return self.reason
        return text("Layer {layer}: {reason}", layer=repr(self.layer), reason=self.reason)
