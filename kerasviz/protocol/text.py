"""Sentences for people, which a page can show in its own language.

A sentence is a `str`: everywhere in Python it is the English sentence. It remembers the text that it was made
of and the values in it, so that `encode` sends `{"text": ..., "args": {...}}` to a page, which translates the
text and then puts the values in (`say` in `src/core/translation.ts`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_VALUE = re.compile(r"\{(\w+)\}", re.ASCII)

MOST_WORDS = 10_000
"""Characters of an exception that a page is sent."""

Argument = str | int | float
"""What may stand in a sentence: a `Text` is translated, too; other strings are names and values."""


class Text(str):
    """An English sentence with named values in it.

    Attributes:
        template: The text to translate, with `{name}` for each value.
        args: The values by name.
        plural: The text for several, where the sentence counts `args["n"]`; else None.
    """

    template: str
    args: Mapping[str, Argument]
    plural: str | None

    def __new__(cls, template: str, args: Mapping[str, Argument], plural: str | None = None) -> Text:
        """Puts the values in; `plural` takes the place of `template` where `n` is not 1."""
        chosen = template if plural is None or args["n"] == 1 else plural
        # Not `format`: a text that comes from a file or another process must not do more than fill in values.
        made = super().__new__(cls, _VALUE.sub(lambda found: str(args.get(found[1], found[0])), chosen))
        made.template, made.args, made.plural = template, args, plural
        return made

    def __reduce__(self) -> tuple[type[Text], tuple[str, Mapping[str, Argument], str | None]]:
        """Makes copies whole: those of a plain string would lose what it is made of."""
        return Text, (self.template, self.args, self.plural)


def text(template: str, /, **args: Argument) -> Text:
    """Makes a sentence for people.

    Args:
        template: English, a literal: strings are extracted from the code by the name of this function. Values
            stand in it as `{name}`; without any, braces are only braces.
        **args: The values. The caller makes strings of what is neither that nor a number: `repr(value)`.

    Example:
    ```python
    text("Layer {layer} expects {count} inputs.", layer=repr("add"), count=2)
    ```
    """
    return Text(template, args)


def text_n(singular: str, plural: str, /, n: int, **args: Argument) -> Text:
    """Makes a sentence that counts: `singular` where `n` is 1; `{n}` is the number in both."""
    return Text(singular, {"n": n, **args}, plural)


def amount(value: float) -> str:
    """Writes a number for a sentence: `573,800`, not `5.738e+05`; four digits tell enough of it."""
    rounded = float(f"{value:.4g}")
    return f"{rounded:,.0f}" if 1e4 <= abs(rounded) < 1e15 else f"{rounded:.4g}"


def all_of(values: Sequence[str]) -> str:
    """Lists names or values for a sentence: `a, b and c`."""
    *others, last = values
    return text("{others} and {last}", others=", ".join(others), last=last) if others else last


def any_of(values: Sequence[str]) -> str:
    """Lists names or values to choose from: `a, b or c`."""
    *others, last = values
    return text("{others} or {last}", others=", ".join(others), last=last) if others else last


def sentence_of(error: BaseException) -> str:
    """The sentence that an exception was raised with, as a `Text` where it is one; else what it prints."""
    return next((part for part in error.args if isinstance(part, Text)), None) or words_of(error)


def words_of(error: BaseException, most: int = MOST_WORDS) -> str:
    """What an exception prints, within bounds: the code of its class may be anybody's."""
    try:
        words = str(error)
    except BaseException as raised:  # also where it is about to end a program
        return f"{type(error).__name__} ({type(raised).__name__})"
    return words if len(words) <= most else words[:most] + "…"


Sentence = Text | str
"""A sentence for people; a plain string where Keras or a file has written it, as nobody can translate it."""
