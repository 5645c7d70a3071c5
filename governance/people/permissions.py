"""Who may do what: one table, deny by default.

A grant is a post's role, or a tie between the actor and the matter: his unit initiated it, or it is his turn.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from governance.kernel.errors import NotAllowed
from governance.people.actors import Actor
from governance.people.roles import Role


class Act(StrEnum):
    """What can be permitted."""

    DRAFT = "draft"  # open a new document as its initiating unit (pemrakarsa)
    EDIT = "edit"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    INITIAL = "initial"
    APPROVE = "approve"
    RETURN = "return"
    SEND_BACK = "send_back"  # the establishing post will not sign: recorded by Bagian Hukum
    CORRECT = "correct"  # Bagian Hukum uploads a corrected file at its step
    ENACT = "enact"
    SIGN = "sign"  # the establishing post, through the national service
    RECORD_STEP = "record_step"  # the letter of a step that others take
    PROMULGATE = "promulgate"
    DECLINE = "decline"  # a conflict of interest: UU 30/2014 Pasal 42-43
    FORWARD = "forward"  # a signer's own initial, or the place of one who declined
    SKIP_STEP = "skip_step"  # leave an optional step out
    KEEP_ROUTES = "keep_routes"  # give a kind the institution's own route
    RECORD_ACT = "record_act"
    KEEP_TEMPLATES = "keep_templates"  # replace a Word template with the institution's own
    COPY = "copy"  # make the authenticated copy (salinan) of an act
    KEEP_NUMBERS = "keep_numbers"  # reserve and void numbers, change the settings of their series
    RELATE = "relate"  # say what one act does to another
    PUBLISH = "publish"  # publish an act to everyone, withdraw it, say what it is about
    DELIVER = "deliver"  # record that a decree reached someone it names
    ENTER_LETTER = "enter_letter"
    LAY_OUT = "lay_out"  # have a further year of the timetable laid out
    ANSWER_DUTY = "answer_duty"  # report an obligation as met, acknowledge it, take the answer back
    WAIVE = "waive"  # say why an obligation need not be met
    ENTER_FACT = "enter_fact"  # enter dated facts of the institution that dates rest on
    ENTER_PLANNING_FACT = "enter_planning_fact"  # RPJMD, RKPD, RKA
    ENTER_AUDIT_FACT = "enter_audit_fact"  # the reports of audits
    KEEP_REGISTER = "keep_register"  # enter, correct and close regulations of the institution's own register
    KEEP_HOLDINGS = "keep_holdings"  # enter who holds which post, by which letter: the administrator
    KEEP_DELEGATIONS = "keep_delegations"  # enter which post signs in another's name (a.n.), by which letter
    KEEP_CALENDAR = "keep_calendar"  # enter and withdraw closed days, set the working week
    ACKNOWLEDGE = "acknowledge"  # answer what the own unit is asked: receive, decline, hand in
    ASK = "ask"  # ask other units for something by a task of one's own
    FOLLOW_UP = "follow_up"  # what one's own unit asked: verify, return, remind, extend
    RUN_CYCLE = "run_cycle"  # set a year's assessment up, open it, hand it on, say who takes which part
    SEND_BACK_CYCLE = "send_back_cycle"  # the self-assessment is not good enough yet
    CLOSE_CYCLE = "close_cycle"
    OFFER_EVIDENCE = "offer_evidence"  # for an indicator in which one's own unit has a share
    JUDGE_EVIDENCE = "judge_evidence"
    PROPOSE_SCORE = "propose_score"  # the respondent's
    RATE = "rate"  # the self-assessment, and the answer to a rebuttal of it
    ENTER_SCORE = "enter_score"  # what the ministry's assessors gave
    REBUT = "rebut"  # say why a score is not right (sanggahan)
    DECLARE = "declare"  # that an act is implemented, reviewed, followed up
    PLAN_EFFORT = "plan_effort"  # what raising an indicator costs
    HAND_TO_PORTAL = "hand_to_portal"  # take what goes to the national portal
    ENTER_TABLE = "enter_table"  # a spreadsheet into a cycle, and back out of it
    RECORD_RESULT = "record_result"  # the ministry's result, its recommendations, peers
    ANSWER_RECOMMENDATION = "answer_recommendation"
    WATCH = "watch"  # see every draft and every task of the institution


class Tie(StrEnum):
    """What can bind an actor to a matter."""

    INITIATOR = "initiator"  # his unit initiated it
    TURN = "turn"  # it waits for his post
    ADDRESSEE = "addressee"  # his unit is asked
    ASSESSOR = "assessor"  # his post rates in the cycle
    DATA_ENTRY = "data_entry"  # his post enters the cycle's data
    ANSWERABLE = "answerable"  # his post answers for the cycle
    COORDINATOR = "coordinator"  # his post coordinates the cycle


@dataclass(frozen=True)
class Matter:
    """What a permission is asked about, as plain ids and words."""

    initiating_unit_id: int | None = None
    waiting_post_ids: Collection[int] = ()
    addressed_unit_id: int | None = None
    seats: Collection[str] = ()  # what the actor's post does in the cycle, in the words of Tie


_INITIATORS = frozenset(
    {Role.DIGITAL, Role.PLANNING, Role.LEGAL, Role.ORGANISATION, Role.INSPECTORATE, Role.PERSONNEL, Role.FINANCE}
)

PERMISSIONS: dict[Act, frozenset[Role | Tie]] = {
    Act.DRAFT: frozenset(_INITIATORS),
    Act.EDIT: frozenset({Tie.INITIATOR}),
    Act.SUBMIT: frozenset({Tie.INITIATOR}),
    Act.WITHDRAW: frozenset({Tie.INITIATOR}),
    Act.INITIAL: frozenset({Tie.TURN}),
    Act.APPROVE: frozenset({Tie.TURN}),
    Act.RETURN: frozenset({Tie.TURN}),
    Act.SEND_BACK: frozenset({Role.LEGAL}),
    Act.CORRECT: frozenset({Role.LEGAL}),
    Act.ENACT: frozenset({Role.LEGAL}),
    Act.SIGN: frozenset({Tie.TURN}),
    Act.RECORD_STEP: frozenset({Tie.TURN}),
    Act.PROMULGATE: frozenset({Tie.TURN}),
    Act.DECLINE: frozenset({Tie.TURN}),
    Act.FORWARD: frozenset({Tie.TURN}),
    Act.SKIP_STEP: frozenset({Role.LEGAL}),
    Act.KEEP_ROUTES: frozenset({Role.LEGAL, Role.ORGANISATION}),
    Act.RECORD_ACT: frozenset({Role.LEGAL, Role.DIGITAL}),
    Act.KEEP_TEMPLATES: frozenset({Role.LEGAL}),
    Act.COPY: frozenset({Role.LEGAL}),
    Act.KEEP_NUMBERS: frozenset({Role.LEGAL}),
    Act.RELATE: frozenset({Role.LEGAL}),
    Act.PUBLISH: frozenset({Role.LEGAL}),
    Act.DELIVER: frozenset({Role.LEGAL}),
    Act.ENTER_LETTER: frozenset({Role.DIGITAL}),
    Act.LAY_OUT: frozenset({Role.DIGITAL}),
    Act.ANSWER_DUTY: frozenset({Role.DIGITAL, Tie.ADDRESSEE}),
    Act.WAIVE: frozenset({Role.DIGITAL, Role.SECRETARY}),
    Act.ENTER_FACT: frozenset({Role.DIGITAL}),
    Act.ENTER_PLANNING_FACT: frozenset({Role.DIGITAL, Role.PLANNING}),
    Act.ENTER_AUDIT_FACT: frozenset({Role.DIGITAL, Role.INSPECTORATE}),
    Act.KEEP_REGISTER: frozenset({Role.LEGAL}),
    Act.ACKNOWLEDGE: frozenset({Tie.ADDRESSEE}),
    Act.KEEP_HOLDINGS: frozenset({Role.PERSONNEL, Role.DIGITAL}),
    Act.KEEP_DELEGATIONS: frozenset({Role.PERSONNEL, Role.DIGITAL}),
    Act.KEEP_CALENDAR: frozenset({Role.DIGITAL, Role.ORGANISATION, Role.PERSONNEL}),
    Act.ASK: _INITIATORS | {Role.SECRETARY},
    Act.FOLLOW_UP: frozenset({Tie.INITIATOR, Role.DIGITAL}),
    Act.RUN_CYCLE: frozenset({Role.DIGITAL}),
    Act.SEND_BACK_CYCLE: frozenset({Tie.ANSWERABLE, Tie.COORDINATOR}),
    Act.CLOSE_CYCLE: frozenset({Role.DIGITAL, Tie.ANSWERABLE}),
    Act.OFFER_EVIDENCE: frozenset({Role.DIGITAL, Tie.ADDRESSEE}),
    Act.JUDGE_EVIDENCE: frozenset({Tie.ASSESSOR}),
    Act.PROPOSE_SCORE: frozenset({Tie.ADDRESSEE}),
    Act.RATE: frozenset({Tie.ASSESSOR}),
    Act.ENTER_SCORE: frozenset({Tie.DATA_ENTRY}),
    Act.REBUT: frozenset({Tie.ADDRESSEE, Tie.DATA_ENTRY}),
    Act.DECLARE: frozenset({Role.DIGITAL, Role.LEGAL, Tie.INITIATOR}),
    Act.PLAN_EFFORT: frozenset({Role.DIGITAL, Role.PLANNING}),
    Act.HAND_TO_PORTAL: frozenset({Role.DIGITAL, Tie.DATA_ENTRY}),
    Act.ENTER_TABLE: frozenset({Role.DIGITAL, Tie.DATA_ENTRY}),
    Act.RECORD_RESULT: frozenset({Role.DIGITAL}),
    Act.ANSWER_RECOMMENDATION: frozenset({Role.DIGITAL, Tie.ADDRESSEE}),
    Act.WATCH: frozenset({Role.HEAD_OF_REGION, Role.DEPUTY_HEAD, Role.SECRETARY, Role.DIGITAL, Role.LEGAL}),
}


def may(actor: Actor, act: Act, matter: Matter = Matter()) -> bool:
    """Whether the table grants `act` on `matter` to `actor`."""
    grants = PERMISSIONS.get(act, frozenset())
    if actor.role is not None and actor.role in grants:
        return True
    return any(tie in grants for tie in _ties(actor, matter))


def require(actor: Actor, act: Act, matter: Matter = Matter()) -> None:
    """NotAllowed unless the table grants it."""
    if not may(actor, act, matter):
        raise NotAllowed("refused.not_allowed", act=str(act))


def _ties(actor: Actor, matter: Matter) -> frozenset[Tie]:
    """What binds who acts in a post; who is stood in for keeps his unit, to read, and acts in none."""
    ties = set[Tie]()
    if actor.post_id is None:
        return frozenset(ties)
    if actor.unit_id is not None and actor.unit_id == matter.initiating_unit_id:
        ties.add(Tie.INITIATOR)
    if actor.post_id in matter.waiting_post_ids:
        ties.add(Tie.TURN)
    if actor.unit_id is not None and actor.unit_id == matter.addressed_unit_id:
        ties.add(Tie.ADDRESSEE)
    return frozenset(ties) | {Tie(seat) for seat in matter.seats}
