"""The preparation of batches that come one after the other: each of them goes through the layers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import keras

from kerasviz.backend import pipelines
from kerasviz.backend.usernamespace import user_namespace
from kerasviz.codegen.recipe.augmentlines import Steps
from kerasviz.codegen.recipe.datalines import Streams
from kerasviz.codegen.recipe.samplesteps import PREPARATION, can_learn_any, layers_of
from kerasviz.codegen.recipe.script import Script
from kerasviz.codegen.recipe.setup import Setup
from kerasviz.codegen.recipe.streaminputs import inputs_of, unpacked, write_inputs
from kerasviz.codegen.variables import Names
from kerasviz.data.preparation.batchsteps import MOST_BLOCKS
from kerasviz.data.preparation.keraslayer import preprocessing_layers, takes_pictures
from kerasviz.data.streams.batchkinds import batches_kind, is_endless, steps_of
from kerasviz.writing.expressions import Expression, call, lay_out, literal

_Way = Callable[[str, str], Expression]
"""The expression for batches that go through a function, of the variables of both."""

PIPELINE, LOADER, GENERATOR = "tf.data.Dataset", "torch DataLoader", "Python generator"


def write_stream_steps(
    script: Script, setup: Setup, streams: Streams, model: keras.Model, names: Names
) -> Streams:
    """Sends batches through the steps of the plan, as training does: they learn once there is the model.

    Args:
        script: Gets the statements; its notes say what is left out.
        setup: The plan.
        streams: The variables with the batches.
        model: The model that takes them.
        names: Gives names to what is made; variables of the notebook are never replaced.

    Returns:
        The variables with prepared batches.
    """
    steps = layers_of(script, setup)
    if not steps:
        return streams
    given = user_namespace().get(streams.training)
    kind = batches_kind(given)
    if kind is None:
        kind = PIPELINE
        script.notes.append(
            f"The preparation is that of a {kind}: where {streams.training} is something else, run the cell "
            "that makes it, and take the code again."
        )
    script.section(PREPARATION)
    number = None if given is None else steps_of(given)
    most = MOST_BLOCKS if number is None or number > MOST_BLOCKS or is_endless(given) else None
    samples = _samples(script, streams.training, kind, most, names) if can_learn_any(steps) else ""
    inputs = inputs_of(given, model)
    changes = write_inputs(script, setup, steps, inputs, samples, names, in_graphs=kind == PIPELINE)
    still = [line for line, drawn in changes if not drawn]
    opened, returned = unpacked(inputs)
    if _has_grey_pictures(given, steps) and not any(inputs.values()):
        opened = ["x = x[..., None]  # grey pictures get an axis of channels"]
    prepare = augmented = _function(script, "prepare", "the layers", opened, still, returned)
    if len(still) < len(changes):
        lines = [line for line, _ in changes]
        augmented = _function(script, "augmented", "the layers, some of which draw", opened, lines, returned)
    parts = {
        "prepared": (streams.training, augmented),
        "prepared_val": (streams.validation, prepare),
        "prepared_test": (streams.test, prepare),
    }
    ways: dict[str, _Way] = {}
    made: list[str | None] = []
    lines = []
    array = "keras.ops.convert_to_numpy(x)"
    if any(inputs.values()):
        array = "keras.tree.map_structure(keras.ops.convert_to_numpy, x)"
    for wish, (name, change) in parts.items():
        made.append(names.take(wish) if name and change else name)
        if name and change:
            own = batches_kind(user_namespace().get(name)) or kind
            if own not in ways:
                ways[own] = _way(script, own, array)
            lines += lay_out(ways[own](name, change), f"{made[-1]} = ")
    script.add(*lines)
    training, validation, test = made
    return Streams(str(training), validation, test)


def _has_grey_pictures(batches: object, steps: Steps) -> bool:
    """Whether a layer that takes pictures gets some without an axis of channels."""
    if not any(takes_pictures(preprocessing_layers()[step["class_name"]]) for step in steps):
        return False
    element = (
        pipelines.element_of(batches, lambda shape, _: shape) if pipelines.is_pipeline(batches) else None
    )
    return isinstance(element, tuple) and isinstance(element[0], tuple) and len(element[0]) == 3


def _function(
    script: Script, name: str, through: str, opened: Sequence[str], lines: Sequence[str], returned: str
) -> str:
    """Defines what sends a batch through layers; returns its name, empty where there are none."""
    if not lines:
        return ""
    script.define(
        f"def {name}(x, *others):",
        f'    """Sends the samples of a batch through {through}."""',
        *(f"    {line}" for line in [*opened, *lines]),
        f"    return {returned}, *others",
    )
    return name


def _samples(script: Script, batches: str, kind: str, most: int | None, names: Names) -> str:
    """Writes what gives the samples that layers learn from, from the first batch on each time."""
    samples = names.take("samples")
    if kind == PIPELINE:
        script.add(
            f"{samples} = {batches}.map(lambda x, *others: x)" + (f".take({literal(most)})" if most else "")
        )
        return samples
    taken = batches
    if most:
        script.imports.need("import itertools")
        taken = f"itertools.islice({batches}, {literal(most)})"
    script.define(
        f"def {samples}():",
        '    """The samples of the batches that train."""',
        f"    for x, *others in {taken}:",
        "        yield x",
    )
    return f"{samples}()"


def _way(script: Script, kind: str, array: str) -> _Way:
    """What makes the expression for changed batches of a kind; writes the class that it needs."""
    if kind == PIPELINE:
        return lambda batches, change: call(f"{batches}.map", change)
    if kind == GENERATOR:
        return lambda batches, change: f"({change}(*batch) for batch in {batches})"
    is_loader = kind == LOADER
    own, base = "Prepared", "keras.utils.PyDataset"
    if is_loader:
        script.imports.need("import torch")
        own, base = "PreparedLoader", "torch.utils.data.IterableDataset"
    queue = () if is_loader else ("workers", "use_multiprocessing", "max_queue_size")
    script.define(
        f"class {own}({base}):",
        '    """Batches that go through a function."""',
        "",
        "    def __init__(self, batches, change):",
        *lay_out(call("super().__init__", *(f"batches.{name}" for name in queue)), indent=8),
        "        self.batches = batches",
        "        self.change = change",
        "",
        *(_OF_LOADER if is_loader else _OF_DATASET).format(array=array).splitlines(),
    )
    if not is_loader:
        return lambda batches, change: call(own, batches, change)
    # Each pass through a loader draws a number, by default where the order of the samples comes from.
    given = {"batch_size": "None", "generator": "torch.Generator()"}
    return lambda batches, change: call("torch.utils.data.DataLoader", call(own, batches, change), **given)


_OF_LOADER = """\
    def __len__(self):
        return len(self.batches)

    def __iter__(self):
        for batch in self.batches:
            x, *others = self.change(*batch)
            yield {array}, *others
"""
_OF_DATASET = """\
    @property
    def num_batches(self):
        return self.batches.num_batches

    def __getitem__(self, index):
        x, *others = self.change(*self.batches[index])
        return {array}, *others

    def on_epoch_begin(self):
        self.batches.on_epoch_begin()

    def on_epoch_end(self):
        self.batches.on_epoch_end()
"""
