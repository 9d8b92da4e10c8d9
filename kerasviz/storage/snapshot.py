"""The state of a model at one moment, so that another thread can write it while the model trains on."""

import datetime
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.storage.atomic import replaced

if TYPE_CHECKING:
    import keras


class Snapshot:
    """Copies of all variables of a model: weights, counters, and the state of its optimizer.

    Args:
        model: The model, built; between two batches.
        to_train: Whether the state of the optimizer is needed, which takes more memory than the weights.
    """

    def __init__(self, model: "keras.Model", *, to_train: bool = True) -> None:
        from keras.src.saving import saving_lib

        arrays: dict[str, dict[str, np.ndarray]] = {}

        class Store(saving_lib.NpzIOStore):  # type: ignore[misc]
            """What Keras writes weights to: for each object of the model a mapping of its arrays."""

            def __init__(self) -> None:
                pass

            def make(self, path: str, metadata: Any = None) -> dict[str, np.ndarray]:
                is_needed = to_train or path.split("/")[0] != "optimizer"
                return arrays.setdefault(path, _Copies()) if is_needed else _Nothing()

        saving_lib._save_state(
            model, weights_store=Store(), assets_store=None, inner_path="", visited_saveables=set()
        )
        self._arrays = {path: found for path, found in arrays.items() if found}

    @property
    def bytes(self) -> int:
        """What the copies take in memory, and about what a file does."""
        return sum(array.nbytes for found in self._arrays.values() for array in found.values())

    def write(self, path: Path, parts: dict[str, Any]) -> None:
        """Writes a `.keras` file, whole or not at all; it is not read back, unlike what a user saves.

        Vocabularies that a layer has learnt outside its config are not in it.

        Args:
            path: The file; its name ends in `.keras`.
            parts: By the name of its file in the archive: JSON, such as `config.json`, or a list of arrays
                that are written one after the other. What Keras does not know it does not read.
        """
        import keras
        from keras.src.saving import saving_lib

        metadata = {
            "keras_version": keras.__version__,
            "date_saved": datetime.datetime.now().strftime("%Y-%m-%d@%H:%M:%S"),
        }
        with replaced(path) as beside, zipfile.ZipFile(beside, "w") as archive:
            for name, value in {"metadata.json": metadata, **parts}.items():
                if not isinstance(value, list):
                    archive.writestr(name, json.dumps(value))
                    continue
                with archive.open(name, "w", force_zip64=True) as member:
                    for array in value:
                        member.write(array.tobytes())
            weights = saving_lib.H5IOStore("model.weights.h5", archive=archive, mode="w")
            for owner, arrays in self._arrays.items():
                group = weights.make(owner)
                for key, value in arrays.items():
                    group[key] = value
            weights.close()


class _Nothing(dict[str, np.ndarray]):
    """Keeps nothing."""

    def __setitem__(self, key: str, value: Any) -> None:
        pass


class _Copies(dict[str, np.ndarray]):
    """Keeps a copy of what is put in: a variable, or an array that may share its memory."""

    def __setitem__(self, key: str, value: Any) -> None:
        import keras

        super().__setitem__(key, np.array(keras.ops.convert_to_numpy(value)))
