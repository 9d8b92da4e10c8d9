"""What the model says, or what a unit of a layer gives, over a whole plane of samples."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kerasviz.codegen.recipe.script import Script
from kerasviz.insight.passage.fittinginputs import fitted_inputs
from kerasviz.insight.pictures.arraycode import array_code
from kerasviz.insight.pictures.classmarks import write_class_marks
from kerasviz.insight.pictures.layerbatch import write_outputs
from kerasviz.insight.pictures.scene import Scene
from kerasviz.insight.plane.plane import Plane
from kerasviz.protocol import RequestError
from kerasviz.protocol.insight import PlaneAxis, PlanePoints
from kerasviz.protocol.text import text
from kerasviz.writing.expressions import Expression, call, lay_out, literal

_MOST = 64
"""Units in one figure."""


def write(
    node: str,
    tensor: int = 0,
    unit: int | None = None,
    path: Sequence[str] = (),
    kind: str = "number",
    classes: Sequence[str] = (),
    *,
    scene: Scene,
    script: Script,
) -> None:
    """Writes what computes a picture over the plane and draws it with samples of the data.

    Args:
        node: The call.
        tensor: Which output.
        unit: Of it; None for what the output of the model says.
        path: The models around the node.
        kind: What an output says: `classes`, or a number or probability; `units` for all units side by side.
        classes: Names of the classes, where it says `classes`.
        scene: What the picture is of.
        script: Gets the statements.

    Raises:
        RequestError: With code `no_sample`, where no plane is followed.
    """
    plane: Plane | None = None if scene.taken is None else scene.taken.plane
    if plane is None:
        raise RequestError("no_sample", text("Look at the whole plane first."))
    layer = node.rpartition(":")[0]
    what = f"The units of layer {layer!r}" if kind == "units" else "The output of the model"
    what = what if unit is None else f"Unit {unit} of layer {layer!r}"
    told = plane.to_json()
    title = f"{what} over {told['across']['name']} and {told['up']['name']}"
    script.notes.insert(0, f"{title}.".replace("\n", " "))
    model = scene.write_model(script)
    arrays = fitted_inputs(scene.document, plane.inputs(scene.side))
    _write_grid(script, (told["across"], told["up"]), arrays, scene.side)
    write_outputs(script, scene, model, [*path, node], tensor, arrays)
    if kind == "units":
        _draw_units(script, scene.side, title)
        return
    if unit is None and kind == "classes":
        script.add(f"picture = values.argmax(axis=1).reshape({scene.side}, {scene.side})")
        if classes:
            write_class_marks(script, classes)
    else:
        script.add(f"picture = values[:, {unit or 0}].reshape({scene.side}, {scene.side})")
    has_classes = unit is None and kind == "classes" and bool(classes)
    _draw(script, (told["across"]["name"], told["up"]["name"]), title, told["points"], has_classes)


def _write_grid(
    script: Script, axes: tuple[PlaneAxis, PlaneAxis], arrays: list[np.ndarray], side: int
) -> None:
    """Writes `across` and `up`, the middles of the cells, and `inputs`, a sample for each cell."""
    script.imports.numpy()
    script.section("The plane: a sample for each cell, row by row from the top, as it goes into the model")
    middles = []
    for name, axis in zip(("across", "up"), axes, strict=True):
        low, high = literal(axis["low"]), literal(axis["high"])
        step = f"({high} - {low}) / {side}"
        turned = "" if name == "across" else "[::-1]"
        script.add(f"{name} = ({low} + (np.arange({side}) + 0.5) * ({step})){turned}")
        found = axis["low"] + (np.arange(side) + 0.5) * ((axis["high"] - axis["low"]) / side)
        middles.append(found if name == "across" else found[::-1])
    grids = np.tile(middles[0], side), np.repeat(middles[1], side)
    script.add(f'grid = {{"across": np.tile(across, {side}), "up": np.repeat(up, {side})}}', "inputs = []")
    for number, array in enumerate(arrays):
        lines = _along(array, grids, number)
        if lines is None:  # what prepares a sample bends the plane
            script.add("inputs += [", *array_code(array, script.imports), "]")
            continue
        script.add("held = [", *array_code(array[:1], script.imports), "]")
        script.add(f"inputs.append(np.repeat(held[0], {side * side}, axis=0))", *lines)


def _along(array: np.ndarray, grids: tuple[np.ndarray, np.ndarray], number: int) -> list[str] | None:
    """What changes the numbers that vary along an axis; None where they don't do so in a straight line."""
    if array.dtype.kind not in "fiu":
        return None
    flat = array.reshape(len(array), -1).astype("float64")
    lines = []
    for place in np.flatnonzero((flat != flat[0]).any(axis=0)):
        for name, grid in zip(("across", "up"), grids, strict=True):
            slope, start = np.polyfit(grid, flat[:, place], 1)
            if np.allclose(start + slope * grid, flat[:, place], rtol=1e-6, atol=1e-6):
                slope, start = (float(f"{value:.12g}") for value in (slope, start))
                line = f'grid["{name}"]'
                if (slope, start) != (1.0, 0.0):
                    line = f"{literal(start)} + {literal(slope)} * {line}"
                lines.append(f"inputs[{number}].reshape(len(inputs[{number}]), -1)[:, {place}] = {line}")
                break
        else:
            return None
    return lines


