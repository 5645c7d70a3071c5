"""How a date looks, whatever it is of: an obligation, a task or a step, with its reason, its state and its way on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from flask import current_app, url_for
from flask_babel import gettext as _

from governance.almanac.dates import AskedOf, Owed, StepDue
from governance.documents.lifecycle import Move
from governance.documents.models import Secrecy
from governance.documents.phrases import capital_first
from governance.mandates.law import Law
from governance.obligations.queries import Due
from governance.tasks.lifecycle import State
from web.at_hand import library
from web.days import days_left
from web.pages.home import obligation_title
from web.pages.shapes import kind_title
from web.wording import marked

Left = Callable[[date | None, date], int | None]  # how many working days are left, by whose calendar
NO_GROUP, OTHER = "tasks", "related"
SECRET = {Secrecy.TERBATAS: marked("Dokumen terbatas"), Secrecy.RAHASIA: marked("Dokumen rahasia")}
STEPS = {
    Move.SUBMIT.value: marked("Lengkapi dan ajukan: %(title)s"),
    Move.INITIAL.value: marked("Paraf: %(title)s"),
    Move.APPROVE.value: marked("Setujui konsep: %(title)s"),
    Move.RECORD.value: marked("Catat surat pihak lain: %(title)s"),
    Move.ENACT.value: marked("Catat penetapan: %(title)s"),
    Move.PROMULGATE.value: marked("Undangkan: %(title)s"),
}
STATES = {
    "late": marked("Terlambat"),
    "due": marked("Segera"),
    "open": marked("Akan datang"),
    "undated": marked("Belum bertanggal"),
    "estimate": marked("Perkiraan"),
    "met": marked("Terpenuhi"),
    "waived": marked("Dikesampingkan"),
    "in_review": marked("Ditinjau"),
    "revoked": marked("Dicabut"),
    "received": marked("Masuk"),
    "read": marked("Dibaca"),
    "accepted": marked("Diterima"),
    "declined": marked("Ditolak"),
    "handed_in": marked("Diserahkan"),
    "returned": marked("Dikembalikan"),
    "verified": marked("Lengkap"),
    "cancelled": marked("Tidak diminta lagi"),
}
KINDS = {"obligation": marked("Kewajiban"), "task": marked("Tugas"), "step": marked("Paraf dan persetujuan")}


@dataclass(frozen=True)
class Dated:
    """One date on a page. `unit` answers for it or is asked; `asks` is what is to be handed in; `count` rows in one."""

    kind: str
    id: int
    title: str
    group: str
    unit: str
    unit_key: str
    begins_on: date | None
    due_on: date | None
    state: str
    days_left: int | None
    why: str
    url: str
    asks: tuple[str, ...] = ()
    count: int = 1
    done: int = 0
    round_id: int = 0
    estimated: bool = False
    mandate: str = ""
    wished_until: date | None = None
    asked_by: str = ""
    stands: str = ""  # a task's own state, whatever its day says
    moved_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it."""
        return self.state not in CLOSED

    @property
    def is_late(self) -> bool:
        """Whether its day is over."""
        return self.state == "late"

    @property
    def anchor(self) -> str:
        """Its mark within a page."""
        return f"{self.kind[0]}{self.id}"


CLOSED = frozenset({"met", "dropped", "waived", "revoked", State.VERIFIED.value, State.CANCELLED.value})


def obligation_shape(one: Owed, today: date, left: Left = days_left) -> Dated:
    """An obligation of the institution."""
    due = one.due
    return Dated(
        kind="obligation",
        id=due.id,
        title=owed_title(due),
        group=group_of(due.mandate),
        unit=one.unit_name,
        unit_key=one.unit_key,
        begins_on=due.begins_on,
        due_on=due.due_on,
        state=due.state,
        days_left=left(due.due_on, today) if due.state in ("late", "due", "open") else None,
        why=due.basis,
        estimated=due.estimated,
        url=url_for("pages.deadline", obligation_id=due.id),
        mandate=due.mandate,
    )


def owed_title(due: Due) -> str:
    """What is due; a stage of the evaluation with its year, for it stands among other things here."""
    stage = library().law.stages.get(due.stage)
    return _("Evaluasi %(year)s: %(stage)s", year=due.year, stage=stage) if stage else obligation_title(due)


