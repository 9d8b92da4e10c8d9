"""OpenVINO: a folder with the graph and its weights, for processors of Intel."""

import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.protocol.text import text
from kerasviz.storage.exports.onnxfile import ONNX
from kerasviz.storage.exports.runtime import Run, Runtime, Written
from kerasviz.storage.exports.trialinputs import Trial

if TYPE_CHECKING:
    import keras

GRAPH = "model.xml"
_REPORTS = "openvino_telemetry"
"""With it OpenVINO tells its makers of each import and conversion, unless a person has opted out before."""


def _write(model: "keras.Model", path: Path, taken: Any) -> Written:
    """Writes a model, also where OpenVINO can't read what TensorFlow has of it.

    Loops of recurrent layers are then written step by step, and other operations go through ONNX.
    """
    from kerasviz.storage.exports.inference import signature_of  # late: Keras is imported with it
    from kerasviz.storage.exports.unrolled import unrolled

    def write() -> None:
        told = {"format": "openvino", "verbose": False, "input_signature": signature_of(taken)}
        model.export(str(path / GRAPH), **told)

    path.mkdir()
    with _unreported():
        try:
            write()
            return Written()
        except Exception as refused:
            with unrolled(model) as is_possible:
                if is_possible:
                    write()
                    return Written(text("Its recurrent layers are written out, step by step."))
            try:
                _write_through_onnx(model, path, taken)
            except Exception:
                raise refused from None
            return Written()


def _write_through_onnx(model: "keras.Model", path: Path, taken: Any) -> None:
    import openvino

    with tempfile.TemporaryDirectory() as folder:
        between = Path(folder) / "model.onnx"
        ONNX.write(model, between, taken)
        openvino.serialize(openvino.convert_model(between), path / GRAPH)


def _opened(path: Path) -> Run:
    with _unreported():
        import openvino

    exact = {"INFERENCE_PRECISION_HINT": "f32"}  # else it rounds to 16 bits where the processor has them
    compiled = openvino.Core().compile_model(path / GRAPH, "CPU", exact)
    inputs = [each.any_name for each in compiled.inputs]
    outputs = sorted(compiled.outputs, key=_is_inner)

    def run(trial: Trial) -> Mapping[str, np.ndarray]:
        given = compiled({name: np.asarray(value) for name, value in trial.by_names(inputs).items()})
        return {_name(end) or f"output_{number}": given[end] for number, end in enumerate(outputs)}

    return run


def _is_inner(end: Any) -> bool:
    """Whether an output is none of the model's: OpenVINO adds some of operations within."""
    return bool(end.names) and all("/" in name for name in end.names)


def _name(end: Any) -> str:
    return min([str(name) for name in end.names], key=lambda name: ("/" in name, name), default="")


@contextmanager
def _unreported() -> Iterator[None]:
    """Imports OpenVINO without the module that reports on its use: then it has one that does nothing."""
    before = sys.modules.get(_REPORTS)
    if "openvino" not in sys.modules:
        sys.modules[_REPORTS] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if before is None and sys.modules.get(_REPORTS, ...) is None:
            del sys.modules[_REPORTS]


OPENVINO = Runtime(
    name="OpenVINO",
    format="OpenVINO",
    converters=dict.fromkeys(("tensorflow", "jax", "torch"), "openvino"),
    module="openvino",
    write=_write,
    opened=_opened,
    marks=GRAPH,
)
