"""Why a job failed, for people."""

from __future__ import annotations

from kerasviz.config import ModelFileError
from kerasviz.protocol import KerasError, RequestError


def failure(error: BaseException) -> KerasError:
    """Returns an exception of a run, or of a request, as the protocol has it."""
    if isinstance(error, RequestError):
        return error.error
    if isinstance(error, ModelFileError):
        return KerasError(code="refused", layer=error.layer, message=str(error), detail=None, fix=None)
    if isinstance(error, ImportError):  # told apart before anything here needs Keras
        message = f"A package can't be imported in this kernel: {error}. Install it and restart the kernel."
        return KerasError(code="import", layer=None, message=message, detail=str(error), fix=None)
    if isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        message = f"The file can't be read or written{where}: {error.strerror or error}."
        return KerasError(code="file", layer=None, message=message, detail=str(error), fix=None)
    if isinstance(error, MemoryError) or type(error).__name__ == "ResourceExhaustedError":
        message = "There is not enough memory. Choose a smaller batch size, or fewer units or filters."
        return KerasError(code="memory", layer=None, message=message, detail=str(error), fix=None)
    from kerasviz.analysis.explain import own_words

    message = f"Keras could not go on: {own_words(error)}"
    return KerasError(code="keras", layer=None, message=message, detail=str(error), fix=None)
