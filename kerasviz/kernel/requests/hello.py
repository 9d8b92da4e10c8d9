"""What a page needs to begin: the state of the session, JavaScript and the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerasviz import __version__
from kerasviz.backend import installed
from kerasviz.execution.worker import ANSWERS
from kerasviz.kernel.assets import asset as read_asset
from kerasviz.kernel.installation import INSTALLATION
from kerasviz.kernel.requests.saving import going
from kerasviz.kernel.revisions import Revisions
from kerasviz.protocol import JSON, PROTOCOL_VERSION

if TYPE_CHECKING:
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session


def hello(session: Session, payload: JSON, client: Client) -> JSON:
    """Tells a new or reloaded page everything, and attaches it.

    It needs no Keras, whose import, seconds long, begins here.
    """
    versions = {"kerasviz": __version__, "keras": installed.keras_version(), "backend": installed.backend()}
    client.revisions = Revisions()  # a page that comes back counts from the start
    session.attach(client)
    if session.draws:
        INSTALLATION.follow(session)
        ANSWERS.submit(session.find_last_run)
        ANSWERS.submit(session.tell_backup)
    return {
        "version": PROTOCOL_VERSION,
        **versions,
        "catalog_hash": INSTALLATION.catalog_hash,
        "devices": INSTALLATION.devices,
        "seq": session.seq,
        "model_name": session.model_name,
        "run": session.run and session.run.to_json(),
        "rate_test": session.rate_test and session.rate_test.to_json(),
        "saving": [going(path, exporting) for path, exporting in session.exports.items()],
    }


def asset(session: Session, payload: JSON, client: Client) -> JSON:
    """JavaScript, and the catalogue that ships with kerasviz."""
    return {"source": read_asset(payload.get("name"))}


def catalog(session: Session, payload: JSON, client: Client) -> Any:
    """What there is in the Keras of this kernel."""
    from kerasviz.catalog import catalog

    return catalog()
