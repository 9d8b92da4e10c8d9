"""LiteRT (TensorFlow Lite): one file, for phones and small devices."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.protocol.text import text
from kerasviz.storage.exports.runtime import Run, Runtime, Written
from kerasviz.storage.exports.trialinputs import Trial

if TYPE_CHECKING:
    import keras


def _write(model: "keras.Model", path: Path, taken: Any) -> Written:
    """Writes with LiteRT's own operations alone: those of TensorFlow are in no runtime from PyPI.

    Steps of recurrent layers can be written so only for a batch whose size is known.
    """
    from kerasviz.backend.litertoperations import own_operations  # late: Keras is imported with it
    from kerasviz.storage.exports.inference import signature_of

    told = {"format": "litert", "verbose": False, **own_operations()}
    try:
        model.export(str(path), input_signature=signature_of(taken), **told)
        return Written()
    except Exception:
        model.export(str(path), input_signature=signature_of(taken, samples=1), **told)
        return Written(text("It takes one sample at a time."), one=True)


def _opened(path: Path) -> Run:
    from ai_edge_litert.interpreter import Interpreter

    def run(trial: Trial) -> Mapping[str, np.ndarray]:
        interpreter = Interpreter(model_path=str(path))  # a new one, as states may stay in it
        (signature,) = interpreter.get_signature_list().items()
        name, ends = signature
        given = interpreter.get_signature_runner(name)(**trial.by_names(ends["inputs"]))
        return {
            end: given[end] for end in sorted(given, key=lambda end: (len(end), end))
        }  # output_2, output_10

    return run


LITERT = Runtime(
    name="LiteRT",
    format="LiteRT",
    converters={"tensorflow": "", "torch": "litert_torch"},
    module="ai_edge_litert",
    write=_write,
    opened=_opened,
    most_bytes=2**31 - 1,  # a buffer of FlatBuffers
)
