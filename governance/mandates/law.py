"""The law as one checked whole: what a kind cites on a day, what a team must have, what each group holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from governance.calendar.holidays import Holiday
from governance.kernel.data_files import BrokenData
from governance.kernel.errors import NotFound
from governance.mandates.evaluation import EvaluationYear, Instrument, PlanningDate
from governance.mandates.ladder import Ladder
from governance.mandates.law_files import read_files, release_of
from governance.mandates.local_bases import Use, own_regulations, uses_of
from governance.mandates.mandates import Glance, Group, Mandate, TeamRole, TeamRule, at_a_glance
from governance.mandates.owners import Ownership
from governance.mandates.proofs import KindProofs, ProofState, Rejection
from governance.mandates.regulations import Citation, Regulation
from governance.mandates.rules import Deadline, DraftingFlow, Input, JdihField, OfficeRule, ShortForm, Term
from governance.people.facts import InstitutionFacts

# The entry of the register that stands for each region's own forming law.
FORMING_LAW = "uu_pembentukan_daerah"


class BrokenLaw(BrokenData):
    """The law data cannot be used; every fault is named with file and line."""


@dataclass(frozen=True)
class Law:
    """Everything config/law says, read and checked once; `release` names exactly this data.

    As one institution sees it (`register.law_of`), it also holds that institution's own regulations, which of them are
    cited in which kinds (`uses`), and the keys that its rows speak for in place of its file (`entered`).
    """

    regulations: Mapping[str, Regulation]
    mandates: Mapping[str, Mandate]
    evaluation: Mapping[int, EvaluationYear]
    release: str
    groups: tuple[Group, ...]
    terms: Mapping[str, Term]
    inputs: Mapping[str, Input]
    drafting_flows: tuple[DraftingFlow, ...]
    instruments: Mapping[str, Instrument]
    stages: Mapping[str, str]
    planning: tuple[PlanningDate, ...]
    offices: tuple[OfficeRule, ...]
    deadlines: Mapping[str, Deadline]
    jdih: tuple[JdihField, ...]  # what a published act says of itself, in the order in which it is shown
    short_forms: tuple[ShortForm, ...]
    holidays: Mapping[int, tuple[Holiday, ...]]
    holiday_decrees: Mapping[int, str]  # the joint decree (SKB) of each of these years
    proofs: Mapping[str, KindProofs]
    proof_states: Mapping[str, ProofState]
    cautions: Mapping[str, str]  # by instrument
    rejections: tuple[Rejection, ...]
    uncovered: Mapping[str, tuple[str, ...]]  # by instrument: indicators no document can raise
    ownership: Ownership  # who usually answers for an indicator
    ladders: Mapping[str, Ladder]  # of reminders
    uses: tuple[Use, ...] = ()
    entered: frozenset[str] = frozenset()

    @classmethod
    def read(cls, folder: Path) -> "Law":
        """The law of that folder, or BrokenLaw naming file and line of every fault."""
        parts, faults = read_files(folder)
        if faults:
            raise BrokenLaw(faults)
        return cls(**parts, release=release_of(folder))

    def mandate(self, kind: str) -> Mandate:
        """The mandate with that key; an unknown kind is refused."""
        if kind not in self.mandates:
            raise NotFound("law.unknown_kind", kind=kind)
        return self.mandates[kind]

    def regulation(self, key: str) -> Regulation:
        """The regulation with that key; an unknown one is refused."""
        if key not in self.regulations:
            raise NotFound("law.unknown_regulation", regulation=key)
        return self.regulations[key]

    # ---------------------------------------------------------------- Mengingat

    def mengingat(self, kind: str, institution: InstitutionFacts, on: date) -> tuple[Citation, ...]:
        """What a decree of that kind cites on that day: by rank, then by date (UU 12/2011 Lampiran II angka 41-43).

        Only what is in force on the day. What has an unknown first or last day is left out while the day lies in its
        uncertain span (`questions` names it); what exists only according to the news is shown as "lengkapi".
        """
        cited = [one for one in self._regulations_for(kind, institution, on) if one.citable_on(on)]
        return tuple(one.cited_on(on) for one in sorted(cited, key=_in_order))

    def questions(self, kind: str, institution: InstitutionFacts, on: date) -> tuple[Citation, ...]:
        """What may belong into Mengingat on that day, though the register cannot say: people are asked."""
        unknown = {
            one.key: one
            for one in (*self._regulations_for(kind, institution, on), *self._undated(institution))
            if one.in_force_on(on) is None and not one.citable_on(on)
        }
        asked = [one.question_on(on) for one in sorted(unknown.values(), key=_in_order)]
        formed = FORMING_LAW in self.entered or any(basis.get("regulation") for basis in institution.bases)
        if not formed:
            asked.insert(0, self.regulation(FORMING_LAW).question_on(on))
        return tuple(asked)

    def _regulations_for(self, kind: str, institution: InstitutionFacts, on: date) -> list[Regulation]:
        of_file = [use for use in uses_of(institution) if use.key not in self.entered]
        used = [use.key for use in (*self.uses, *of_file) if use.covers(kind, on)]
        own = own_regulations(institution)
        keys = dict.fromkeys([*self.mandate(kind).cites, *used])
        return [self.regulations.get(key) or own.get(key) or self.regulation(key) for key in keys]

    def _undated(self, institution: InstitutionFacts) -> list[Regulation]:
        """The region's own regulations whose first day is not known: the legal section fills them in."""
        own = own_regulations(institution).values()
        return [one for one in own if one.in_force_from is None and one.key not in self.entered]

    def kinds_citing(self, key: str, institution: InstitutionFacts, on: date) -> tuple[str, ...]:
        """The kinds whose Mengingat of that day names that regulation wherever it is in force."""
        named = {kind: {one.key for one in self._regulations_for(kind, institution, on)} for kind in self.mandates}
        return tuple(kind for kind, keys in named.items() if key in keys)

    # ---------------------------------------------------------------- teams

    def team_rule(self, kind: str, on: date) -> TeamRule | None:
        """The composition of the team on that day, with its article and how sure it is; None: none is known."""
        return self.mandate(kind).team_on(on)

    def team_minimum(self, kind: str, on: date) -> tuple[TeamRole, ...]:
        """The roles of the team on that day. Coordination team: Permenkominfo 4/2024 Pasal 77; before it, practice."""
        rule = self.team_rule(kind, on)
        return rule.roles if rule else ()

    def instrument_on(self, on: date) -> Instrument | None:
        """The newest instrument whose regulation is in force that day, or None."""
        standing = [
            (self.regulation(one.regulation).first_day_possible or date.min, one.key)
            for one in self.instruments.values()
            if self.regulation(one.regulation).in_force_on(on)
        ]
        return self.instruments[max(standing)[1]] if standing else None

    # ---------------------------------------------------------------- what it proves

    def proofs_of(self, kind: str) -> KindProofs:
        """What documents of that kind prove to an assessor; where nothing is known, nothing."""
        return self.proofs.get(kind, KindProofs(kind, (), ()))

    # ---------------------------------------------------------------- the five groups

    def group(self, key: str) -> Group:
        """The group with that key."""
        for group in self.groups:
            if group.key == key:
                return group
        raise NotFound("law.unknown_group", group=key)

    def mandates_of(self, group: str) -> tuple[Mandate, ...]:
        """The mandates of a group, in the order of the file."""
        return tuple(mandate for mandate in self.mandates.values() if mandate.group == group)

    def groups_at_a_glance(self, on: date) -> tuple[tuple[Group, tuple[Glance, ...]], ...]:
        """The five groups in order, each mandate with its strongest duty of that day."""
        numbered = [group for group in self.groups if group.key.isdigit()]
        return tuple((group, at_a_glance(self.mandates_of(group.key), on)) for group in numbered)


def _in_order(regulation: Regulation) -> tuple[int, date]:
    return regulation.rank, regulation.order_date or date.max
