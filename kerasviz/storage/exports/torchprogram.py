"""PyTorch's exported program: one file, which PyTorch runs without Keras."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kerasviz.storage.exports.runtime import Run, Runtime, Written

if TYPE_CHECKING:
    import keras


def _write(model: "keras.Model", path: Path, taken: Any) -> Written:
    from kerasviz.backend.torchprograms import any_sizes  # late: Keras is imported with it
    from kerasviz.storage.exports.inference import signature_of

    model.export(
        str(path), format="torch", verbose=False, input_signature=signature_of(taken), **any_sizes(taken)
    )
    return Written()


def _opened(path: Path) -> Run:
    from kerasviz.backend.torchprograms import opened_program

    compute = opened_program(path)
    return lambda trial: compute(trial.structure)


TORCH_PROGRAM = Runtime(
    name="PyTorch",
    format="PyTorch program",
    converters={"torch": ""},
    module="",
    write=_write,
    opened=_opened,
)
