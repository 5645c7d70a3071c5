"""The fields of a kind, judged: every wrong input becomes a Problem with its place, never an exception."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from governance.documents.defaults import defaults, sources
from governance.documents.fields_file import fields_yaml
from governance.documents.kinds import LIST_TYPES, FieldSpec, Kind
from governance.documents.values import as_date, as_entries, as_number, as_year, cleaned_value, is_blank
from governance.kernel.errors import Problem
from governance.kernel.texts import FORBIDDEN
from governance.mandates.law import Law
from governance.people.facts import InstitutionFacts

__all__ = ["cleaned", "defaults", "fields_yaml", "problems", "sources"]

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
MEMBER_KEYS = frozenset({"role", "post", "office"})
TASK_KEYS = frozenset({"what", "working_days"})
MOST_PROBLEMS = 50


def cleaned(fields: Any) -> dict[str, Any]:
    """The fields as they are stored: texts in NFC, dates as ISO texts. What is wrong stays, for `problems` to name."""
    if not isinstance(fields, Mapping):
        return {}
    return {key: cleaned_value(value) for key, value in fields.items()}


def problems(
    kind: Kind, fields: Any, *, institution: InstitutionFacts, complete: bool, law: Law | None = None
) -> tuple[Problem, ...]:
    """Everything wrong with the fields, whatever they are; `complete` asks for what is missing, `law` for its team."""
    if not isinstance(fields, Mapping):
        return (Problem("", "draft.not_fields"),)
    found = [*_unknown(kind, fields)]
    fields = cleaned(fields)
    for spec in kind.fields:
        value = fields.get(spec.key)
        if not is_blank(value):
            found += _judged(kind, spec, value, institution)
        elif complete and spec.required:
            found.append(Problem(spec.key, "draft.missing", {"label": spec.label}))
    found += _of_dates(fields)
    if complete:
        found += _of_completeness(kind, fields)
    if complete and law is not None and not found:
        found += _of_team(kind, fields, law)
    return tuple(found[:MOST_PROBLEMS])


def _unknown(kind: Kind, fields: Mapping[Any, Any]) -> Iterator[Problem]:
    for key in fields:
        if not isinstance(key, str) or kind.spec(key) is None:
            name = FORBIDDEN.sub("?", key[:80]) if isinstance(key, str) else type(key).__name__
            yield Problem(name, "draft.unknown_field", {"field": name})


def _judged(kind: Kind, spec: FieldSpec, value: Any, institution: InstitutionFacts) -> Iterator[Problem]:
    match spec.type:
        case "text" | "long_text" | "articles":
            yield from _of_text(spec.key, value, spec.limit)
        case "choice":
            yield from _of_choice(spec, value)
        case "institution":
            if value != institution.key:
                yield Problem(spec.key, "draft.other_institution", {"expected": institution.key})
        case "year":
            if as_year(value) is None:
                yield Problem(spec.key, "draft.bad_year", {"label": spec.label})
        case "date":
            yield from _of_date(spec, value)
        case _:
            yield from _of_list(kind, spec, value, institution)


def _of_choice(spec: FieldSpec, value: Any) -> Iterator[Problem]:
    known = [option.key for option in spec.options]
    if value not in known:
        yield Problem(spec.key, "draft.unknown_choice", {"known": ", ".join(known)})


def _of_text(place: str, value: Any, limit: int) -> Iterator[Problem]:
    if not isinstance(value, str):
        yield Problem(place, "draft.not_text")
    elif len(value) > limit:
        yield Problem(place, "draft.too_long", {"limit": limit, "length": len(value)})
    elif FORBIDDEN.search(value):
        yield Problem(place, "draft.control_characters")


def _of_date(spec: FieldSpec, value: Any) -> Iterator[Problem]:
    day = as_date(value)
    if day is None:
        yield Problem(spec.key, "draft.bad_date", {"label": spec.label})
    elif not EARLIEST <= day <= LATEST:
        yield Problem(spec.key, "draft.date_out_of_range", {"label": spec.label})


def _of_list(kind: Kind, spec: FieldSpec, value: Any, institution: InstitutionFacts) -> Iterator[Problem]:
    if not isinstance(value, list):
        yield Problem(spec.key, "draft.not_list", {"label": spec.label})
        return
    if len(value) > spec.most:
        yield Problem(spec.key, "draft.too_many", {"limit": spec.most, "count": len(value)})
        return
    for index, entry in enumerate(value):
        place = f"{spec.key}.{index}"
        if spec.type == "texts":
            yield from _of_text(place, entry, spec.limit)
        elif not isinstance(entry, dict):
            yield Problem(place, "draft.not_entry", {"number": index + 1})
        elif spec.type == "members":
            yield from _of_member(kind, place, entry, spec.limit, institution)
        elif spec.type == "table":
            yield from _of_row(spec, place, entry)
        else:
            yield from _of_task(place, entry, spec.limit)


def _of_member(
    kind: Kind, place: str, entry: Mapping[Any, Any], limit: int, institution: InstitutionFacts
) -> Iterator[Problem]:
    yield from _strange_keys(place, entry, MEMBER_KEYS)
    role, post, office = entry.get("role"), entry.get("post"), entry.get("office")
    if not is_blank(role) and not (isinstance(role, str) and kind.role(role)):
        yield Problem(f"{place}.role", "draft.unknown_role", {"known": ", ".join(known.key for known in kind.roles)})
    if not is_blank(post) and post not in [known.key for known in institution.posts]:
        yield Problem(f"{place}.post", "draft.unknown_post")
    if not is_blank(office):
        yield from _of_text(f"{place}.office", office, limit)


def _of_task(place: str, entry: Mapping[Any, Any], limit: int) -> Iterator[Problem]:
    yield from _strange_keys(place, entry, TASK_KEYS)
    if not is_blank(entry.get("what")):
        yield from _of_text(f"{place}.what", entry["what"], limit)
    if not is_blank(entry.get("working_days")) and as_number(entry["working_days"], 1, 366) is None:
        yield Problem(f"{place}.working_days", "draft.bad_working_days")


def _of_row(spec: FieldSpec, place: str, entry: Mapping[Any, Any]) -> Iterator[Problem]:
    keys = [column.key for column in spec.columns]
    yield from _strange_keys(place, entry, frozenset(keys))
    for key in keys:
        if not is_blank(entry.get(key)):
            yield from _of_text(f"{place}.{key}", entry[key], spec.limit)


def _strange_keys(place: str, entry: Mapping[Any, Any], known: frozenset[str]) -> Iterator[Problem]:
    if any(not isinstance(key, str) or key not in known for key in entry):
        yield Problem(place, "draft.unknown_keys", {"known": ", ".join(sorted(known))})


def _of_dates(fields: Mapping[str, Any]) -> Iterator[Problem]:
    """UU 30/2014 Pasal 58 ayat (1): no end before the start. A start in the past is what the form check warns of."""
    dated, start, end = (as_date(fields.get(key)) for key in ("dated", "effective_from", "effective_to"))
    begins = start or dated
    if begins and end and end < begins:
        yield Problem("effective_to", "draft.end_before_start", {"start": begins.isoformat()})


def _of_completeness(kind: Kind, fields: Mapping[str, Any]) -> Iterator[Problem]:
    """What a half-filled draft may lack and a submitted one may not."""
    if isinstance(fields.get("title"), str) and re.search(r"\bSPBE\b", fields["title"], re.IGNORECASE):
        yield Problem("title", "draft.abbreviation_in_title", {"abbreviation": "SPBE"})
    for spec in kind.fields:
        if spec.type in LIST_TYPES:
            yield from _of_entries(kind, spec, as_entries(fields.get(spec.key)))


def _of_entries(kind: Kind, spec: FieldSpec, entries: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    if spec.type == "members":
        yield from _of_members(kind, spec.key, entries)
    needed = {"tasks": sorted(TASK_KEYS), "table": [column.key for column in spec.columns if column.required]}
    incomplete = "draft.task_incomplete" if spec.type == "tasks" else "draft.cell_missing"
    for index, entry in enumerate(entries):
        for key in needed.get(spec.type, ()):
            if is_blank(entry.get(key)):
                label = next((column.label for column in spec.columns if column.key == key), key)
                yield Problem(f"{spec.key}.{index}.{key}", incomplete, {"number": index + 1, "label": label})


def _of_members(kind: Kind, place: str, members: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    for index, member in enumerate(members):
        if is_blank(member.get("role")):
            yield Problem(f"{place}.{index}.role", "draft.member_without_role", {"number": index + 1})
        if is_blank(member.get("post")) and is_blank(member.get("office")):
            yield Problem(f"{place}.{index}.office", "draft.member_without_office", {"number": index + 1})
    for role in kind.roles:
        count = sum(member.get("role") == role.key for member in members)
        if role.at_most is not None and count > role.at_most:
            yield Problem(place, "draft.role_too_often", {"role": role.title, "limit": role.at_most})


def _of_team(kind: Kind, fields: Mapping[str, Any], law: Law) -> Iterator[Problem]:
    """Permenkominfo 4/2024 Pasal 77 ayat (2)-(7): the least a team has, on the planned date."""
    dated = as_date(fields.get("dated")) if kind.roles else None
    present = {member.get("role") for member in as_entries(fields.get("members"))}
    for role in law.team_minimum(kind.key, dated) if dated else ():
        if role.demanded and role.key not in present:
            yield Problem("members", "draft.role_missing", {"role": role.title, "article": role.article or ""})
