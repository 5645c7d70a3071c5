"""Each family of the timetable at its borders: the day before its law, its first day, and where it ends."""

from datetime import date, timedelta
from typing import Any

import pytest

from governance.calendar.calendars import Calendar
from governance.calendar.holidays import Holiday
from governance.mandates.evaluation import Round
from governance.mandates.law import Law
from governance.obligations.expected import Expected, KnownAct, KnownActing, KnownFact, KnownLetter
from governance.people.manners import Manner
from governance.people.roles import Role
from tests.governance.obligations.conftest import Laid

A_DAY = timedelta(days=1)
TEAM, ASSESSORS = "coordination_team_decree", "internal_assessor_team_decree"
ARCHITECTURE, ROADMAP = "spbe_architecture", "spbe_roadmap"


def act(kind: str, begun: date, until: date | None = None, **more: Any) -> KnownAct:
    return KnownAct(more.pop("id", 1), kind, begun.year, more.pop("number", "9"), begun, begun, until, **more)


def steps(one: Expected) -> list[str]:
    return [step["key"] for step in one.computed]


# ------------------------------------------------------------------ teams


def test_a_team_decree_that_ends_before_the_law_asks_for_a_team_is_not_renewed(laid: Laid) -> None:
    assert not laid(2018, acts=[act(TEAM, date(2018, 1, 1), date(2018, 10, 4))]).get(f"{TEAM}:renewal:1")
    assert (
        laid(2018, acts=[act(TEAM, date(2018, 1, 1), date(2018, 10, 5))])[f"{TEAM}:renewal:1"].how_sure == "secondary"
    )


def test_since_4_september_2024_a_team_is_compulsory_by_an_article_that_was_read(laid: Laid) -> None:
    before, since = (
        laid(2024, acts=[act(TEAM, date(2024, 1, 2), end)])[f"{TEAM}:renewal:1"]
        for end in (date(2024, 9, 3), date(2024, 9, 4))
    )
    assert (before.how_sure, since.how_sure) == ("secondary", "read")
    assert ("Pasal 61" in before.basis, "Pasal 77" in since.basis) == (True, True)


def test_a_decree_without_an_end_is_renewed_yearly_by_practice_which_is_only_an_estimate(laid: Laid) -> None:
    for year in (2026, 2027):
        one = laid(year, acts=[act(TEAM, date(2026, 2, 2))])[f"{TEAM}:renewal:1:{year}"]
        assert (one.due_on, one.estimated, one.how_sure) == (date(year, 12, 31), True, "practice")
        assert "why.practice_budget_year" in steps(one)


def test_the_assessors_decree_holds_a_year_by_practice(laid: Laid) -> None:
    one = laid(2027, acts=[act(ASSESSORS, date(2026, 7, 1))])[f"{ASSESSORS}:renewal:1"]
    assert (one.due_on, one.estimated, one.how_sure) == (date(2027, 6, 30), True, "practice")


def test_no_assessors_are_asked_for_while_they_were_only_customary(laid: Laid) -> None:
    assert f"{ASSESSORS}:2020" not in laid(2020)
    assert laid(2021)[f"{ASSESSORS}:2021"].how_sure == "read"


def test_the_law_names_no_day_for_the_first_decree(laid: Laid) -> None:
    one = laid(2027)[f"{TEAM}:2027"]
    assert (one.due_on, steps(one)) == (None, ["why.none_known", "why.no_day", "why.await.act"])


def test_a_decree_that_holds_when_the_year_begins_needs_no_first_one(laid: Laid) -> None:
    ends = date(2026, 12, 31)
    assert f"{TEAM}:2027" in laid(2027, acts=[act(TEAM, date(2026, 1, 1), ends)])
    assert f"{TEAM}:2027" not in laid(2027, acts=[act(TEAM, date(2026, 1, 1), ends + A_DAY)])


def test_one_that_was_replaced_is_met_by_the_one_that_replaced_it(laid: Laid) -> None:
    old = act(TEAM, date(2027, 1, 4), date(2027, 12, 31), ended_on=date(2027, 6, 1))
    new = act(TEAM, date(2027, 6, 1), date(2027, 12, 31), id=2, number="77")
    found = laid(2027, acts=[old, new])
    met = found[f"{TEAM}:renewal:1"].met
    assert met is not None
    assert (met.on, met.act_id) == (date(2027, 6, 1), 2)
    assert found[f"{TEAM}:renewal:2"].met is None


