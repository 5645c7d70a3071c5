"""A decree's dictums: KESATU, KEDUA, ... as the kind lists them, and what they ask of the member offices."""

from collections.abc import Sequence

from governance.documents.brief import BLANK, Brief, filled
from governance.documents.kinds import DictumSpec
from governance.documents.phrases import LIST_MARKS, counted, dictum_label, letter, listed
from governance.documents.text import Dictum, UnitTask
from governance.documents.values import as_entries, as_number, as_text, as_texts

LONGEST_TASK = 366  # working days


def dictums_of(brief: Brief) -> tuple[Dictum, ...]:
    """The dictums that stand in this document, counted."""
    return tuple(_dictum(brief, spec, dictum_label(index)) for index, spec in enumerate(shown_dictums(brief)))


def unit_tasks_of(brief: Brief) -> tuple[UnitTask, ...]:
    """What the dictums ask of each member office, and where it stands."""
    return tuple(
        task
        for index, spec in enumerate(shown_dictums(brief))
        if spec.tasks
        for task in placed(tasks_in(brief, spec.tasks), dictum_label(index))
    )


def tasks_in(brief: Brief, field: str) -> list[tuple[str, int]]:
    """The complete tasks of a field: what, and within how many working days."""
    return [
        (" ".join(what.split()).rstrip(LIST_MARKS), days)
        for entry in as_entries(brief.fields.get(field))
        if (what := as_text(entry.get("what"))) and (days := as_number(entry.get("working_days"), 1, LONGEST_TASK))
    ]


def placed(tasks: Sequence[tuple[str, int]], label: str) -> tuple[UnitTask, ...]:
    """The tasks with the place they stand at: one alone has no letter."""
    if len(tasks) == 1:
        return (UnitTask(label, *tasks[0]),)
    return tuple(UnitTask(f"{label} huruf {letter(index)}", *task) for index, task in enumerate(tasks))


def shown_dictums(brief: Brief) -> list[DictumSpec]:
    """A dictum of tasks without any task is left out."""
    return [
        spec for spec in brief.kind.dictums if brief.shows(spec) and (spec.tasks is None or tasks_in(brief, spec.tasks))
    ]


def _dictum(brief: Brief, spec: DictumSpec, label: str) -> Dictum:
    if spec.tasks:
        return _of_tasks(spec, tasks_in(brief, spec.tasks), label)
    if spec.items is None:
        return Dictum(label, brief.say(spec.text))
    return Dictum(label, brief.say(spec.text), listed(as_texts(brief.fields.get(spec.items)) or (BLANK,)))


def _of_tasks(spec: DictumSpec, tasks: Sequence[tuple[str, int]], label: str) -> Dictum:
    """One sentence for one task, a lettered list for more."""
    parts = [{"what": what, "days": counted(days, "hari kerja")} for what, days in tasks]
    if len(parts) == 1:
        return Dictum(label, filled(spec.one, parts[0]))
    return Dictum(label, spec.more, listed([filled(spec.item, part) for part in parts]))
