"""What `from_config` of a class makes of a config without some of its keys."""

from collections.abc import Iterator, Mapping
from typing import Any


def demanded_keys(cls: Any, known: Mapping[str, Any]) -> list[str]:
    """Asks `from_config` of a class which keys it can't do without; nothing is constructed.

    Args:
        cls: A class with Keras' `from_config`.
        known: What to answer for each key that it may ask for.

    Returns:
        The keys, in the order in which they are asked for.
    """
    config = _Probe(known)
    while True:
        asked = len(config.demanded)
        try:
            cls.from_config(config)
        except Exception:
            # Whatever stops `from_config` before it constructs: it has asked all it asks, or the next key.
            pass
        if len(config.demanded) == asked:
            return config.demanded


def own_defaults(cls: Any) -> dict[str, Any]:
    """Asks `from_config` of a class what it takes for keys that a config lacks, where it says so itself.

    That may be another value than the constructor's default: what older files mean, which lack the key.
    """
    config = _Probe({})
    try:
        cls.from_config(config)
    except Exception:
        pass
    return config.defaults


class _Probe(Mapping[str, Any]):
    """An empty config that notes the keys it is asked for, and can't be handed to a constructor."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        self.demanded: list[str] = []
        self.defaults: dict[str, Any] = {}
        self._known = known

    def __getitem__(self, key: str) -> Any:
        if key in self._known and key not in self.demanded:
            self.demanded.append(key)
        return self._known[key]

    def __contains__(self, key: object) -> bool:
        return key in self.demanded

    def get(self, key: str, default: Any = None) -> Any:
        self.defaults[key] = default
        return default

    def pop(self, key: str, *default: Any) -> Any:
        return default[0] if default else self[key]

    def __setitem__(self, key: str, value: Any) -> None:
        """Forgets: what `from_config` makes of a value is of no interest."""

    def copy(self) -> "_Probe":
        return self

    def __iter__(self) -> Iterator[str]:
        raise _Constructing

    def __len__(self) -> int:
        return 1


class _Constructing(Exception):
    """`cls(**config)` was reached."""
