"""Why a job failed, for people."""

from __future__ import annotations

from kerasviz.config import ModelFileError
from kerasviz.protocol import KerasError, RequestError
from kerasviz.protocol.text import sentence_of, text


def failure(error: BaseException) -> KerasError:
    """Returns an exception of a run, or of a request, as the protocol has it."""
    if isinstance(error, RequestError):
        return error.error
    if isinstance(error, ModelFileError):
        return KerasError(code="refused", layer=error.layer, message=error.sentence, detail=None, fix=None)
    if isinstance(error, ImportError):  # told apart before anything here needs Keras
        message = text(
            "A package can't be imported in this kernel: {error}. Install it and restart the kernel.",
            error=str(error),
        )
        return KerasError(code="import", layer=None, message=message, detail=str(error), fix=None)
    if isinstance(error, OSError):
        return KerasError(code="file", layer=None, message=_of_file(error), detail=str(error), fix=None)
    if isinstance(error, MemoryError) or type(error).__name__ == "ResourceExhaustedError":
        message = text("There is not enough memory. Choose a smaller batch size, or fewer units or filters.")
        return KerasError(code="memory", layer=None, message=message, detail=str(error), fix=None)
    from kerasviz.analysis.explain import own_words

    message = text("Keras reported an error: {error}", error=own_words(error))
    return KerasError(code="keras", layer=None, message=message, detail=str(error), fix=None)


def _of_file(error: OSError) -> str:
    if error.strerror is None:  # one of ours, or of a library that writes whole sentences
        return sentence_of(error)
    file = str(error.filename or "")
    if not file:
        return text("A file can't be read or written: {error}.", error=error.strerror)
    return text("{file} can't be read or written: {error}.", file=file, error=error.strerror)