def test_one_that_was_revoked_and_not_replaced_ends_the_day_before(laid: Laid) -> None:
    one = laid(2027, acts=[act(TEAM, date(2027, 1, 4), date(2027, 12, 31), ended_on=date(2027, 6, 2))])[
        f"{TEAM}:renewal:1"
    ]
    assert (one.due_on, one.met) == (date(2027, 6, 1), None)
    assert "why.revoked" in steps(one)


def test_a_decree_that_only_changes_another_renews_nothing(laid: Laid) -> None:
    old = act(TEAM, date(2027, 1, 4), date(2027, 12, 30))
    change = act(TEAM, date(2027, 6, 1), None, id=2, amends=True)
    found = laid(2027, acts=[old, change])
    assert found[f"{TEAM}:renewal:1"].met is None
    assert not [key for key in found if key.startswith(f"{TEAM}:renewal:2")]


def test_the_number_of_what_is_secret_is_not_told(laid: Laid) -> None:
    one = laid(2027, acts=[act(TEAM, date(2027, 1, 4), date(2027, 12, 30), number="")])[f"{TEAM}:renewal:1"]
    assert steps(one)[0] == "why.act_unnumbered"


# ------------------------------------------------------------------ a reason for a change


def test_a_change_is_met_by_the_first_decree_after_its_reason(laid: Laid) -> None:
    reason = KnownFact("team_change", date(2027, 3, 1))
    early, late = act(TEAM, date(2027, 2, 26), id=1), act(TEAM, date(2027, 3, 5), id=2, amends=True)
    key = f"{TEAM}:change:2027-03-01"
    assert laid(2027, facts=[reason], acts=[early])[key].met is None
    met = laid(2027, facts=[reason], acts=[early, late])[key].met
    assert met is not None
    assert met.act_id == 2


def test_a_reason_awaited_gives_way_to_one_that_is_known(laid: Laid) -> None:
    acts = [act(TEAM, date(2027, 1, 4), date(2027, 12, 31))]
    assert steps(laid(2027, acts=acts)[f"{TEAM}:change:2027"])[-1] == "why.await.team_change"
    assert f"{TEAM}:change:2027" not in laid(2027, acts=acts, facts=[KnownFact("team_change", date(2027, 3, 1))])
    assert f"{TEAM}:change:2027" not in laid(2027)


def test_a_closed_day_moves_a_change_and_is_named(laid: Laid, law: Law) -> None:
    reason, day = KnownFact("team_change", date(2027, 8, 30)), date(2027, 9, 1)
    key = f"{TEAM}:change:2027-08-30"
    closed = Calendar(5, law.holidays, {day: Holiday(day, "Hari jadi Serang", "local")})
    plain, moved = laid(2027, facts=[reason])[key], laid(2027, facts=[reason], calendar=closed)[key]
    assert (plain.due_on, moved.due_on) == (date(2027, 9, 6), date(2027, 9, 7))
    assert {"key": "why.closed", "params": {"day": "2027-09-01", "name": "Hari jadi Serang"}} in moved.computed


# ------------------------------------------------------------------ architecture and roadmap


def test_the_architectures_reviews_bind_only_from_their_law(laid: Laid) -> None:
    before, since = (act(ARCHITECTURE, date(2022, 3, day)) for day in (3, 4))
    assert f"{ARCHITECTURE}:midterm:1" not in laid(2024, acts=[before])
    assert laid(2024, acts=[since])[f"{ARCHITECTURE}:midterm:1"].due_on == date(2024, 9, 4)
    assert laid(2021, acts=[act(ROADMAP, date(2019, 1, 1))])[f"{ROADMAP}:midterm:1"].due_on == date(2021, 7, 1)


def test_a_review_in_the_last_year_begins_no_earlier_than_its_law(laid: Laid) -> None:
    one = laid(2025, acts=[act(ARCHITECTURE, date(2020, 2, 1))])[f"{ARCHITECTURE}:final_year:1"]
    assert (one.begins_on, one.due_on) == (date(2024, 9, 4), date(2025, 1, 31))


