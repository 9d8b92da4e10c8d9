"""YAML from outside, parsed into plain data within limits.

Keras wrote YAML until 2021 and read it with `yaml.unsafe_load`, which runs what a tag names (CVE-2021-37678).
Here the pure Python parser is used, since the one in C crashes on deep nesting.
"""

import json
import re
from typing import Any

import yaml

from kerasviz.config.budget import most, way_on
from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.config.parsing import (
    FORBIDDEN_KEYS,
    MAX_DEPTH,
    MAX_VALUES,
    check_limits,
    forbidden_key,
    number_of,
    parse_json,
    too_deep,
)
from kerasviz.protocol.text import Text, text

MAX_YAML_BYTES = 2**22
MAX_EVENTS = 2**18
"""Values and what begins and ends lists and maps: the parser makes about 30,000 a second."""
MAX_ESCAPES = 2**17
PLAIN_TAGS = frozenset({"tag:yaml.org,2002:python/tuple", "tag:yaml.org,2002:python/unicode"})
"""Tags that Keras itself wrote: tuples, and texts of Python 2."""
WRAPPERS = tuple(
    f"tag:yaml.org,2002:python/object/apply:{module}.tracking.data_structures."
    for module in ("tensorflow.python.training", "tensorflow.python.trackable")
)
"""Tags that TensorFlow 2 wrote around the lists of a layer, such as the axes of BatchNormalization."""


class _Loader(yaml.SafeLoader):
    """Texts, numbers, booleans and null as in JSON, where YAML 1.1 would make dates and times of some."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 (so it is declared in the base class)
    depth = 0
    events = 0

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.most_events = most(MAX_EVENTS, "seconds")

    def get_event(self) -> Any:
        """Gives the next event, of which a model has only so many, and none that names a type."""
        event = super().get_event()  # type: ignore[no-untyped-call]
        self.events += 1
        if self.events > self.most_events:
            raise ModelFileError(
                text(
                    "The YAML contains more than {most} values. {way_on}",
                    most=f"{self.most_events:,}",
                    way_on=way_on("seconds"),
                )
            )
        if isinstance(event, yaml.CollectionStartEvent):
            self.depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            self.depth -= 1
        if self.depth > MAX_DEPTH:
            raise ModelFileError(too_deep())
        tag = getattr(event, "tag", None)
        if tag is not None and tag not in PLAIN_TAGS and tag != "!" and not tag.startswith(WRAPPERS):
            raise ModelFileError(_named(tag))
        return event


for _tag, _pattern, _first in (
    ("bool", r"^(?:true|false|True|False)$", "tfTF"),
    ("null", r"^(?:null|~|None|)$", ["n", "N", "~", ""]),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", "-0123456789"),
    ("float", r"^-?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$", "-.0123456789"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


def _sequence(loader: yaml.SafeLoader, node: yaml.SequenceNode) -> list[Any]:
    return loader.construct_sequence(node, deep=True)


def _wrapped(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> list[Any]:
    """Gives the list that a wrapper was made of: it is the wrapper's one argument."""
    if suffix != "ListWrapper" or not isinstance(node, yaml.SequenceNode) or len(node.value) != 1:
        raise ModelFileError(_named(node.tag))
    (inner,) = loader.construct_sequence(node, deep=True)
    return inner if isinstance(inner, list) else [inner]


def _text(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> str:
    return str(loader.construct_scalar(node))


def _float(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> float:
    return number_of(str(loader.construct_scalar(node)))


_Loader.add_constructor("tag:yaml.org,2002:python/tuple", _sequence)
_Loader.add_constructor("tag:yaml.org,2002:python/unicode", _text)
_Loader.add_constructor("tag:yaml.org,2002:float", _float)
for _wrapper in WRAPPERS:
    _Loader.add_multi_constructor(_wrapper, _wrapped)


def is_json(data: bytes) -> bool:
    """Tells whether a text is JSON, by its first character, and a quoted text by whether JSON reads it."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start != b'"':
        return start in (b"{", b"[")
    try:
        return isinstance(json.loads(data.decode("utf-8-sig")), str)
    except ValueError:
        return False


def parse_text(data: bytes) -> Any:
    """Parses JSON or YAML, as `parse_json` and `parse_yaml` do."""
    return parse_json(data) if is_json(data) else parse_yaml(data)


def parse_yaml(data: bytes) -> Any:
    """Parses YAML that holds nothing but data.

    Args:
        data: The text, in UTF-8.

    Returns:
        Dicts, lists, texts, numbers, booleans and None; what an alias repeats is there again.

    Raises:
        ModelFileError: When it is not YAML, names a type, or exceeds a limit.
    """
    longest, most_escapes, escapes = (
        most(MAX_YAML_BYTES, "seconds"),
        most(MAX_ESCAPES, "seconds"),
        data.count(b"\\"),
    )
    if len(data) > longest:
        raise ModelFileError(
            text(
                "The YAML is longer than {most} bytes. {way_on}",
                most=f"{longest:,}",
                way_on=way_on("seconds", 1.25 * len(data) / longest),
            )
        )
    if escapes > most_escapes:
        raise ModelFileError(
            text(
                "The YAML contains more than {most} escapes. {way_on}",
                most=f"{most_escapes:,}",
                way_on=way_on("seconds", 1.25 * escapes / most_escapes),
            )
        )
    try:
        return _unshared(yaml.load(data.decode("utf-8-sig"), Loader=_Loader))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        told = " ".join(str(error).split())[:160]
        raise ModelFileError(text("This is neither JSON nor YAML: {error}.", error=told)) from None


def _named(tag: str) -> Text:
    return text("It names the type {type}; only plain data is read.", type=repr(tag[:60]))


def _unshared(value: Any) -> Any:
    """Repeats what aliases share, after counting how much that makes.

    Ten levels of ten aliases each are 300 bytes of YAML, and ten billion values once walked through.
    """
    sizes: dict[int, int] = {}

    def size(item: Any, depth: int) -> int:
        if not isinstance(item, dict | list):
            return 1
        if id(item) not in sizes:
            if depth > MAX_DEPTH:
                raise ModelFileError(too_deep())
            if isinstance(item, dict):
                keys = item.keys()
                if not all(isinstance(key, str) for key in keys) or not FORBIDDEN_KEYS.isdisjoint(keys):
                    raise ModelFileError(forbidden_key())
            inner = item.values() if isinstance(item, dict) else item
            sizes[id(item)] = 1 + sum(size(part, depth + 1) for part in inner)
        return sizes[id(item)]

    values, most_values = size(value, 0), most(MAX_VALUES, "seconds")
    if values > most_values:
        raise ModelFileError(
            text(
                "It contains more than {most} values once its aliases are written out. {way_on}",
                most=f"{most_values:,}",
                way_on=way_on("seconds", min(1.25 * values / most_values, 10**6)),
            )
        )

    def copy(item: Any) -> Any:
        if isinstance(item, dict):
            return {key: copy(part) for key, part in item.items()}
        return [copy(part) for part in item] if isinstance(item, list) else item

    found = copy(value)
    check_limits(found)
    return found
