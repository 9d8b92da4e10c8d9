"""The runs of a document that are kept in folders beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerasviz.config.parts import part_of
from kerasviz.kernel.assets import asset
from kerasviz.kernel.payload import document_text
from kerasviz.protocol import JSON, KeptCurves, RequestError, RunSummary
from kerasviz.protocol.text import text
from kerasviz.training.run.difference import difference
from kerasviz.training.run.folder import PLAN, RunFolder
from kerasviz.training.run.keptrun import curves_of, summaries, summary
from kerasviz.training.run.pulse import STATE, command

if TYPE_CHECKING:
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session


def runs(session: Session, payload: JSON, client: Client) -> JSON:
    """The list."""
    kept = session.kept_runs
    own = kept.all()
    session.watch.follow()
    return {
        "runs": sorted(
            [*summaries(own), *_compared(session.others.all(own), own)],
            key=lambda run: run["started"],
            reverse=True,
        ),
        "deleted": [summary(run) for run in kept.deleted()],
        "where": str(kept.path),
        "others": session.others.chosen,
    }


def take_runs(session: Session, payload: JSON, client: Client) -> JSON:
    """Lists the runs in a folder, too; every page hears of it."""
    session.others.take(str(payload.get("folder")))
    session.tell_runs()
    return runs(session, payload, client)


def leave_runs(session: Session, payload: JSON, client: Client) -> JSON:
    """Lists the runs in a folder no more."""
    session.others.leave(str(payload.get("folder")))
    session.tell_runs()
    return runs(session, payload, client)


def run_control(session: Session, payload: JSON, client: Client) -> JSON:
    """Stops, pauses or resumes runs of any process, which look at their folders."""
    for id in _ids(payload):
        command(session.find_run(id).path, {"action": payload.get("action")})
    return {}


def run_curves(session: Session, payload: JSON, client: Client) -> JSON:
    """All that is drawn of some runs."""
    found = []
    for id in _ids(payload):
        try:
            found.append(curves_in(session, session.find_run(id)))
        except RequestError:  # deleted meanwhile
            continue
    if payload.get("epochs_only") is True:
        found = [{**each, "curves": {**each["curves"], "batch": {}}} for each in found]
    return {"runs": found}


def run_change(session: Session, payload: JSON, client: Client) -> JSON:
    """Renames, hides, deletes or restores runs; every page hears of it."""
    for id in _ids(payload):
        session.kept_runs.change(id, payload)
    session.tell_runs()
    return runs(session, payload, client)


def run_difference(session: Session, payload: JSON, client: Client) -> Any:
    """What differs between two runs."""
    before, after = (session.find_run(payload.get(key)) for key in ("before", "after"))
    return difference(before.read(PLAN), after.read(PLAN), (before.read(STATE), after.read(STATE)))


def run_document(session: Session, payload: JSON, client: Client) -> JSON:
    """The document of a run as it was, with its plan."""
    run = session.find_run(payload.get("id"))
    return {"document": document_text(_document_of(run)), "file": f"{run.name}.keras.json"}


def run_code(session: Session, payload: JSON, client: Client) -> JSON:
    """The script that trains what a run has trained; of one that began with fresh weights, with such."""
    from kerasviz.codegen import to_code

    run = session.find_run(payload.get("id"))
    plan = run.read(PLAN)
    document, name = _document_of(run), str(plan.get("model_name") or session.model_name)
    if plan.get("start") == "fresh":
        document = {**document, "kerasviz": {**part_of(document, "kerasviz"), "weights": None}}
    content = to_code(document, name, recipe="fit", folder=session.worker.folder)
    return {"file": f"{run.name}.py", "mimetype": "text/x-python", "content": content}


def run_export(session: Session, payload: JSON, client: Client) -> JSON:
    """Runs as one file."""
    found = [session.find_run(id) for id in _ids(payload)]
    name = found[0].name if len(found) == 1 else "runs"
    if payload.get("format") == "csv":
        return {"file": f"{name}.csv", "mimetype": "text/csv", "content": _csv(found)}
    from kerasviz.figures.runreport import report

    return {"file": f"{name}.html", "mimetype": "text/html", "content": report(found, asset("plotly"))}


def _document_of(run: RunFolder) -> JSON:
    document = run.read(PLAN).get("document")
    if not isinstance(document, dict):
        raise RequestError(
            "file", text("The run {name} has no document that can be read.", name=repr(run.name))
        )
    return document


def _compared(others: list[RunFolder], own: list[RunFolder]) -> list[RunSummary]:
    """The lines of other runs. What changed is told by the one before, or by the last one of the document."""
    before = dict[str, RunFolder]()
    told = []
    for run in reversed(others):
        told.append(summary(run, before.get(run.origin, own[0] if own else None)))
        before[run.origin] = run
    return told


def _csv(found: list[RunFolder]) -> str:
    import csv
    import io

    rows: list[JSON] = []
    for run in found:
        epochs = curves_of(run)["curves"]["epoch"]
        numbers = sorted({x for series in epochs.values() for x in series["x"]})
        values = {
            metric: dict(zip(series["x"], series["y"], strict=True)) for metric, series in epochs.items()
        }
        rows += [
            {
                "run": run.title or run.name,
                "epoch": number,
                **{metric: of.get(number) for metric, of in values.items()},
            }
            for number in numbers
        ]
    written = io.StringIO()
    writer = csv.DictWriter(
        written, ["run", "epoch", *sorted({key for row in rows for key in row} - {"run", "epoch"})]
    )
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def curves_in(session: Session, folder: RunFolder) -> KeptCurves:
    """The curves of a run: what this kernel trains is in its memory, whole, sooner than on the disk."""
    with session.lock:
        run = session.run
        if run is not None and run.id == folder.read(STATE).get("run"):
            curves, clock = run.history.to_json(), run.history.clock()
            return KeptCurves(id=folder.id, curves=curves, clock=clock, marks=run.marks.copy())
    return curves_of(folder)


def _ids(payload: JSON) -> list[str]:
    ids = payload.get("ids")
    if not isinstance(ids, list) or not all(isinstance(id, str) for id in ids):
        raise RequestError(
            "bad_request", text("Expected a list of runs, received: {value}.", value=f"{ids!r:.80}")
        )
    return ids
