"""An assessor team proposed from the owners of the indicators: its members by office, and who looks at what."""

from collections.abc import Sequence

from governance.documents.phrases import conjoined
from governance.mandates.law import Law
from governance.mandates.owners import IndicatorOwner, OwnerUnit
from governance.mandates.regulations import TO_COMPLETE
from governance.people.facts import InstitutionFacts, PostFact

PLOT_COLUMNS = ("aspek", "indikator", "unit", "asesor")  # what a table proposed from the owners has


def owning_posts(law: Law, institution: InstitutionFacts, instrument: str | None) -> tuple[PostFact, ...]:
    """The posts that head the owners' offices here; none where nothing is known of the instrument."""
    return law.ownership.heads(instrument, institution) if instrument else ()


def plot_rows(
    law: Law, institution: InstitutionFacts, instrument: str, member: str, limit: int
) -> list[dict[str, str]]:
    """The indicators by aspect and by the office that answers for them, one row each; cells keep to the limit.

    `member` is what an assessor is called ("Anggota"). An office that is not found here is named as it is usually
    called, and its assessor is left to be completed.
    """
    groups: dict[tuple[str, str], list[IndicatorOwner]] = {}
    for owner in law.ownership.instruments.get(instrument, ()):
        groups.setdefault((owner.aspect, owner.responsible), []).append(owner)
    rows = []
    for (aspect, responsible), owners in groups.items():
        keys = [responsible, *(key for owner in owners for key in owner.contributors)]
        rows.append(
            {
                "aspek": aspect,
                "indikator": _numbered([owner.indicator for owner in owners]),
                "unit": _named([law.ownership.units[key] for key in keys], institution, limit),
                "asesor": _assessor(law.ownership.units[responsible], institution, member),
            }
        )
    return rows


def _numbered(numbers: Sequence[int]) -> str:
    """Rising numbers as a reader says them: "6 dan 7", "10 sampai dengan 12", "21, 22, dan 24 sampai dengan 28"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said: list[str] = []
    for run in runs:
        said += [f"{run[0]} sampai dengan {run[-1]}"] if len(run) > 2 else [str(number) for number in run]
    return conjoined(said)


def _named(units: Sequence[OwnerUnit], institution: InstitutionFacts, limit: int) -> str:
    """The offices of the region, as many as the cell holds: who answers always stands first."""
    said = ""
    for name in dict.fromkeys(unit.name_in(institution) for unit in units if not unit.outside):
        longer = f"{said}; {name}" if said else name
        if len(longer) > limit:
            break
        said = longer
    return said


def _assessor(unit: OwnerUnit, institution: InstitutionFacts, member: str) -> str:
    post = unit.head_in(institution)
    return f"{member} dari {institution.unit(post.unit).name}" if post is not None else f"[{TO_COMPLETE}]"
