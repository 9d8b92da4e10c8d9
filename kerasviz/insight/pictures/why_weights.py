"""What of the sample counts for an answer."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from kerasviz.codegen.recipe.script import Script
from kerasviz.config.parts import part_of
from kerasviz.insight.passage.fittinginputs import inputs_of
from kerasviz.insight.pictures.scene import Scene
from kerasviz.insight.pictures.weighing import WRITERS
from kerasviz.insight.pictures.weighing.about import About, laid_out
from kerasviz.insight.why.places import Place
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text
from kerasviz.writing.expressions import call, lay_out, literal, sequence

_TITLES = {
    "token_weights": "Token weights",
    "grad_cam": "Grad-CAM",
    "saliency": "Saliency",
    "integrated_gradients": "Integrated gradients",
    "occlusion": "Occlusion",
    "permutation": "Permutation importance",
}


def write(
    method: Mapping[str, Any], output: int = 0, target: int | None = None, *, scene: Scene, script: Script
) -> None:
    """Writes what computes the weights by plain Keras and NumPy, and draws them.

    Args:
        method: `{"class_name", "config"}`, as `insight/why` has them.
        output: Which output of the model is explained.
        target: Which of its answers; None for what the model says.
        scene: What the picture is of.
        script: Gets the statements.

    Raises:
        RequestError: With code `no_code`, where the method does not fit; else as the method says.
    """
    reasons = scene.explain(method, output, target)
    if reasons.name is None or reasons.name != method.get("class_name"):
        raise RequestError("no_code", text("This method does not fit the sample and the drawing."))
    answer = reasons.explained.answer
    is_named = answer.target < len(answer.names) and reasons.name != "permutation"
    title = _TITLES[reasons.name] + (f": {answer.names[answer.target]}" if is_named else "")
    script.notes.insert(0, f"{title}, by plain Keras.".replace("\n", " "))
    model = scene.write_model(script, is_compiled=reasons.name == "permutation")
    arrays = [] if reasons.name == "permutation" else scene.write_sample(script)
    about = About(scene, reasons.explained, reasons.places, model, arrays, reasons.explained.output)
    writer = WRITERS[reasons.name]
    config = dict(part_of(method, "config"))
    try:
        inspect.signature(writer.write).bind(**{**config, "about": about, "script": script})
    except TypeError as error:
        raise RequestError("bad_request", text("Nothing is explained so."), detail=str(error)) from None
    writer.write(**config, about=about, script=script)
    script.section("The picture")
    names = [name for name, _ in inputs_of(scene.document)]
    for number, place in enumerate(about.places):
        _draw(script, place, number, title, names.index(place.name) if arrays else None)


def _draw(script: Script, place: Place, number: int, title: str, at: int | None) -> None:
    script.imports.need("import plotly.express as px")
    weights, named = f"weights[{number}]", literal(title)
    if place.kind in ("picture", "volume"):
        if place.kind == "volume":
            script.add(f"middle = {weights}[{weights}.shape[0] // 2]  # the others are in the array, too")
            weights = "middle"
        labels = '{"x": "column", "y": "row", "color": "weight"}'
        options = {"color_continuous_scale": '"RdBu_r"', "color_continuous_midpoint": "0"}
        drawn = call("px.imshow", weights, **options, labels=labels, title=named)
        script.add(*lay_out(drawn, "figure = "))
        if place.kind == "picture" and place.is_input and at is not None:
            _below(script, place, at)
    elif place.kind == "series":
        labels = '{"index": "time", "value": "weight", "variable": "channel"}'
        script.add(*lay_out(call("px.line", weights, labels=labels, title=named), "figure = "))
    elif place.kind == "tokens":
        script.add(*lay_out(sequence([literal(word) for word in place.words]), "words = "))
        labels = '{"x": "word", "y": "weight"}'
        drawn = call("px.bar", x=f"list(range(len({weights})))", y=weights, labels=labels, title=named)
        script.add(
            *lay_out(drawn, "figure = "),
            "figure.update_xaxes(tickvals=list(range(len(words))), ticktext=words)",
        )
    else:
        script.add(*lay_out(sequence([literal(word) for word in place.words]), "columns = "))
        labels = '{"x": "weight", "y": ""}'
        drawn = call("px.bar", x=weights, y="columns", orientation='"h"', labels=labels, title=named)
        script.add(*lay_out(drawn, "figure = "), 'figure.update_yaxes(autorange="reversed")')
    script.add("figure.show()")


def _below(script: Script, place: Place, at: int) -> None:
    """Writes what draws the picture itself below its weights."""
    script.imports.need("import plotly.graph_objects as go")
    grey = f"{laid_out(place, f'np.asarray(sample[{at}])[0]')}.mean(axis=-1)"
    below = call("go.Heatmap", z=grey, colorscale='"gray"', showscale="False", hoverinfo='"skip"')
    script.add(
        *lay_out(below, "below = "),
        "figure.update_traces(opacity=0.6)",
        "figure = go.Figure([below, *figure.data], figure.layout)",
    )
