"""Seeded papers of one institution: years of team decrees in every state, acts recorded, tasks and what was told."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from governance.documents.lifecycle import Move, State
from governance.documents.marks import mark
from governance.documents.models import (
    Act,
    Cited,
    Decision,
    Document,
    Origin,
    Revision,
    Secrecy,
    Waiting,
    WorkingCopy,
)
from governance.documents.number_models import Number
from governance.documents.numbering import Pattern, Use
from governance.documents.route import Asked
from governance.mandates.law import Law
from governance.notices.models import Notice
from governance.people.facts import InstitutionFacts
from governance.people.roles import Role
from governance.tasks.lifecycle import State as TaskState
from governance.tasks.models import Assignment, Source, Task
from workflows.seeding_files import Papers
from workflows.seeding_rows import Rows

KIND = "coordination_team_decree"
YEARS = 5  # of the past, this year among them
# Beside the enacted ones, the next year's decree in every other state.
OPEN = (State.DRAFT, State.IN_REVIEW, State.APPROVED, State.WITHDRAWN)


@dataclass(frozen=True)
class Office:
    """A post with everyone's keys."""

    post_id: int
    unit_id: int
    person_id: int
    holding_id: int
    title: str


@dataclass(frozen=True)
class Cut:
    """A revision under review."""

    document_id: int
    revision_id: int
    sha256: str


@dataclass
class Desk:
    """Where the papers of one institution are laid out."""

    rows: Rows
    institution_id: int
    facts: InstitutionFacts
    offices: dict[str, Office]  # by post key
    series_id: int
    today: date
    chance: random.Random
    law: Law
    papers: Papers

    def office_of(self, role: Role) -> Office:
        """The office with that role."""
        post = self.facts.post_of(role)
        assert post is not None
        return self.offices[post.key]

    @property
    def route(self) -> list[Office]:
        """Who signs a decree, in order; the last approves."""
        assistant = self.offices[self.facts.route["assistant"]]
        return [self.office_of(Role.DIGITAL), self.office_of(Role.LEGAL), assistant, self.office_of(Role.SECRETARY)]


def lay_papers(desk: Desk) -> None:
    """All papers of the institution."""
    for year in range(desk.today.year - YEARS + 1, desk.today.year + 1):
        _enacted_decree(desk, year)
        for count, mandate in enumerate(_yearly(desk.law, year), start=2):
            _recorded(desk, mandate, year, count)
    for state in OPEN:
        _open_decree(desk, desk.today.year + 1, state)


def moment(day: date, hour: int = 3) -> datetime:
    """A moment of that day."""
    return datetime.combine(day, time(hour), UTC)


def _yearly(law: Law, year: int) -> Iterable[str]:
    """The mandates that an institution has something to show for in a year."""
    for index, mandate in enumerate(law.mandates.values()):
        if mandate.group == "related" or mandate.key == KIND:
            continue
        every = mandate.validity_years or (1 if mandate.recurrence else 3)
        if (year + index) % every == 0:
            yield mandate.key


def _route_data(desk: Desk) -> list[dict[str, Any]]:
    *initials, last = desk.route
    steps = [{"asked": Asked.INITIAL.value, "posts": [office.post_id]} for office in initials]
    return [*steps, {"asked": Asked.APPROVE.value, "posts": [last.post_id]}]


def _document(desk: Desk, year: int, state: State, **more: Any) -> int:
    at = moment(more.pop("day"))
    values = {
        "kind": KIND,
        "title": desk.papers.fields(desk.facts, year)["title"],
        "route": [],
        "revision_number": None,
        "act_id": None,
        "approved_at": at if state is State.APPROVED else None,
    } | more
    return desk.rows.add(
        Document,
        institution_id=desk.institution_id,
        year=year,
        initiating_unit_id=desk.office_of(Role.DIGITAL).unit_id,
        secrecy=Secrecy.BIASA,
        state=state,
        created_at=at - timedelta(days=20),
        changed_at=at,
        **values,
    )


def _copy(desk: Desk, document_id: int, year: int, day: date) -> None:
    desk.rows.add(
        WorkingCopy,
        institution_id=desk.institution_id,
        document_id=document_id,
        fields=desk.papers.fields(desk.facts, year),
        version=desk.chance.randint(2, 9),
        saved_at=moment(day - timedelta(days=12)),
        saved_by_id=desk.office_of(Role.DIGITAL).person_id,
    )


