"""Where a file has the weights of a layer: paths are made of classes and counted, and both changed.

Keras 2.12 to 2.14 saved layers under `_layer_checkpoint_dependencies`, where up to 2.13 a layer with weights
occurs twice, so that the second `Dense` is `dense_2`. Source: `_layer_checkpoint_dependencies` in
https://github.com/keras-team/keras/blob/v2.13.1/keras/engine/functional.py and `_save_container_state` in
https://github.com/keras-team/keras/blob/v2.13.1/keras/saving/saving_lib.py
"""

from collections.abc import Container, Iterator, Set
from dataclasses import dataclass
from typing import Any

from kerasviz.config.naming import to_snake_case

OLD_CONTAINER = "_layer_checkpoint_dependencies"
CUDNN = frozenset({"CuDNNLSTM", "CuDNNGRU"})
WRAPPED = ("layer", "forward_layer", "backward_layer")


@dataclass(frozen=True)
class Place:
    """Where the weights of a layer are in the file.

    Attributes:
        path: The path there.
        converted: The layer, where its weights must be converted; else None.
    """

    path: str
    converted: Any = None


def moved(model: Any, source: Any, groups: Container[str]) -> dict[str, Place]:
    """Finds layers whose path was another in the file.

    Args:
        model: The model, of today's Keras.
        source: Its config as it is in the file, which tells the classes that layers had; None where the
            file holds weights alone.
        groups: Paths of all groups in the file.

    Returns:
        Place in the file by today's path, paths inside others first.
    """
    moves = _Moves(groups)
    moves.add_model(model, source, "", "")
    moves.add_shared()
    return moves.sorted()


def named_paths(source: Any, filled: Set[str], way: str = "", before: str = "") -> dict[str, str]:
    """Finds the paths of the layers in a file by its config alone.

    Args:
        source: The config as it is in the file, or None.
        filled: Paths of the groups in the file that have weights in them.
        way: Names of the models around, each followed by a slash.
        before: Path of the model, followed by a slash where it is one inside.

    Returns:
        Path of each layer that is no model and has weights, by the names of the models around it and its own.
    """
    found: dict[str, str] = {}
    for name, path, item in _placed(source, filled, before):
        inner = named_paths(item, filled, f"{way}{name}/", f"{path}/")
        found |= inner or ({f"{way}{name}": path} if path in filled else {})
    return found


def paths_of(model: Any, way: str = "", before: str = "") -> dict[str, str]:
    """Finds the paths that Keras gives the layers of a model today, named as by `named_paths`."""
    found: dict[str, str] = {}
    names = _numbered([type(layer).__name__ for layer in model.layers])
    for layer, name in zip(model.layers, names, strict=True):
        path = f"{before}layers/{name}"
        inside = hasattr(layer, "layers")
        own = f"{way}{layer.name}"
        found |= paths_of(layer, f"{own}/", f"{path}/") if inside else {own: path}
    return found


def moved_inside(layer: Any, path: str, source: Any, filled: Set[str], before: str = "") -> dict[str, Place]:
    """Finds what of one layer had another path in the file, as `moved` does for a model.

    Args:
        layer: The layer, of today's Keras.
        path: Its path in the file.
        source: The config of the model in the file, or None.
        filled: As `named_paths` takes it.
        before: As `named_paths` takes it.

    Returns:
        Place in the file by the path that Keras asks for, paths inside others first.
    """
    for _, own, item in _placed(source, filled, before):
        if own == path:
            moves = _Moves(filled)
            if item["class_name"] in CUDNN:
                moves.places[path] = Place(path, layer)
            moves.add_parts(layer, item, path, path)
            return moves.sorted()
        if path.startswith(f"{own}/"):
            return moved_inside(layer, path, item, filled, f"{own}/")
    return {}


def _placed(source: Any, filled: Set[str], before: str) -> Iterator[tuple[str, str, Any]]:
    """Yields the name of each layer in a config, the path that its weights would have, and its config."""
    items = _items(source)
    classes = [item[0] for item in items]
    stored = _numbered(classes)
    start = f"{before}layers/"
    if f"{before}{OLD_CONTAINER}" in filled:
        start = f"{before}{OLD_CONTAINER}/"
        inside = {path[len(start) :].partition("/")[0] for path in filled if path.startswith(start)}
        twice = _numbered(classes, inside)
        stored = twice if inside <= set(twice) else stored
    for (_, name, item), own in zip(items, stored, strict=True):
        yield name, f"{start}{own}", item


def place_of(path: str, places: dict[str, Place]) -> tuple[Place, str]:
    """Finds where the file has what today's Keras has at a path.

    Returns:
        The place of the layer that the path leads into, and what follows it in the path.
    """
    owner = next((today for today in places if path == today or path.startswith(f"{today}/")), None)
    return (Place(path), "") if owner is None else (places[owner], path[len(owner) :])


