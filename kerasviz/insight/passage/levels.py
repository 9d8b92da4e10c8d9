"""The calls in one of the models that a sample goes through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kerasviz.insight.passage.passed import Passed
from kerasviz.insight.passage.wrapped import parse_step


def level_of(found: Mapping[str, Passed], path: Sequence[str]) -> dict[str, Passed]:
    """What was found in one of the models, without what is in the models inside it.

    Args:
        found: What came of all calls.
        path: The models around, from the outermost: their layers, or the calls of them. Behind the call of
            a wrapper, as in `film:0@3`, which call of the model inside it.
    """
    calls = calls_along(found, path)
    if len(calls) < len(path):
        return {}
    prefix = f"{calls[-1]}/" if calls else ""
    here = {name[len(prefix) :]: passed for name, passed in found.items() if name.startswith(prefix)}
    return {name: passed for name, passed in here.items() if "/" not in name}


def calls_along(found: Mapping[str, Passed], path: Sequence[str]) -> list[str]:
    """The calls of the models at a path, each with those around it, as far as they are known.

    Args:
        found: What came of all calls.
        path: As in `level_of`.
    """
    calls: list[str] = []
    for place in path:
        prefix = f"{calls[-1]}/" if calls else ""
        call = f"{prefix}{parse_step(place)[0]}"
        begun = (name for name in found if name.startswith((f"{call}/", f"{call}:")))
        inside = next((name for name in begun if "/" in name[len(prefix) :]), None)
        if inside is None:
            break
        calls.append(inside[: inside.index("/", len(prefix))])
    return calls
