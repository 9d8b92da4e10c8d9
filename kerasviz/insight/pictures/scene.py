"""What a picture is of: the drawing, whose weights it shows, and the sample that was looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from kerasviz.codegen import from_document
from kerasviz.codegen.recipe.datalines import Streams, write_data
from kerasviz.codegen.recipe.newdatalines import write_new_data
from kerasviz.codegen.recipe.partarrays import Arrays
from kerasviz.codegen.recipe.script import Script
from kerasviz.codegen.recipe.setup import Setup, setup_of
from kerasviz.codegen.variables import Names
from kerasviz.config.training import FIT_DEFAULTS
from kerasviz.insight.passage.fittinginputs import fitted_inputs
from kerasviz.insight.pictures.arraycode import array_code
from kerasviz.insight.samples.sampleparts import Part
from kerasviz.insight.samples.samples import Taken
from kerasviz.insight.why.reasons import Reasons
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.insight import At
from kerasviz.protocol.text import text
from kerasviz.writing.expressions import call, lay_out, literal

_OWN = frozenset(
    "sample figure output counts true said score path file drawn other known rows groups chosen mask "
    "new".split()
)
_NEW_WEIGHTS = (
    'def drawn(layer, way=""):',
    '    """A layer with the new weights that the editor gives it until it is trained."""',
    "    name = way + layer.name",
    "    if isinstance(layer, keras.Model):",
    "        return keras.models.clone_model(",
    '            layer, clone_function=lambda inside: drawn(inside, f"{name}/")',
    "        )",
    "    random.seed(zlib.crc32(name.encode()))",
    "    copy = type(layer).from_config(layer.get_config())",
    "    copy.build_from_config(layer.get_build_config() or {})",
    "    return copy",
)


def _nothing() -> Reasons:
    raise RequestError("no_sample", text("Choose a sample first."))


@dataclass(frozen=True)
class Scene:
    """What code of a picture begins with.

    Attributes:
        document: Keras JSON, as it is drawn.
        variable: The name that the kernel gives the trained model.
        model: The trained model, where it is that of the drawing.
        is_kept: Whether the variable holds it.
        is_edited: Whether the variable holds a trained model of another drawing: layers keep its weights
            where they fit.
        file: Name of the document's file.
        epoch_file: Where the model of the epoch is that is shown; None for the model as it is now.
        saved_file: Where the trained model is, as a run left it; None where it is in no file.
        file_of: Where the model of an epoch is.
        folder: Where the document is.
        taken: The sample that is looked at.
        side: Cells of a row of the plane that is looked at.
        axes: What samples were projected onto first, where a picture of them keeps that; None for nothing.
        folder_of: The folder of a run that events name, seen from the document; None where it has none.
        explain: What may explain an answer about the sample: takes the method, the output and the answer.
        output_of: What the editor shows of a path, a node and a tensor; None where it shows nothing.
        steps_of: For each model at a path how often the wrapper that holds it calls it.
    """

    document: JSON
    variable: str
    model: Any = None
    is_kept: bool = False
    is_edited: bool = False
    file: str = "model.keras.json"
    epoch_file: str | None = None
    saved_file: str | None = None
    file_of: Callable[[At], str] = lambda at: ""
    folder: Path | None = None
    taken: Taken | None = None
    side: int = 0
    axes: np.ndarray | None = None
    folder_of: Callable[[str], str | None] = lambda run: None
    explain: Callable[[Mapping[str, Any], int, int | None], Reasons] = lambda *asked: _nothing()
    output_of: Callable[[Sequence[str], str, int], np.ndarray | None] = lambda path, node, tensor: None
    steps_of: Callable[[Sequence[str]], list[int]] = lambda path: []

    def at(self, at: At | None) -> Scene:
        """The same with the weights of an epoch; None for those that the model has now.

        Raises:
            RequestError: Where the epoch is not kept.
        """
        return replace(self, epoch_file=None if at is None else self.file_of(at))

    def write_model(self, script: Script, name: str = "model", *, is_compiled: bool = False) -> str:
        """Writes what gives the model; returns its variable.

        Args:
            script: Gets the statements.
            name: The variable, where the notebook has none.
            is_compiled: Whether a new one has its loss and metrics.
        """
        if self.epoch_file is not None:
            script.section("The model as it was")
            script.add(*lay_out(call("keras.saving.load_model", literal(self.epoch_file)), f"{name} = "))
            return name
        if self.is_kept:
            script.notes.append(f"{self.variable} is the trained model, a variable of the notebook.")
            if self.saved_file is not None:
                load = call("keras.saving.load_model", literal(self.saved_file))
                script.section("The trained model: that of the notebook, or as the run left it")
                script.add(
                    f'if "{self.variable}" not in globals():',
                    *lay_out(load, f"{self.variable} = ", indent=4),
                )
            return self.variable
        script.notes.append(f"The model is that of {self.file!r}: save the document first.")
        script.imports.need("import random")
        script.imports.need("import zlib")
        script.define(*_NEW_WEIGHTS)
        script.section("The model, with the weights that it has before it is trained")
        script.add(
            f'with open({literal(self.file)}, encoding="utf-8") as file:',
            "    drawing = keras.models.model_from_json(file.read())",
            f"{name} = keras.models.clone_model(drawing, clone_function=drawn)",
            *([f"{name}.compile_from_config(drawing.get_compile_config())"] if is_compiled else []),
        )
        if self.is_edited:
            script.notes.append(f"{self.variable} was trained before the drawing was edited.")
            script.add(
                f"trained = {{layer.name: layer.get_weights() for layer in {self.variable}.layers}}",
                f"for layer in {name}.layers:",
                "    values = trained.get(layer.name, [])",
                "    if [v.shape for v in values] == [v.shape for v in layer.get_weights()]:",
                "        layer.set_weights(values)",
            )
        return name

    def write_sample(self, script: Script) -> list[Any]:
        """Writes the sample as a list of arrays, one for each Input, in `sample`; returns them.

        Raises:
            RequestError: With code `no_sample`, before one was chosen; with `too_large`.
        """
        if self.taken is None:
            raise RequestError("no_sample", text("Choose a sample first."))
        arrays = fitted_inputs(self.document, self.taken.inputs)
        where = (
            f"{self.taken.index} of new data"
            if self.taken.is_new
            else "of your own"
            if self.taken.part is None
            else f"{self.taken.index} of the {self.taken.part} part"
        )
        script.section(f"The sample {where}, as it goes into the model")
        script.imports.numpy()
        lines = ["sample = ["]
        for array in arrays:
            lines += array_code(array, script.imports)
        script.add(*lines, "]")
        return list(arrays)

    def run_file(self, run: str, name: str) -> str:
        """A file in the folder of a run, as an expression.

        Raises:
            RequestError: With code `no_code`, where the run has no folder.
        """
        folder = self.folder_of(run)
        if folder is None:
            raise RequestError("no_code", text("This run has no folder, so its numbers were not saved."))
        return literal(f"{folder}/{name}")

    def write_new(self, script: Script, source: Mapping[str, Any], *, has_truth: bool) -> Arrays:
        """Writes what loads new data and prepares it as that of the plan; returns its variables.

        Args:
            script: Gets the statements.
            source: Where it is from, as a plan has it.
            has_truth: Whether it is known what is true of its samples.

        Raises:
            RequestError: With code `no_code`, where the data has no code here.
        """
        setup, names, model = self._plan()
        arrays = write_new_data(script, setup, model, names, source, has_truth=has_truth)
        if arrays is None:
            raise RequestError("no_code", text("There is no Python code for this new data."))
        return arrays

    def _plan(self) -> tuple[Setup, Names, Any]:
        names = Names(_OWN)
        names.claim(self.variable)
        return setup_of(self.document, self.folder), names, self.model or from_document(dict(self.document))

    def write_part(self, script: Script, part: Part) -> Arrays:
        """Writes what loads the data and holds a part of it out, as for training; returns its variables.

        Raises:
            RequestError: With code `no_code`, where the data has no code here.
        """
        setup, names, model = self._plan()
        script.section("Data")
        parts = write_data(script, setup, model, names)
        if parts is None or isinstance(parts, Streams):
            raise RequestError(
                "no_code", text("There is no Python code to predict a single part of this data.")
            )
        found: Mapping[Part, Arrays | None] = {
            "training": parts.training,
            "validation": parts.validation,
            "test": parts.test,
        }
        share = {**FIT_DEFAULTS, **setup.fit}["validation_split"]
        if parts.validation is None and share and part != "test":
            return _cut(script, parts.training, float(share), part, names)
        arrays = found[part]
        if arrays is None:
            raise RequestError("no_sample", text("There is no such part of the data."))
        return arrays


def _cut(script: Script, arrays: Arrays, share: float, part: Part, names: Names) -> Arrays:
    """The rows that `fit` trains on, or the last ones, which it takes for validation."""
    script.add(f"split = int({arrays.count} * (1 - {literal(share)}))")
    rows = "split:" if part == "validation" else ":split"
    ending = "val" if part == "validation" else "train"
    taken = [names.take(f"{name}_{ending}") for name in arrays.names]
    script.add(*(f"{new} = {value}" for new, value in zip(taken, arrays.rows(rows), strict=True)))
    return Arrays(tuple(taken), arrays.structures)
