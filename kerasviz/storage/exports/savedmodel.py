"""TensorFlow's SavedModel: a folder, for TensorFlow Serving and others."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kerasviz.storage.exports.runtime import Run, Runtime, Written

if TYPE_CHECKING:
    import keras


def _write(model: "keras.Model", path: Path, taken: Any) -> Written:
    from kerasviz.backend.savedmodels import for_any_device  # late: Keras is imported with it
    from kerasviz.storage.exports.inference import signature_of

    model.export(path, verbose=False, input_signature=signature_of(taken), **for_any_device())
    return Written()


def _opened(path: Path) -> Run:
    from kerasviz.backend.savedmodels import opened_saved_model

    compute = opened_saved_model(path)
    return lambda trial: compute(trial.structure)


SAVED_MODEL = Runtime(
    name="TensorFlow",
    format="SavedModel",
    converters={"tensorflow": "", "jax": "tensorflow"},  # on PyTorch Keras asks for torch-xla 2.9, the last
    module="",
    write=_write,
    opened=_opened,
    marks="saved_model.pb",
)
