"""Who may do what: every post and every act, against the table written out in plain words."""

from itertools import product

import pytest

from governance.kernel.errors import NotAllowed
from governance.people.actors import Actor, system
from governance.people.permissions import PERMISSIONS, Act, Matter, Tie, may, require
from governance.people.roles import Role

BY_ROLE: dict[Act, set[Role]] = {
    Act.DRAFT: {
        Role.DIGITAL,
        Role.PLANNING,
        Role.LEGAL,
        Role.ORGANISATION,
        Role.INSPECTORATE,
        Role.PERSONNEL,
        Role.FINANCE,
    },
    Act.SEND_BACK: {Role.LEGAL},
    Act.CORRECT: {Role.LEGAL},
    Act.ENACT: {Role.LEGAL},
    Act.RECORD_ACT: {Role.LEGAL, Role.DIGITAL},
    Act.KEEP_TEMPLATES: {Role.LEGAL},
    Act.COPY: {Role.LEGAL},
    Act.ENTER_LETTER: {Role.DIGITAL},
    Act.LAY_OUT: {Role.DIGITAL},
    Act.ANSWER_DUTY: {Role.DIGITAL},
    Act.WAIVE: {Role.DIGITAL, Role.SECRETARY},
    Act.ENTER_FACT: {Role.DIGITAL},
    Act.ENTER_PLANNING_FACT: {Role.DIGITAL, Role.PLANNING},
    Act.ENTER_AUDIT_FACT: {Role.DIGITAL, Role.INSPECTORATE},
    Act.KEEP_REGISTER: {Role.LEGAL},
    Act.PUBLISH: {Role.LEGAL},
    Act.DELIVER: {Role.LEGAL},
    Act.ASK: {
        Role.SECRETARY,
        Role.DIGITAL,
        Role.PLANNING,
        Role.LEGAL,
        Role.ORGANISATION,
        Role.INSPECTORATE,
        Role.PERSONNEL,
        Role.FINANCE,
    },
    Act.FOLLOW_UP: {Role.DIGITAL},
    Act.KEEP_HOLDINGS: {Role.PERSONNEL, Role.DIGITAL},
    Act.KEEP_DELEGATIONS: {Role.PERSONNEL, Role.DIGITAL},
    Act.KEEP_CALENDAR: {Role.DIGITAL, Role.ORGANISATION, Role.PERSONNEL},
    Act.KEEP_NUMBERS: {Role.LEGAL},
    Act.RELATE: {Role.LEGAL},
    Act.SKIP_STEP: {Role.LEGAL},
    Act.KEEP_ROUTES: {Role.LEGAL, Role.ORGANISATION},
    Act.RUN_CYCLE: {Role.DIGITAL},
    Act.CLOSE_CYCLE: {Role.DIGITAL},
    Act.OFFER_EVIDENCE: {Role.DIGITAL},
    Act.DECLARE: {Role.DIGITAL, Role.LEGAL},
    Act.PLAN_EFFORT: {Role.DIGITAL, Role.PLANNING},
    Act.HAND_TO_PORTAL: {Role.DIGITAL},
    Act.ENTER_TABLE: {Role.DIGITAL},
    Act.RECORD_RESULT: {Role.DIGITAL},
    Act.ANSWER_RECOMMENDATION: {Role.DIGITAL},
    Act.WATCH: {Role.HEAD_OF_REGION, Role.DEPUTY_HEAD, Role.SECRETARY, Role.DIGITAL, Role.LEGAL},
}
BY_TIE: dict[Act, set[Tie]] = {
    Act.EDIT: {Tie.INITIATOR},
    Act.SUBMIT: {Tie.INITIATOR},
    Act.WITHDRAW: {Tie.INITIATOR},
    Act.INITIAL: {Tie.TURN},
    Act.APPROVE: {Tie.TURN},
    Act.SIGN: {Tie.TURN},
    Act.RECORD_STEP: {Tie.TURN},
    Act.PROMULGATE: {Tie.TURN},
    Act.RETURN: {Tie.TURN},
    Act.DECLINE: {Tie.TURN},
    Act.FORWARD: {Tie.TURN},
    Act.ACKNOWLEDGE: {Tie.ADDRESSEE},
    Act.ANSWER_DUTY: {Tie.ADDRESSEE},
    Act.FOLLOW_UP: {Tie.INITIATOR},
    Act.SEND_BACK_CYCLE: {Tie.ANSWERABLE, Tie.COORDINATOR},
    Act.CLOSE_CYCLE: {Tie.ANSWERABLE},
    Act.OFFER_EVIDENCE: {Tie.ADDRESSEE},
    Act.JUDGE_EVIDENCE: {Tie.ASSESSOR},
    Act.PROPOSE_SCORE: {Tie.ADDRESSEE},
    Act.RATE: {Tie.ASSESSOR},
    Act.ENTER_SCORE: {Tie.DATA_ENTRY},
    Act.REBUT: {Tie.ADDRESSEE, Tie.DATA_ENTRY},
    Act.DECLARE: {Tie.INITIATOR},
    Act.HAND_TO_PORTAL: {Tie.DATA_ENTRY},
    Act.ENTER_TABLE: {Tie.DATA_ENTRY},
    Act.ANSWER_RECOMMENDATION: {Tie.ADDRESSEE},
}
UNIT, POST = 5, 50
TIED = {
    Tie.INITIATOR: Matter(initiating_unit_id=UNIT),
    Tie.TURN: Matter(waiting_post_ids={POST}),
    Tie.ADDRESSEE: Matter(addressed_unit_id=UNIT),
    **{tie: Matter(seats={tie.value}) for tie in (Tie.ASSESSOR, Tie.DATA_ENTRY, Tie.ANSWERABLE, Tie.COORDINATOR)},
}


def holder(role: Role) -> Actor:
    return Actor(1, "Asia/Jakarta", person_id=1, holding_id=1, post_id=POST, unit_id=UNIT, role=role)


@pytest.mark.parametrize(("role", "act"), list(product(Role, Act)))
def test_every_post_may_do_exactly_what_the_table_grants(role: Role, act: Act) -> None:
    someone = holder(role)
    assert may(someone, act) is (role in BY_ROLE.get(act, set()))
    for tie, matter in TIED.items():
        assert may(someone, act, matter) is (role in BY_ROLE.get(act, set()) or tie in BY_TIE.get(act, set()))


@pytest.mark.parametrize("act", Act)
def test_a_person_without_a_post_may_do_nothing(act: Act) -> None:
    for matter in (Matter(), *TIED.values()):
        assert not may(Actor(1, "Asia/Jakarta", person_id=1), act, matter)
        assert not may(system(1, "Asia/Jakarta"), act, matter)


@pytest.mark.parametrize("act", Act)
def test_who_is_stood_in_for_may_do_nothing_though_his_unit_stays(act: Act) -> None:
    away = Actor(1, "Asia/Jakarta", person_id=1, holding_id=1, unit_id=UNIT)
    for matter in (Matter(), *TIED.values()):
        assert not may(away, act, matter)


def test_every_act_has_its_line_in_the_table() -> None:
    assert set(PERMISSIONS) == set(Act) == set(BY_ROLE) | set(BY_TIE)


def test_what_is_not_granted_is_refused() -> None:
    with pytest.raises(NotAllowed):
        require(holder(Role.SERVICE), Act.ENACT)
