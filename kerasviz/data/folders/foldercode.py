"""Code that reads the files of a folder by class: in the order of the editor, and without those left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kerasviz.data.folders.seenfolders import SeenFolder
from kerasviz.writing.expressions import Group, call, lay_out, literal
from kerasviz.writing.snippet import Snippet

_VARIABLES = {
    "training": ("files", "y", "files, labels"),
    "validation": ("files_val", "y_val", "files_val, labels_val"),
    "test": ("files_test", "y_test", "files_test, labels_test"),
}


def taken_shape(model: Any, axes: int) -> tuple[int | None, ...]:
    """The lengths of a sample as the only input of a model takes it; None where they are open, or others."""
    inputs = getattr(model, "inputs", None)
    shape = tuple(inputs[0].shape[1:]) if inputs and len(inputs) == 1 else ()
    return shape if len(shape) == axes else (None,) * axes


def folder_code(
    path: str, endings: Sequence[str], folder: SeenFolder, read: Sequence[str], imports: Sequence[str]
) -> Snippet:
    """Writes what lists the files of a folder with their classes, and what reads some of them.

    Args:
        path: The folder, as the plan has it.
        endings: How the names of samples end.
        folder: What is known of it.
        read: The function `read`, which makes an array of the paths of files.
        imports: What it needs.
    """
    parts = folder.parts or {"training": ""}
    lines = list(lay_out(call("pathlib.Path", literal(path)), "folder = "))
    if folder.left_out:
        names = tuple(("", literal(name)) for name in folder.left_out)
        lines += ["# These can't be read.", *lay_out(Group("", "{}", names), "left_out = ")]
    lines += [
        "class_names = sorted(",
        "    path.name",
        f"    for path in {_plain(_inside(parts['training']))}.iterdir()",
        '    if path.is_dir() and not path.is_symlink() and not path.name.startswith((".", "__"))',
        ")",
    ]
    gives: dict[str, str] = {}
    for part, name in parts.items():
        files, labels, variables = _VARIABLES[part]
        lines += lay_out(f"listed({_inside(name)})", f"{variables} = ")
        gives[files], gives[labels] = variables.split(", ")
    listed = [
        "def listed(part):",
        '    """The files of each class and the number of that class, mixed the same way each time."""',
        "    files, labels = [], []",
        "    for label, name in enumerate(class_names):",
        '        for file in sorted((part / name).rglob("*")):',
        "            path = file.relative_to(folder).as_posix()",
        '            is_hidden = any(name.startswith((".", "__")) for name in path.split("/"))',
        f"            if not file.is_file() or is_hidden{' or path in left_out' if folder.left_out else ''}:",
        "                continue",
        f"            if file.suffix.lower() in {_flat(endings)}:",
        "                files.append(str(file))",
        "                labels.append(label)",
        "    order = np.random.default_rng(0).permutation(len(files))",
        '    return np.array(files)[order], np.array(labels, "int32")[order]',
    ]
    return Snippet(
        lines=tuple(lines),
        defines=(tuple(listed), tuple(read)),
        imports=("import pathlib", "import numpy as np", *imports),
        gives=gives,
        classes=folder.classes,
    )


def _inside(name: str) -> str:
    return f"folder / {literal(name)}" if name else "folder"


def _plain(path: str) -> str:
    return f"({path})" if " " in path else path


def _flat(endings: Sequence[str]) -> str:
    return "(" + ", ".join(map(literal, endings)) + ("," if len(endings) == 1 else "") + ")"
