"""What is missing before a cycle is handed on or closed: named things, of which some hold the move up; pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from governance.assessment.course import SCORES, CycleRole, ScoreStage, Stage
from governance.assessment.instruments import Instrument
from governance.assessment.opening import Lack, Laid, before_opening, counted
from governance.mandates.evaluation import Round

CLOSING = "closing"
FIRM = frozenset({"read", "secondary"})  # how sure a demand has to be before it holds anything up
REPORT = "self_assessment_report"


@dataclass(frozen=True)
class Standing:
    """How far the work of a cycle is.

    `signed` are the kinds of its papers that are enacted, `in_hand` those that are drafted only. `rated` and `final`
    are items with a rating, and with the last one that the round asks for.
    """

    laid: Laid
    rated: Collection[str] = ()
    final: Collection[str] = ()
    signed: Collection[str] = ()
    in_hand: Collection[str] = ()
    in_process: int = 0
    drafts: int = 0
    unanswered: int = 0


def missing(stage: Stage, standing: Standing, instrument: Instrument, round_: Round) -> list[Lack]:
    """What is missing before the next move from that stage; nothing once the cycle is closed."""
    if stage is Stage.PREPARATION:
        return list(before_opening(standing.laid))
    if stage is Stage.EXECUTION:
        return list(_before_handing_on(standing, instrument))
    return list(_before_closing(standing, instrument, round_)) if stage is Stage.REPORTING else []


def _before_handing_on(standing: Standing, instrument: Instrument) -> Iterator[Lack]:
    """Whoever answers for it has to be named: otherwise it is handed to nobody."""
    if not {CycleRole.ANSWERABLE, CycleRole.COORDINATOR} & set(standing.laid.seats):
        yield Lack("cycle.lack.handed_to_nobody", "seats", blocks=True)
    if unrated := _not_in(instrument, standing.rated):
        yield Lack("cycle.lack.unrated", "scores", params=counted(unrated))
    yield from _evidence(standing)
    if REPORT not in standing.signed:
        yield Lack("cycle.lack.report", "papers", params={"mandate": REPORT})


def _before_closing(standing: Standing, instrument: Instrument, round_: Round) -> Iterator[Lack]:
    sure = instrument.how_sure.get(CLOSING)
    firm = sure is not None and sure.grade in FIRM
    for kind in instrument.closing:
        if kind not in standing.signed:
            what = "unsigned" if kind in standing.in_hand else "no_paper"
            key = f"cycle.lack.{what}" + ("" if firm else ".unsure")
            yield Lack(key, "papers", blocks=firm, params={"mandate": kind})
    if not instrument.closing and sure is not None and sure.grade == "unknown":
        yield Lack("cycle.lack.papers_unknown", "papers")
    if unrated := _not_in(instrument, standing.rated):
        yield Lack("cycle.lack.unrated", "scores", blocks=True, params=counted(unrated))
    if standing.unanswered:
        yield Lack("cycle.lack.unanswered", "scores", blocks=True, params={"count": standing.unanswered})
    if ScoreStage.FINAL in SCORES[round_] and (open_ := _not_in(instrument, standing.final)):
        yield Lack("cycle.lack.no_final", "scores", params=counted(open_))
    yield from _evidence(standing)


def _evidence(standing: Standing) -> Iterator[Lack]:
    if standing.in_process:
        yield Lack("cycle.lack.in_process", "evidence", params={"count": standing.in_process})
    if standing.drafts:
        yield Lack("cycle.lack.drafts", "evidence", params={"count": standing.drafts})


def _not_in(instrument: Instrument, items: Collection[str]) -> list[str]:
    return [item for item in instrument.items if item not in items]
