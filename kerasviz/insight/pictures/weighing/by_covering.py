"""What the answer loses where a part of the sample is covered, as code."""

from __future__ import annotations

import inspect
import math

from kerasviz.codegen.recipe.script import Script
from kerasviz.insight.pictures.arraycode import array_code
from kerasviz.insight.pictures.weighing.about import About, batch_of, groups_in, laid_out
from kerasviz.insight.why import boxes
from kerasviz.insight.why.averages import average_at
from kerasviz.insight.why.occlusion import PARTS
from kerasviz.insight.why.places import Place


def write(window: int = 0, stride: int = 0, *, about: About, script: Script) -> None:
    """Writes the mean drop of the answer for all windows over a position.

    Args:
        window: Positions of a side that are covered together; 0 as `occlusion` takes it.
        stride: Positions from one window to the next; 0 for half a window.
        about: What is explained.
        script: Gets the statements.
    """
    about.write_answer(script, [place.node for place in about.places])
    source = inspect.getsource(boxes)
    script.define(*source[source.index("class Windows") :].rstrip().splitlines())
    script.section("The answer where windows of the sample are covered")
    script.add(
        "uncovered = float(keras.ops.convert_to_numpy(answer(values, score=False))[0])",
        "weights = []",
    )
    for number, place in enumerate(about.places):
        _of_place(script, about, place, number, (window, stride))


def _of_place(script: Script, about: About, place: Place, number: int, sizes: tuple[int, int]) -> None:
    is_wide = place.kind not in ("tokens", "columns")
    shape = place.shape[:1] if place.kind == "series" else place.shape
    size = sizes[0] if sizes[0] > 0 else math.ceil(max(shape) / PARTS) if is_wide else 1
    step = sizes[1] if sizes[1] > 0 else max(1, size // 2)
    script.add(f"laid_out = {laid_out(place, f'values[{number}][0]')}")
    average = average_at(place, about.explained.document, about.explained.samples)
    if is_wide:
        filled = "np.broadcast_to(laid_out.reshape(-1, laid_out.shape[-1]).mean(axis=0), laid_out.shape)"
    elif average is None:
        filled = "np.zeros_like(laid_out)"
    else:
        script.add("means = [", *array_code(place.laid_out(average), script.imports), "]")
        filled = "means[0]"
    script.add(f"filled = {filled}", f"windows = Windows({shape!r}, {size}, {step})")
    back = "changed.reshape(laid_out.shape)"
    if place.pixels is not None:
        is_first = place.pixels.is_first
        back = "np.moveaxis(changed, -1, 0)" if is_first else f"changed.reshape(values[{number}].shape[1:])"
    box = "box"
    if place.kind == "columns":
        script.add(f"groups = {groups_in(place)}")
        box = "slice(groups[box[0].start].start, groups[box[0].stop - 1].stop)"
    others = ["None"] * len(about.places)
    others[number] = "np.stack(some)"
    script.add(
        "covered = []",
        "for box in windows.boxes:",
        "    changed = laid_out.copy()",
        f"    at = {box}",
        "    changed[at] = filled[at]",
        f"    covered.append({back})",
        "numbers = []",
        f"for first in range(0, len(covered), {batch_of(about)}):",
        f"    some = covered[first : first + {batch_of(about)}]",
        f"    found = answer([{', '.join(others)}], score=False)",
        "    numbers.append(keras.ops.convert_to_numpy(found))",
        "weights.append(windows.means(uncovered - np.concatenate(numbers)))",
    )
