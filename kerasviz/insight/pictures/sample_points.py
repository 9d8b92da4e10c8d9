"""Samples as points in two dimensions, by what comes out of a layer for them."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from typing import Any

from kerasviz.codegen.recipe.partarrays import Arrays
from kerasviz.codegen.recipe.script import Script
from kerasviz.config.parts import part_of
from kerasviz.insight.embedding import METHODS
from kerasviz.insight.passage.fittinginputs import fitted_inputs, inputs_of
from kerasviz.insight.pictures.arraycode import array_code
from kerasviz.insight.pictures.classmarks import write_class_marks
from kerasviz.insight.pictures.layerbatch import write_outputs
from kerasviz.insight.pictures.scene import Scene
from kerasviz.insight.samples.sampleparts import Part
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text
from kerasviz.writing.expressions import call, lay_out, literal, sequence


def write(
    node: str,
    part: Part,
    samples: int,
    method: Mapping[str, Any],
    path: Sequence[str] = (),
    shown: int | None = None,
    classes: Sequence[str] = (),
    *,
    scene: Scene,
    script: Script,
) -> None:
    """Writes what places samples and draws them.

    Args:
        node: The call whose first output counts.
        part: Of the data.
        samples: How many were asked for.
        method: `{"class_name", "config"}`, as `insight/embedding` has them.
        path: The models around the node.
        shown: How many of them are shown; None for all.
        classes: Names of the classes; none where the targets are numbers.
        scene: What the picture is of.
        script: Gets the statements.
    """
    name, config = str(method.get("class_name")), dict(part_of(method, "config"))
    if name not in METHODS or scene.taken is None:
        raise RequestError("bad_request", text("No sample is placed so."))
    try:
        known = inspect.signature(METHODS[name].embed).bind(**config, values=None)
    except TypeError as error:
        raise RequestError("bad_request", text("No sample is placed so."), detail=str(error)) from None
    known.apply_defaults()
    layer = node.rpartition(":")[0]
    script.notes.insert(0, f"Samples as points, by what comes out of layer {layer!r} for them.")
    model = scene.write_model(script)
    arrays = scene.write_part(script, part)
    script.imports.numpy()
    script.section("The samples, evenly spread over the part")
    script.add(
        f"count = {arrays.count}",
        f'rows = np.unique(np.linspace(0, count - 1, min(count, {samples})).astype("int64"))',
        *([] if shown is None or shown >= samples else [f"rows = rows[:{shown}]"]),
        *lay_out(_inputs(scene, arrays), "inputs = "),
    )
    write_outputs(script, scene, model, [*path, node], 0, fitted_inputs(scene.document, scene.taken.inputs))
    script.section("Their places")
    axes = _WAYS[name](script, scene, known.arguments)
    _draw(script, arrays, layer, axes, classes)


def _inputs(scene: Scene, arrays: Arrays) -> Any:
    """The expression for what goes into each Input."""
    x, structure = arrays.values("rows")[0], arrays.structures[0]
    if structure in ("dict", "texts"):
        taken = [f"{arrays.names[0]}[{literal(name)}][rows]" for name, _ in inputs_of(scene.document)]
        return sequence([*taken])
    return f"list({x})" if structure == "list" else f"[{x}]"


def _pca(script: Script, scene: Scene, config: Mapping[str, Any]) -> tuple[str, str]:
    across, up = config["across"], config["up"]
    names = (f"component {across}", f"component {up}")
    if config["keep_axes"] and scene.axes is not None:
        script.add("axes = [", *array_code(scene.axes, script.imports), "][0]")
        script.add(f"points = (values - axes[0]) @ axes[[{across}, {up}]].T")
        return names
    script.imports.need("from sklearn.decomposition import PCA")
    script.add(
        "if values.shape[1] == 1:  # on a line",
        "    points = np.column_stack([values[:, 0], np.zeros(len(values))])",
        "else:",
        f"    found = PCA({max(across, up)}, random_state=0).fit(values)",
        f"    points = found.transform(values)[:, [{across - 1}, {up - 1}]]",
    )
    return names


def _tsne(script: Script, scene: Scene, config: Mapping[str, Any]) -> tuple[str, str]:
    script.imports.need("from sklearn.decomposition import PCA")
    script.imports.need("from sklearn.manifold import TSNE")
    components, seed = config["components"], config["seed"]
    options = {"perplexity": literal(float(config["perplexity"])), "init": "start", "random_state": str(seed)}
    script.add(
        f"if 2 <= {components} < min(values.shape):",
        f"    values = PCA({components}, random_state={seed}).fit_transform(values)",
        'start = "pca" if min(values.shape) >= 2 else "random"',
        *lay_out(call("TSNE", **options), "way = "),
        "points = way.fit_transform(values)",
    )
    return ("", "")


def _umap(script: Script, scene: Scene, config: Mapping[str, Any]) -> tuple[str, str]:
    script.imports.need("from umap import UMAP")
    options = {
        "n_neighbors": str(config["neighbors"]),
        "min_dist": literal(float(config["min_dist"])),
        "random_state": str(config["seed"]),
        "n_jobs": "1",
    }
    script.add(*lay_out(call("UMAP", **options), "way = "), "points = way.fit_transform(values)")
    return ("", "")


_WAYS = {"pca": _pca, "tsne": _tsne, "umap": _umap}


def _draw(script: Script, arrays: Arrays, layer: str, axes: tuple[str, str], classes: Sequence[str]) -> None:
    script.imports.need("import plotly.express as px")
    script.section("The picture")
    columns = {"x": "points[:, 0]", "y": "points[:, 1]", "sample": "rows"}
    options = {"x": '"x"', "y": '"y"', "hover_name": '"sample"'}
    labels = {name: said for name, said in zip("xy", axes, strict=True) if said}
    if arrays.structures[1] == "array":
        script.add(
            f"targets = np.asarray({arrays.rows('rows')[1]})",
            "one_hot = targets.ndim > 1 and targets.shape[-1] > 1",
            "targets = targets.argmax(axis=-1) if one_hot else targets.ravel()",
        )
        columns["target"] = "targets"
        options["color"] = '"target"'
        if classes:
            write_class_marks(script, classes)
            script.add("names = dict(enumerate(classes))")
            columns["target"] = "[names.get(number, str(number)) for number in targets.tolist()]"
            options["symbol"] = '"target"'
            options["color_discrete_map"] = "dict(zip(classes, colours))"
            options["symbol_map"] = "dict(zip(classes, symbols))"
            options["category_orders"] = '{"target": classes}'
    if labels:
        words = ", ".join(f'"{name}": {literal(said)}' for name, said in labels.items())
        options["labels"] = f"{{{words}}}"
    drawn = call("px.scatter", "table", **options, title=literal(f"Samples at layer {layer}"))
    script.add(
        "table = {",
        *(f'    "{name}": {values},' for name, values in columns.items()),
        "}",
        *lay_out(drawn, "figure = "),
        "figure.show()",
    )