def _revision(desk: Desk, document_id: int, number: int, year: int, day: date) -> Cut:
    """The first revision is the submitted one, the second the sealed."""
    paper = desk.papers.paper(desk.facts, year)
    sealed = number == 2
    revision_id = desk.rows.add(
        Revision,
        institution_id=desk.institution_id,
        document_id=document_id,
        number=number,
        origin=Origin.SEALED if sealed else Origin.SUBMITTED,
        fields=desk.papers.fields(desk.facts, year),
        sha256=paper.sealed if sealed else paper.approved,
        source_sha256=paper.approved if sealed else None,
        template_sha256=desk.papers.template,
        law_release=desk.law.release,
        created_at=moment(day),
    )
    for place, (key, text) in enumerate(paper.citations, 1):
        desk.rows.add(
            Cited,
            institution_id=desk.institution_id,
            revision_id=revision_id,
            place=place,
            regulation_key=key,
            text=text,
        )
    return Cut(document_id, revision_id, paper.approved)


def _decide(desk: Desk, cut: Cut, move: Move, office: Office, day: date) -> None:
    state = State.APPROVED if move is Move.ENACT else State.IN_REVIEW
    desk.rows.add(
        Decision,
        institution_id=desk.institution_id,
        document_id=cut.document_id,
        revision_id=cut.revision_id,
        holding_id=office.holding_id,
        post_id=office.post_id,
        title=office.title,
        move=move,
        sha256=cut.sha256,
        seen=mark(cut.document_id, state, (1, cut.sha256), None),
        reason="",
        counts=True,
        at=moment(day),
    )


def _signed_by(desk: Desk, cut: Cut, day: date, signers: int = 4) -> None:
    for step, office in enumerate(desk.route[:signers]):
        move = Move.APPROVE if step == 3 else Move.INITIAL
        _decide(desk, cut, move, office, day - timedelta(days=6 - step))


def _enacted_decree(desk: Desk, year: int) -> None:
    """A decree through its whole life: submitted, initialled, approved, numbered, sealed, handed out."""
    paper = desk.papers.paper(desk.facts, year)
    act_id = desk.rows.add(
        Act,
        institution_id=desk.institution_id,
        token=f"{desk.chance.getrandbits(128):032x}",
        kind=KIND,
        title=desk.papers.fields(desk.facts, year)["title"],
        number=paper.number,
        signed_on=paper.signed_on,
        in_force_from=paper.signed_on,
        in_force_to=date(year, 12, 31),
        sha256=paper.sealed,
        recorded=False,
    )
    more = {"route": _route_data(desk), "revision_number": 2, "act_id": act_id, "day": paper.signed_on}
    document_id = _document(desk, year, State.ENACTED, **more)
    _copy(desk, document_id, year, paper.signed_on)
    cut = _revision(desk, document_id, 1, year, paper.signed_on - timedelta(days=8))
    _revision(desk, document_id, 2, year, paper.signed_on)
    _signed_by(desk, cut, paper.signed_on)
    _decide(desk, cut, Move.ENACT, desk.office_of(Role.LEGAL), paper.signed_on)
    _number(desk, document_id, (1, paper.number), paper.signed_on)
    _tell(
        desk,
        desk.route,
        "document.enacted",
        paper.signed_on,
        cause=f"document.enacted:{document_id}",
        document_id=document_id,
        params={"title": desk.papers.fields(desk.facts, year)["title"], "number": paper.number},
    )
    for label, what, due_on in paper.tasks:
        _task(desk, document_id, (label, what, due_on), year)


