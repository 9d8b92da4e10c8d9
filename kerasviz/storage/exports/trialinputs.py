"""Inputs on which an exported model is compared with Keras: random numbers of the shapes that it takes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.storage.exports.comparing import Part, matched

if TYPE_CHECKING:
    import keras

SAMPLES = (1, 3)
"""How many at a time: a file that was made for one would not take three."""


@dataclass(frozen=True)
class Trial:
    """Inputs of a model, and what Keras computes of them.

    Attributes:
        samples: How many there are.
        structure: The inputs as the model takes them: an array, or a list or dict of arrays.
        inputs: The same one after the other, with the names that they may have in a file.
        outputs: What Keras gives.
    """

    samples: int
    structure: Any
    inputs: Sequence[Part]
    outputs: Sequence[Part]

    def by_names(self, names: Sequence[str]) -> dict[str, np.ndarray]:
        """The inputs by the names that a file has for them.

        Raises:
            ValueError: When the file has another number of inputs.
        """
        found = matched(self.inputs, names)
        return {name: part.value for name, part in zip(found, self.inputs, strict=True)}


def trials(model: "keras.Model", taken: Any) -> list[Trial]:
    """Makes inputs of a model and computes its outputs, which changes nothing in the model.

    Args:
        model: The model.
        taken: Its inputs, as `taken_by` gives them.

    Raises:
        Exception: Whatever Keras says where it can't compute them.
    """
    import keras

    batches = [tensor.shape[0] for tensor in keras.tree.flatten(taken) if tensor.shape]
    fixed = next((samples for samples in batches if samples is not None), None)
    return [_trial(model, taken, samples) for samples in (SAMPLES if fixed is None else (fixed,))]


def one_by_one(tried: Sequence[Trial]) -> list[Trial]:
    """The same inputs, each sample on its own; without trials whose outputs are not one for each sample."""
    found = list[Trial]()
    for trial in tried:
        if all(part.value.shape[:1] == (trial.samples,) for part in trial.outputs):
            found.extend(_sample(trial, number) for number in range(trial.samples))
        elif trial.samples == 1:
            found.append(trial)
    return found


def _sample(trial: Trial, number: int) -> Trial:
    import keras

    def own(parts: Sequence[Part]) -> list[Part]:
        return [Part(part.names, cut(part.value)) for part in parts]

    def cut(array: np.ndarray) -> np.ndarray:
        return array[number : number + 1]

    return Trial(1, keras.tree.map_structure(cut, trial.structure), own(trial.inputs), own(trial.outputs))


def _trial(model: "keras.Model", taken: Any, samples: int) -> Trial:
    *others, last = _drawn(model, taken, samples)
    for arrays in others:
        try:
            return _computed(model, taken, samples, arrays)
        except Exception:  # such as tokens, which a model inside looks up: they are no normal numbers
            continue
    return _computed(model, taken, samples, last)


def _computed(model: "keras.Model", taken: Any, samples: int, arrays: list[np.ndarray]) -> Trial:
    import keras

    from kerasviz.backend.wholegraph import in_one_graph
    from kerasviz.storage.exports.unrolled import loops_of

    def compute(inputs: Any) -> Any:
        with keras.StatelessScope():  # what is updated meanwhile goes with it
            return model(inputs, training=False)

    structure = keras.tree.pack_sequence_as(taken, arrays)
    given = in_one_graph(compute, structure) if loops_of(model) else compute(structure)
    outputs = [keras.ops.convert_to_numpy(value) for value in keras.tree.flatten(given)]
    tensors = keras.tree.flatten(taken)
    return Trial(
        samples,
        structure,
        list(_parts(structure, arrays, [tensor.name for tensor in tensors])),
        list(_parts(given, outputs, getattr(model, "output_names", None) or [])),
    )


def _parts(structure: Any, arrays: list[np.ndarray], names: Sequence[str]) -> Iterator[Part]:
    import keras

    paths = [path for path, _ in keras.tree.flatten_with_path(structure)]
    for number, (path, array) in enumerate(zip(paths, arrays, strict=True)):
        known = {"_".join(map(str, path)), *names[number : number + 1]}
        yield Part(frozenset(known - {""}), array)


def _drawn(model: "keras.Model", taken: Any, samples: int) -> Iterator[list[np.ndarray]]:
    """Arrays that the model may take, one after the other; the last are those that a lookup takes, too."""
    import keras

    from kerasviz.data.randomdata import LENGTH, RandomData  # late: who reads files needs no Keras

    tensors = keras.tree.flatten(taken)
    if getattr(model, "inputs", None):
        data = RandomData(name="", x=None, y=None, samples=samples, seed=samples).suited_to(model, None)
        yield [
            _cast(array, each.dtype) for array, each in zip(keras.tree.flatten(data.x), tensors, strict=True)
        ]
    random = np.random.default_rng(samples)
    shapes = [(samples, *(length or LENGTH for length in each.shape[1:])) for each in tensors]
    yield [
        _cast(random.standard_normal(shape), each.dtype) for shape, each in zip(shapes, tensors, strict=True)
    ]
    yield [
        _cast(random.integers(0, 2, shape), each.dtype) for shape, each in zip(shapes, tensors, strict=True)
    ]


def _cast(array: np.ndarray, dtype: str) -> np.ndarray:
    return array if dtype == "string" else array.astype(dtype)
