"""Why a job failed, for people."""

from __future__ import annotations

import logging

from kerasviz.config import ModelFileError
from kerasviz.protocol import KerasError, RequestError
from kerasviz.protocol.text import Text, sentence_of, text, words_of

logger = logging.getLogger(__name__)

NO_LOSS = text("No loss is selected, and no layer adds one. Choose one on the Train tab.")
OF_MEMORY = frozenset({"MemoryError", "ResourceExhaustedError", "OutOfMemoryError"})
"""Exceptions of Python, TensorFlow and PyTorch that say that memory is not enough."""


def failure(error: BaseException) -> KerasError:
    """Returns an exception of a run, or of a request, as the protocol has it; never raises."""
    try:
        return _failure_of(error)
    except BaseException:  # an exception's class may be the user's, and do anything when it is looked at
        logger.exception("An exception can't be told")
        return _failure("keras", text("Code in the kernel raised {kind}.", kind=type(error).__name__))


def _failure_of(error: BaseException) -> KerasError:
    if isinstance(error, RequestError):
        return error.error
    if isinstance(error, ModelFileError):
        return _failure("compile" if error.in_training else "refused", error.sentence, layer=error.layer)
    if not isinstance(error, Exception):
        from kerasviz.analysis.explain import exit_error
        from kerasviz.analysis.raisedby import raised_by

        layer, part = raised_by(error.__traceback__)
        if isinstance(error, KeyboardInterrupt) and layer is None:  # else a layer has raised it
            return _failure("interrupted", text("The kernel was interrupted. Try again."))
        return exit_error(error, layer, part)
    if isinstance(error, ImportError):  # told apart before anything here needs Keras
        sentence = text(
            "A package can't be imported in this kernel: {error}. Install it and restart the kernel.",
            error=words_of(error),
        )
        return _failure("import", sentence, words_of(error))
    if isinstance(error, MemoryError) or type(error).__name__ in OF_MEMORY:
        sentence = text("There is not enough memory. Choose a smaller batch size, or fewer units or filters.")
        return _failure("memory", sentence, words_of(error))
    own = sentence_of(error)
    if isinstance(own, Text):
        return _failure("refused", own)
    from kerasviz.analysis.explain import brief, own_words
    from kerasviz.analysis.raisedby import raised_by

    words, (layer, part) = brief(own_words(error)), raised_by(error.__traceback__)
    if isinstance(error, OSError) and part is None:
        return _failure("file", _of_file(error), words_of(error))
    sentence = text("Keras reported an error: {error}", error=words)
    if words.startswith("No gradients provided"):
        sentence = text(
            "The loss does not depend on any weight in a way that can be learned. Remove what has no "
            "gradient, such as argmax or round, between the layers and the outputs."
        )
        return _failure("keras", sentence, words_of(error))
    if "modified by an inplace operation" in words:
        sentence = text(
            "PyTorch can't compute the gradients: a layer has changed what they need. Set use_cudnn to False "
            "in stateful GRU and LSTM layers."
        )
        return _failure("keras", sentence, words_of(error))
    if words.startswith("No loss to compute"):
        sentence = NO_LOSS
        return _failure("no_loss", sentence, words_of(error))
    if part is not None:
        kind = type(error).__name__
        sentence = text("{part} raised {kind}: {words}", part=part, kind=kind, words=words)
        if words == kind:
            sentence = text("{part} raised {kind}.", part=part, kind=kind)
    elif layer is not None:
        sentence = text("Layer {layer}: {words}", layer=repr(layer), words=words)
    return _failure("keras", sentence, words_of(error), layer)


def _failure(code: str, message: str, detail: str | None = None, layer: str | None = None) -> KerasError:
    return KerasError(code=code, layer=layer, message=message, detail=detail, fix=None)


def _of_file(error: OSError) -> str:
    if error.strerror is None:  # one of ours, or of a library that writes whole sentences
        return sentence_of(error)
    file = str(error.filename or "")
    if not file:
        return text("A file can't be read or written: {error}.", error=error.strerror)
    return text("{file} can't be read or written: {error}.", file=file, error=error.strerror)
