"""Exceptions that say nothing to a person: Python's words where a value in a config is of the wrong kind."""

import re
import sysconfig
from pathlib import Path
from types import TracebackType

from kerasviz.protocol.text import Text, text

MALFORMED = text("A value in its config is missing or of the wrong kind. Check its arguments.")
"""Said in place of Python's words, which stand in the detail."""
_KINDS = (KeyError, IndexError, AttributeError, NameError, AssertionError, ArithmeticError, UnicodeError)
_WORDS = re.compile(
    r"\bobjects? (is|are) not\b|\bobject has no|\bobject does not|not supported between|unsupported operand"
    r"|unsupported type|unhashable|list indices|indices must|must be (an? )?(str|string|int|integer|real|"
    r"float|number|sequence|mapping|iterable|bytes|list|tuple|dict)\w*( number)?(, not| or )|argument of type"
    r"|missing \d+ required|takes \d+ positional|unexpected keyword|multiple values for|values to unpack"
    r"|cannot unpack|can't multiply|can only concatenate|must be a mapping|after \*|invalid literal"
    r"|could not (convert|be converted|broadcast)|cannot be (interpreted|converted)|can't (be )?convert"
    r"|object of type|not iterable|expected string or bytes|attribute name must|sequence item|truth value"
    r"|setting an array|inhomogeneous|Cannot (interpret|convert)|arg(ument)? (\d|is an empty)|cannot mix"
    r"|bad operand|exceeds? the limit|too large to convert|data type .* not understood"
)
_OTHERS = tuple(
    str(Path(path).resolve())
    for path in (sysconfig.get_path("stdlib"), sysconfig.get_path("purelib"), Path(__file__).parents[1])
)
"""Where code lies that is not the user's."""


def is_malformed(error: BaseException) -> bool:
    """Tells whether an exception has words of Python's, and came out of no code of the user's.

    Args:
        error: Out of Keras.
    """
    while error.__context__ is not None:
        if _of_users_code(error.__traceback__):
            return False
        error = error.__context__
    if _of_users_code(error.__traceback__):
        return False
    if isinstance(error, _KINDS):
        return True
    return isinstance(error, TypeError | ValueError) and bool(_WORDS.search(str(error)[:2000]))


def said(error: BaseException, words: str) -> Text | str:
    """Gives the words of an exception, or a sentence where they would be Python's.

    Args:
        error: Out of Keras.
        words: What it says.
    """
    return MALFORMED if is_malformed(error) else words


def _of_users_code(trace: TracebackType | None) -> bool:
    """Tells whether an exception passed through code that is in no package, behind our own."""
    ours = False
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        ours |= file.startswith(_OTHERS[-1])
        if ours and not file.startswith((*_OTHERS, "<frozen", "<__array_function__")):
            return True
        trace = trace.tb_next
    return False
