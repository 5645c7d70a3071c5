"""The mandates: the five groups, how strongly each binds on a day, and the composition of teams."""

from datetime import date

import pytest

from governance.kernel.errors import NotFound
from governance.mandates.mandates import Strength

KIND = "coordination_team_decree"


def test_the_five_groups_have_their_official_titles(law):
    titles = [group.title for group, _ in law.groups_at_a_glance(date(2026, 11, 22))]

    assert titles == [
        "Keputusan tim",
        "Peta rencana dan rencana induk",
        "Arsitektur",
        "Audit TIK",
        "Pemantauan dan evaluasi",
    ]


def test_every_group_has_mandates_and_every_mandate_a_group(law):
    shown = [row.mandate.key for _, rows in law.groups_at_a_glance(date(2026, 11, 22)) for row in rows]
    related = [mandate.key for mandate in law.mandates_of("related")]

    assert sorted(shown + related) == sorted(law.mandates)
    assert all(rows for _, rows in law.groups_at_a_glance(date(2026, 11, 22)))


def test_the_regional_master_plan_is_the_only_optional_document(law):
    assert [mandate.key for mandate in law.mandates.values() if mandate.optional] == ["spbe_master_plan"]
    assert law.mandates["spbe_master_plan"].strength_on(date(2026, 11, 22)) is Strength.OPTIONAL


@pytest.mark.parametrize(
    ("key", "on", "strength"),
    [
        (KIND, date(2018, 1, 1), None),
        (KIND, date(2020, 3, 2), Strength.TASK),
        (KIND, date(2024, 9, 3), Strength.TASK),
        (KIND, date(2024, 9, 4), Strength.REQUIRED),
        ("internal_assessor_team_decree", date(2020, 3, 2), Strength.CUSTOMARY),
        ("internal_assessor_team_decree", date(2021, 1, 1), Strength.REQUIRED),
        ("spbe_roadmap", date(2018, 10, 4), None),
        ("spbe_roadmap", date(2018, 10, 5), Strength.REQUIRED),
        ("spbe_architecture", date(2020, 3, 2), Strength.REQUIRED),
        ("spbe_master_plan", date(2020, 3, 2), Strength.ASSESSED),
        ("ict_audit_internal", date(2021, 6, 1), Strength.ASSESSED),
        ("audit_team_decree", date(2020, 3, 2), Strength.CUSTOMARY),
        ("publication_consent", date(2020, 3, 2), None),
    ],
)
def test_a_mandate_binds_as_strongly_as_the_law_of_the_day_says(law, key, on, strength):
    assert law.mandates[key].strength_on(on) is strength


def test_since_september_2024_the_team_has_the_four_roles_of_the_ministers_regulation(law):
    roles = law.team_minimum(KIND, date(2024, 9, 4))

    assert [(role.key, role.min, role.max) for role in roles] == [
        ("pengarah", 1, 1),
        ("ketua", 1, 1),
        ("sekretaris", 1, 1),
        ("anggota", 1, None),
    ]
    assert [len(role.duties) for role in roles] == [3, 15, 13, 6]
    assert all(role.demanded and "Pasal 77" in role.article for role in roles)
    assert roles[1].duties[-1] == (
        "melaporkan hasil pelaksanaan tugasnya kepada pengarah tim koordinasi SPBE Pemerintah Daerah"
    )


def test_a_team_of_2020_follows_practice_and_nothing_of_it_is_demanded(law):
    rule = law.team_rule(KIND, date(2020, 3, 2))

    assert rule.how_sure == "practice"
    assert rule.note
    assert [role.key for role in rule.roles] == ["pengarah", "ketua", "sekretaris", "anggota"]
    assert not any(role.demanded for role in rule.roles)
    assert all(role.duties for role in rule.roles)


def test_no_team_of_2020_names_a_later_law(law):
    rule = law.team_rule(KIND, date(2020, 3, 2))

    words = " ".join(
        [rule.note, *(role.article or "" for role in rule.roles), *(d for r in rule.roles for d in r.duties)]
    )
    assert not any(str(year) in words for year in range(2021, 2030))


def test_from_the_end_of_2022_the_secretary_as_chair_rests_on_an_article(law):
    demanded = [role.key for role in law.team_minimum(KIND, date(2023, 1, 1)) if role.demanded]

    assert demanded == ["ketua"]


def test_the_assessor_team_of_2023_draws_on_fifteen_functions(law):
    rule = law.team_rule("internal_assessor_team_decree", date(2023, 5, 1))

    assert len(rule.functions) == 15
    assert [role.max for role in rule.roles if role.key == "entri_data"] == [1]


def test_a_kind_without_a_team_has_no_roles(law):
    assert law.team_minimum("spbe_roadmap", date(2026, 1, 1)) == ()


def test_a_team_always_has_exactly_one_composition(law):
    for mandate in law.mandates.values():
        for year in range(2018, 2028):
            for month in range(1, 13):
                assert sum(rule.covers(date(year, month, 5)) for rule in mandate.team) <= 1


def test_the_roadmap_lasts_five_years_and_is_reviewed_halfway_and_at_the_end(law):
    roadmap = law.mandates["spbe_roadmap"]

    assert roadmap.validity_years == 5
    assert [review.at_year for review in roadmap.reviews] == [2.5, 5, None]


def test_every_duty_and_basis_names_its_article_or_says_that_none_was_read(law):
    for mandate in law.mandates.values():
        assert mandate.legal_basis
        assert mandate.duty
        for basis in mandate.legal_basis:
            assert basis.article
            assert basis.says
        for duty in mandate.duty:
            assert duty.how_sure
            assert duty.article or duty.how_sure != "read"


def test_an_unknown_group_or_mandate_is_refused(law):
    with pytest.raises(NotFound):
        law.group("6")
    with pytest.raises(NotFound):
        law.mandate("tidak_ada")


def test_the_law_names_the_offices_every_region_has(law):
    assert {"head_of_region", "secretary", "digital", "legal", "planning", "inspectorate", "personnel", "finance"} <= {
        office.role for office in law.offices
    }


def test_decrees_are_delivered_within_five_working_days_or_ten_for_many(law):
    delivery = law.deadlines["decree_delivery"]

    assert (delivery.working_days, delivery.working_days_mass) == (5, 10)
    assert "Pasal 61" in delivery.article


def test_an_acting_sekda_stays_six_months_for_one_who_is_away_and_three_in_a_vacant_office(law):
    acting = law.deadlines["acting_sekda"]

    assert (acting.months_prevented, acting.months_vacant) == (6, 3)
    assert "Pasal 214" in acting.article


def test_titles_may_say_either_term(law):
    assert law.terms["spbe"].title == "Sistem Pemerintahan Berbasis Elektronik"
    assert law.terms["pemdi"].title == "Pemerintah Digital"
