"""Arrays in a script: which variables hold the samples of each part, and how rows are taken of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kerasviz.writing.expressions import Expression, call

Structure = Literal["array", "list", "dict", "files", "prepared", "text", "texts"]
"""What a variable holds: an array, a list or dict of arrays, or paths of files, which `read` takes, and
`prepare` then; an array of text, or a dict of which some is text: Keras takes that as tensors."""


_TAKEN: Mapping[Structure, str] = {
    "files": "read({value})",
    "prepared": "prepare(read({value}))",
    "text": "keras.ops.convert_to_tensor({value})",
    "texts": "keras.tree.map_structure(keras.ops.convert_to_tensor, {value})",
}
"""How a model takes what is no array of numbers."""


@dataclass(frozen=True)
class Arrays:
    """Variables with the samples of a part.

    Attributes:
        names: Of x, y and, where there are some, the weights of samples.
        structures: What each of them holds.
        is_augmented: Whether `augmented` changes each batch that trains.
        table: The variable of the table that samples are rows of; empty where there is none.
        table_rows: The variable with the numbers of these rows.
    """

    names: tuple[str, ...]
    structures: tuple[Structure, ...]
    is_augmented: bool = False
    table: str = ""
    table_rows: str = ""

    def __bool__(self) -> bool:
        return bool(self.names)

    def rows(self, rows: str) -> list[str]:
        """The expression for some rows of each variable.

        Args:
            rows: What stands in the brackets: a slice, or numbers of rows.
        """
        return [_rows(*pair, rows) for pair in zip(self.names, self.structures, strict=True)]

    def values(self, rows: str = "") -> list[str]:
        """The expression for what a model takes, of each variable.

        Args:
            rows: What stands in the brackets; all rows where it is empty.
        """
        taken = self.rows(rows) if rows else list(self.names)
        return [
            _TAKEN.get(structure, "{value}").format(value=value)
            for value, structure in zip(taken, self.structures, strict=True)
        ]

    def batch(self, number: str, rows: str = "batch") -> list[Expression]:
        """The expression for what a model learns from, of each variable.

        Args:
            number: The expression for the number of the batch.
            rows: What stands in the brackets.
        """
        x, *others = self.values(rows)
        given = self.rows(rows)[0]
        if self.is_augmented:
            return [call("augmented", f"read({given})" if self.are_files else given, number), *others]
        return [x, *others]

    @property
    def are_single(self) -> bool:
        """Whether samples and targets are one array each."""
        return self.structures[:2] == ("array", "array")

    @property
    def are_files(self) -> bool:
        """Whether samples are read when their turn comes."""
        return bool({"files", "prepared"} & {*self.structures})

    @property
    def count(self) -> str:
        """The expression for the number of samples."""
        structure, y = self.structures[1], self.names[1]
        if structure == "dict":
            return f"len(next(iter({y}.values())))"
        return f"len({y})" if structure == "array" else f"len({y}[0])"

    @property
    def tuple(self) -> str:
        """The expression for all of them, as `validation_data` takes it."""
        return f"({', '.join(self.values())})"


@dataclass(frozen=True)
class Parts:
    """The samples that train, and those that are held out."""

    training: Arrays
    validation: Arrays | None = None
    test: Arrays | None = None


def _rows(name: str, structure: Structure, rows: str) -> str:
    if structure in ("array", "files", "prepared", "text"):
        return f"{name}[{rows}]"
    if structure == "list":
        return f"tuple(array[{rows}] for array in {name})"
    return f"{{key: array[{rows}] for key, array in {name}.items()}}"