def _task(desk: Desk, document_id: int, asked: tuple[str, str, date], year: int) -> None:
    """One dictum's task for every member, with most receipts in."""
    paper = desk.papers.paper(desk.facts, year)
    label, what, due_on = asked
    members = [desk.offices[key] for key in paper.members if key in desk.offices]
    assignment_id = desk.rows.add(
        Assignment,
        institution_id=desk.institution_id,
        source=Source.DICTUM,
        document_id=document_id,
        place=label,
        what=what,
        why="",
        due_on=due_on,
        wants=[],
        unit_id=desk.offices["diskominfo"].unit_id,
        by_title="",
        created_at=moment(paper.signed_on),
    )
    for office in members:
        received = year < desk.today.year or desk.chance.random() < 0.7
        desk.rows.add(
            Task,
            institution_id=desk.institution_id,
            assignment_id=assignment_id,
            unit_id=office.unit_id,
            due_on=due_on,
            state=TaskState.ACCEPTED if received else TaskState.RECEIVED,
            created_at=moment(paper.signed_on),
            moved_at=moment(paper.signed_on),
            version=1,
            acknowledged_at=moment(paper.signed_on + timedelta(days=desk.chance.randint(1, 9))) if received else None,
            acknowledged_by_id=office.holding_id if received else None,
        )
    params = {"title": desk.papers.fields(desk.facts, year)["title"][:300], "number": paper.number, "place": label}
    params |= {"what": what[:300], "due_on": due_on.isoformat()}
    _tell(
        desk,
        members,
        "task.given",
        paper.signed_on,
        cause=f"task.given:{document_id}:{label}",
        document_id=document_id,
        params=params,
    )


def _tell(desk: Desk, offices: Iterable[Office], key: str, day: date, **about: Any) -> None:
    for office in offices:
        unread = day.year == desk.today.year and desk.chance.random() < 0.3
        desk.rows.add(
            Notice,
            institution_id=desk.institution_id,
            person_id=office.person_id,
            key=key,
            created_at=moment(day, 4),
            read_at=None if unread else moment(day + timedelta(days=desk.chance.randint(1, 20))),
            **about,
        )


def _number(desk: Desk, document_id: int, number: tuple[int, str], day: date) -> None:
    desk.rows.add(
        Number,
        institution_id=desk.institution_id,
        series_id=desk.series_id,
        year=day.year,
        number=number[0],
        written=number[1],
        dated_on=day,
        use=Use.ENACTED,
        document_id=document_id,
        reason="",
    )


def _recorded(desk: Desk, kind: str, year: int, count: int) -> None:
    """An act made outside this program; those of the series stand in its book, the next number after the last."""
    mandate = desk.law.mandates[kind]
    day = date(year, desk.chance.randint(1, 10), desk.chance.randint(1, 28))
    title = f"{mandate.title} {desk.facts.region} Tahun {year}"[:1000]
    series = desk.facts.series[0]
    numbered = kind in series.kinds
    written = f"{count}/{desk.facts.units[0].key}/{year}"
    if numbered:
        short = desk.facts.unit("diskominfo").abbreviation
        written = Pattern(series.pattern, series.classification).written(2, year=year, unit=short)
    act_id = desk.rows.add(
        Act,
        institution_id=desk.institution_id,
        token=f"{desk.chance.getrandbits(128):032x}",
        kind=kind,
        title=title,
        number=written,
        signed_on=day,
        in_force_from=day,
        in_force_to=date(year + (mandate.validity_years or 1) - 1, 12, 31),
        sha256=None,
        recorded=True,
    )
    document_id = _document(desk, year, State.ENACTED, day=day, kind=kind, title=title, act_id=act_id)
    if numbered:
        _number(desk, document_id, (2, written), day)


def _open_decree(desk: Desk, year: int, state: State) -> None:
    """The next year's decree on its way, in one state."""
    day = desk.today - timedelta(days=desk.chance.randint(1, 15))
    submitted = state in (State.IN_REVIEW, State.APPROVED)
    signers = 4 if state is State.APPROVED else desk.chance.randint(0, 3) if submitted else 0
    route = _route_data(desk) if submitted else []
    document_id = _document(desk, year, state, day=day, route=route, revision_number=1 if submitted else None)
    _copy(desk, document_id, year, day)
    if submitted:
        cut = _revision(desk, document_id, 1, year, day)
        _signed_by(desk, cut, day, signers)
        _turn(desk, document_id, signers, day)


def _turn(desk: Desk, document_id: int, signers: int, day: date) -> None:
    """Whose turn it is: the next signer, or Bagian Hukum to record the signature."""
    office = desk.route[signers] if signers < 4 else desk.office_of(Role.LEGAL)
    asked = (*[Asked.INITIAL.value] * 3, Asked.APPROVE.value, Move.ENACT.value)[signers]
    desk.rows.add(
        Waiting,
        institution_id=desk.institution_id,
        document_id=document_id,
        post_id=office.post_id,
        asked=asked,
        step=signers if signers < 4 else None,
        since=moment(day),
    )
