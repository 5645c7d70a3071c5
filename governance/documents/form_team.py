"""The form of a team: the roles that the law of the day demands, how often each may be there, and who holds them."""

from collections.abc import Iterator
from dataclasses import dataclass

from governance.documents.form_case import Case, Fault, Place, Severity, on_one_line, shortened
from governance.mandates.mandates import TeamRole
from governance.people.roles import Role

# What the titles of these posts say, where a document names the office and no post of the register is known.
SPOKEN = {
    Role.SECRETARY.value: ("sekretaris daerah",),
    Role.HEAD_OF_REGION.value: ("bupati", "wali kota", "walikota", "gubernur", "kepala daerah"),
    Role.DIGITAL.value: ("komunikasi dan informatika", "komunikasi, informatika", "kominfo", "informatika"),
}


@dataclass(frozen=True)
class Seat:
    """A place in the team as the document prints it; `office` is the post's title or its wording."""

    role: str
    office: str
    place: Place


def seats(case: Case) -> tuple[Seat, ...]:
    """The members: from the first table that has a column for the place in the team."""
    for index, annex in enumerate(case.text.annexes):
        header = [on_one_line(cell).casefold() for cell in annex.table_header]
        if header and header[0].startswith("no"):
            header = header[1:]
        at = next((i for i, cell in enumerate(header) if "kedudukan" in cell), None)
        office = next((i for i, cell in enumerate(header) if "jabatan" in cell and i != at), None)
        if at is None or office is None:
            continue
        place = Place(f"Lampiran {annex.heading.removeprefix('LAMPIRAN').strip()}".strip(), f"lampiran-{index + 1}")
        return tuple(
            Seat(_role(row[at]), on_one_line(row[office]), place) for row in annex.rows if len(row) > max(at, office)
        )
    return ()


def _role(text: str) -> str:
    """A role's title without what it carries beside: "Ketua merangkap anggota" is "ketua"."""
    return on_one_line(text).casefold().partition(" merangkap")[0].strip(" .,;:")


def _of(case: Case, role: TeamRole, members: tuple[Seat, ...]) -> list[Seat]:
    return [seat for seat in members if seat.role == _role(role.title)]


def minimum(case: Case) -> Iterator[Fault]:
    """Every role that the law of the day demands is there."""
    members = seats(case)
    for role in case.team.roles if case.team and members else ():
        if role.demanded and len(_of(case, role, members)) < role.min:
            yield Fault(members[0].place, {"role": role.title}, source=_source(case, role))


def maximum(case: Case) -> Iterator[Fault]:
    """No role is there more often than it may."""
    members = seats(case)
    for role in case.team.roles if case.team else ():
        if role.max is not None and len(_of(case, role, members)) > role.max:
            yield Fault(
                members[0].place,
                {"role": role.title, "limit": role.max},
                severity=_severity(case, role),
                source=_source(case, role),
            )


def chair(case: Case) -> Iterator[Fault]:
    """The Sekda is the chair: an error where an article of the day says so, a note where it is only practice."""
    yield from _held(case, Role.SECRETARY.value)


def holders(case: Case) -> Iterator[Fault]:
    """The other roles are held by the offices that the law of the day names."""
    for office in (Role.HEAD_OF_REGION.value, Role.DIGITAL.value):
        yield from _held(case, office)


def _held(case: Case, office: str) -> Iterator[Fault]:
    members = seats(case)
    for role in case.team.roles if case.team else ():
        for seat in _of(case, role, members) if role.office == office else ():
            if not _holds(case, seat, office):
                yield Fault(
                    seat.place,
                    {"role": role.title, "office": shortened(seat.office), "holder": role.held_by or office},
                    severity=_severity(case, role),
                    source=_source(case, role),
                )


def _holds(case: Case, seat: Seat, office: str) -> bool:
    said = seat.office.casefold()
    posts = case.institution.posts if case.institution else ()
    titles = [post.title.casefold() for post in posts if post.role.value == office]
    stands_in = said.startswith(("wakil ", "asisten ", "staf "))
    return not stands_in and any(title in said for title in (*titles, *SPOKEN[office]))


def _severity(case: Case, role: TeamRole) -> Severity:
    """An error where the whole composition was read in a regulation; a note while it is practice."""
    read = case.team is not None and case.team.how_sure == "read" and role.how_sure == "read"
    return Severity.ERROR if read else Severity.NOTE


def _source(case: Case, role: TeamRole) -> str:
    """The article, with its regulation where the register names one."""
    known = case.register.get(case.team.regulation or "") if case.team else None
    article = role.article or "praktik"
    if known is None or not role.article:
        return article
    named = f"{known.issuer or known.type} {known.number}/{known.year}"
    return article if str(known.number) in article else f"{named} {article}"