def task_shape(one: AskedOf, today: date, left: Left = days_left) -> Dated:
    """A unit's copy of what was asked."""
    late = one.is_open(today) and one.due_on is not None and one.due_on < today
    state = "revoked" if one.lapsed(today) else "late" if late else one.state.value
    days = left(one.due_on, today) if one.is_open(today) else None
    return Dated(
        kind="task",
        id=one.id,
        title=capital_first(one.what),
        group=group_of(one.mandate) if one.mandate else "",
        unit=one.unit_name,
        unit_key=one.unit_key,
        begins_on=None,
        due_on=one.due_on,
        state=state,
        days_left=None if late and days == 0 else days,  # Its day was yesterday, and no working day has passed since.
        why=_why(one),
        url=url_for("pages.task", task_id=one.id),
        asks=tuple(want.label for want in one.wants),
        round_id=one.assignment_id,
        mandate=one.mandate,
        wished_until=one.wished_until,
        asked_by=one.asked_by,
        stands=one.state.value,
        moved_at=one.moved_at,
    )


def step_shape(one: StepDue, today: date, left: Left = days_left) -> Dated:
    """A paper that waits for somebody's decision."""
    return Dated(
        kind="step",
        id=one.id,
        title=_(STEPS.get(one.asked, marked("Buka dan teruskan: %(title)s")), title=one.title),
        group=group_of(one.kind),
        unit=one.unit_name,
        unit_key=one.unit_key,
        begins_on=None,
        due_on=one.due_on,
        state="late" if one.due_on < today else "in_review",
        days_left=left(one.due_on, today),
        why=kind_title(one.kind),
        url=url_for("pages.document", document_id=one.document_id),
    )


def together(tasks: Iterable[Dated]) -> list[Dated]:
    """The copies of one assignment with one day as one line: how many units, how many have handed in."""
    rounds: dict[tuple[int, date | None], list[Dated]] = {}
    for one in tasks:
        rounds.setdefault((one.round_id, one.due_on), []).append(one)
    return [_as_one(copies) if len(copies) > 1 else copies[0] for copies in rounds.values()]


def group_of(mandate: str) -> str:
    """The group of documents that a mandate belongs to."""
    known = library().law.mandates.get(mandate)
    return known.group if known else OTHER


def mandates_of(group: str) -> frozenset[str] | None:
    """The mandates of a group; None where no such group is meant."""
    law: Law = library().law
    keys = frozenset(key for key, mandate in law.mandates.items() if mandate.group == group)
    return keys or None


def groups() -> list[tuple[str, str]]:
    """Every group of documents with its title."""
    law: Law = library().law
    return [(one.key, one.title) for one in law.groups]


def grouped(items: Iterable[Dated]) -> list[tuple[str, str, list[Dated]]]:
    """Dates by group, each with its title; tasks that no document asks for stand together at the end."""
    listed = list(items)
    named = [*groups(), (NO_GROUP, _("Tugas di luar kelompok dokumen"))]
    found = [(key, title, [one for one in listed if (one.group or NO_GROUP) == key]) for key, title in named]
    return [one for one in found if one[2]]


def _as_one(copies: list[Dated]) -> Dated:
    first = copies[0]
    done = sum(not one.is_open or one.state == State.HANDED_IN.value for one in copies)
    states = [one.state for one in copies]
    state = "late" if "late" in states else next((one for one in states if one not in CLOSED), first.state)
    left = next((one.days_left for one in copies if one.days_left is not None), None)
    url = url_for("pages.asked", assignment_id=first.round_id)
    return replace(first, unit="", unit_key="", state=state, days_left=left, url=url, count=len(copies), done=done)


def _why(one: AskedOf) -> str:
    if one.number:
        return _("Diktum %(place)s, Keputusan Nomor %(number)s", place=one.place, number=one.number)
    return one.why


def by_day(items: Iterable[Dated]) -> list[Dated]:
    """By date, what has none last, and what is late among those of a day first."""
    return sorted(items, key=lambda one: (one.due_on is None, one.due_on or date.max, one.state != "late", one.title))


def table_row(one: Dated) -> list[str | int | date | None]:
    """A line of a spreadsheet."""
    group = dict(groups()).get(one.group, "")
    units = one.unit if one.count == 1 else _("%(count)s OPD", count=one.count)
    address = str(current_app.config["BASE_URL"]).rstrip("/") + one.url
    return [one.due_on, one.begins_on, _(KINDS[one.kind]), one.title, group, units, one.why, state_told(one), address]


def state_told(one: Dated) -> str:
    """Its state in a word."""
    return _(STATES.get(one.state, one.state))
