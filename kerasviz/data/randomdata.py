"""Numbers without a meaning, of the shapes that a model takes and gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from kerasviz.data.dataset import Data
from kerasviz.data.losses import BINARY_LOSSES, ONE_HOT_LOSSES, SPARSE_LOSS, loss_name
from kerasviz.writing.expressions import Expression, lay_out, literal, sequence
from kerasviz.writing.snippet import Snippet

LENGTH = 16
"""Of an axis of which a model takes any length."""
WORDS = ("a", "red", "fox", "runs", "over", "green", "hills", "today")
WORDS_OF_TEXT = 4


class _Draw(NamedTuple):
    """An array, made by a generator of random numbers; and the same as code."""

    make: Callable[[np.random.Generator], np.ndarray]
    code: str


@dataclass(frozen=True)
class RandomData(Data):
    """Random numbers; the arrays are two samples of nothing until there is a model.

    Attributes:
        samples: How many there are.
        seed: Repeats the same numbers.
    """

    samples: int = 0
    seed: int = 0

    def suited_to(self, model: Any, loss: Any) -> Data:
        """The numbers for a built model.

        Args:
            model: A `keras.Model`; its weights need no values.
            loss: What it is compiled with, as Keras takes it or as a document has it.
        """
        random = np.random.default_rng(self.seed)
        x, y = _draws(model, loss, self.samples)
        arrays = [
            _structured(end, [draw.make(random) for draw in draws]) if draws else None
            for end, draws in (x, y)
        ]
        return Data(name=self.name, x=arrays[0], y=arrays[1])


def random_code(model: Any, loss: Any, samples: int, seed: int) -> Snippet:
    """Writes what `RandomData.suited_to` does.

    Args:
        model: A built model.
        loss: What it is compiled with, as Keras takes it or as a document has it.
        samples: How many there are.
        seed: Repeats the same numbers.
    """
    lines, gives = [f"random = np.random.default_rng({literal(seed)})"], {}
    by_name, listed = set[str](), set[str]()
    for name, (end, draws) in zip(("x", "y"), _draws(model, loss, samples), strict=True):
        is_one = len(draws) == 1 and end is None
        parts = [name] if is_one else [f"{name}_{at}" for at in range(len(draws))]
        for part, draw in zip(parts, draws, strict=True):
            lines.append(f"{part} = {draw.code}")
        if parts:
            gives[name] = name
        if parts and not is_one:
            lines += lay_out(_written(_structured(end, parts)), f"{name} = ")
            (listed if end is None else by_name).add(name)
    made = frozenset(by_name), frozenset(listed)
    return Snippet(tuple(lines), ("import numpy as np",), gives, by_name=made[0], listed=made[1])


def _draws(model: Any, loss: Any, samples: int) -> tuple[tuple[Any, list[_Draw]], tuple[Any, list[_Draw]]]:
    """How inputs and targets are structured, and what is drawn for each, one after the other."""
    import keras

    from kerasviz.data.judging import of_outputs

    is_chain = isinstance(model, keras.Sequential)
    inputs = [_input(model, tensor, samples) for tensor in model.inputs]
    targets = []
    if loss:
        names = list(getattr(model, "output_names", None) or [model.layers[-1].name])
        losses = zip(model.outputs, of_outputs(loss, names), strict=True)
        targets = [_target(tensor, each, samples) for tensor, each in losses]
    given, wanted = (
        (None, None) if is_chain else (_order(model.input, model.inputs), _order(model.output, model.outputs))
    )
    return (given, inputs), (wanted, targets)


def _order(structure: Any, tensors: list[Any]) -> dict[str, int] | None:
    """The number of the tensor behind each name; None where a model takes or gives them without names."""
    if not isinstance(structure, dict):
        return None
    numbers = {id(tensor): number for number, tensor in enumerate(tensors)}
    return {name: numbers[id(tensor)] for name, tensor in structure.items()}


def _structured(names: dict[str, int] | None, parts: list[Any]) -> Any:
    """The parts as a model takes or gives them: by name, in a list, or the only one."""
    if names is not None:
        return {name: parts[number] for name, number in names.items()}
    return parts[0] if len(parts) == 1 else parts


def _written(structure: dict[str, str] | list[str]) -> Expression:
    if isinstance(structure, dict):
        return f"{{{', '.join(f'{literal(name)}: {part}' for name, part in structure.items())}}}"
    return sequence([*structure])


def _input(model: Any, tensor: Any, samples: int) -> _Draw:
    import keras

    shape = (samples, *(length or LENGTH for length in tensor.shape[1:]))
    if tensor.dtype == "string":
        return _texts(shape)
    if tensor.dtype == "bool":
        return _whole(2, shape, "bool")
    looked_up = [
        layer.input_dim
        for layer in model.layers
        if isinstance(layer, keras.layers.Embedding)
        and any(node.input_tensors[0] is tensor for node in layer._inbound_nodes)
    ]
    if looked_up or "int" in tensor.dtype:
        return _whole(min(looked_up, default=10), shape, "int32")
    return _normal(shape)


def _target(tensor: Any, loss: Any, samples: int) -> _Draw:
    lengths = tuple(length or LENGTH for length in tensor.shape[1:])
    shape, name = (samples, *lengths), "" if loss is None else loss_name(loss)
    if name == SPARSE_LOSS:
        return _whole(lengths[-1], shape[:-1], "int32")
    if name in ONE_HOT_LOSSES:
        count, numbers = lengths[-1], _whole(lengths[-1], shape[:-1], "int32")
        return _Draw(
            lambda random: np.eye(count, dtype="float32")[numbers.make(random)],
            f'np.eye({count}, dtype="float32")[{numbers.code}]',
        )
    if name in BINARY_LOSSES:
        return _whole(2, shape, "float32")
    if name == "poisson":
        return _Draw(
            lambda random: random.poisson(3.0, shape).astype("float32"),
            f'random.poisson(3.0, {shape}).astype("float32")',
        )
    return _normal(shape)


def _normal(shape: tuple[int, ...]) -> _Draw:
    return _Draw(
        lambda random: random.normal(size=shape).astype("float32"),
        f'random.normal(size={shape}).astype("float32")',
    )


def _whole(end: int, shape: tuple[int, ...], dtype: str) -> _Draw:
    return _Draw(
        lambda random: random.integers(0, end, shape).astype(dtype),
        f"random.integers(0, {end}, {shape}).astype({literal(dtype)})",
    )


def _texts(shape: tuple[int, ...]) -> _Draw:
    count = int(np.prod(shape))

    def make(random: np.random.Generator) -> np.ndarray:
        texts = [" ".join(words) for words in random.choice(WORDS, (count, WORDS_OF_TEXT))]
        return np.array(texts, dtype=object).reshape(shape)

    words = f"random.choice({WORDS}, ({count}, {WORDS_OF_TEXT}))".replace("'", '"')
    return _Draw(make, f'np.array([" ".join(words) for words in {words}], dtype=object).reshape({shape})')
