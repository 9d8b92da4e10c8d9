"""What is explained, and the variables that a script has for it."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kerasviz.analysis.reading import is_model
from kerasviz.backend.gradients import gradients_at
from kerasviz.backend.stridedconvolutions import needs_slices, slice_strided_gradients
from kerasviz.codegen.recipe.script import Script
from kerasviz.config.parts import part_of
from kerasviz.insight.passage.fittinginputs import inputs_of
from kerasviz.insight.pictures.callsinside import call_number, find_call, layer_expression
from kerasviz.insight.pictures.callsof import calls_of
from kerasviz.insight.pictures.insteadof import run
from kerasviz.insight.pictures.scene import Scene
from kerasviz.insight.why.explained import Explained
from kerasviz.insight.why.logits import with_logits
from kerasviz.insight.why.places import Place
from kerasviz.protocol import JSON
from kerasviz.writing.expressions import lay_out, literal, sequence


@dataclass
class About:
    """What is explained.

    Attributes:
        scene: What is drawn.
        explained: The answer.
        places: Where the numbers of the sample are.
        model: The variable of the model.
        arrays: The sample.
        output: Which output of the model.
    """

    scene: Scene
    explained: Explained
    places: Sequence[Place]
    model: str
    arrays: list[Any]
    output: int

    def write_answer(self, script: Script, nodes: Sequence[str]) -> None:
        """Writes `values`, what comes out of some calls, and `answer`, what is answered of others like it.

        Args:
            script: Gets the statements.
            nodes: The calls, by the ids of their nodes; those of Inputs, too.
        """
        names = [f"{name}:0" for name, _ in inputs_of(self.scene.document)]
        graph = f"keras.Model({self.model}.inputs, {self.model}.outputs)"
        script.imports.numpy()
        script.imports.need("import itertools")
        for line in ("from collections.abc import Callable, Sequence", "from typing import Any"):
            script.imports.need(line)
        script.define(*inspect.getsource(run).rstrip().splitlines())
        script.define(*inspect.getsource(gradients_at).rstrip().splitlines())
        is_strided = self._is_strided
        if is_strided:
            script.define(*inspect.getsource(slice_strided_gradients).rstrip().splitlines())
        if any(node not in names for node in nodes):
            script.define(*inspect.getsource(calls_of).rstrip().splitlines())
        script.section("What is weighed, and the answer as a function of it")
        if is_strided:
            script.add("slice_strided_gradients()")
        script.add(*_graph(self.explained, graph, [names.index(node) for node in nodes if node in names]))
        body, values = [], []
        for number, node in enumerate(nodes):
            if node in names:
                at = names.index(node)
                values.append(f'np.asarray(sample[{at}], "float32")')
                body += [
                    f"    if values[{number}] is not None:",
                    f"        inputs[{at}] = keras.ops.convert_to_tensor(values[{number}])",
                ]
                continue
            *path, inside = node.split("/")
            which = call_number(self.scene, path, inside, self.arrays)
            way = find_call(self.scene, path, inside).way
            layer = f"layer_{number}" if len(nodes) > 1 else "layer"
            script.add(
                f"{layer} = {layer_expression(self.model, way)}",
                f"inputs, options = calls_of({self.model}, {layer}, sample)[{which}]",
                f"given_{number} = keras.tree.flatten({layer}(*inputs, **options))[0]",
            )
            values.append(f'keras.ops.convert_to_numpy(given_{number}).astype("float32")')
            body += [
                f"    if values[{number}] is not None:",
                f"        instead.append(({layer}, {which}, values[{number}]))",
            ]
        script.add(*lay_out(sequence([*values]), "values = "))
        end = self._end()
        if end is not None:
            script.add(f"end = {end}")
        script.define(*self._answer(body, "end if score else None" if end else "None"))

    @property
    def _is_strided(self) -> bool:
        """Whether TensorFlow needs another way to some gradients."""
        return needs_slices(passed.operation for passed in self.explained.found.values())

    def _end(self) -> str | None:
        """The layer whose softmax or sigmoid makes probabilities of scores; None where there is none."""
        document = self.scene.document
        changed, squash = with_logits(document, self.output)
        return None if squash is None else layer_expression(self.model, list(_changed(document, changed)))

    def _answer(self, body: list[str], end: str) -> list[str]:
        answer = self.explained.answer
        found = f"found = run(graph, inputs, instead, {end})[{self.output}]"
        lines = [
            "def answer(values, score=True):",
            f'    """{_said(answer.names, answer.target, answer.is_probability)}"""',
            "    count = next(len(each) for each in values if each is not None)",
            "    inputs, instead = [keras.ops.repeat(each, count, axis=0) for each in sample], []",
            *body,
            f"    {found}",
            '    found = keras.ops.cast(found, "float32")',
        ]
        if answer.in_loss is not None:
            lines += ["    if not score:", f"        found = keras.ops.{answer.in_loss}(found)"]
        if answer.names and not answer.in_one:
            lines.append(f"    found = found[..., {answer.target}]")
        lines.append("    found = keras.ops.mean(keras.ops.reshape(found, (count, -1)), axis=1)")
        is_first = bool(answer.names) and answer.in_one and answer.target == 0
        lines.append(f"    return {'-found if score else 1 - found' if is_first else 'found'}")
        return lines


def _said(names: Sequence[str], target: int, is_probability: bool) -> str:
    of = f" of {names[target]!r}" if target < len(names) else ""
    what = f"The score{of}, or its probability," if is_probability else f"The number{of}"
    return f"{what} where `values` are what is weighed, for each of them.".replace("\\", "/").replace(
        '"', "'"
    )


def _graph(explained: Explained, graph: str, weighed: Sequence[int]) -> list[str]:
    """The model; where an Input that is weighed takes whole numbers, with one that takes others."""
    layers = part_of(explained.document, "config").get("layers", [])
    whole = [
        part_of(layer, "config").get("dtype")
        for layer in layers
        if str(part_of(layer, "config").get("dtype", "")).startswith(("int", "uint", "bool"))
        and "batch_shape" in part_of(layer, "config")
    ]
    if not whole or not weighed:
        return [f"graph = {graph}"]
    return [
        f"graph = {graph}",
        "graph = keras.models.clone_model(  # with Inputs that take all numbers",
        "    graph,",
        '    input_tensors=[keras.Input(batch_shape=each.shape, dtype="float32") for each in graph.inputs],',
        "    clone_function=lambda layer: layer,",
        ")",
    ]


def _changed(document: JSON, changed: JSON) -> Any:
    """The names of the layers around what differs between two configs, and its own."""
    pairs = zip(document["config"]["layers"], changed["config"]["layers"], strict=True)
    before, after = next((one, other) for one, other in pairs if one is not other)
    yield str(before["config"]["name"])
    if is_model(before):
        yield from _changed(before, after)


def numbers(array: str) -> str:
    """The expression for a tensor as an array."""
    return f"keras.ops.convert_to_numpy({array})"


def laid_out(place: Place, value: str) -> str:
    """The expression for an array of the shape of a place, with the channels of pictures behind."""
    if place.pixels is None:
        return value
    if place.pixels.is_first:
        return f"np.moveaxis({value}, 0, -1)"
    return f"{value}.reshape({place.pixels.height}, {place.pixels.width}, {place.pixels.channels})"


def groups_in(place: Place) -> str:
    """The expression for the numbers of each column."""
    return "[" + ", ".join(literal(group) for group in place.groups) + "]"


def added_up(place: Place, value: str) -> str:
    """The expression for the sum of the channels of each position, or of what a column became."""
    if place.kind == "columns":
        if set(place.widths) == {1}:
            return value
        return f"np.array([{value}[group].sum() for group in {groups_in(place)}])"
    laid = laid_out(place, value)
    return f"{laid}.sum(axis=-1)" if place.has_channels else laid


def batch_of(about: About) -> int:
    """How many samples are taken at once."""
    return int(about.explained.batch)