def test_one_with_its_own_end_is_reviewed_in_the_middle_of_its_own_term(laid: Laid) -> None:
    own = act(ROADMAP, date(2025, 1, 1), date(2027, 12, 31))
    assert laid(2026, acts=[own])[f"{ROADMAP}:midterm:1"].due_on == date(2026, 7, 2)
    final = laid(2027, acts=[own])[f"{ROADMAP}:final_year:1"]
    assert (final.begins_on, final.due_on) == (date(2027, 1, 1), date(2027, 12, 31))


def test_one_that_was_replaced_is_reviewed_no_more(laid: Laid) -> None:
    old = act(ROADMAP, date(2025, 1, 1), ended_on=date(2027, 7, 1))
    assert f"{ROADMAP}:midterm:1" not in laid(2027, acts=[old, act(ROADMAP, date(2027, 7, 1), id=2)])


def test_no_architecture_is_asked_for_before_the_perpres(laid: Laid) -> None:
    assert f"{ARCHITECTURE}:2017" not in laid(2017)
    assert laid(2018)[f"{ARCHITECTURE}:2018"].how_sure == "secondary"


# ------------------------------------------------------------------ RPJMD


def test_an_rpjmd_moves_the_review_that_was_reckoned_from_the_inauguration(laid: Laid) -> None:
    acts = [act(ROADMAP, date(2024, 1, 1)), act(ARCHITECTURE, date(2024, 10, 1), id=2)]
    inauguration, rpjmd = KnownFact("inauguration", date(2025, 2, 20)), KnownFact("rpjmd", date(2025, 6, 2))
    key = f"{ROADMAP}:rpjmd:2025-02-20"
    reckoned = laid(2026, acts=acts, facts=[inauguration])[key]
    assert (reckoned.begins_on, reckoned.due_on, reckoned.estimated) == (date(2025, 8, 20), date(2026, 6, 30), True)
    assert "why.await.rpjmd" in steps(reckoned)

    moved = laid(2025, acts=acts, facts=[inauguration, rpjmd])
    assert (moved[key].begins_on, moved[key].due_on) == (date(2025, 6, 2), date(2025, 6, 30))
    assert f"{ARCHITECTURE}:rpjmd:2025-02-20" in moved
    assert key not in laid(2026, acts=acts, facts=[inauguration, rpjmd])


def test_the_own_date_of_the_rkpd_goes_before_the_one_from_memory(laid: Laid) -> None:
    facts = [KnownFact("rpjmd", date(2027, 2, 1)), KnownFact("rkpd", date(2027, 6, 14), year=2028)]
    one = laid(2027, acts=[act(ROADMAP, date(2025, 1, 1))], facts=facts)[f"{ROADMAP}:rpjmd:2027-02-01"]
    assert (one.due_on, one.how_sure) == (date(2027, 6, 14), "inferred")


def test_the_architecture_is_reviewed_on_an_rpjmd_only_since_its_law(laid: Laid) -> None:
    acts = [act(ARCHITECTURE, date(2022, 1, 1)), act(ROADMAP, date(2022, 1, 1), id=2)]
    for day, kinds in ((date(2024, 9, 3), {ROADMAP}), (date(2024, 9, 4), {ROADMAP, ARCHITECTURE})):
        found = laid(2025, acts=acts, facts=[KnownFact("rpjmd", day)])
        assert {one.mandate for one in found.values() if one.family == "rpjmd"} == kinds


# ------------------------------------------------------------------ plan and budget


def test_the_budget_of_2021_is_planned_in_2020_and_marked_as_from_memory(laid: Laid) -> None:
    one = laid(2020)["spbe_budget_plan:2021:rkpd"]
    assert (one.due_on, one.how_sure, one.responsible) == (date(2020, 6, 30), "memory", Role.PLANNING)
    assert steps(one).count("why.unread_memory") == 1


def test_nothing_was_planned_before_the_perpres(laid: Laid) -> None:
    assert not [key for key in laid(2017) if key.startswith("spbe_budget_plan")]
    assert [key for key in laid(2018) if key.startswith("spbe_budget_plan")] == ["spbe_budget_plan:2019:rka"]


