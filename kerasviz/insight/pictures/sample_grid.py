"""Samples side by side: those that the model is most wrong about, or least certain of."""

from __future__ import annotations

from kerasviz.codegen.recipe.partarrays import Arrays
from kerasviz.codegen.recipe.script import Script
from kerasviz.insight.pictures.scene import Scene
from kerasviz.insight.pictures.scores import Asked, write_predicted, write_scores
from kerasviz.insight.pictures.tablefigure import write_table
from kerasviz.insight.results.worst import MOST, Only, Order
from kerasviz.protocol.insight import At
from kerasviz.writing.expressions import call, lay_out, literal, sequence

_COLUMNS = 10


def write(
    order: Order = "wrong",
    true: int | None = None,
    predicted_as: int | None = None,
    threshold: float | None = None,
    of: int | None = None,
    only: Only | None = None,
    other: At | None = None,
    *,
    asked: Asked,
    scene: Scene,
    script: Script,
) -> None:
    """Writes what chooses samples, the worst first, and draws them.

    Args:
        order: As `results.worst` has it.
        true: Only samples of this class.
        predicted_as: Only those that were predicted as this one.
        threshold: Above which score the second of two is predicted; None for that of the model.
        of: Which label, or which of the numbers; None for all numbers.
        only: Only samples that one of two models alone is right about.
        other: Whose weights are compared, where `only` is said; None for the model as it is now.
        asked: What was predicted.
        scene: What the picture is of.
        script: Gets the statements.
    """
    script.notes.insert(0, f"Samples with the largest errors first, at most {MOST}.")
    if asked.kind == "labels":
        of = of or 0
    beside = None if only is None else scene.at(other)
    arrays = write_scores(script, scene, asked, of, beside, has_all=True)
    script.section("The samples, the worst first")
    if asked.kind == "numbers":
        _by_distance(script, only, has_truth=asked.has_truth)
    else:
        _by_class(script, asked, (order, true, predicted_as, threshold, only))
    _draw(script, asked, arrays)


def _by_distance(script: Script, only: Only | None, *, has_truth: bool) -> None:
    if not has_truth:
        script.add(f"chosen = np.arange(min(len(score), {MOST}))")
        return
    script.add("distance = np.sqrt(((score - true) ** 2).mean(axis=1))")
    if only is None:
        script.add(f'chosen = np.argsort(-distance, kind="stable")[:{MOST}]')
        return
    first, second = ("distance", "other") if only == "this" else ("other", "distance")
    script.add(
        "other = np.sqrt(((other_score - true) ** 2).mean(axis=1))",
        f"nearer = {second} - {first}",
        f'chosen = np.argsort(-nearer, kind="stable")[: min((nearer > 0).sum(), {MOST})]',
    )


def _by_class(
    script: Script, asked: Asked, chosen: tuple[Order, int | None, int | None, float | None, Only | None]
) -> None:
    order, true, predicted_as, threshold, only = chosen
    write_predicted(script, asked, threshold)
    if asked.kind == "classes":
        script.add(
            "ordered = np.sort(score, axis=-1)",
            "margin = ordered[:, -1] - ordered[:, -2]",
        )
        if asked.has_truth:
            script.add(
                "of_true = score[np.arange(len(true)), true]",
                "right = np.where(predicted == true, margin, of_true - ordered[:, -1])",
            )
    else:
        at = literal(float(asked.threshold if threshold is None else threshold))
        script.add(f"ahead = score - {at}", "margin = np.abs(ahead)")
        if asked.has_truth:
            script.add("right = np.where(true == 1, ahead, -ahead)")
    wanted = [] if true is None else [f"(true == {true})"]
    if predicted_as is not None:
        wanted.append(f"(predicted == {predicted_as})")
    elif only is not None:
        write_predicted(script, asked, threshold, "other_score")
        signs = ("==", "!=") if only == "this" else ("!=", "==")
        wanted += [f"(predicted {signs[0]} true)", f"(other_predicted {signs[1]} true)"]
    elif order == "wrong":
        wanted.append("(predicted != true)")
    if asked.has_truth and asked.has_unknown and wanted:
        wanted.append("known")
    script.add(f"wanted = {' & '.join(wanted) or 'np.ones(len(score), bool)'}")
    by = "right" if order == "wrong" else "margin"
    if asked.positions > 1:
        counts = f".reshape(-1, {asked.positions})"
        by = f"-wanted{counts}.sum(axis=1)" if order == "wrong" else f"margin{counts}.mean(axis=1)"
        script.add(f"by, wanted = {by}, wanted{counts}.any(axis=1)")
        by = "by"
    script.add(
        "chosen = np.flatnonzero(wanted)",
        f'chosen = chosen[np.argsort({by}[chosen], kind="stable")[:{MOST}]]',
    )


