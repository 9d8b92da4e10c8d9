"""Writes `src/core/protocol` from the TypedDicts of this package.

`python -m kerasviz.protocol.typescript` writes the files; with `--check` it only tells whether they are as it
would write them. An interface is called like its TypedDict with an `I` before it.
"""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
import types
from pathlib import Path
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from kerasviz.protocol import (
    analysis,
    data,
    devices,
    embedding,
    errors,
    files,
    frame,
    hello,
    hints,
    insight,
    pictures,
    preparation,
    preview,
    requests,
    results,
    run,
    runs,
    samplechange,
    statistics,
    why,
)
from kerasviz.protocol.owned import JSON, Owned
from kerasviz.protocol.text import Text

TARGET = Path(__file__).parents[2] / "src" / "core" / "protocol"
MODULES = {
    module.__name__.rpartition(".")[2]: module
    for module in (
        errors,
        analysis,
        run,
        runs,
        statistics,
        data,
        preparation,
        preview,
        samplechange,
        insight,
        hints,
        results,
        why,
        pictures,
        embedding,
        files,
        hello,
        devices,
        frame,
        requests,
    )
}
HEADER = "// Written by `make protocol` from kerasviz/protocol; change it there.\n"
WIDTH = 110
NAMES: dict[Any, str] = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null"}


