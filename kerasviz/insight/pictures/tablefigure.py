"""A table as a figure of Plotly, as code."""

from __future__ import annotations

from collections.abc import Mapping

from kerasviz.codegen.recipe.script import Script
from kerasviz.writing.expressions import call, lay_out, literal, sequence


def write_table(script: Script, columns: Mapping[str, str], title: str) -> None:
    """Writes what draws a table.

    Args:
        script: Gets the statements.
        columns: The expression for the values of each column, by what is above it.
        title: Expression for the title.
    """
    script.imports.need("import plotly.graph_objects as go")
    script.section("The picture")
    heads = sequence([literal(name) for name in columns])
    values = sequence([*columns.values()])
    table = call("go.Table", header=call("dict", values=heads), cells=call("dict", values=values))
    script.add(
        *lay_out(call("go.Figure", table), "figure = "),
        *lay_out(call("figure.update_layout", title=title)),
        "figure.show()",
    )
