"""docs/internals.md names each private of others that is used, where that is, and a test that would fail."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

PAGE = (ROOT / "docs" / "internals.md").read_text(encoding="utf-8")
MODULES = sorted(path for path in (ROOT / "kerasviz").rglob("*.py") if path.name != "_version.py")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| `")
]
PRIVATE = re.compile(r"_[A-Za-z]\w*")


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def own_names() -> set[str]:
    """Names beginning with one underscore that the package itself defines."""
    found: set[str] = set()
    for tree in map(ast.parse, (path.read_text(encoding="utf-8") for path in MODULES)):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                found.add(node.name)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                found |= {node.attr} if ast.unparse(node.value) in ("self", "cls") else set()
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
    return found


def privates(path: Path, own: set[str]) -> Iterator[str]:
    """What a module uses of others: private attributes, private names that it looks up, modules of Keras."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and ast.unparse(node).startswith("keras.src."):
            yield ast.unparse(node)
        elif isinstance(node, ast.Constant) and re.fullmatch(r"keras\.src\.[\w.]+", str(node.value)):
            yield str(node.value)
        elif isinstance(node, ast.Attribute) and PRIVATE.fullmatch(node.attr) and node.attr not in own:
            if ast.unparse(node.value) != "os":  # `os._exit` is documented
                yield node.attr
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("getattr", "hasattr", "setattr"):
            name = node.args[1]
            if isinstance(name, ast.Constant) and PRIVATE.fullmatch(str(name.value)):
                yield str(name.value)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("keras.src"):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("keras.src"))


def test_every_private_that_is_used_is_on_the_page() -> None:
    own = own_names()
    for path in MODULES:
        file = str(path.relative_to(ROOT))
        told = [name for what, where, *_ in ROWS if file in quoted(where) for name in quoted(what)]
        for name in privates(path, own):
            # A row about a part of a module of Keras is about the module, too.
            assert any(f"{one}.".startswith(f"{name}.") for one in told), f"{file}: {name}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: quoted(row[0])[0])
def test_a_row_is_true(row: list[str]) -> None:
    what, where, why, tests = row
    assert why
    for file in quoted(where):
        text = (ROOT / file).read_text(encoding="utf-8")
        for name in quoted(what):
            # A module of Keras is imported whole or by its parts.
            assert name.rpartition(".")[2] in text, (file, name)
    assert quoted(tests)
    for test in quoted(tests):
        file, _, name = test.partition("::")
        assert name in (ROOT / file).read_text(encoding="utf-8"), test