class Module:
    """One module of the protocol in TypeScript.

    Args:
        name: Its name in both languages.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._python = MODULES[name]
        self._imports: dict[str, set[str]] = {}

    def text(self) -> str:
        """The text of the file."""
        source = ast.parse(inspect.getsource(self._python))
        body = "\n".join(filter(None, (self._statement(*each) for each in _documented(source.body))))
        imports = "".join(
            f"import type {{ {', '.join(sorted(names))} }} from '{module}';\n"
            for module, names in sorted(self._imports.items(), key=_packages_first)
        )
        return "\n".join(filter(None, (HEADER + _comment(ast.get_docstring(source) or ""), imports, body)))

    def _statement(self, statement: ast.stmt, doc: str) -> str:
        """A class or a constant in TypeScript; nothing where only Python has it."""
        match statement:
            case ast.ClassDef(name=name) if is_typeddict(kind := getattr(self._python, name)):
                return "" if getattr(kind, "__parameters__", ()) else self._interface(kind, statement)
            case ast.Assign(targets=[ast.Name(id=name)]):
                value = getattr(self._python, name)
                if isinstance(value, int):
                    return f"{_comment(doc)}export const {name} = {value};\n"
                if get_origin(value) is Literal:
                    return f"{_comment(doc)}export type {name} = {_literals(value)};\n"
        return ""

    def _interface(self, kind: Any, source: ast.ClassDef) -> str:
        bases = [getattr(self._python, base.id) for base in source.bases if isinstance(base, ast.Name)]
        names = ", ".join(self._type(base) for base in bases if is_typeddict(base))
        hints = get_type_hints(kind, include_extras=True)
        lines = [f"{_comment(inspect.getdoc(kind) or '')}export interface I{kind.__name__}"]
        lines.append(f" extends {names} {{\n" if names else " {\n")
        for statement, doc in _documented(source.body):
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                name = statement.target.id
                mark = "?" if get_origin(hints[name]) is NotRequired else ""
                field = f"{_comment(doc)}{name}{mark}: {self._type(hints[name])};\n"
                lines.append(textwrap.indent(field, "  "))
        return "".join([*lines, "}\n"])

    def _type(self, hint: Any) -> str:
        """What a type is called in TypeScript."""
        origin, args = get_origin(hint), get_args(hint)
        if hint in NAMES:
            return NAMES[hint]
        if hint == JSON:
            return self._import("JSONObject", "@lumino/coreutils")
        if is_typeddict(hint):
            return self._import(f"I{hint.__name__}", f"./{hint.__module__.rsplit('.', 1)[-1]}")
        if is_typeddict(origin):
            names = [parameter.__name__.lower() for parameter in origin.__parameters__]
            fields = [f"{name}: {self._type(arg)}" for name, arg in zip(names, args, strict=True)]
            return f"{{ {'; '.join(fields)} }}"
        if origin is NotRequired:
            return self._type(args[0])
        if origin is Annotated:
            owned = isinstance(args[1], Owned)
            return self._import(args[1].name, args[1].module) if owned else self._type(args[1])
        if origin is Literal:
            named = _named_literals().get(hint)
            return self._import(*named) if named else _literals(hint)
        if origin in (Union, types.UnionType):
            return self._union(args)
        if origin is list:
            item = self._type(args[0])
            return f"({item})[]" if " | " in item else f"{item}[]"
        if origin is tuple:
            return f"[{', '.join(map(self._type, args))}]"
        if origin is dict and args[0] is str:
            return f"{{ [key: string]: {self._type(args[1])} }}"
        raise TypeError(f"TypeScript has no word for {hint}")

    def _union(self, args: tuple[Any, ...]) -> str:
        if Text not in args:
            return " | ".join(map(self._type, args))
        others = [self._type(arg) for arg in args if arg not in (Text, str)]
        return " | ".join([self._import("Sentence", "../translation"), *others])

    def _import(self, name: str, module: str) -> str:
        if module != f"./{self._name}":
            self._imports.setdefault(module, set()).add(name)
        return name


def texts() -> dict[str, str]:
    """The text of each file, by its name."""
    exports = "".join(f"export * from './{name}';\n" for name in MODULES)
    return {"index.ts": HEADER + exports, **{f"{name}.ts": Module(name).text() for name in MODULES}}


def differing() -> list[str]:
    """Names of files that are not as they would be written, or that nothing here writes."""
    expected = texts()
    present = {path.name: path.read_text(encoding="utf-8") for path in TARGET.iterdir()}
    return sorted(
        name for name in expected.keys() | present.keys() if expected.get(name) != present.get(name)
    )


def main(arguments: list[str]) -> int:
    """Writes the files, or checks them.

    Args:
        arguments: `["--check"]` to check.

    Returns:
        The exit status: 1 when a check finds a difference.
    """
    if arguments == ["--check"]:
        names = differing()
        if names:
            print(
                f"src/core/protocol: {', '.join(names)} should be written by `make protocol`", file=sys.stderr
            )
        return 1 if names else 0
    for name, content in texts().items():
        (TARGET / name).write_text(content, encoding="utf-8")
    return 0


def _packages_first(item: tuple[str, set[str]]) -> tuple[bool, str]:
    return item[0].startswith("."), item[0]


def _named_literals() -> dict[Any, tuple[str, str]]:
    """The literals that have a name, and the module that gives it."""
    return {
        value: (name, f"./{module}")
        for module, python in reversed(MODULES.items())
        for name, value in vars(python).items()
        if get_origin(value) is Literal
    }


def _literals(hint: Any) -> str:
    words = {True: "true", False: "false"}
    return " | ".join(f"'{item}'" if isinstance(item, str) else words[item] for item in get_args(hint))


def _documented(body: list[ast.stmt]) -> list[tuple[ast.stmt, str]]:
    """Statements, each with the string behind it that is its documentation."""
    found = []
    for statement, behind in zip(body, [*body[1:], ast.Pass()], strict=True):
        match behind:
            case ast.Expr(value=ast.Constant(value=str(doc))):
                found.append((statement, inspect.cleandoc(doc)))
            case _:
                found.append((statement, ""))
    return found


def _comment(doc: str) -> str:
    lines = [part for line in doc.splitlines() for part in textwrap.wrap(line, WIDTH) or [""]]
    if len(lines) <= 1:
        return "".join(f"/** {line} */\n" for line in lines)
    return "".join(["/**\n", *(f" * {line}".rstrip() + "\n" for line in lines), " */\n"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
