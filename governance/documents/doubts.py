"""What a draft still lacks, and what in it is doubtful: all that a person should look at before it is submitted."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from governance.documents import fields as field_rules
from governance.documents.brief import BLANK, establishing
from governance.documents.comments import Comment
from governance.documents.kinds import FieldSpec, Kind
from governance.documents.phrases import capital_first
from governance.documents.starting import source_now
from governance.documents.terms import mismatch
from governance.documents.text import DocumentText, Form
from governance.documents.values import as_entries, as_line, as_year, is_blank
from governance.mandates.law import Law
from governance.mandates.regulations import TO_COMPLETE, Citation
from governance.people.facts import InstitutionFacts
from governance.people.roles import Role

GAP = re.compile(rf"\[{TO_COMPLETE}|\.{{4,}}", re.IGNORECASE)
YEAR_SAID = re.compile(r"\btahun (20\d\d)\b", re.IGNORECASE)
SURE = "read"
BY_CUSTOM = frozenset({"draft.source.kind", "draft.source.practice"})


class Grade(StrEnum):
    """What a point asks: it must be mended before submitting, it is doubtful, it is custom, it may stay empty."""

    OPEN = "open"
    DOUBTFUL = "doubtful"
    CUSTOM = "custom"
    EMPTY = "empty"


@dataclass(frozen=True)
class Doubt:
    """One point: the wording's key with its parameters, and where it is mended: a field's place, else a section."""

    grade: Grade
    key: str
    params: Mapping[str, Any]
    place: str = ""
    section: str = ""


@dataclass(frozen=True)
class Draft:
    """A draft as it is looked through: its fields cleaned of empty rows, what it began with, and the text they give."""

    kind: Kind
    fields: Mapping[str, Any]
    began: Mapping[str, Any]
    text: DocumentText
    institution: InstitutionFacts
    law: Law
    on: date
    comments: tuple[Comment, ...] = ()


def doubts(draft: Draft) -> tuple[Doubt, ...]:
    """Everything that is empty, wrong or doubtful, in the order of the form within each grade."""
    found = [*_open(draft), *_values(draft), *_text(draft), *_team(draft), *_legal(draft)]
    order = {section.key: index for index, section in enumerate(draft.kind.sections)}
    return tuple(sorted(found, key=lambda one: (list(Grade).index(one.grade), order.get(one.section, len(order)))))


def _at(draft: Draft, field: str) -> dict[str, str]:
    """Where a field is mended; a kind without that field has its first section."""
    spec = draft.kind.spec(field.split(".", maxsplit=1)[0])
    return {"place": field, "section": spec.section} if spec else {"section": draft.kind.sections[0].key}


def _open(draft: Draft) -> Iterator[Doubt]:
    """What keeps it from being submitted."""
    for problem in field_rules.problems(
        draft.kind, draft.fields, institution=draft.institution, complete=True, law=draft.law
    ):
        yield Doubt(Grade.OPEN, problem.key, problem.params, **_at(draft, problem.place))
    for comment in draft.comments:
        if comment.is_open:
            params = {"section": comment.label, "by": comment.by}
            yield Doubt(Grade.OPEN, "draft.comment_open", params, f"comments.{comment.id}", comment.section)


def _values(draft: Draft) -> Iterator[Doubt]:
    """Fields that are empty, that still have gaps, or whose value nobody has looked at."""
    for spec in draft.kind.fields:
        value, at = draft.fields.get(spec.key), _at(draft, spec.key)
        if is_blank(value):
            if not spec.required and spec.type != "institution":
                yield Doubt(Grade.EMPTY, "review.empty", {"label": spec.label}, **at)
            continue
        if any(GAP.search(text) for text in _texts(value)):
            yield Doubt(Grade.DOUBTFUL, "review.gap", {"label": spec.label}, **at)
        yield from _of_source(draft, spec, value, at)


def _of_source(draft: Draft, spec: FieldSpec, value: Any, at: dict[str, str]) -> Iterator[Doubt]:
    source = source_now(spec.key, value, draft.began)
    if source is None:
        return
    if source.key == "draft.source.guessed_seat":
        yield Doubt(Grade.DOUBTFUL, "review.guessed_seat", {"place": as_line(value) or ""}, **at)
    elif source.key == "draft.source.owners":
        yield Doubt(Grade.DOUBTFUL, "review.owners", {"label": spec.label}, **at)
    elif source.key in BY_CUSTOM:
        yield Doubt(Grade.CUSTOM, "review.custom", {"label": spec.label}, **at)
    elif source.key.startswith("draft.source.last_"):
        yield from _of_carried(draft, spec, value, source.params, at)


def _of_carried(
    draft: Draft, spec: FieldSpec, value: Any, params: Mapping[str, Any], at: dict[str, str]
) -> Iterator[Doubt]:
    """What an earlier document brought along: posts that are gone, and years that have passed."""
    if params.get("gone"):
        yield Doubt(Grade.DOUBTFUL, "review.members_gone", {"gone": params["gone"]}, **at)
    year = as_year(draft.fields.get("year")) or draft.on.year
    old = sorted({said for text in _texts(value) for said in YEAR_SAID.findall(text) if int(said) < year})
    if old:
        yield Doubt(Grade.DOUBTFUL, "review.old_year", {"label": spec.label, "years": ", ".join(old)}, **at)


def _text(draft: Draft) -> Iterator[Doubt]:
    """Dictums in which dots stand for something no field asks: an office that nobody heads here."""
    missing = any(is_blank(draft.fields.get(spec.key)) for spec in draft.kind.fields if spec.required)
    for dictum in draft.text.dictums if not missing else ():
        if BLANK in dictum.text or any(BLANK in item for item in dictum.items):
            yield Doubt(Grade.DOUBTFUL, "review.dots", {"part": dictum.label})


def _team(draft: Draft) -> Iterator[Doubt]:
    """A team whose composition on the day rests on no article that was read, or that assesses what it audits."""
    rule = draft.law.team_rule(draft.kind.key, draft.on) if draft.kind.key in draft.law.mandates else None
    if not draft.kind.roles:
        return
    if rule is None or rule.how_sure != SURE:
        yield Doubt(Grade.DOUBTFUL, "review.team_unsure", {}, **_at(draft, "members"))
    inspector = draft.institution.post_of(Role.INSPECTORATE)
    assesses = {role.key for role in draft.kind.roles if role.owners}
    held = {member.get("post") for member in as_entries(draft.fields.get("members")) if member.get("role") in assesses}
    if inspector is not None and inspector.key in held:
        yield Doubt(Grade.DOUBTFUL, "review.assesses_audit", {"post": inspector.title}, **_at(draft, "members"))


def _legal(draft: Draft) -> Iterator[Doubt]:
    """The register: what it cannot say, what it says from memory, and a term that is not the law's."""
    kind, institution, law, on = draft.kind, draft.institution, draft.law, draft.on
    if kind.key not in law.mandates:
        return
    if kind.form is not Form.PAPER:
        for number, citation in enumerate(law.mengingat(kind.key, institution, on), 1):
            yield from _of_citation(number, citation)
        for question in law.questions(kind.key, institution, on):
            params = {"key": question.key, "text": question.text, "note": capital_first(question.note)}
            yield Doubt(Grade.DOUBTFUL, "review.question", params)
    yield from _of_establisher(draft)
    found = mismatch(kind, as_line(draft.fields.get("term")) or "", institution, law, on)
    if found and as_line(draft.fields.get("term")):
        params = {"chosen": found.chosen, "lawful": found.lawful, "regulation": found.regulation}
        yield Doubt(Grade.DOUBTFUL, "review.term", params, **_at(draft, "term"))


def _of_citation(number: int, citation: Citation) -> Iterator[Doubt]:
    """Mengingat is composed from the register, and mended there: it has no place in the form."""
    params = {"key": citation.key, "number": number, "text": citation.text, "note": capital_first(citation.note)}
    if not citation.complete:
        yield Doubt(Grade.DOUBTFUL, "review.citation_incomplete", params)
    elif citation.how_sure != SURE:
        yield Doubt(Grade.DOUBTFUL, "review.citation_unsure", params)


def _of_establisher(draft: Draft) -> Iterator[Doubt]:
    """Who sets the document that day is decided by the law; where that was not read, the legal section decides."""
    spans = draft.law.mandate(draft.kind.key).established_by_on_date
    span = next((one for one in spans if (one.start or draft.on) <= draft.on <= (one.end or draft.on)), None)
    if span is not None and span.how_sure != SURE:
        by = establishing(draft.kind, draft.institution, draft.law, draft.on)
        yield Doubt(Grade.DOUBTFUL, "review.establisher_unsure", {"by": by.short})


def _texts(value: Any) -> Iterable[str]:
    """Every text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
