"""How long something lasts, for people."""

from __future__ import annotations

from kerasviz.protocol.text import Text, text, text_n

_DAY = 86400.0


def duration_text(seconds: float) -> Text:
    """Says a time in the largest unit in which it is a whole number: `10 minutes`, `1 day`.

    Args:
        seconds: How long it is.
    """
    if seconds >= _DAY and seconds % _DAY == 0:
        return text_n("{n} day", "{n} days", round(seconds / _DAY))
    if seconds >= 3600 and seconds % 3600 == 0:
        return text_n("{n} hour", "{n} hours", round(seconds / 3600))
    if seconds >= 60 and seconds % 60 == 0:
        return text_n("{n} minute", "{n} minutes", round(seconds / 60))
    if seconds >= 1 and seconds % 1 == 0 and seconds < 3600:
        return text_n("{n} second", "{n} seconds", round(seconds))
    for least, unit in ((_DAY, "days"), (3600.0, "hours"), (60.0, "minutes")):
        if seconds >= least:
            return _about(seconds / least, unit)
    return _about(seconds, "seconds")


def _about(number: float, unit: str) -> Text:
    said = f"{number:.3g}"
    if unit == "days":
        return text("{count} days", count=said)
    if unit == "hours":
        return text("{count} hours", count=said)
    if unit == "minutes":
        return text("{count} minutes", count=said)
    return text("{count} seconds", count=said)
