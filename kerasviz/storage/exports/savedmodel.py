"""TensorFlow's SavedModel: a folder, for TensorFlow Serving and others."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.storage.exports.runtime import Runtime, Written
from kerasviz.storage.exports.trialinputs import Trial

if TYPE_CHECKING:
    import keras


def _write(model: "keras.Model", path: Path, taken: Any) -> Written:
    from kerasviz.backend.savedmodels import for_any_device  # late: Keras is imported with it
    from kerasviz.storage.exports.inference import signature_of

    model.export(path, verbose=False, input_signature=signature_of(taken), **for_any_device())
    return Written()


def _run(path: Path, trial: Trial) -> Mapping[str, np.ndarray]:
    from kerasviz.backend.savedmodels import run_saved_model

    return run_saved_model(path, trial.structure)


SAVED_MODEL = Runtime(
    name="TensorFlow",
    format="SavedModel",
    converters={"tensorflow": "", "jax": "tensorflow", "torch": "torch_xla"},
    module="",
    write=_write,
    run=_run,
    marks="saved_model.pb",
)
