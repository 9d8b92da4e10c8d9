"""Documents of known networks, made by Keras once and kept in `.cache`."""

from pathlib import Path

CACHE = Path(__file__).parent.parent / ".cache" / "benchmarks"


def model_file(name: str) -> Path:
    """Return the JSON of a `keras.applications` constructor, without weights, as a file."""
    path = CACHE / f"{name}.keras.json"
    if not path.exists():
        import keras

        CACHE.mkdir(parents=True, exist_ok=True)
        path.write_text(getattr(keras.applications, name)(weights=None).to_json())
    return path