class _Moves:
    """What has another path in a file than today's Keras gives it.

    Args:
        groups: Paths of all groups in the file.

    Attributes:
        places: Place in the file by today's path.
    """

    def __init__(self, groups: Container[str]) -> None:
        self.places: dict[str, Place] = {}
        self._groups = groups
        self._layers: dict[str, Any] = {}

    def add_model(self, model: Any, source: Any, today: str, before: str) -> None:
        """Adds the layers of a model.

        Args:
            model: The model, of today's Keras.
            source: Its config as it is in the file, or None.
            today: Its path today, followed by a slash where it is one inside.
            before: Its path in the file, likewise.
        """
        items = _items(source) or [(type(layer).__name__, layer.name, None) for layer in model.layers]
        container = OLD_CONTAINER if f"{before}{OLD_CONTAINER}" in self._groups else "layers"
        names = _names(model, items, self._groups, f"{before}{container}/")
        own = _numbered([type(layer).__name__ for layer in model.layers])
        for layer, name in zip(model.layers, own, strict=True):
            stored, class_name, item = names.get(layer.name, (name, "", None))
            place = Place(f"{before}{container}/{stored}", layer if class_name in CUDNN else None)
            path = f"{today}layers/{name}"
            self._layers[path] = layer
            if place != Place(path):
                self.places[path] = place
            self.add_parts(layer, item, path, place.path)

    def add_parts(self, layer: Any, item: Any, today: str, before: str) -> None:
        """Adds what is in a layer that is a model, or wraps some; the arguments are those of `add_model`."""
        inner = {"": (layer, item)} | {
            f"/{part}": (getattr(layer, part, None), _part(item, part) or _part(item, "layer"))
            for part in WRAPPED
        }
        for end, (sublayer, config) in inner.items():
            if end and isinstance(config, dict) and config.get("class_name") in CUDNN:
                self.places[f"{today}{end}"] = Place(f"{before}{end}", sublayer)
            if hasattr(sublayer, "layers"):
                self.add_model(sublayer, config, f"{today}{end}/", f"{before}{end}/")

    def add_shared(self) -> None:
        """Adds layers that models inside shared: Keras writes their weights once, and then makes several."""
        places = {path: self.places.get(path, Place(path)) for path in self._layers}
        written: dict[str, Place] = {}
        for path, layer in self._layers.items():
            if places[path].path in self._groups:
                written.setdefault(_content(layer), places[path])
        for path, layer in self._layers.items():
            if places[path].path not in self._groups and _content(layer) in written:
                self.places[path] = written[_content(layer)]

    def sorted(self) -> dict[str, Place]:
        """The places, paths inside others first."""
        return dict(sorted(self.places.items(), reverse=True))


def _content(layer: Any) -> str:
    return repr((type(layer), layer.get_config()))


def _names(
    model: Any, items: list[tuple[str, str, Any]], groups: Container[str], start: str
) -> dict[str, tuple[str, str, Any]]:
    """Names the layers as the file does.

    Returns:
        By the name of a layer: what the file calls it, its class there, and its config.
    """
    weighty = {layer.name for layer in model.layers if layer.weights}
    twice = [item for item in items for _ in range(2 if item[1] in weighty else 1)]
    for counted in (twice, items) if OLD_CONTAINER in start else (items,):
        names: dict[str, tuple[str, str, Any]] = {}
        for item, stored in zip(counted, _numbered([item[0] for item in counted]), strict=True):
            names.setdefault(item[1], (stored, item[0], item[2]))
        if all(f"{start}{names[name][0]}" in groups for name in weighty & names.keys()):
            break
    if weighty <= names.keys():
        return names
    # Layers were renamed: then the order tells of all of them, or two would have the same weights.
    layers = [layer.name for layer in model.layers if type(layer).__name__ != "InputLayer"]
    return dict(zip(layers, names.values(), strict=True)) if len(layers) == len(names) else {}


def _items(source: Any) -> list[tuple[str, str, Any]]:
    """Lists class, name and config of the layers of a model in a file."""
    config = source.get("config") if isinstance(source, dict) else None
    layers = config.get("layers") if isinstance(config, dict) else None
    if not isinstance(layers, list):
        return []
    return [
        (_python_name(str(item["class_name"])), _layer_name(item), item)
        for item in layers
        if item["class_name"] != "InputLayer"
    ]


def _layer_name(item: Any) -> str:
    return str(item.get("name") or item["config"].get("name")).replace("/", "_")


def _python_name(class_name: str) -> str:
    """The name of a class in Keras' source, after which its weights are named; one has another in public."""
    import keras

    return getattr(getattr(keras.layers, class_name, None), "__name__", class_name)


def _part(item: Any, part: str) -> Any:
    config = item.get("config") if isinstance(item, dict) else None
    return config.get(part) if isinstance(config, dict) else None


def _numbered(class_names: list[str], twice: Container[str] = ()) -> list[str]:
    """Names objects by their classes, as Keras names them in a file.

    Args:
        class_names: The classes.
        twice: Names that were counted twice when they were given.
    """
    used: dict[str, int] = {}
    found = []
    for class_name in class_names:
        name = to_snake_case(class_name)
        number = used.get(name, 0)
        stored = f"{name}_{number}" if number else name
        used[name] = number + (2 if stored in twice else 1)
        found.append(stored)
    return found
