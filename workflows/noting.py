"""Finding: Bagian Hukum notes that a regulation was revoked or amended, or is cited here; who cites it is told."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from governance.documents import citing
from governance.documents.citing import Citing
from governance.documents.reviewing import change_by, to_review
from governance.kernel.clock import day_in
from governance.kernel.db import db, one_within, transaction, within
from governance.kernel.errors import Invalid, NotFound, Refusal, Stale
from governance.mandates.entries import Fact, Relation
from governance.mandates.entry_rules import closing_problems, fact_problems
from governance.mandates.law import Law
from governance.mandates.models import RegulationFact
from governance.mandates.register import fact_from, fact_row, register_of
from governance.notices.leaving import leave, leave_job
from governance.people import permissions
from governance.people.actors import Actor
from governance.people.models import Post
from governance.people.permissions import Act
from governance.people.queries import facts_changed
from governance.people.roles import Role
from governance.trail.record import record
from workflows.bells import ring
from workflows.library import Library
from workflows.registering import Closing

TITLES_TOLD = 3


def enter(fact: Fact, *, by: Actor, now: datetime, library: Library) -> int:
    """Note what was found of a regulation; a revocation or an amendment leaves a job that tells whom it concerns."""
    with transaction() as after_commit:
        permissions.require(by, Act.KEEP_REGISTER)
        _require_right(fact, register_of(by.institution_id, library.law).law, by, now)
        row = RegulationFact(institution_id=by.institution_id, regulation_key=fact.key, relation=fact.relation)
        row.entered_at = now
        _write(row, fact)
        db.session.add(row)
        db.session.flush()
        if fact.relation is not Relation.CITED:
            leave_job("regulations.review", key=f"fact:{row.id}", by=by, at=now, fact_id=row.id)
        what = f"regulation.found_{fact.relation.value}"
        facts_changed(by.institution_id)
        record(what, by=by, about=("regulation_fact", row.id), at=now, **_told(fact))
        after_commit(ring("jobs.run"))
        return row.id


def correct(fact: Fact, *, by: Actor, now: datetime, library: Library) -> None:
    """Correct a fact on the version that was seen; what it is about and what kind of fact it is stay."""
    with transaction():
        permissions.require(by, Act.KEEP_REGISTER)
        row = fact_row(by.institution_id, fact.id)
        _require_open(row, fact.version)
        before = fact_from(row)
        if (before.key, before.relation) != (fact.key, fact.relation):
            raise NotFound
        _require_right(fact, register_of(by.institution_id, library.law).without(row.id).law, by, now)
        changed = {name: value for name, value in _told(fact).items() if _told(before)[name] != value}
        if not changed:
            return
        _write(row, fact)
        row.version += 1
        facts_changed(by.institution_id)
        record(
            "regulation.fact_corrected",
            by=by,
            about=("regulation_fact", row.id),
            at=now,
            before={name: _told(before)[name] for name in changed},
            after=changed,
        )


def close(fact_id: int, closing: Closing, *, by: Actor, now: datetime) -> None:
    """Take a fact back, with a day and a reason: it stays to be read, and the register no longer follows it."""
    with transaction():
        permissions.require(by, Act.KEEP_REGISTER)
        row = fact_row(by.institution_id, fact_id)
        _require_open(row, closing.version)
        if problems := closing_problems(closing.on, closing.reason, day_in(by.timezone, now)):
            raise Invalid(*problems)
        row.closed_on, row.closed_reason, row.version = closing.on, closing.reason.strip(), row.version + 1
        said = {"key": row.regulation_key, "closed_on": str(closing.on), "reason": row.closed_reason}
        facts_changed(by.institution_id)
        record("regulation.fact_closed", by=by, about=("regulation_fact", row.id), at=now, **said)


def tell_to_review(fact_id: int, *, by: Actor, now: datetime, library: Library) -> int:
    """Tell which acts and drafts cite a regulation that changed; one notice per person, and twice does nothing new.

    Bagian Hukum and Diskominfo are told of all, each other unit of its own; returns how many documents there are.
    """
    with transaction() as after_commit:
        fact = fact_from(one_within(by.institution_id, RegulationFact, fact_id))
        if fact.closed_on is not None:
            return 0
        register = register_of(by.institution_id, library.law)
        today = day_in(by.timezone, now)
        drafts = citing.drafts_citing(register.before(fact.key), library.citing_kinds, fact.key, today)
        submitted = citing.all_citing(by.institution_id, fact.key)
        found = [one for one in (*drafts, *submitted) if to_review(one, change_by(fact), today)]
        told = {"regulation": _name(register.law, fact.key), "by": _name(register.law, fact.by), "key": fact.key}
        for posts, theirs in _whom(found, by):
            params = told | {"count": len(theirs), "titles": _titles(theirs)}
            cause = f"register.{fact.relation.value}:{fact.id}"
            leave(posts, f"register.{fact.relation.value}", by=by, at=now, cause=cause, params=params)
        after_commit(ring("notices.deliver"))
        return len(found)


def _whom(found: list[Citing], by: Actor) -> Iterable[tuple[list[int], list[Citing]]]:
    """(posts, documents): the watching posts first, of all that there is; then each unit's head, of the unit's own."""
    if not found:
        return
    rows = within(by.institution_id, Post, Post.id, Post.unit_id, Post.role).order_by(Post.id)
    posts = db.session.execute(rows).all()
    yield [post.id for post in posts if post.role in (Role.LEGAL, Role.DIGITAL)], found
    for unit_id in dict.fromkeys(one.unit_id for one in found):
        heads = [post.id for post in posts if post.unit_id == unit_id][:1]
        yield heads, [one for one in found if one.unit_id == unit_id]


def _titles(found: list[Citing]) -> str:
    named = "; ".join(one.title[:120] for one in found[:TITLES_TOLD])
    return f"{named}; …" if len(found) > TITLES_TOLD else named


def _name(law: Law, key: str | None) -> str:
    regulation = law.regulations.get(key or "")
    return regulation.name[:300] if regulation else "–"


def _require_right(fact: Fact, law: Law, by: Actor, now: datetime) -> None:
    if fact.key not in law.regulations:
        raise NotFound
    if problems := fact_problems(fact, law, day_in(by.timezone, now)):
        raise Invalid(*problems)


def _require_open(row: RegulationFact, version: int) -> None:
    if row.closed_on is not None:
        raise Refusal("regulation.closed")
    if row.version != version:
        raise Stale((f"register:{row.version}",))


def _write(row: RegulationFact, fact: Fact) -> None:
    row.by_key, row.since, row.kinds = fact.by, fact.since, list(fact.kinds)
    row.source, row.how_sure, row.note = fact.source.strip(), fact.how_sure, fact.note.strip()


def _told(fact: Fact) -> dict[str, Any]:
    return {
        "key": fact.key,
        "relation": fact.relation.value,
        "by_key": fact.by,
        "since": fact.since.isoformat() if fact.since else None,
        "kinds": list(fact.kinds),
        "source": fact.source.strip(),
        "how_sure": fact.how_sure,
        "note": fact.note.strip(),
    }
