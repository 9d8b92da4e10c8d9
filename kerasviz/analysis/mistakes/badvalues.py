"""Values that Keras rejects, and what may have been meant."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from inspect import Parameter
from typing import Any

from kerasviz.analysis.mistakes.situation import Fix, Mistake, Situation, closest
from kerasviz.analysis.mistakes.titles import shown
from kerasviz.protocol.text import text

STARTING_VALUES = {
    "units": 32,
    "filters": 32,
    "kernel_size": 3,
    "output_dim": 32,
    "input_dim": 1000,
    "num_heads": 2,
    "key_dim": 32,
    "rate": 0.5,
    "stddev": 0.1,
    "target_shape": [-1],
    "n": 2,
    "groups": 1,
    "num_tokens": 10,
    "height": 32,
    "width": 32,
    "pool_size": 2,
    "output_size": 1,
    "activation": "relu",
    "scale": 1 / 255,
    "factor": 0.1,
    "axes": -1,
    "head_dim": 32,
    "num_query_heads": 2,
    "num_key_value_heads": 1,
}
"""Reasonable first values, for arguments that have no default in Keras."""


def text_for_number(s: Situation) -> Mistake | None:
    """A number in quotes or in brackets: Keras only says that it can't be compared."""
    whole = re.search(r"Found invalid dimension '[\d.]+'|interpreted as an integer", s.words)
    refused = r"not supported between instances|unsupported operand|must be real number"
    if whole is None and not re.search(refused, s.words):
        return None
    fixes: list[Fix] = []
    wrong: list[tuple[str, Any]] = []
    for key, value in s.config.items():
        number = _number(value)
        if whole and isinstance(value, float) and value.is_integer():
            number = int(value)
        if number is not None and repr(number) != repr(value):
            fixes.append(s.set(**{key: number}))
            wrong.append((key, value))
    if not fixes:
        return None
    key, value = wrong[0]
    layer, received = repr(s.name), repr(value)
    if whole:
        message = text(
            "Layer {layer}: {argument} must be a whole number, not {value}.",
            layer=layer,
            argument=key,
            value=received,
        )
    else:
        message = text(
            "Layer {layer}: {argument} must be a number, not {value}.",
            layer=layer,
            argument=key,
            value=received,
        )
    return Mistake(message, fixes, "bad_value")


def _number(value: Any) -> Any:
    """Returns the number that a string or a list may stand for, a list of numbers, or None."""
    if isinstance(value, list):
        numbers = [_number(item) for item in value]
        if None in numbers or not numbers:
            return None
        return numbers[0] if len(numbers) == 1 else numbers
    if isinstance(value, str) and re.fullmatch(r"\s*-?\d+(\.\d*)?\s*%?\s*", value):
        number = float(value.rstrip(" %"))
        return number / 100 if "%" in value else number if "." in value else int(number)
    return value if type(value) in (int, float) else None


def bad_value(s: Situation) -> Mistake | None:
    """Any other value that Keras rejects by the name of its argument."""
    received = re.search(r"Received: (\w+)", s.words)
    named = [key for key, value in s.config.items() if received and value == received[1]]
    words = re.sub(r"<[^<>]*>", "", s.words)  # tensors, which have their own shape and dtype
    for name in re.findall(r"`(\w+)`", words) + re.findall(r"\b(\w+)=", words) + named:
        if name in s.config:
            value = s.config[name]
            fixes = [s.set(**{name: other}) for other in _other_values(s, name, value) if other != value]
            message = text(
                "Layer {layer}: {argument} can't be {value}. {rule}",
                layer=repr(s.name),
                argument=name,
                value=repr(value) if isinstance(value, str) else shown(value),
                rule=_expected(s.words),
            )
            return Mistake(message, fixes, "bad_value")
    return None


def _other_values(s: Situation, name: str, value: Any) -> Iterator[Any]:
    """Yields what may have been meant; Keras decides which of them is right."""
    choices = re.search(r"\{(['\"][^}]*)\}", s.words)
    if choices and isinstance(value, str):
        right = closest(value, re.findall(r"\w+", choices[1]), cutoff=0.3)
        if right:
            yield right
    if isinstance(value, str):
        numbers = re.findall(r"-?\d+(?:\.\d+)?", value)
        if len(numbers) == 1:
            value = float(numbers[0])
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value and math.isfinite(value):
        yield abs(value)
        yield abs(round(value))
        if abs(value) >= 10:  # percent
            yield abs(value) / 100
    if isinstance(value, list) and value and all(isinstance(v, int) for v in value):
        yield [abs(v) for v in value]
        yield [abs(v) or 1 for v in value]
        yield [v + 1 for v in value]
        yield list(range(1, len(value) + 1))
        yield [-1, *[abs(v) for v in value[1:]]]
        yield value[:1] * 2
        yield value[0]
    default = s.arguments.get(name, Parameter.empty)
    if default is not Parameter.empty:
        yield list(default) if isinstance(default, tuple) else default
    if name in STARTING_VALUES:
        yield STARTING_VALUES[name]


def _expected(words: str) -> str:
    """Returns the part of Keras' words that says what it expects, as a sentence."""
    if "do not satisfy `value >" in words:
        return text("It must be greater than 0.") if "`value > 0`" in words else text("It can't be negative.")
    match = re.search(r"([Ee]xpected [^.]*|There must be [^.]*|must be [^.]*|should be [^.]*)", words)
    if match is None:
        return words
    rule = match[1].split(" Received")[0].replace("`", "").strip(" ,")
    if rule.startswith(("Expected", "expected", "There")):
        return rule[:1].upper() + rule[1:] + "."
    return text("It {rule}.", rule=rule)