def test_the_institutions_own_dates_go_before_those_of_the_law_data(laid: Laid) -> None:
    facts = [KnownFact("rkpd", date(2027, 5, 31), 2028, number="31"), KnownFact("rka", date(2027, 9, 30), 2028)]
    found = laid(2027, facts=facts)
    rkpd, rka = found["spbe_budget_plan:2028:rkpd"], found["spbe_budget_plan:2028:rka"]
    assert (rkpd.due_on, rkpd.how_sure) == (date(2027, 5, 31), "read")
    assert (rka.due_on, rka.how_sure, rka.responsible) == (date(2027, 9, 30), "read", Role.FINANCE)
    assert ("why.rkpd_entered" in steps(rkpd), "why.rka_entered_unnumbered" in steps(rka)) == (True, True)


def test_the_second_week_of_august_is_told_only_where_its_law_was_there(laid: Laid) -> None:
    assert laid(2018)["spbe_budget_plan:2019:rka"].begins_on is None
    assert laid(2019)["spbe_budget_plan:2020:rka"].begins_on == date(2019, 8, 14)


# ------------------------------------------------------------------ audits and reports


def test_the_interval_of_two_years_is_from_memory_until_its_article_was_read(laid: Laid) -> None:
    key = "audit_security:next:{}"
    for report, sure in ((date(2020, 12, 29), "memory"), (date(2020, 12, 30), "read")):
        one = laid(2022, facts=[KnownFact("audit_security", report)])[key.format(report)]
        assert (one.due_on, one.how_sure) == (report.replace(year=2022), sure)


def test_an_audit_is_met_by_the_next_report_however_it_was_entered(laid: Laid) -> None:
    first = KnownFact("audit_application", date(2025, 3, 3), number="A")
    second = act("audit_application", date(2027, 2, 1), id=8, number="B")
    found = laid(2027, facts=[first], acts=[second])
    met = found["audit_application:next:2025-03-03"].met
    assert met is not None
    assert (met.on, met.by, met.act_id) == (date(2027, 2, 1), "Laporan Nomor B, 1 Februari 2027", 8)
    assert "audit_application:2027" not in found


def test_an_audit_whose_two_years_are_over_is_asked_for_in_every_later_year(laid: Laid) -> None:
    facts = [KnownFact("audit_application", date(2022, 3, 3))]
    assert "audit_application:2024" not in laid(2024, facts=facts)
    one = laid(2025, facts=facts)["audit_application:2025"]
    assert (one.due_on, "why.interval_passed" in steps(one)) == (None, True)


def test_an_internal_audit_is_asked_for_since_30_december_2022_and_advised_first(laid: Laid) -> None:
    assert "ict_audit_internal:2021" not in laid(2021)
    assert laid(2022)["ict_audit_internal:2022"].due_on is None
    facts = [KnownFact("audit_security", date(2025, 9, 1)), KnownFact("audit_application", date(2025, 6, 10))]
    one = laid(2027, facts=facts)["ict_audit_internal:2027"]
    assert (one.due_on, one.estimated, one.responsible) == (date(2027, 6, 9), True, Role.INSPECTORATE)
    assert "why.advice_only" in steps(one)
    done = [*facts, KnownFact("audit_advice", date(2027, 4, 1), number="7")]
    assert laid(2027, facts=done)["ict_audit_internal:2027"].met is not None


def test_the_periodic_report_is_asked_for_since_30_december_2022(laid: Laid) -> None:
    assert "ict_audit_periodic_report:2021" not in laid(2021)
    assert laid(2022)["ict_audit_periodic_report:2022"].how_sure == "read"
    facts = [KnownFact("audit_periodic_report", date(2025, 12, 1))]
    one = laid(2027, facts=facts)["ict_audit_periodic_report:next:2025-12-01"]
    assert one.due_on == date(2027, 12, 1)


def test_the_yearly_monitoring_is_asked_for_since_4_september_2024(laid: Laid) -> None:
    assert "annual_affairs_report:2023" not in laid(2023)
    assert laid(2024)["annual_affairs_report:2024"].due_on == date(2024, 12, 31)
    report = KnownFact("monitoring_report", date(2028, 1, 20), year=2027, number="3")
    assert laid(2027, facts=[report])["annual_affairs_report:2027"].met is not None
    assert laid(2028, facts=[report])["annual_affairs_report:2028"].met is None


# ------------------------------------------------------------------ the national round


