"""ONNX: one file, which ONNX Runtime and many others run."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.storage.exports.onnxrepairs import name_outputs, put_in_constants, spell_out_erfc
from kerasviz.storage.exports.runtime import Run, Runtime, Written
from kerasviz.storage.exports.trialinputs import Trial

if TYPE_CHECKING:
    import keras

_QUIET = 3
"""ONNX Runtime's number for errors: warnings about how a graph could be faster are no news."""


def _write(model: "keras.Model", path: Path, taken: Any) -> Written:
    from kerasviz.storage.exports.inference import signature_of  # late: Keras is imported with it

    signature = signature_of(taken)
    model.export(str(path), format="onnx", verbose=False, input_signature=signature)
    _repair(model, signature, path)
    return Written()


def _repair(model: "keras.Model", signature: list[Any], path: Path) -> None:
    import keras
    import onnx

    from kerasviz.backend.captured import captured_constants

    written = onnx.load(path)
    inputs = len(keras.tree.flatten(signature))
    repaired = [name_outputs(written.graph, model.output_names)]
    if keras.backend.backend() == "tensorflow":
        repaired += [
            put_in_constants(written.graph, inputs, lambda: captured_constants(model, signature)),
            spell_out_erfc(written.graph),
        ]
    if any(repaired):
        onnx.save(written, path)


def _opened(path: Path) -> Run:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = _QUIET
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    names = [each.name for each in session.get_outputs()]
    inputs = [each.name for each in session.get_inputs()]

    def run(trial: Trial) -> Mapping[str, np.ndarray]:
        return dict(zip(names, session.run(names, trial.by_names(inputs)), strict=True))

    return run


ONNX = Runtime(
    name="ONNX Runtime",
    format="ONNX",
    converters={"tensorflow": "tf2onnx", "jax": "jax2onnx", "torch": "onnx"},
    module="onnxruntime",
    write=_write,
    opened=_opened,
    most_bytes=2**31 - 1,  # a message of protobuf
)
