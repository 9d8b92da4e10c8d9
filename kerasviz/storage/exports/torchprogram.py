"""PyTorch's exported program: one file, which PyTorch runs without Keras."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.storage.exports.runtime import Runtime, Written
from kerasviz.storage.exports.trialinputs import Trial

if TYPE_CHECKING:
    import keras


def _write(model: "keras.Model", path: Path, taken: Any) -> Written:
    from kerasviz.backend.torchprograms import any_sizes  # late: Keras is imported with it
    from kerasviz.storage.exports.inference import signature_of

    model.export(
        str(path), format="torch", verbose=False, input_signature=signature_of(taken), **any_sizes(taken)
    )
    return Written()


def _run(path: Path, trial: Trial) -> Mapping[str, np.ndarray]:
    from kerasviz.backend.torchprograms import run_program

    return run_program(path, trial.structure)


TORCH_PROGRAM = Runtime(
    name="PyTorch",
    format="PyTorch program",
    converters={"torch": ""},
    module="",
    write=_write,
    run=_run,
)
