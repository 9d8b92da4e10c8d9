"""What a format of another runtime can't hold."""


class ExportError(ValueError):
    """A model that was not exported: nothing was written.

    Args:
        message: A sentence, with the way out.
        detail: The words of Keras, of the converter or of the runtime.
    """

    def __init__(self, message: str, detail: str | None = None) -> None:
        super().__init__(message)
        self.detail = detail
