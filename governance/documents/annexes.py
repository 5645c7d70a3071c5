"""The two annexes of a team decree: who is in the team, and what each role does and how the team works."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from governance.documents.defaults import filled
from governance.documents.kinds import Kind
from governance.documents.phrases import letter, roman
from governance.documents.text import Annex, AnnexPart, MemberPost
from governance.documents.values import as_entries, as_line, as_texts
from governance.mandates.mandates import TeamRole
from governance.people.facts import InstitutionFacts

LIST_MARKS = " \t\n;,."


def member_posts(
    kind: Kind, fields: Mapping[str, Any], institution: InstitutionFacts, team: Sequence[TeamRole]
) -> tuple[MemberPost, ...]:
    """The members as the decree prints them, in the order of the roles and within a role as they were entered."""
    titles = {post.key: post.title for post in institution.posts}
    order = [role.key for role in kind.roles]
    members = []
    for entry in as_entries(fields.get("members")):
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


def annex_of_members(kind: Kind, members: Sequence[MemberPost], values: Mapping[str, Any]) -> Annex:
    """Lampiran I: the table of the members; Word counts the rows itself."""
    return Annex(
        heading=f"LAMPIRAN {roman(1)}",
        title=filled(kind.words["members_title"], values).upper(),
        table_header=tuple(kind.words["members_header"]),
        rows=tuple((member.role_title, member.office) for member in members),
    )


def annex_of_work(
    kind: Kind,
    fields: Mapping[str, Any],
    team: Sequence[TeamRole],
    members: Sequence[MemberPost],
    values: dict[str, Any],
) -> Annex:
    """Lampiran II: duties by role (Permenkominfo 4/2024 Pasal 77 ayat (8)-(11) once in force), meetings, reports."""
    words = kind.words
    parts = [
        (filled(words["duties_part"], {"role": title}), intro, items)
        for title, intro, items in _duties(kind, team, members, values)
    ]
    parts.append((words["meetings_part"], "", as_texts(fields.get("meetings"))))
    parts.append((words["reports_part"], "", as_texts(fields.get("reports"))))
    shown = [part for part in parts if part[2]]
    return Annex(
        heading=f"LAMPIRAN {roman(2)}",
        title=filled(words["work_title"], values).upper(),
        intro=filled(words["work_intro"], values),
        parts=tuple(
            AnnexPart(f"{letter(index).upper()}. {title}", intro, items)
            for index, (title, intro, items) in enumerate(shown)
        ),
    )


def _duties(
    kind: Kind, team: Sequence[TeamRole], members: Sequence[MemberPost], values: Mapping[str, Any]
) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    """Each role that is in the team, with its opening line and its duties: the law's where it has any."""
    lawful = {role.key: role.duties for role in team}
    present = {member.role for member in members}
    for role in kind.roles:
        if role.key in present or (not present and role.posts):
            items = lawful.get(role.key) or tuple(filled(duty, values) for duty in role.duties)
            name = role.title.removesuffix(" merangkap anggota")
            yield name, f"{name} mempunyai tugas:", listed(items)


def listed(items: Sequence[str]) -> tuple[str, ...]:
    """Items with the marks of a list: semicolons, "; dan" before the last, a full stop at the end."""
    bare = [item.strip().rstrip(LIST_MARKS) for item in items]
    marks = [";"] * (len(bare) - 2) + ["; dan"] * (len(bare) > 1) + ["."]
    return tuple(f"{item}{mark}" for item, mark in zip(bare, marks, strict=False))
