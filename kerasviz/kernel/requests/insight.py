"""A look inside the model: a sample is chosen, and followed through the drawing."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kerasviz.backend.usernamespace import user_namespace
from kerasviz.config.parts import part_of
from kerasviz.config.training import about_data, training_of
from kerasviz.kernel.askedmoment import moment_in
from kerasviz.kernel.payload import count_in, document_in, string_in, strings_in
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import Sentence, text

if TYPE_CHECKING:
    from kerasviz.insight.looking import Looking
    from kerasviz.insight.own import Own
    from kerasviz.insight.samples.samples import Samples, Taken
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session
    from kerasviz.protocol.insight import Probe, ProbedLayer, Sample
    from kerasviz.protocol.samplechange import SampleForm


def sample(session: Session, payload: JSON, client: Client) -> Sample:
    """Chooses a sample of the data that the document names, or takes one of somebody's own."""
    from kerasviz.insight.choosers import further_ways
    from kerasviz.insight.outputs.views import view
    from kerasviz.insight.samples.formfields import inputs_of

    client.looks = True
    document = document_in(payload)
    own = _own(session, document)
    taken = _chosen(own, part_of(payload, "choice"))
    samples, root = own.samples, taken.root
    looking_of(session).choose(taken, samples)
    return {
        "index": root.index,
        "part": "new" if root.is_new else root.part or "own",
        "is_changed": taken is not root,
        "label": None if samples is None else samples.label_of(root),
        "parts": _parts(own),
        "classes": [] if samples is None else list(samples.class_names),
        "ways": further_ways(own),
        "inputs": inputs_of(own, taken),
        "note": _note(own, taken),
        "why_no_data": own.why_none,
        "views": [view(array[0, ...], is_picture=True) for array in taken.inputs.values()],
        "plane": None if taken.plane is None else taken.plane.to_json(),
    }


def sample_form(session: Session, payload: JSON, client: Client) -> SampleForm:
    """What of a sample can be changed."""
    from kerasviz.insight.samples.formfields import form_of

    document = document_in(payload)
    of = payload.get("of")
    own = _own(session, document)
    return form_of(own, None if of is None else _chosen(own, part_of(payload, "of")))


def _parts(own: Own) -> dict[str, int]:
    """How many samples can be chosen of each part of the data, and of new data."""
    counts = {} if own.samples is None else {str(part): count for part, count in own.samples.counts.items()}
    return counts if own.new is None else {**counts, "new": own.new.counts["test"]}


def _chosen(own: Own, choice: Mapping[str, Any]) -> Taken:
    from kerasviz.insight.choosers import choose

    return choose(choice, lambda: own.samples, lambda: own)


def _own(session: Session, document: JSON) -> Own:
    """What a sample is made for; a drawing alone where there is no data, or none of it may be taken."""
    from kerasviz.insight.own import Own

    training = training_of(document)
    if training.get("data") is None:
        return Own(document, None, text("No data is chosen on the Train tab."))
    try:
        samples = samples_for(session, document)
        predicted = None if session.predicted is None else session.predicted[1]
        return Own(document, samples, new=None if predicted is samples else predicted)
    except RequestError as error:
        # Without samples, no step of the preparation has learned what to do.
        if error.error["code"] != "no_sample" or training.get("preparation"):
            raise
        return Own(document, None, error.error["message"])


def _note(own: Own, taken: Taken) -> Sentence | None:
    """What a person should know of where a sample is from."""
    if own.samples is not None:
        part = taken.root.part
        return None if part is None else own.samples.limit(part)
    if own.why_none is None or taken.raw is not None:
        return None
    return text("Random sample. {why}", why=own.why_none)


def announce(session: Session, payload: JSON, client: Client) -> None:
    """Ends the older look of this page."""
    client.probe = payload


def probe(session: Session, payload: JSON, client: Client) -> Probe:
    """What comes out of layers for the sample."""

    def go_on() -> None:
        if client.probe is not payload:
            raise RequestError("overtaken", text("Replaced by a newer request."))

    keeper = session.worker.keeper()
    path, nodes = strings_in(payload, "path"), strings_in(payload, "nodes")
    moment = moment_in(session, payload)
    looking, document = looking_of(session), document_in(payload)
    return looking.probe(
        document,
        keeper,
        path,
        frozenset(nodes),
        trains(session),
        moment,
        is_hurried=payload.get("is_hurried") is True,
        go_on=go_on,
    )


def probe_layer(session: Session, payload: JSON, client: Client) -> ProbedLayer:
    """All that comes out of one layer for the sample."""
    keeper = session.worker.keeper()
    path, node = strings_in(payload, "path"), string_in(payload, "node")
    tensor, moment = count_in(payload, "tensor"), moment_in(session, payload)
    looking, document = looking_of(session), document_in(payload)
    return looking.probe_layer(document, keeper, path, node, tensor, trains(session), moment)


def trains(session: Session) -> bool:
    """Whether the weights are other ones than a batch ago."""
    return session.run is not None and not session.run.ended and session.run.step > 0


def look_away(session: Session, payload: JSON, client: Client) -> JSON:
    """Frees the sample and the data, where no other page looks inside."""
    client.looks = False
    if not session.is_looked_into:
        session.looking = session.moments = None
        if session.predicted is None:  # the results show samples
            session.samples = None
    return {}


def looking_of(session: Session) -> Looking:
    """The look inside of a session."""
    if session.looking is None:
        from kerasviz.insight.looking import Looking

        session.looking = Looking()
    return session.looking


def samples_for(session: Session, document: JSON) -> Samples:
    """The data of a document, which is loaded once as long as the plan says the same of it."""
    from kerasviz.insight.samples.drawnmodel import drawn_model
    from kerasviz.insight.samples.randomsamples import about_drawing
    from kerasviz.insight.samples.samples import samples_of

    drawn = dataclasses.astuple(drawn_model(document)), about_drawing(document)
    about = about_data(document), repr(drawn)
    if session.samples is None or session.samples[0] != about:
        session.samples = session.predicted = session.beside = None  # memory for one of them only
        session.samples = (about, samples_of(document, user_namespace(), session.worker.folder))
    return session.samples[1]
