"""An institution's own Word templates: judged when they are handed in, in use from then, withdrawn when it wants."""

from datetime import datetime

from sqlalchemy import update

from governance.documents import drafting
from governance.documents.checking import Ground, check_file
from governance.documents.defaults import defaults
from governance.documents.form import errors_in
from governance.documents.models import OwnTemplate
from governance.documents.own_templates import own_template
from governance.documents.template_check import Judged, judge_template
from governance.documents.text import DocumentText
from governance.kernel.clock import day_in
from governance.kernel.db import db, transaction
from governance.kernel.errors import Invalid, Problem
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.permissions import Act
from governance.people.queries import facts_of
from governance.trail.record import record
from workflows.library import Library


def sample_text(kind_key: str, *, by: Actor, now: datetime, library: Library) -> DocumentText:
    """What a new document of the kind says at first: the sample a template is judged by."""
    kind, facts, on = library.kind(kind_key), facts_of(by.institution_id), day_in(by.timezone, now)
    law = library.law_of(by.institution_id)
    fields = defaults(kind, institution=facts, law=law, year=on.year, on=on)
    return drafting.compose(kind, fields, institution=facts, law=law, on=on)


def replace_template(kind_key: str, data: bytes, *, by: Actor, now: datetime, library: Library) -> Judged:
    """Use a Word template of one's own for a kind from now on; Invalid names every fault, and nothing changes."""
    permissions.require(by, Act.KEEP_TEMPLATES)
    judged = judge_template(data, sample_text(kind_key, by=by, now=now, library=library))
    problems = [Problem("file", one.key, one.params) for one in judged.faults if one.severity == "error"]
    problems += _of_form(judged.sample, kind_key, by, library) if judged.sample else []
    if problems:
        raise Invalid(*problems)
    with transaction():
        sha256 = library.files.keep(data)
        _withdraw(kind_key, by, now)
        own = OwnTemplate(institution_id=by.institution_id, kind=kind_key, sha256=sha256, by_title=by.title, at=now)
        db.session.add(own)
        db.session.flush()
        record("template.replaced", by=by, about=("own_template", own.id), at=now, kind=kind_key, sha256=sha256)
    return judged


def withdraw_template(kind_key: str, *, by: Actor, now: datetime, library: Library) -> None:
    """Use the shipped template again; the own one stays kept. A second time changes nothing."""
    permissions.require(by, Act.KEEP_TEMPLATES)
    library.kind(kind_key)
    with transaction():
        if own_template(by.institution_id, kind_key) is not None:
            _withdraw(kind_key, by, now)
            record("template.withdrawn", by=by, about=("institution", by.institution_id), at=now, kind=kind_key)


def _of_form(sample: bytes, kind_key: str, by: Actor, library: Library) -> list[Problem]:
    """What the template does to the prescribed form: its author could not mend it in a draft."""
    ground = Ground(library.law_of(by.institution_id), facts_of(by.institution_id), kind_key)
    return [Problem("file", one.wording, dict(one.params)) for one in errors_in(check_file(sample, ground))]


def _withdraw(kind_key: str, by: Actor, now: datetime) -> None:
    in_use = (OwnTemplate.institution_id == by.institution_id) & (OwnTemplate.kind == kind_key)
    db.session.execute(update(OwnTemplate).where(in_use, OwnTemplate.withdrawn_at.is_(None)).values(withdrawn_at=now))
