"""The batches of a script in the order of the editor's run, which the seed and the epoch decide."""

from __future__ import annotations

import dataclasses

from kerasviz.codegen.recipe.partarrays import Arrays
from kerasviz.codegen.recipe.script import Script
from kerasviz.codegen.recipe.setup import Setup
from kerasviz.writing.expressions import WIDTH, call, flat, lay_out, literal


def order_line(setup: Setup, epoch: str, count: str) -> str:
    """The statement that draws the order of an epoch, or of the arrays where nothing is shuffled."""
    if not setup.shuffles:
        return f"order = np.arange({count})"
    drawn = (
        "np.random.default_rng()" if setup.seed is None else f"np.random.default_rng(({setup.seed}, {epoch}))"
    )
    return f"order = {drawn}.permutation({count})"


def define_batches(script: Script, setup: Setup, arrays: Arrays) -> str:
    """Defines a `PyDataset` of the samples that train.

    Args:
        script: Gets the class.
        setup: The plan.
        arrays: The samples.

    Returns:
        The expression that makes one.
    """
    for line in ("import math", "import numpy as np"):
        script.imports.need(line)
    names = ["x", "y", "w"][: len(arrays.names)]
    inside = dataclasses.replace(arrays, names=tuple(f"self.{name}" for name in names))
    endless = bool(setup.fit.get("steps_per_epoch"))
    held_out = arrays.are_files and not endless
    script.define(
        "class Batches(keras.utils.PyDataset):",
        '    """Batches of samples; each time through all of them has an order of its own."""',
        "",
        f"    def __init__(self, {', '.join(names)}, batch_size{', trains=True' if held_out else ''}):",
        "        super().__init__()",
        *(f"        self.{name} = {name}" for name in names),
        "        self.batch_size = batch_size",
        *(["        self.trains = trains"] if held_out else []),
        *(_turns(setup, inside) if endless else _epochs(setup, inside)),
    )
    return flat(call("Batches", *arrays.names, batch_size=literal(setup.batch_size)))


def _epochs(setup: Setup, arrays: Arrays) -> list[str]:
    return [
        f"        self.epoch = {int(setup.fit.get('initial_epoch') or 0)}",
        f"        self.order = np.arange({arrays.count})",
        "",
        "    def __len__(self):",
        f"        return math.ceil({arrays.count} / self.batch_size)",
        "",
        "    def __getitem__(self, index):",
        "        start = index * self.batch_size",
        "        batch = self.order[start : start + self.batch_size]",
        *_held_out(arrays),
        *_returned(arrays, "self.epoch * len(self) + index"),
        "",
        "    def on_epoch_end(self):  # fit calls it before the first epoch, too",
        "        self.epoch += 1",
        *_reordered(setup, arrays),
    ]


def _reordered(setup: Setup, arrays: Arrays) -> list[str]:
    line = f"        self.{order_line(setup, 'self.epoch', arrays.count)}"
    return ["        if self.trains:", f"    {line}"] if arrays.are_files else [line]


def held_out_batches(setup: Setup, arrays: Arrays) -> str:
    """The expression for batches of files that are held out, in their order."""
    size = literal(setup.validation_size)
    return flat(call("Batches", *arrays.names, batch_size=size, trains="False"))


def _turns(setup: Setup, arrays: Arrays) -> list[str]:
    """Batches that never end: epochs of so many steps may end in the middle of the samples."""
    return [
        "        self.turn = None",
        "",
        "    @property",
        "    def num_batches(self):",
        "        return None  # they never end",
        "",
        "    def __getitem__(self, index):",
        f"        turn, place = divmod(index, math.ceil({arrays.count} / self.batch_size))",
        "        if turn != self.turn:",
        f"            self.{order_line(setup, 'turn', arrays.count)}",
        "            self.turn = turn",
        "        start = place * self.batch_size",
        "        batch = self.order[start : start + self.batch_size]",
        *_returned(arrays, "index"),
    ]


def _held_out(arrays: Arrays) -> list[str]:
    """What is only measured is not augmented."""
    if not arrays.are_files or not arrays.is_augmented:
        return []
    return ["        if not self.trains:", f"            return {', '.join(arrays.values('batch'))}"]


def _returned(arrays: Arrays, number: str) -> list[str]:
    x, *others = arrays.batch(number)
    line = f"        return {', '.join(map(flat, [x, *others]))}"
    if len(line) <= WIDTH:
        return [line]
    rest = ", ".join(map(flat, ["x", *others]))
    return [*lay_out(x, "x = ", indent=8), f"        return {rest}"]