def _draw(script: Script, asked: Asked, arrays: Arrays) -> None:
    script.add('assert len(chosen), "There are no such samples."')
    columns = _said(script, asked)
    numbers = "chosen"
    if asked.slice is not None:
        numbers = "rows[chosen]"  # in the whole part
    x, structure = arrays.values(numbers)[0], arrays.structures[0]
    columns = {"sample": numbers, **columns}
    if asked.looks == "values" or structure in ("list", "dict", "texts"):
        if structure not in ("list", "dict", "texts"):
            columns["begins with"] = f"[str(sample)[:80] for sample in np.asarray({x})]"
        write_table(script, columns, '"Samples"')
        return
    script.imports.need("import plotly.express as px")
    script.section("The picture")
    script.add(f"pictures = np.asarray({x})")
    script.add(
        "pictures = pictures.reshape(len(pictures), int(pictures.shape[1] ** 0.5), -1)"
        if asked.looks == "square"
        else "pictures = pictures.squeeze(-1) if pictures.shape[-1] == 1 else pictures"
    )
    drawn = call(
        "px.imshow",
        "pictures",
        facet_col="0",
        facet_col_wrap=str(_COLUMNS),
        color_continuous_scale='"gray"',
        title='"Samples"',
    )
    said = [f'" {name}: " + {values}[at]' for name, values in columns.items() if name != "sample"]
    caption = " + ".join([f'f"{{{numbers}[at]}}:"', *said])
    script.add(
        *lay_out(drawn, "figure = "),
        f"for note, at in zip(figure.layout.annotations, {_FACETS}):",
        f"    note.text = {caption}",
        "figure.update_xaxes(showticklabels=False).update_yaxes(showticklabels=False)",
        "figure.show()",
    )


_FACETS = '[int(note.text.split("=")[1]) for note in figure.layout.annotations]'


def _said(script: Script, asked: Asked) -> dict[str, str]:
    """What is said of each sample: variables by what is above them."""
    has_unknown = asked.has_truth and asked.has_unknown
    if asked.positions > 1:
        if not asked.has_truth:
            return {}
        each = f".reshape(-1, {asked.positions})[chosen].sum(axis=1)"
        if has_unknown:
            script.add(
                f"mistakes, positions = ((predicted != true) & known){each}, known{each}",
                'wrong = [f"{count} of {all}" for count, all in zip(mistakes, positions)]',
            )
        else:
            script.add(f'wrong = [f"{{count}} of {asked.positions}" for count in (predicted != true){each}]')
        return {"wrong": "wrong"}
    if asked.kind == "numbers":
        shown = "[str(values.round(4)) for values in {}[chosen]]"
        lines = {"said": shown.format("score"), "truth": shown.format("true")}
    else:
        names = ["no", "yes"] if asked.kind == "labels" else list(asked.names)
        script.add(*lay_out(sequence([literal(name) for name in names]), "classes = "))
        blank = ' if number >= 0 else ""' if has_unknown else ""
        lines = {
            "said": "[classes[number] for number in predicted[chosen]]",
            "truth": f"[classes[number]{blank} for number in true[chosen]]",
        }
    if not asked.has_truth:
        del lines["truth"]
    script.add(*(f"{name} = {values}" for name, values in lines.items()))
    return {"predicted": "said"} if not asked.has_truth else {"predicted": "said", "true": "truth"}
