"""Errors of Keras, told to the person who draws."""

from __future__ import annotations

import re

from kerasviz.config import ModelFileError
from kerasviz.protocol import KerasError

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_DESERIALIZING = "Exception encountered: "
_INFERRING = "Error encountered:\n\n"
_CALLING = re.compile(r"Exception encountered when calling [^\n]*\n\n")
_ARGUMENTS = "\n\nArguments received by "


def own_words(error: BaseException) -> str:
    """Returns the message of an error without the ones that Keras wraps around it on the way up.

    The wrappers repeat the whole config of the layer, which the person has before their eyes.
    """
    text = _COLOUR.sub("", str(error))
    text = text.rsplit(_DESERIALIZING, 1)[-1].rsplit(_INFERRING, 1)[-1]
    text = _CALLING.split(text)[-1].split(_ARGUMENTS)[0].strip()
    return text or type(error).__name__


def explain(error: BaseException, layer: str | None, *, code: str) -> KerasError:
    """Returns the error of a layer as the protocol has it.

    Args:
        error: What Keras, or the check of the config, raised.
        layer: Name of the layer, or None for the whole model.
        code: `arguments` when the layer could not be made, `call` when it could not be called.
    """
    if isinstance(error, ModelFileError):
        message = str(error)
        return KerasError(
            code="refused", layer=layer, message=message[:1].upper() + message[1:], detail=None, fix=None
        )
    detail = own_words(error)
    sentence = detail.split("\n\n")[0]
    message = f"Layer '{layer}': {sentence}" if layer and f"'{layer}'" not in sentence else sentence
    return KerasError(code=code, layer=layer, message=message, detail=detail, fix=None)