def _draw_units(script: Script, side: int, title: str) -> None:
    script.imports.need("import plotly.express as px")
    script.section("The picture")
    drawn = call("px.imshow", "picture", facet_col="0", facet_col_wrap="8", title=literal(title))
    script.add(
        f"picture = values.T.reshape(-1, {side}, {side})[:{_MOST}]",
        *lay_out(drawn, "figure = "),
        "figure.update_xaxes(showticklabels=False).update_yaxes(showticklabels=False)",
        "figure.show()",
    )


def _draw(
    script: Script, axes: tuple[str, str], title: str, points: Sequence[PlanePoints], has_classes: bool
) -> None:
    script.imports.need("import plotly.graph_objects as go")
    script.section("The picture, with samples of the data")
    if has_classes:
        script.add(
            "edges = np.repeat(np.linspace(0, 1, len(classes) + 1), 2)[1:-1]",
            "scale = list(zip(edges, np.repeat(colours, 2)))  # a step for each class",
        )
        options: dict[str, Expression] = {
            "zmin": "-0.5",
            "zmax": "len(classes) - 0.5",
            "colorscale": "scale",
            "opacity": "0.5",
            "colorbar": call("dict", tickvals="list(range(len(classes)))", ticktext="classes"),
        }
    else:
        options = {"colorscale": '"RdBu_r"', "zsmooth": '"best"'}
    heat = call("go.Heatmap", x="across", y="up", z="picture", **options)
    script.add(*lay_out(call("go.Figure", heat), "figure = "))
    for part in points:
        _draw_samples(script, part, has_classes)
    layout: dict[str, Expression] = {
        "title": literal(title),
        "xaxis_title": literal(axes[0]),
        "yaxis_title": literal(axes[1]),
    }
    layout["legend"] = call("dict", orientation='"h"')
    script.add(*lay_out(call("figure.update_layout", **layout)), "figure.show()")


def _draw_samples(script: Script, part: PlanePoints, has_classes: bool) -> None:
    """Writes what draws the samples of a part: those of the training filled, others as rings."""
    known = [
        (x, y, part["targets"][i] if part["targets"] else None)
        for i, (x, y) in enumerate(zip(part["across"], part["up"], strict=True))
        if x is not None and y is not None
    ]
    if not known:
        return
    places = np.array([each[:2] for each in known])
    script.add(f"{part['part']} = [", *array_code(places, script.imports), "][0]")
    is_ring = part["part"] != "training"
    marker: dict[str, Expression] = {"symbol": '"circle-open"' if is_ring else '"circle"'}
    targets = [each[2] for each in known]
    if all(target is not None for target in targets):
        values = np.array(targets, "float64")
        script.add("targets = [", *array_code(values, script.imports), "][0]")
        marker["color"] = "targets"
        if has_classes:
            script.add("numbers = targets.astype(int)")
            shape = 'symbols[number] + "-open"' if is_ring else "symbols[number]"
            marker["symbol"] = f"[{shape} for number in numbers]"
            marker["color"] = "[colours[number] for number in numbers]"
    if not has_classes:
        marker["colorscale"] = '"RdBu_r"'
    if not is_ring:
        marker["line"] = call("dict", width="1", color='"white"')
    drawn = call(
        "go.Scatter",
        x=f"{part['part']}[:, 0]",
        y=f"{part['part']}[:, 1]",
        mode='"markers"',
        name=literal(part["part"]),
        marker=call("dict", **marker),
    )
    script.add(*lay_out(call("figure.add_trace", drawn)))
