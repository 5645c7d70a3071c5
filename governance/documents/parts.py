"""Parts in words and tables: the body of a paper, and what annexes hold; who is in a team and what each role does."""

import itertools
from collections.abc import Iterable, Iterator, Sequence

from governance.documents.brief import BLANK, Brief
from governance.documents.kinds import AnnexSpec, FieldSpec, Kind, PartSpec
from governance.documents.phrases import LIST_MARKS, counted, letter, listed, roman
from governance.documents.text import Annex, MemberPost, Part
from governance.documents.values import as_entries, as_line, as_number, as_text, as_texts
from governance.mandates.mandates import TeamRole


def members_of(brief: Brief, field: str = "members") -> tuple[MemberPost, ...]:
    """The members as the document prints them, in the order of the roles and within a role as they were entered."""
    kind, titles = brief.kind, {post.key: post.title for post in brief.institution.posts}
    team, order = _team(brief), [role.key for role in brief.kind.roles]
    members = []
    for entry in as_entries(brief.fields.get(field)):
        role, post = entry.get("role"), entry.get("post")
        post = post if isinstance(post, str) and post in titles else None
        office = as_line(entry.get("office")) or (titles[post] if post else None)
        if isinstance(role, str) and role in order and office:
            members.append(MemberPost(role, role_title(kind, role, team), post, office))
    return tuple(sorted(members, key=lambda member: order.index(member.role)))


def role_title(kind: Kind, key: str, team: Iterable[TeamRole]) -> str:
    """The role's title in the law's own words on that date; the kind's where the law has none."""
    lawful = next((role.title for role in team if role.key == key), None)
    known = kind.role(key)
    return lawful or (known.title if known else key)


def annexes_of(brief: Brief) -> tuple[Annex, ...]:
    """The annexes that stand in this document; more than one are counted in Roman numerals (angka 194)."""
    specs = [spec for spec in brief.kind.annexes if brief.shows(spec)]
    headings = ["LAMPIRAN"] if len(specs) == 1 else [f"LAMPIRAN {roman(count)}" for count in range(1, len(specs) + 1)]
    return tuple(_annex(brief, spec, heading) for spec, heading in zip(specs, headings, strict=True))


def parts_of(brief: Brief, specs: Iterable[PartSpec], numbering: str) -> tuple[Part, ...]:
    """The parts that stand in this document and say something, counted as `numbering` says."""
    said = [part for spec in specs if brief.shows(spec) for part in _parts(brief, spec)]
    counts = itertools.count()  # a part without a title goes on under the one before
    return tuple(
        _with(part, title=f"{_count(next(counts), numbering)}{part.title}") if part.title else part for part in said
    )


def _annex(brief: Brief, spec: AnnexSpec, heading: str) -> Annex:
    rows = [(member.role_title, member.office) for member in members_of(brief, spec.members)] if spec.members else []
    return Annex(
        heading=heading,
        title=brief.say(spec.title).upper(),
        intro=brief.say(spec.intro),
        table_header=spec.header if spec.members else (),
        rows=tuple(rows),
        parts=parts_of(brief, spec.parts, spec.numbering),
    )


def _count(index: int, numbering: str) -> str:
    match numbering:
        case "letter":
            return f"{letter(index).upper()}. "
        case "chapter":
            return f"BAB {roman(index + 1)} "
        case "number":
            return f"{index + 1}. "
        case _:
            return ""


def _parts(brief: Brief, spec: PartSpec) -> Iterator[Part]:
    title, text = brief.say(spec.title), brief.say(spec.text)
    if spec.duties:
        yield from _duties(brief, spec)
    elif spec.field is None:
        yield Part(title, text)
    else:
        field = brief.kind.spec(spec.field)
        assert field is not None  # checked when the kind was read
        part = _of_field(brief, field, spec, Part(title, text))
        if part is not None:
            yield part


def _of_field(brief: Brief, field: FieldSpec, spec: PartSpec, part: Part) -> Part | None:
    """A part that shows a field; None where a list that may be empty is empty and nothing else is said."""
    value = brief.fields.get(field.key)
    match field.type:
        case "table":
            return _table(brief, field, spec, part)
        case "members":
            rows = tuple((member.role_title, member.office) for member in members_of(brief, field.key))
            return _with(part, header=("No.", "Kedudukan", "Jabatan"), rows=rows or ((BLANK, BLANK),))
        case "texts":
            items = listed(as_texts(value))
            return _with(part, items=items) if items or part.intro or field.required else None
        case "tasks":
            items = listed([_task(entry) for entry in as_entries(value)])
            return _with(part, items=items) if items else None
        case _:
            text = as_line(value) if field.type == "text" else as_text(value)
            return _with(part, intro="\n".join(filter(None, (part.intro, text or (BLANK if field.required else "")))))


def _with(part: Part, **changes: object) -> Part:
    return Part(**{**part.__dict__, **changes})


def _task(entry: object) -> str:
    assert isinstance(entry, dict)
    what, days = as_line(entry.get("what")) or BLANK, as_number(entry.get("working_days"), 1, 366)
    return f"{what}, paling lambat {counted(days, 'hari kerja')}" if days else what


def _table(brief: Brief, field: FieldSpec, spec: PartSpec, part: Part) -> Part:
    entries = as_entries(brief.fields.get(field.key))
    rows = [tuple(as_text(entry.get(column.key)) or "" for column in field.columns) for entry in entries]
    rows += [("",) * len(field.columns)] * max(spec.blank_rows - len(rows), 0 if rows else 1)
    header = ("No.", *(brief.say(column.heading or column.label) for column in field.columns))
    return _with(part, header=header, rows=tuple(rows), widths=tuple(column.width for column in field.columns))


def _team(brief: Brief) -> Sequence[TeamRole]:
    return brief.law.team_minimum(brief.kind.key, brief.on) if brief.kind.roles else ()


def _duties(brief: Brief, spec: PartSpec) -> Iterator[Part]:
    """Each role that is in the team, with its opening line and its duties: the law's where it has any."""
    lawful = {role.key: role.duties for role in _team(brief)}
    present = {member.role for member in members_of(brief, spec.field or "members")}
    for role in brief.kind.roles:
        if role.key in present or (not present and role.posts):
            items = lawful.get(role.key) or tuple(brief.say(duty) for duty in role.duties)
            name = role.title.removesuffix(" merangkap anggota")
            title = f"{spec.title or 'Tugas'} {name}"
            if len(items) == 1:
                yield Part(title, f"{name} mempunyai tugas {items[0].rstrip(LIST_MARKS)}.")
            elif items:
                yield Part(title, f"{name} mempunyai tugas:", listed(items))
