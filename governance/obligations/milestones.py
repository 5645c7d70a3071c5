"""Which dated facts an institution enters, who enters each, and which mandates their dates move: data."""

from dataclasses import dataclass

from governance.people.permissions import Act

EARLIEST_YEAR = 2000
YEARS_AHEAD = 10


@dataclass(frozen=True)
class FactKind:
    """A kind of dated fact; its title is the sentence `milestone.KEY`. `moves` are the mandates it dates.

    `yearly`: it is of a budget year or round, which must be named. `spans`: it has a last day. `ahead`: its day may
    lie in the future, as an agreed schedule does; all others have happened.
    """

    key: str
    act: Act
    moves: tuple[str, ...]
    yearly: bool = False
    spans: bool = False
    numbered: bool = True
    ahead: bool = False


AUDITS = ("audit_infrastructure", "audit_application", "audit_security")
FACT_KINDS: dict[str, FactKind] = {
    one.key: one
    for one in (
        FactKind("rpjmd", Act.ENTER_PLANNING_FACT, ("spbe_architecture", "spbe_roadmap"), spans=True),
        FactKind("inauguration", Act.ENTER_FACT, ("spbe_architecture", "spbe_roadmap"), numbered=False),
        FactKind("rkpd", Act.ENTER_PLANNING_FACT, ("spbe_roadmap", "spbe_budget_plan"), yearly=True, ahead=True),
        FactKind("rka", Act.ENTER_PLANNING_FACT, ("spbe_budget_plan",), yearly=True, ahead=True),
        *(FactKind(key, Act.ENTER_AUDIT_FACT, (key, "ict_audit_internal")) for key in AUDITS),
        FactKind("audit_periodic_report", Act.ENTER_AUDIT_FACT, ("ict_audit_periodic_report",)),
        FactKind("audit_advice", Act.ENTER_AUDIT_FACT, ("ict_audit_internal",)),
        FactKind("monitoring_report", Act.ENTER_FACT, ("annual_affairs_report",), yearly=True),
        FactKind("team_change", Act.ENTER_FACT, ("coordination_team_decree",), numbered=False),
    )
}
