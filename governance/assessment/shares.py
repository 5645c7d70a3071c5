"""Who usually has which indicator and who takes which part: proposals from the law data, resolved to own offices."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from governance.assessment.course import CycleRole, Part
from governance.assessment.instruments import Instrument, Item
from governance.mandates.law import Law
from governance.mandates.owners import IndicatorOwner
from governance.people.facts import InstitutionFacts
from governance.people.roles import Role

UNRESOLVED = "unresolved"  # the owner is not known, or is no office here: the digital office stands in
BY_DECREE, BY_POST, BY_OWNERS = "decree", "post", "owners"  # from what a seat is proposed
# The team decree's own words for the parts of which a cycle has one each; all its other members rate.
SINGLE = {
    "koordinator": CycleRole.COORDINATOR,
    "penanggung_jawab": CycleRole.ANSWERABLE,
    "entri_data": CycleRole.DATA_ENTRY,
}
USUAL_POSTS = {
    CycleRole.COORDINATOR: Role.SECRETARY,
    CycleRole.ANSWERABLE: Role.DIGITAL,
    CycleRole.DATA_ENTRY: Role.DIGITAL,
}


@dataclass(frozen=True)
class UsualShare:
    """An office's usual part in an item; `how_sure` as in owners.yaml, or UNRESOLVED."""

    item: str
    unit_key: str
    part: Part
    how_sure: str


@dataclass(frozen=True)
class UsualSeat:
    """A post's usual part in a cycle, and from what it is proposed."""

    role: CycleRole
    post_key: str
    how_sure: str


@dataclass(frozen=True)
class TeamMember:
    """A post in a team decree, with its role there in the decree's words."""

    role: str
    post_key: str


def usual_shares(law: Law, instrument: Instrument, institution: InstitutionFacts) -> tuple[UsualShare, ...]:
    """The usual offices of every item of the instrument; the items of one indicator have the same.

    What no office of the region answers for falls to the digital office, marked; a contributor that is not found
    here is left out: nobody stands in for help.
    """
    owners = {owner.indicator: owner for owner in law.ownership.instruments.get(instrument.key, ())}
    digital = institution.post_of(Role.DIGITAL)
    found: list[UsualShare] = []
    for item in instrument.items.values():
        found += _usual_shares_of(item, owners.get(item.number), law, institution, digital.unit if digital else None)
    return tuple(found)


def usual_seats(
    law: Law, instrument: Instrument, institution: InstitutionFacts, team: Sequence[TeamMember]
) -> tuple[UsualSeat, ...]:
    """Who usually takes which part: as the team decree in force says; what it leaves open by post and by owners."""
    single = {SINGLE[one.role]: one.post_key for one in reversed(team) if one.role in SINGLE}
    seats = [UsualSeat(role, post_key, BY_DECREE) for role, post_key in single.items()]
    for role, usual in USUAL_POSTS.items():
        post = institution.post_of(usual)
        if role not in single and post is not None:
            seats.append(UsualSeat(role, post.key, BY_POST))
    coordinators = {seat.post_key for seat in seats if seat.role is CycleRole.COORDINATOR}
    members = [one.post_key for one in team if one.role not in SINGLE]
    heads = [post.key for post in law.ownership.heads(instrument.key, institution)]
    raters, how_sure = (members, BY_DECREE) if members else (heads, BY_OWNERS)
    return (
        *seats,
        *(UsualSeat(CycleRole.ASSESSOR, key, how_sure) for key in dict.fromkeys(raters) if key not in coordinators),
    )


def mark(responsible: int | None, contributors: Collection[int]) -> str:
    """An item's shares as one word: what a form was filled in from, to be compared with what stands."""
    return f"{responsible or '-'}:{','.join(str(one) for one in sorted(contributors))}"


def seats_mark(seats: Mapping[tuple[CycleRole, int], Sequence[str]]) -> str:
    """A cycle's seats as one word, for the same."""
    return ";".join(sorted(f"{role.value}={post}:{','.join(items)}" for (role, post), items in seats.items()))


def in_order(item: str) -> list[int]:
    """The place of an item's key among others, as a reader counts: 2 before 10, 35-1 before 35-2."""
    return [int(part) if part.isdigit() else 0 for part in item.split("-")]


def _usual_shares_of(
    item: Item, owner: IndicatorOwner | None, law: Law, institution: InstitutionFacts, digital: str | None
) -> list[UsualShare]:
    def office(key: str) -> str | None:
        post = law.ownership.units[key].head_in(institution)
        return post.unit if post is not None else None

    found: list[UsualShare] = []
    responsible = office(owner.responsible) if owner else None
    if owner is not None and responsible is not None:
        found.append(UsualShare(item.key, responsible, Part.RESPONSIBLE, owner.how_sure))
    elif digital is not None:
        found.append(UsualShare(item.key, digital, Part.RESPONSIBLE, UNRESOLVED))
    taken = {one.unit_key for one in found}
    if owner is None:
        return found
    helping = dict.fromkeys(unit for key in owner.contributors if (unit := office(key)) is not None)
    found += [UsualShare(item.key, one, Part.CONTRIBUTOR, owner.how_sure) for one in helping if one not in taken]
    return found
