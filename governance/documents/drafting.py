"""Composing a decree: the one rule behind the page's preview, the API and `flask draft`."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from governance.calendar.words import day_in_words
from governance.documents.annexes import LIST_MARKS, annex_of_members, annex_of_work, listed, member_posts
from governance.documents.defaults import filled, region_values
from governance.documents.kinds import Kind
from governance.documents.phrases import counted, dictum_label, letter, letters_named
from governance.documents.text import Annex, AnnexPart, Dictum, DocumentText, MemberPost, UnitTask
from governance.documents.values import (
    as_date,
    as_entries,
    as_line,
    as_number,
    as_text,
    as_texts,
    as_year,
)
from governance.mandates.law import Law
from governance.people.facts import InstitutionFacts

__all__ = ["Annex", "AnnexPart", "Dictum", "DocumentText", "MemberPost", "UnitTask", "compose"]

BLANK = "." * 30  # what stands where a sentence still lacks something
TASK_DICTUM = 2  # the members' tasks stand in KETIGA, after the team and its duties


def compose(
    kind: Kind, fields: Mapping[str, Any], *, institution: InstitutionFacts, law: Law, on: date
) -> DocumentText:
    """The decree that the fields make under the law of `on`; what is missing or does not fit stays a blank."""
    year = as_year(fields.get("year")) or on.year
    term = as_line(fields.get("term")) or kind.words["term"]
    values = region_values(institution, year=year, term=term)
    title = (as_line(fields.get("title")) or filled(kind.words["title"], values)).rstrip(LIST_MARKS)
    named = f"{kind.instrument} {institution.head_office}"
    team = law.team_minimum(kind.key, on)
    members = member_posts(kind, fields, institution, team)
    tasks = _unit_tasks(fields)
    return DocumentText(
        office=institution.establishing_office.upper(),
        province_line=_province_line(institution),
        instrument_line=f"{kind.instrument} {institution.establishing_office}".upper(),
        number=None,
        title=title.upper(),
        considerations=_considerations(fields, named, title),
        citations=law.mengingat(kind.key, institution, on),
        decides=f"{named} tentang {title}.".upper(),
        dictums=_dictums(kind, fields, values, tasks),
        place=as_line(fields.get("place")),
        date=None,
        signer_office=institution.establishing_office.upper(),
        signer_name=_upper(as_line(fields.get("signer_name"))),
        copies=_copies(fields),
        annexes=(
            annex_of_members(kind, members, values),
            annex_of_work(kind, fields, team, members, values),
        ),
        unit_tasks=tasks,
        member_posts=members,
    )


def _province_line(institution: InstitutionFacts) -> str | None:
    return None if institution.region_kind == "provinsi" else f"PROVINSI {institution.province}".upper()


def _upper(text: str | None) -> str | None:
    return text.upper() if text else None


def _considerations(fields: Mapping[str, Any], named: str, title: str) -> tuple[str, ...]:
    """Lampiran II UU 12/2011 angka 22 and 23: one sentence each; the last names exactly the letters before it."""
    given = [_opened(text) for text in as_texts(fields.get("considerations"))]
    basis = f"berdasarkan pertimbangan sebagaimana dimaksud dalam {letters_named(len(given))}, " if given else ""
    return (*(f"{text};" for text in given), f"bahwa {basis}perlu menetapkan {named} tentang {title};")


def _opened(text: str) -> str:
    """A reason that opens with "bahwa" and has no mark at its end."""
    bare = text.rstrip(LIST_MARKS)
    if bare[:6].lower() == "bahwa ":
        return f"bahwa {bare[6:].lstrip()}"
    return f"bahwa {bare}"


def _unit_tasks(fields: Mapping[str, Any]) -> tuple[UnitTask, ...]:
    entries = [
        (" ".join(what.split()).rstrip(LIST_MARKS), days)
        for entry in as_entries(fields.get("unit_tasks"))
        if (what := as_text(entry.get("what"))) and (days := as_number(entry.get("working_days"), 1, 366))
    ]
    label = dictum_label(TASK_DICTUM)
    if len(entries) == 1:
        return (UnitTask(label, *entries[0]),)
    return tuple(UnitTask(f"{label} huruf {letter(index)}", *entry) for index, entry in enumerate(entries))


def _dictums(
    kind: Kind, fields: Mapping[str, Any], values: Mapping[str, Any], tasks: tuple[UnitTask, ...]
) -> tuple[Dictum, ...]:
    words = kind.words
    bodies: list[tuple[str, tuple[str, ...]]] = [
        (filled(words["establish"], values), ()),
        (filled(words["duties"], values), ()),
    ]
    if tasks:
        bodies.append(_tasks_dictum(words, tasks))
    bodies.append((filled(words["reporting"], values), ()))
    budget = _closed(as_text(fields.get("budget"))) or BLANK
    bodies.append((filled(words["budget"], {"budget": budget}), ()))
    if revokes := _closed(as_line(fields.get("revokes"))):
        bodies.append((filled(words["revokes"], {"revokes": revokes}), ()))
    bodies.append((_validity(words, fields), ()))
    return tuple(Dictum(dictum_label(index), text, items) for index, (text, items) in enumerate(bodies))


def _tasks_dictum(words: Mapping[str, Any], tasks: tuple[UnitTask, ...]) -> tuple[str, tuple[str, ...]]:
    """The members' tasks with their deadlines: one sentence for one task, a lettered list for more."""
    parts = [{"what": task.what, "days": counted(task.working_days, "hari kerja")} for task in tasks]
    if len(parts) == 1:
        return filled(words["one_task"], parts[0]), ()
    return words["more_tasks"], listed([filled(words["task_item"], part) for part in parts])


def _closed(text: str | None) -> str | None:
    return text.rstrip(LIST_MARKS) or None if text else None


def _validity(words: Mapping[str, Any], fields: Mapping[str, Any]) -> str:
    """UU 30/2014 Pasal 58 ayat (1): when it begins and when it ends."""
    since, until = as_date(fields.get("effective_from")), as_date(fields.get("effective_to"))
    spoken = {"since": day_in_words(since) if since else "", "until": day_in_words(until) if until else BLANK}
    return filled(words["from_day" if since else "from_enactment"], spoken)


def _copies(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """Tembusan: semicolons between, a full stop at the end."""
    bare = [text.rstrip(LIST_MARKS) for text in as_texts(fields.get("copies"))]
    return tuple(f"{text};" for text in bare[:-1]) + tuple(f"{text}." for text in bare[-1:])
