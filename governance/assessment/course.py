"""The course of a cycle: its stages, the scores that each round asks for, and who takes which part in it; pure."""

from enum import StrEnum

from governance.kernel.errors import OutOfOrder
from governance.mandates.evaluation import Round


class Stage(StrEnum):
    """Where a cycle stands: persiapan, pelaksanaan, pelaporan, and then closed."""

    PREPARATION = "preparation"
    EXECUTION = "execution"
    REPORTING = "reporting"
    CLOSED = "closed"


class CycleMove(StrEnum):
    """What is done with a cycle as a whole."""

    OPEN = "open"  # the offices get their tasks
    REPORT = "report"  # the self-assessment is handed to who answers for it
    SEND_BACK = "send_back"  # who answers for it is not content
    CLOSE = "close"  # frozen


MOVES: dict[tuple[Stage, CycleMove], Stage] = {
    (Stage.PREPARATION, CycleMove.OPEN): Stage.EXECUTION,
    (Stage.EXECUTION, CycleMove.REPORT): Stage.REPORTING,
    (Stage.REPORTING, CycleMove.SEND_BACK): Stage.EXECUTION,
    (Stage.REPORTING, CycleMove.CLOSE): Stage.CLOSED,
}


class CycleRole(StrEnum):
    """The parts that posts take in a cycle. Respondents are the offices with a share and need no line of their own."""

    DATA_ENTRY = "data_entry"  # pelaksana entri data: one post
    ASSESSOR = "assessor"  # asesor internal
    ANSWERABLE = "answerable"  # penanggung jawab: one post; may send back
    COORDINATOR = "coordinator"  # the Sekda: one post


class Part(StrEnum):
    """What an office has to do with an indicator."""

    RESPONSIBLE = "responsible"  # one office for each item
    CONTRIBUTOR = "contributor"


class ScoreStage(StrEnum):
    """The scores of an item, each kept apart, in the order in which they come to be."""

    PROPOSAL = "proposal"  # the respondent's
    SELF = "self"  # penilaian mandiri, by the internal assessors
    DOCUMENT = "document"
    INTERVIEW = "interview"
    VISIT = "visit"
    FINAL = "final"


OWN = (ScoreStage.PROPOSAL, ScoreStage.SELF)
SCORES: dict[Round, tuple[ScoreStage, ...]] = {
    Round.NONE: OWN,
    Round.MONITORING: (*OWN, ScoreStage.DOCUMENT, ScoreStage.FINAL),
    Round.EVALUATION: (*OWN, ScoreStage.DOCUMENT, ScoreStage.INTERVIEW, ScoreStage.VISIT, ScoreStage.FINAL),
}


def after(stage: Stage, move: CycleMove) -> Stage:
    """The stage that `move` leads to, or OutOfOrder."""
    if (stage, move) not in MOVES:
        raise OutOfOrder(stage, move)
    return MOVES[stage, move]
