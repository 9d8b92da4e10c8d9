"""What comes out of a layer for the sample."""

from __future__ import annotations

import inspect
from collections.abc import Sequence

from kerasviz.analysis.reading import LayerConfig, is_input, is_sequential
from kerasviz.analysis.structure import histories
from kerasviz.codegen.recipe.script import Script
from kerasviz.insight.passage.calling import SCORES
from kerasviz.insight.pictures.callsinside import call_number, find_call, layer_expression
from kerasviz.insight.pictures.callsof import calls_of
from kerasviz.insight.pictures.scene import Scene
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.insight import ViewKind, ViewOf
from kerasviz.protocol.text import text
from kerasviz.writing.expressions import Expression, call, lay_out, literal, sequence

_MOST = 64
"""Pictures of channels in one figure."""


def write(
    node: str,
    kind: ViewKind,
    path: Sequence[str] = (),
    tensor: int = 0,
    of: ViewOf = "output",
    tokens: Sequence[str] = (),
    query_tokens: Sequence[str] = (),
    *,
    scene: Scene,
    script: Script,
) -> None:
    """Writes what computes the output and draws it.

    Args:
        node: The call, by the id of its node.
        kind: How it is shown.
        path: The models around, from the outermost: their layers, or the calls of them.
        tensor: Which output.
        of: What is shown: the output, or where a layer of attention looks.
        tokens: Words of the positions that it looks at, where they are known.
        query_tokens: Words of the positions that look.
        scene: What the picture is of.
        script: Gets the statements.
    """
    layer, _, is_alone, way = find_call(scene, path, node)
    script.notes.insert(0, f"What comes out of layer {node.rpartition(':')[0]!r} for one sample.")
    model = scene.write_model(script)
    arrays = scene.write_sample(script)
    script.section("What comes out of the layer")
    if is_input(layer.data):
        if path:
            raise RequestError(
                "no_code", text("The input of this model is the output of the layer before it.")
            )
        script.add(f"output = np.asarray(sample[{_position(scene.document, layer)}])[0]")
    elif is_alone and of == "output":
        found = f"{model}.get_layer({literal(layer.name)}).output"
        found = f"keras.tree.flatten({found})[{tensor}]" if tensor else found
        script.add(
            *lay_out(call("keras.Model", f"{model}.inputs", found), "part = "),
            "output = keras.ops.convert_to_numpy(part(sample, training=False))[0]",
        )
    else:
        script.define(*inspect.getsource(calls_of).rstrip().splitlines())
        which = call_number(scene, path, node, arrays, tensor)
        scores = f", {SCORES}=True" if of == "attention" else ""
        taken = 1 if of == "attention" else tensor
        script.add(
            f"layer = {layer_expression(model, way)}",
            f"inputs, options = calls_of({model}, layer, sample)[{which}]",
            f"given = keras.tree.flatten(layer(*inputs, **options{scores}))",
            f"output = keras.ops.convert_to_numpy(given[{taken}])[0]",
        )
    script.section("The picture")
    if of == "attention" and kind in ("maps", "matrix"):
        _draw_attention(script, tokens, query_tokens, has_heads=kind == "maps")
        return
    first = of == "attention" or layer.data.get("config", {}).get("data_format") == "channels_first"
    draw(script, kind, channels_first=first)


def _draw_attention(
    script: Script, tokens: Sequence[str], query_tokens: Sequence[str], *, has_heads: bool
) -> None:
    script.imports.need("import plotly.express as px")
    options: dict[str, Expression] = {
        "labels": '{"x": "key position", "y": "query position", "facet_col": "head"}'
    }
    if has_heads:
        options |= {"facet_col": "0", "facet_col_wrap": "4"}
    shown = f"output[:{_MOST}]" if has_heads else "output"
    script.add(*lay_out(call("px.imshow", shown, **options), "figure = "))
    for axis, words in (("x", tokens), ("y", query_tokens)):
        if words:
            names = sequence([literal(word) for word in words])
            ticks: dict[str, Expression] = {"tickvals": f"list(range({len(words)}))", "ticktext": names}
            script.add(*lay_out(call(f"figure.update_{axis}axes", **ticks)))
    script.add("figure.show()")


def draw(script: Script, kind: ViewKind, *, channels_first: bool = False) -> None:
    """Writes what draws `output` as the editor does.

    Args:
        script: Gets the statements.
        kind: How it is shown.
        channels_first: Whether the channels are the first axis.
    """
    if kind in ("tokens", "number"):
        script.add("print(output)")
        return
    script.imports.need("import plotly.express as px")
    if kind == "bars":
        script.add("figure = px.bar(output)")
    elif kind == "curves":
        script.add("figure = px.line(output if output.shape[1] <= 4 else output.T)")
    elif kind == "image":
        script.add('figure = px.imshow(output.squeeze(), color_continuous_scale="gray")')
    elif kind == "matrix":
        script.add('figure = px.imshow(output, aspect="auto")')
    else:
        if not channels_first:
            script.add("output = np.moveaxis(output, -1, 0)  # channels, rows, columns")
        script.add(f"figure = px.imshow(output[:{_MOST}], facet_col=0, facet_col_wrap=8)")
    script.add("figure.show()")


def _position(document: JSON, layer: LayerConfig) -> int:
    if is_sequential(document):
        return 0
    names = [reference.layer for reference in histories(document["config"].get("input_layers"))]
    return names.index(layer.name)
