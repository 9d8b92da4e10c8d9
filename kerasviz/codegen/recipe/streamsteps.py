"""The preparation of batches that come one after the other: each of them goes through the layers."""

from __future__ import annotations

from collections.abc import Callable

from kerasviz.backend.usernamespace import user_namespace
from kerasviz.codegen.recipe.datalines import Streams
from kerasviz.codegen.recipe.samplesteps import PREPARATION, can_learn_any, layers_of, write_layers
from kerasviz.codegen.recipe.script import Script
from kerasviz.codegen.recipe.setup import Setup
from kerasviz.codegen.variables import Names
from kerasviz.data.preparation.batchsteps import MOST_BLOCKS
from kerasviz.data.streams.batchkinds import batches_kind, is_endless, steps_of
from kerasviz.writing.expressions import Expression, call, lay_out, literal

PIPELINE, LOADER, GENERATOR = "tf.data.Dataset", "torch DataLoader", "Python generator"


def write_stream_steps(script: Script, setup: Setup, streams: Streams, names: Names) -> Streams:
    """Sends batches through the steps of the plan, as training does: they learn once there is the model.

    Args:
        script: Gets the statements; its notes say what is left out.
        setup: The plan.
        streams: The variables with the batches.
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
    layers = write_layers(script, steps, names, samples, in_graphs=kind == PIPELINE)
    script.define(
        "def prepare(x, *others):",
        '    """Sends the samples of a batch through the layers."""',
        *(f"    x = {layer}(x)" for layer in layers),
        "    return x, *others",
    )
    parts = {"prepared": streams.training, "prepared_val": streams.validation, "prepared_test": streams.test}
    kinds = {name: batches_kind(user_namespace().get(name)) or kind for name in parts.values() if name}
    ways = {kind: _way(script, kind) for kind in dict.fromkeys(kinds.values())}
    made = [name and names.take(wish) for wish, name in parts.items()]
    lines: list[str] = []
    for own, name in zip(made, parts.values(), strict=True):
        lines += lay_out(ways[kinds[name]](name), f"{own} = ") if name else []
    script.add(*lines)
    training, validation, test = made
    return Streams(str(training), validation, test)


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
        "        yield keras.ops.convert_to_numpy(x)",
    )
    return f"{samples}()"


def _way(script: Script, kind: str) -> Callable[[str], Expression]:
    """What makes the expression for prepared batches of a kind; writes the class that it needs."""
    if kind == PIPELINE:
        return lambda batches: call(f"{batches}.map", "prepare")
    if kind == GENERATOR:
        return lambda batches: f"(prepare(*batch) for batch in {batches})"
    is_loader = kind == LOADER
    own, base = "Prepared", "keras.utils.PyDataset"
    if is_loader:
        script.imports.need("import torch")
        own, base = "PreparedLoader", "torch.utils.data.IterableDataset"
    queue = () if is_loader else ("workers", "use_multiprocessing", "max_queue_size")
    script.define(
        f"class {own}({base}):",
        '    """Batches that go through `prepare`."""',
        "",
        "    def __init__(self, batches):",
        *lay_out(call("super().__init__", *(f"batches.{name}" for name in queue)), indent=8),
        "        self.batches = batches",
        "",
        *(_OF_LOADER if is_loader else _OF_DATASET).splitlines(),
    )
    if not is_loader:
        return lambda batches: call(own, batches)
    # Each pass through a loader draws a number, by default where the order of the samples comes from.
    given = {"batch_size": "None", "generator": "torch.Generator()"}
    return lambda batches: call("torch.utils.data.DataLoader", call(own, batches), **given)


_OF_LOADER = """\
    def __len__(self):
        return len(self.batches)

    def __iter__(self):
        for batch in self.batches:
            x, *others = prepare(*batch)
            yield keras.ops.convert_to_numpy(x), *others
"""
_OF_DATASET = """\
    @property
    def num_batches(self):
        return self.batches.num_batches

    def __getitem__(self, index):
        x, *others = prepare(*self.batches[index])
        return keras.ops.convert_to_numpy(x), *others

    def on_epoch_begin(self):
        self.batches.on_epoch_begin()

    def on_epoch_end(self):
        self.batches.on_epoch_end()
"""
