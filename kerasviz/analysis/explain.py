"""Errors of Keras, as the user reads them."""

from __future__ import annotations

import re

from kerasviz.config import ModelFileError
from kerasviz.config.malformed import said
from kerasviz.protocol import KerasError
from kerasviz.protocol.text import MOST_WORDS, text, words_of

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_DESERIALIZING = "Exception encountered: "
_INFERRING = "Error encountered:\n\n"
_CALLING = re.compile(r"Exception encountered when calling [^\n]*\n\n")
_ARGUMENTS = "\n\nArguments received by "
_GRAPH_TRACE = re.compile(r"Graph execution error:\n.*\n  File [^\n]*\n+", re.DOTALL)
_GRAPH_NODE = re.compile(
    r"\s*(\[\[\{\{node .*?\}\}\]\]|\[Op:\w+\]( name: ?\S*)?|\{\{function_node .*?\}\})\s*"
)
_MOST_WITH_STACK = 100_000
"""Characters of an exception that may begin with TensorFlow's stack: its paths may be long."""
MOST_IN_SENTENCE = 1000
"""Characters of an exception that stand in a sentence."""


def own_words(error: BaseException) -> str:
    """Returns the message of an error without the messages that Keras wraps around it.

    They repeat the whole config of the layer, which the user already sees.
    """
    words = words_of(error, _MOST_WITH_STACK)
    words = _GRAPH_NODE.sub(" ", _GRAPH_TRACE.sub("", _COLOUR.sub("", words)))
    words = words.rsplit(_DESERIALIZING, 1)[-1].rsplit(_INFERRING, 1)[-1]
    words = _CALLING.split(words)[-1].split(_ARGUMENTS)[0].strip()
    return words[:MOST_WORDS] or type(error).__name__


def brief(words: str) -> str:
    """Cuts what is too long for a sentence; the whole stands in the detail of an error."""
    return words if len(words) <= MOST_IN_SENTENCE else words[:MOST_IN_SENTENCE] + "…"


def explain(error: BaseException, layer: str | None, *, code: str) -> KerasError:
    """Returns the error of a layer as a message of the protocol.

    Args:
        error: The exception of Keras, or of the check of the config.
        layer: Name of the layer, or None for the whole model.
        code: `arguments` if the layer could not be made, `call` if it could not be called.
    """
    if isinstance(error, ModelFileError):
        code = "compile" if error.in_training else "refused"
        return KerasError(code=code, layer=layer, message=error.sentence, detail=None, fix=None)
    if not isinstance(error, Exception):
        return exit_error(error, layer)
    detail = own_words(error)
    sentence = said(error, brief(detail.split("\n\n")[0]))
    message = sentence
    if layer and repr(layer) not in sentence:
        message = text("Layer {layer}: {words}", layer=repr(layer), words=sentence)
    return KerasError(code=code, layer=layer, message=message, detail=detail, fix=None)


def exit_error(error: BaseException, layer: str | None, part: str | None = None) -> KerasError:
    """Returns the error for an exception of user code that ends a program, such as SystemExit.

    Args:
        error: The exception.
        layer: Name of the layer whose code raised it, if known.
        part: What other part of a training raised it, for the beginning of a sentence.
    """
    kind = type(error).__name__
    message = text("Code in the kernel raised {kind}. Raise another exception there.", kind=kind)
    if layer is not None:
        message = text(
            "The code of layer {layer} raised {kind}. Raise another exception there.",
            layer=repr(layer),
            kind=kind,
        )
    elif part is not None:
        message = text("{part} raised {kind}. Raise another exception there.", part=part, kind=kind)
    return KerasError(code="exit", layer=layer, message=message, detail=words_of(error) or None, fix=None)
