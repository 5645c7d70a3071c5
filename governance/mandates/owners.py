"""Which offices usually answer for an instrument's indicators: what an assessor team is proposed from, and no more."""

from dataclasses import dataclass

from governance.people.facts import InstitutionFacts, PostFact, UnitFact
from governance.people.roles import Role


@dataclass(frozen=True)
class OwnerUnit:
    """An office as the list names it; an institution's own is found by the role of its head, or by its name."""

    key: str
    title: str
    role: Role | None = None
    named: tuple[str, ...] = ()  # words in the office's name
    outside: bool = False  # no office of the region: it contributes and is never a member

    def head_in(self, institution: InstitutionFacts) -> PostFact | None:
        """The post that heads this office there; None where it cannot be told."""
        if self.role is not None:
            return institution.post_of(self.role)
        units = {unit.key for unit in institution.units if self._is(unit)}
        return next((post for post in institution.posts if post.unit in units), None)

    def name_in(self, institution: InstitutionFacts) -> str:
        """The office's own name there, its usual one where it cannot be told."""
        post = self.head_in(institution)
        return institution.unit(post.unit).name if post is not None else self.title

    def _is(self, unit: UnitFact) -> bool:
        return any(word.casefold() in unit.name.casefold() for word in self.named)


@dataclass(frozen=True)
class IndicatorOwner:
    """Who answers for an indicator and who contributes evidence, as far as it is known."""

    indicator: int
    name: str
    aspect: str
    responsible: str  # key of a unit
    contributors: tuple[str, ...]
    how_sure: str  # seen_twice | seen | function | inferred
    source: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class InstrumentOwners:
    """The owners of an instrument's indicators, in the order of the indicators."""

    instrument: str
    owners: tuple[IndicatorOwner, ...]


@dataclass(frozen=True)
class Ownership:
    """The whole list: offices by key, owners by instrument."""

    units: dict[str, OwnerUnit]
    instruments: dict[str, tuple[IndicatorOwner, ...]]

    def heads(self, instrument: str, institution: InstitutionFacts) -> tuple[PostFact, ...]:
        """The posts that head the offices of an instrument's indicators: first who answers, then who contributes."""
        owners = self.instruments.get(instrument, ())
        keys = [owner.responsible for owner in owners] + [key for owner in owners for key in owner.contributors]
        posts = [self.units[key].head_in(institution) for key in dict.fromkeys(keys)]
        return tuple(dict.fromkeys(post for post in posts if post is not None))
