"""What weights and states will take in memory and time, known before they are made."""

import math
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kerasviz.config.budget import budget, too_large
from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.config.sizes import check_axes
from kerasviz.protocol.text import text

if TYPE_CHECKING:
    import keras

LONG = 2**22
"""Numbers from which on drawing a matrix may take seconds."""
_PROBE = 512


def bytes_of(shape: Iterable[int | None], dtype: Any) -> int:
    """The memory of an array; an unknown length counts as 1."""
    digits = "".join(char for char in str(dtype).split("_")[0] if char.isdigit())
    bits = 8 if str(dtype) in ("bool", "string") else int(digits or 32)
    return math.prod(length or 1 for length in shape) * bits // 8


def check_variables(variables: Iterable[Any], drawn: bool = True) -> None:
    """Refuses variables that would take too much memory, or too long to draw.

    Args:
        variables: Variables of Keras that were not made yet.
        drawn: Whether they get the values of their initializers.

    Raises:
        ModelFileError: With the memory or time that they need, and the layer that needs most of it.
    """
    needed = {id(variable): (bytes_of(variable.shape, variable.dtype), variable) for variable in variables}
    total = sum(size for size, _ in needed.values())
    if total > budget().bytes:
        _, largest = max(needed.values(), key=lambda each: each[0])
        raise ModelFileError(too_large(total), layer=_layer_of(largest))
    if drawn:
        times = [(_seconds(variable), variable) for _, variable in needed.values()]
        seconds = sum(each for each, _ in times)
        if seconds > budget().seconds:
            _, slowest = max(times, key=lambda each: each[0])
            raise ModelFileError(
                text(
                    "Its first values take about {seconds} seconds to draw. Choose another initializer, or "
                    "run kerasviz.set_budget(seconds={more}) in a cell and try again.",
                    seconds=f"{seconds:.0f}",
                    more=f"{seconds * 2:.0f}",
                ),
                layer=_layer_of(slowest),
            )


def check_states(model: "keras.Model") -> None:
    """Refuses states of RNNs that would take too much memory: Keras makes them when a layer is built.

    Raises:
        ModelFileError: With the layer.
    """
    import keras

    total = 0
    for layer in model._flatten_layers(include_self=False):
        initial = getattr(layer, "get_initial_state", None)
        batch = getattr(layer, "input", None)
        if initial is None or batch is None:
            continue
        samples = keras.tree.flatten(batch)[0].shape[0] or 1
        states = keras.tree.flatten(initial(1))  # of one sample they take no more than a weight
        total += samples * sum(bytes_of(state.shape, state.dtype) for state in states)
        if total > budget().bytes:
            raise ModelFileError(too_large(total), layer=layer.name)


def check_outputs(model: "keras.Model") -> None:
    """Refuses a model one of whose outputs, or of those inside, is too large for anybody.

    Raises:
        ModelFileError: With the layer.
    """
    for operation in (*model._flatten_layers(include_self=False), *getattr(model, "operations", ())):
        for node in operation._inbound_nodes:
            check_axes((tensor.shape for tensor in node.output_tensors), operation.name)


def _seconds(variable: Any) -> float:
    """Estimates how long it takes to draw a matrix of orthogonal rows: its width squared times its height."""
    import keras

    initializer = variable._initializer
    if not isinstance(initializer, keras.initializers.Orthogonal) or math.prod(variable.shape) < LONG:
        return 0.0
    rows, columns = math.prod(variable.shape[:-1]), variable.shape[-1]
    once = min(_drawing_time(initializer) for _ in range(2))  # what comes first is slower
    return float(once * max(rows, columns) * min(rows, columns) ** 2 / _PROBE**3)


def _drawing_time(initializer: Any) -> float:
    start, spent = time.perf_counter(), time.process_time()
    initializer((_PROBE, _PROBE), "float32")
    # On a busy machine much of the time goes to others.
    return min(time.perf_counter() - start, time.process_time() - spent)


def _layer_of(variable: Any) -> str | None:
    """The name of the layer that a variable is in, by its path."""
    parts = str(variable.path).split("/")
    return parts[-2] if len(parts) > 1 else None
