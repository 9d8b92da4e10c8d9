"""What is said when a model file is refused."""


class ModelFileError(ValueError):
    """A model file, or a part of it, that is not opened, and why.

    Args:
        reason: A sentence: what was expected, what was received and, where there is one, the way out.
        file: Name of the file, or None when the model did not come from a file.
        layer: Name of the layer it is about, or None when it is about the whole file.

    Example:
    ```python
    try:
        model = kerasviz.load("old.h5")
    except kerasviz.ModelFileError as error:
        print(error.file, error.layer, error.reason)
    ```
    """

    def __init__(self, reason: str, *, file: str | None = None, layer: str | None = None) -> None:
        self.reason = reason
        self.file = file
        self.layer = layer
        super().__init__(reason)

    def __str__(self) -> str:
        where = [repr(self.file)] if self.file else []
        if self.layer and repr(self.layer) not in self.reason:
            where.append(f"layer {self.layer!r}")
        return f"{', '.join(where)}: {self.reason}" if where else self.reason
