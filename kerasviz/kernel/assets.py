"""The JavaScript that the build has put beside this package."""

from __future__ import annotations

from pathlib import Path

from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

STATIC = Path(__file__).parents[1] / "static"
LAZY = {"plotly": "plotly.js", "catalog": "catalog.json"}
"""What a notebook asks for when it first needs it."""


def static_file(name: str) -> Path:
    """Finds a built file.

    Raises:
        FileNotFoundError: If kerasviz was not built, which `make build` does.
    """
    path = STATIC / name
    if not path.is_file():
        raise FileNotFoundError(
            text(
                "kerasviz/static/{file} is missing, because this copy was not built. Run `make build` in "
                "its folder, or install a wheel.",
                file=name,
            )
        )
    return path


def asset(name: object) -> str:
    """Reads a file for a page.

    Raises:
        RequestError: With code `asset`, when there is none of that name.
    """
    file = LAZY.get(name) if isinstance(name, str) else None
    if file is None:
        raise RequestError(
            "asset",
            text("Expected one of {names}, received: {name}.", names=", ".join(LAZY), name=repr(name)),
        )
    try:
        return static_file(file).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise RequestError("asset", error.args[0]) from None