def letter(*windows: tuple[str, str | None, str | None], round_: Round = Round.EVALUATION) -> dict[int, KnownLetter]:
    shaped = tuple({"stage": stage, "start": start, "end": end} for stage, start, end in windows)
    return {2027: KnownLetter(2027, round_, "B/1/2027", date(2027, 4, 1), shaped)}


def rounds(found: dict[str, Expected]) -> dict[str, date | None]:
    return {key: one.due_on for key, one in found.items() if one.mandate == "monitoring_evaluation"}


def test_no_year_borrows_the_windows_of_another(laid: Laid) -> None:
    for year in (2027, 2028):
        assert rounds(laid(year)) == {f"monitoring_evaluation:{year}": None}


def test_what_was_seen_of_a_year_is_an_estimate(laid: Laid) -> None:
    one = laid(2026)["monitoring_evaluation:2026:penilaian_mandiri"]
    assert (one.due_on, one.estimated, one.how_sure) == (date(2026, 9, 15), True, "practice")
    assert "monitoring_evaluation:2026" not in laid(2026)


def test_the_letter_sets_the_windows_and_an_end_it_does_not_name_is_undated(laid: Laid) -> None:
    letters = letter(("penilaian_mandiri", "2027-06-01", "2027-07-15"), ("interviu", "2027-08-01", None))
    found = laid(2027, letters=letters)
    assert rounds(found) == {
        "monitoring_evaluation:2027:penilaian_mandiri": date(2027, 7, 15),
        "monitoring_evaluation:2027:interviu": None,
    }
    assert steps(found["monitoring_evaluation:2027:interviu"])[-1] == "why.undated"


def test_a_later_window_extends_a_stage_or_opens_it_again(laid: Laid) -> None:
    first, day_after, later = ("2027-06-01", "2027-07-15"), ("2027-07-16", "2027-07-31"), ("2027-09-01", "2027-09-05")
    letters = letter(*(("penilaian_mandiri", *window) for window in (first, day_after, later)))
    found = laid(2027, letters=letters)
    assert rounds(found) == {
        "monitoring_evaluation:2027:penilaian_mandiri": date(2027, 7, 31),
        "monitoring_evaluation:2027:penilaian_mandiri:2": date(2027, 9, 5),
    }
    assert "why.extended" in steps(found["monitoring_evaluation:2027:penilaian_mandiri"])
    assert "why.reopened" in steps(found["monitoring_evaluation:2027:penilaian_mandiri:2"])


def test_a_letter_that_says_none_asks_for_nothing(laid: Laid) -> None:
    assert rounds(laid(2027, letters=letter(round_=Round.NONE))) == {}


# ------------------------------------------------------------------ an acting Sekda, a new law


@pytest.mark.parametrize(
    ("manner", "vacant", "due"), [(Manner.PJ, True, date(2027, 4, 14)), (Manner.PLH, False, date(2027, 7, 14))]
)
def test_the_longest_term_of_an_acting_sekda(laid: Laid, manner: Manner, vacant: bool, due: date) -> None:
    begun = date(2027, 1, 15)
    for until, met in ((due, True), (due + A_DAY, False), (None, False)):
        one = laid(2027, acting=[KnownActing(Role.SECRETARY, manner, begun, until, vacant)])["acting_sekda:2027-01-15"]
        assert (one.due_on, one.met is not None) == (due, met)


def test_a_plt_and_other_posts_are_not_the_articles_penjabat(laid: Laid) -> None:
    acting = [
        KnownActing(Role.SECRETARY, Manner.PLT, date(2027, 1, 15), None, vacant=True),
        KnownActing(Role.DIGITAL, Manner.PJ, date(2027, 1, 15), None, vacant=True),
    ]
    assert not [one for one in laid(2027, acting=acting).values() if one.family == "acting"]


def test_local_policy_is_brought_in_line_until_4_september_2026(laid: Laid) -> None:
    key = "spbe_governance_regulation:adjustment:adjust_local_policy"
    assert not [one for year in (2024, 2025, 2027) for one in laid(year).values() if one.family == "adjustment"]
    one = laid(2026)[key]
    assert (one.begins_on, one.due_on, one.how_sure) == (date(2024, 9, 4), date(2026, 9, 4), "read")
    old, new = (act("spbe_governance_regulation", date(2024, 9, day)) for day in (3, 4))
    assert laid(2026, acts=[old])[key].met is None
    assert laid(2026, acts=[new])[key].met is not None
