"""Pictures as the Python that makes them. A picture is one module with a `write`, and a line in the table.

`write` takes what a page may say, with types, and the keywords `scene`, `script` and, of a result, `asked`.
The script runs on its own in a notebook beside the document, and gives the numbers of the picture.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

from kerasviz.codegen.imports import Imports
from kerasviz.codegen.recipe.script import Script
from kerasviz.config.parts import part_of
from kerasviz.insight.pictures import (
    beside_each_other,
    confusion_matrix,
    layer_output,
    layer_statistics,
    one_class_curve,
    plane_map,
    residual_plot,
    run_curves,
    sample_grid,
    sample_points,
    scores_by_class,
    scores_by_column,
    why_weights,
)
from kerasviz.insight.pictures.scene import Scene
from kerasviz.insight.pictures.scores import Asked
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

PICTURES: Mapping[str, ModuleType] = {
    "layer_output": layer_output,
    "layer_statistics": layer_statistics,
    "run_curves": run_curves,
    "confusion_matrix": confusion_matrix,
    "one_class_curve": one_class_curve,
    "residual_plot": residual_plot,
    "scores_by_class": scores_by_class,
    "scores_by_column": scores_by_column,
    "sample_grid": sample_grid,
    "beside_each_other": beside_each_other,
    "why_weights": why_weights,
    "sample_points": sample_points,
    "plane_map": plane_map,
}
"""The pictures by the name that a page has for them."""


def code_of_picture(chosen: Mapping[str, Any], scene: Scene, asked: Callable[[], Asked]) -> str:
    """Writes the code of a picture.

    Args:
        chosen: `{"class_name": picture, "config": its arguments}`.
        scene: What the picture is of.
        asked: Tells what was predicted last.

    Returns:
        Python source that runs without kerasviz.

    Raises:
        RequestError: With code `bad_request`, where there is no such picture; with `no_code`, where it has no
            code here; else as the picture says.
    """
    name, config = chosen.get("class_name"), part_of(chosen, "config")
    picture = PICTURES.get(name) if isinstance(name, str) else None
    script = Script(Imports())
    try:
        if picture is None:
            raise TypeError(name)
        known: dict[str, Any] = {"scene": scene, "script": script}
        signature = inspect.signature(picture.write)
        has_result = "asked" in signature.parameters
        signature.bind(**{**config, **known, **({"asked": None} if has_result else {})})
    except TypeError as error:
        raise RequestError("bad_request", text("There is no such picture."), detail=str(error)) from None
    if has_result:
        known["asked"] = asked()
    picture.write(**config, **known)
    return script.text()
