"""Errors of Keras, told to the person who draws."""

from __future__ import annotations

import re

from kerasviz.config import ModelFileError
from kerasviz.protocol import KerasError

_WRAPPED = re.compile(r"Exception encountered: (.*)\Z", re.DOTALL)
_CALLED = re.compile(r"Exception encountered when calling .*?\n\n(.*?)\n\nArguments received by .*\Z", re.DOTALL)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def own_words(error: BaseException) -> str:
    """Returns Keras' message without the frames it is wrapped in, for people."""
    text = _COLOUR.sub("", str(error)).strip()
    for wrapper in (_CALLED, _WRAPPED):
        match = wrapper.search(text)
        if match:
            text = match.group(1).strip().strip("'").strip()
    return text or type(error).__name__


def explain(error: BaseException, layer: str, *, code: str) -> KerasError:
    """Returns the error of a layer as the protocol has it.

    Args:
        error: What Keras, or the check of the config, raised.
        layer: Name of the layer.
        code: `arguments` when the layer could not be made, `shape` when it could not be called.
    """
    detail = _COLOUR.sub("", str(error))
    if isinstance(error, ModelFileError):
        return KerasError(code="refused", layer=layer, message=str(error), detail=None, fix=None)
    sentence = own_words(error).split("\n\n")[0]
    message = f"Layer '{layer}': {sentence}" if layer not in sentence else sentence
    return KerasError(code=code, layer=layer, message=message, detail=detail, fix=None)
