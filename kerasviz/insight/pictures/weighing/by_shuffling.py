"""What a model loses where a column tells nothing, as code."""

from __future__ import annotations

from kerasviz.codegen.recipe.script import Script
from kerasviz.insight.passage.fittinginputs import inputs_of
from kerasviz.insight.pictures.weighing.about import About, groups_in
from kerasviz.insight.why.measured import Measured
from kerasviz.insight.why.places import Place
from kerasviz.training.callbacks.directions import direction
from kerasviz.writing.expressions import literal


def write(
    repeats: int = 5, metric: str = "loss", rows: int = 1000, seed: int = 0, *, about: About, script: Script
) -> None:
    """Writes what `evaluate` loses with each column shuffled.

    Args:
        repeats: How often each column is shuffled.
        metric: The loss, or the name of a metric of the plan.
        rows: Samples at most.
        seed: Of the shuffling.
        about: What is explained.
        script: Gets the statements.
    """
    measured = Measured(about.explained, rows)
    measured(measured.inputs)
    sign = "-" if direction(measured.model, metric) == "up" else ""
    arrays = about.scene.write_part(script, measured.part)
    script.imports.numpy()
    script.section("How well the model does, and how well with a column shuffled")
    x, *others = arrays.rows(f":{rows}")
    weighed = f", sample_weight={others[1]}" if len(others) > 1 else ""
    script.add(
        f"x, y = {x}, {others[0]}",
        "def measured(x):",
        f"    found = {about.model}.evaluate(x, y{weighed}, verbose=0, return_dict=True)",
        f"    return {sign}found[{literal(metric)}]",
        "",
        "",
        f"random, before, weights = np.random.default_rng({seed}), measured(x), []",
    )
    names = [name for name, _ in inputs_of(about.scene.document)]
    for place in about.places:
        _of_place(script, place, arrays.structures[0], names.index(place.name), repeats)


def _of_place(script: Script, place: Place, structure: str, at: int, repeats: int) -> None:
    key = {"dict": literal(place.name), "texts": literal(place.name), "list": str(at)}.get(structure)
    shuffled = "changed" if key is None else f"({{**x, {key}: changed}})"
    if structure == "list":
        shuffled = f"[*x[:{at}], changed, *x[{at + 1}:]]"
    array = "x" if key is None else f"x[{key}]"
    groups = groups_in(place) if place.is_input else f"[slice(None)] * {len(place.groups)}"
    script.add(
        "weights.append([])",
        f"array = np.asarray({array})",
        f"for group in {groups}:",
        "    worse = []",
        f"    for _ in range({repeats}):",
        "        order = random.permutation(len(array))",
        "        changed = array.reshape(len(array), -1).copy()",
        "        changed[:, group] = changed[order][:, group]",
        "        changed = changed.reshape(array.shape)",
        f"        worse.append(measured({shuffled}) - before)",
        "    weights[-1].append(np.mean(worse))",
        "weights[-1] = np.array(weights[-1])",
    )
