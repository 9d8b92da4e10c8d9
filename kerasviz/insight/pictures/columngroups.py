"""Samples in groups by a column, as code."""

from __future__ import annotations

import inspect

from kerasviz.codegen.recipe.partarrays import Arrays
from kerasviz.codegen.recipe.script import Script
from kerasviz.insight.pictures.groupsof import groups_of
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text
from kerasviz.writing.expressions import literal


def write_groups(script: Script, arrays: Arrays, column: str) -> None:
    """Writes what puts the samples of a part into groups: `groups` has the name and the rows of each.

    Args:
        script: Gets the statements.
        arrays: The part.
        column: Of the table, or the name of an array that has one value for each sample.

    Raises:
        RequestError: With code `no_code`, where the part has no columns.
    """
    if arrays.table:
        values = f"{arrays.table}[{literal(column)}].iloc[{arrays.table_rows}]"
    elif arrays.structures[0] == "dict":
        values = f"np.ravel({arrays.names[0]}[{literal(column)}])"
    else:
        raise RequestError("no_code", text("There is no Python code to read the columns of this data."))
    script.imports.numpy()
    script.section("Samples by what the column says of them")
    script.define(*inspect.getsource(groups_of).rstrip().splitlines())
    script.add(f"groups = groups_of(np.asarray({values}))")
