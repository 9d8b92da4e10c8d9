"""Exported programs of PyTorch (`.pt2`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import keras
import numpy as np


def any_sizes(taken: Any) -> dict[str, Any]:
    """Arguments for `model.export(format="torch")`: axes of which Keras does not know the size may have any.

    Without them the program takes one sample at a time.

    Args:
        taken: The symbolic inputs of the model, as it takes them.
    """
    import torch

    def free(tensor: Any) -> dict[int, Any]:
        return {axis: torch.export.Dim.AUTO for axis, size in enumerate(tensor.shape) if size is None}

    return {"dynamic_shapes": [(keras.tree.map_structure(free, taken),)]}


def opened_program(path: Path) -> Callable[[Any], Mapping[str, np.ndarray]]:
    """Gives what computes the outputs of a program, each by its place in their structure.

    It takes arrays in the structure in which the model takes them.

    Args:
        path: The file.
    """
    import torch

    program = torch.export.load(path).module()

    def compute(structure: Any) -> Mapping[str, np.ndarray]:
        given = keras.tree.map_structure(torch.as_tensor, structure)
        with torch.no_grad():
            outputs = program(given)
        return {
            "_".join(map(str, way)) or "output": value.cpu().numpy()
            for way, value in keras.tree.flatten_with_path(outputs)
        }

    return compute
