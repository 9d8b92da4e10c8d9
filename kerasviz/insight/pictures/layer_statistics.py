"""How weights, gradients or activations of a layer were spread while it trained."""

from __future__ import annotations

from typing import Literal

from kerasviz.codegen.recipe.script import Script
from kerasviz.insight.pictures.scene import Scene
from kerasviz.training.run.folder import STATISTICS
from kerasviz.writing.expressions import call, lay_out, literal

Spreads = Literal["weights", "gradients", "activations"]


def write(layer: str, kind: Spreads, run: str, step: int, *, scene: Scene, script: Script) -> None:
    """Writes what reads a measurement of a run and draws it.

    Args:
        layer: Its name, behind those of the models around it and slashes.
        kind: What was measured.
        run: As events name it.
        step: Batches before the measurement.
        scene: What the picture is of.
        script: Gets the statements.
    """
    script.notes.append(f"How the {kind} of layer {layer!r} were spread after {step} batches.")
    script.imports.need("import json")
    script.imports.numpy()
    script.imports.need("import plotly.express as px")
    script.section("What was measured")
    script.add(
        f"with open({scene.run_file(run, STATISTICS)}) as file:",
        "    measured = [json.loads(line) for line in file]",
        f'layers = next(each for each in measured if each["step"] == {step})["layers"]',
        f"found = layers[{literal(layer)}][{literal(kind)}]",
        'counts = found["histogram"]',
        'edges = np.linspace(found["minimum"], found["maximum"], len(counts) + 1)',
    )
    script.section("The picture")
    drawn = call("px.bar", x="(edges[:-1] + edges[1:]) / 2", y="counts")
    script.add(*lay_out(drawn, "figure = "), "figure.show()")
