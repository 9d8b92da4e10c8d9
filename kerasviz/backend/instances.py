"""Of which class something is, without running any code of it or of its metaclass."""

from __future__ import annotations


def is_of(value: object, kind: type) -> bool:
    """Whether something is an instance of a class; `isinstance` would ask the object itself."""
    bases: tuple[type, ...] = type.__dict__["__mro__"].__get__(type(value))
    return any(base is kind for base in bases)
