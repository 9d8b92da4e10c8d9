"""Every sentence that can reach a person is a `text(...)`, which a page can translate."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

import kerasviz

PACKAGE = Path(kerasviz.__file__).parent
FILES = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}

DOCUMENTATION = ("catalog/layers.py", "catalog/operations.py")
"""Where arguments of Keras are described, among Keras' own documentation: English in every language."""

TEXT = {"text": 1, "text_n": 2}
"""The functions that make sentences, and how many templates they take."""

SENTENCES = {"RequestError": 1, "note": 0, "warn": 0}
"""Where a sentence is expected among the arguments of a call; in every other exception it is the first."""

PYTHONS_OWN = frozenset({"AttributeError"})
"""Exceptions that no person meets but in code, said in the words of Python itself."""

FOR_DEVELOPERS = ("protocol/typescript.py",)
"""What only `make` runs."""

SCRIPTS = ("codegen/recipe/", "insight/pictures/")
"""They write scripts, whose comments are English in every language, as code is."""

KEYWORDS = frozenset({"message", "title", "reason"})

LOOKS_LIKE_A_SENTENCE = re.compile(r"[A-Z\x00].* .*[.?!]", re.S)


LOOSE = "a sentence that is not a text(...)"


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def expected(call: ast.Call):
    """Yields the arguments of a call that must be sentences."""
    name = name_of(call)
    is_error = name.endswith(("Error", "Warning")) and name not in PYTHONS_OWN
    position = SENTENCES.get(name, 0 if is_error else None)
    if position is not None and len(call.args) > position:
        yield call.args[position]
    if name == "append" and getattr(getattr(call.func, "value", None), "attr", "") == "notes":
        yield call.args[0]
    yield from (keyword.value for keyword in call.keywords if keyword.arg in KEYWORDS)


def is_plain(value: ast.expr | None, assigned: dict[str, list[ast.expr]]) -> bool:
    """Tells whether a value is English that nobody can translate."""
    match value:
        case ast.JoinedStr() | ast.BinOp():
            return True
        case ast.Constant(value=str(words)):
            return words != ""
        case ast.Call(func=ast.Attribute(value=ast.Constant())):  # "...".format, ", ".join
            return True
        case ast.IfExp():
            return is_plain(value.body, assigned) or is_plain(value.orelse, assigned)
        case ast.BoolOp():
            return any(is_plain(item, assigned) for item in value.values)
        case ast.Name():
            return any(is_plain(item, {}) for item in assigned.get(value.id, ()))
    return False


def assignments(tree: ast.AST) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Assign, ast.AugAssign)):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(node.value)
    return found


def words_of(value: ast.expr) -> str:
    """A literal as people would read it, with a mark for each value in it."""
    if isinstance(value, ast.JoinedStr):
        return "".join(str(p.value) if isinstance(p, ast.Constant) else "\x00" for p in value.values)
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""


def faults(source: str) -> list[str]:
    """Returns what is wrong with the sentences of a module."""
    tree = ast.parse(source)
    found: dict[int, str] = {}
    quiet: set[ast.AST] = set()  # docstrings, templates, and pieces of what has been judged already
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            quiet.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            quiet.update(node.values)
        elif isinstance(node, ast.Call) and name_of(node) in TEXT:
            quiet.update(node.args)
            for problem in faults_of_a_text(node):
                found[node.lineno] = problem
    scopes = [n for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]
    for scope in [tree, *scopes]:
        assigned = {} if scope is tree else assignments(scope)
        for call in (n for n in ast.walk(scope) if isinstance(n, ast.Call)):
            if name_of(call) not in TEXT and any(is_plain(value, assigned) for value in expected(call)):
                found[call.lineno] = f"{name_of(call)}(...) is given plain English"
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.expr)
            and node not in quiet
            and LOOKS_LIKE_A_SENTENCE.fullmatch(words_of(node))
        ):
            found.setdefault(node.lineno, LOOSE)
    return [f"line {line}: {problem}" for line, problem in sorted(found.items())]


def faults_of_a_text(call: ast.Call):
    """Yields what is wrong with a call of `text` or `text_n`."""
    templates = call.args[: TEXT[name_of(call)]]
    if not all(isinstance(item, ast.Constant) and isinstance(item.value, str) for item in templates):
        yield "a template must be a literal"
        return
    given = {keyword.arg for keyword in call.keywords}
    used = {name for item in templates for _, name, _, _ in Formatter().parse(item.value) if name is not None}
    if name_of(call) == "text_n":
        given, used = given | {"n"}, used | {"n"}
    if not given:  # braces are only braces then, but a name in them is one that was forgotten
        used = set(filter(str.isidentifier, used))
    if used != given:
        yield f"its template has {sorted(used)}, its values are {sorted(map(str, given))}"
    for keyword in call.keywords:
        if re.search(r"[^\W\d]{2,} [^\W\d]{2,}", words_of(keyword.value)):
            yield f"the value of {keyword.arg} is plain English"


@pytest.mark.parametrize("file", [file for file in FILES if not file.startswith((*FOR_DEVELOPERS, *SCRIPTS))])
def test_every_sentence_can_be_translated(file):
    found = faults(FILES[file].read_text())
    described = file.startswith(DOCUMENTATION)
    assert [fault for fault in found if not (described and fault.endswith(LOOSE))] == []


PLAIN = [
    'raise ValueError(f"Expected {name}.")',
    'raise ModelFileError("the file is damaged")',
    'raise RequestError("busy", "The kernel is " + state)',
    'raise TypeError("Expected %s" % name)',
    'raise TypeError("Expected {}".format(name))',
    'warn("The optimizer starts again")',
    'self.notes.append(f"{count} samples left out")',
    'KerasError(code="file", message="No file")',
    'KerasError(code="file", message=text("No file.") if a else f"No {a}")',
    'def f():\n    message = f"No {name}"\n    raise KeyError(message)',
    'def f():\n    return f"{name} is missing."',
    'text(f"No {name}.")',
    'text("No {name}.")',
    'text("No {name}.", nam=1)',
    'text("No {name}.", name=name, other=1)',
    'text("Expected {what}.", what="a list of names")',
    'text("No {name}.", **values)',
    'text_n("{n} layer of {model}", "{n} layers", n=2)',
]


@pytest.mark.parametrize("source", PLAIN)
def test_plain_english_is_found(source):
    assert len(faults(source)) == 1


FINE = [
    'raise ValueError(text("Expected {name}.", name=name))',
    'raise RequestError("busy", text("The kernel is busy."))',
    "raise KeyError(name)",
    "raise ModelFileError(str(error), file=error.file)",
    'def f():\n    message = text("No {name}.", name=name)\n    raise KeyError(message)',
    'text("Expected {}.")',
    'text("{size} bytes", size=f"{size:,}")',
    'text_n("{n} layer in {model}", "{n} layers in {model}", count, model=model)',
    'def f():\n    """A docstring is no sentence for a person."""',
    'code = f"from {module} import {name}"',
]


@pytest.mark.parametrize("source", FINE)
def test_what_can_be_translated_passes(source):
    assert faults(source) == []
