"""The data sources, described like classes of Keras."""

from typing import Any

from kerasviz.catalog.docstrings import parse
from kerasviz.catalog.signatures import function_schema
from kerasviz.data import title
from kerasviz.data.sources import SOURCES


def source_entries() -> list[dict[str, Any]]:
    """Describes each source by the signature and docstring of its `load`; nothing is loaded.

    Returns:
        `ISourceEntry` of `src/core/catalog/catalog.ts`, in the order of the table of sources.
    """
    entries = []
    for name, source in SOURCES.items():
        doc = parse(source.load)
        entries.append(
            {
                "class_name": name,
                "module": source.__name__,
                "registered_name": None,
                "summary": doc.summary,
                "doc": doc.markdown,
                "schema": {"title": title(source), **function_schema(source.load)},
                "facts": getattr(source, "FACTS", None),
            }
        )
    return entries
