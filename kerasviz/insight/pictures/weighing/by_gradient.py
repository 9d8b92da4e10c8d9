"""The gradient of the score, as code."""

from __future__ import annotations

from kerasviz.codegen.recipe.script import Script
from kerasviz.insight.pictures.weighing.about import About, groups_in, laid_out
from kerasviz.insight.why.places import Place
from kerasviz.writing.expressions import lay_out, sequence


def write(*, about: About, script: Script) -> None:
    """Writes the size of the gradient at each place.

    Args:
        about: What is explained.
        script: Gets the statements.
    """
    write_slopes(script, about, [place.node for place in about.places])
    sizes = [_size(place, f"slopes[{i}]") for i, place in enumerate(about.places)]
    script.add(*lay_out(sequence([*sizes]), "weights = "))


def write_slopes(script: Script, about: About, nodes: list[str]) -> None:
    """Writes `slopes`, how the score changes with what comes out of calls.

    Args:
        script: Gets the statements.
        about: What is explained.
        nodes: The calls.
    """
    about.write_answer(script, nodes)
    script.section("How the score changes with each number")
    script.add(
        "_, slopes = gradients_at(answer, values)",
        "slopes = [keras.ops.convert_to_numpy(slope)[0] for slope in slopes]",
    )


def _size(place: Place, slope: str) -> str:
    if place.kind == "tokens":
        return f"np.linalg.norm({slope}, axis=-1)"
    if place.kind == "columns":
        if set(place.widths) == {1}:
            return f"np.abs({slope})"
        return f"np.array([np.abs({slope}[group]).max() for group in {groups_in(place)}])"
    laid = f"np.abs({laid_out(place, slope)})"
    return f"{laid}.max(axis=-1)" if place.has_channels else laid
