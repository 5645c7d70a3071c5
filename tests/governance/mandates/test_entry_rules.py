"""What is refused before it is written into the register, each with its place."""

from dataclasses import replace
from datetime import date

import pytest

from governance.mandates.entries import Fact, Relation
from governance.mandates.entry_rules import closing_problems, entry_problems, fact_problems, key_for
from governance.mandates.merging import merged
from governance.mandates.regulations import Gazette
from tests.governance.mandates.test_merging import AMENDED, CHANGING, ON, PERDA, REVOKED

FACT = Fact("permendagri_80_2015", Relation.REVOKED, "JDIH", by="permendagri_77_2020", since=date(2026, 2, 1))


@pytest.mark.parametrize(
    ("changes", "place", "key"),
    [
        ({"title": " "}, "title", "field.missing"),
        ({"title": "x" * 1001}, "title", "draft.too_long"),
        ({"title": "a\x00b"}, "title", "draft.control_characters"),
        ({"type": "Fatwa"}, "type", "regulation.unknown_type"),
        ({"type": "Permen", "issuer": ""}, "issuer", "field.missing"),
        ({"number": 0}, "number", "regulation.number_range"),
        ({"year": 1800}, "year", "document.year"),
        ({"year": 2050}, "year", "document.year"),
        ({"year": None}, "year", "regulation.number_without_year"),
        ({"gazette": Gazette("LN", 2024, 3)}, "gazette_kind", "regulation.gazette_kind"),
        ({"gazette": Gazette("LD", 1024, 3)}, "gazette_year", "document.year"),
        ({"gazette": Gazette("LD", 2024, 0)}, "gazette_number", "regulation.number_range"),
        ({"in_force_to": date(2024, 1, 31)}, "in_force_to", "regulation.before"),
        ({"enacted": date(2024, 2, 2)}, "promulgated", "regulation.before"),
        ({"enacted": date(2023, 2, 2)}, "enacted", "regulation.other_year"),
        ({"in_force_from": date(1, 1, 1)}, "in_force_from", "regulation.far_day"),
        ({"in_force_to": date(9999, 12, 31)}, "in_force_to", "regulation.far_day"),
        ({"in_preparation": True}, "in_preparation", "regulation.prepared_has_dates"),
        ({"how_sure": "pasti"}, "how_sure", "field.unknown"),
        ({"kinds": ("surat_cinta",)}, "kinds", "law.unknown_kind"),
        ({"note": "x" * 2001}, "note", "draft.too_long"),
    ],
)
def test_a_wrong_entry_is_refused_at_its_place(law, changes, place, key):
    assert (place, key) in [(one.place, one.key) for one in entry_problems(replace(PERDA, **changes), law, ON)]


def test_a_right_entry_has_no_problem_and_unknown_days_are_allowed(law):
    unknown = replace(PERDA, gazette=None, promulgated=None, in_force_from=None, number=None, year=None)

    assert entry_problems(PERDA, law, ON) == []
    assert entry_problems(unknown, law, ON) == []


def test_what_the_register_holds_already_is_not_entered_again(law, institutions):
    national = replace(PERDA, key="", type="UU", issuer="Undang-Undang", number=23, year=2014, gazette=None)
    twin = replace(PERDA, key="")
    seen = merged(law, institutions["serang"], [PERDA], [])

    assert [one.key for one in entry_problems(national, law, ON)] == ["regulation.there"]
    assert [one.key for one in entry_problems(twin, seen, ON)] == ["regulation.there"]
    assert entry_problems(PERDA, seen, ON) == [], "itself is no twin"


@pytest.mark.parametrize(
    ("changes", "place", "key"),
    [
        ({"source": ""}, "source", "field.missing"),
        ({"by": None}, "by", "field.missing"),
        ({"by": "uu_karangan"}, "by", "regulation.by_unknown"),
        ({"by": "permendagri_80_2015"}, "by", "regulation.by_unknown"),
        ({"by": "permendagri_13_2006"}, "by", "regulation.revoked.undated"),
        ({"since": date(2019, 1, 1)}, "by", "regulation.not_yet.undated"),
        ({"since": date(1, 1, 1)}, "since", "regulation.far_day"),
        ({"key": "uu_23_2014"}, "by", "regulation.by_lower"),
        ({"key": "permenkominfo_8_2019"}, "by", "regulation.revoked_already"),
        ({"how_sure": "pasti"}, "how_sure", "field.unknown"),
    ],
)
def test_a_wrong_fact_is_refused_at_its_place(law, changes, place, key):
    assert (place, key) in [(one.place, one.key) for one in fact_problems(replace(FACT, **changes), law, ON)]


def test_a_right_fact_has_no_problem_with_or_without_a_day(law):
    assert fact_problems(FACT, law, ON) == []
    assert fact_problems(replace(FACT, since=None), law, ON) == []


def test_a_regulation_cannot_be_revoked_before_it_began(law, institutions):
    early = replace(CHANGING, in_force_from=date(2020, 1, 1), promulgated=None, year=2020, number=9)
    seen = merged(law, institutions["serang"], [PERDA, early], [])

    found = fact_problems(replace(REVOKED, since=date(2023, 1, 1)), seen, ON)

    assert ("since", "regulation.before") in [(one.place, one.key) for one in found]


def test_an_amendment_is_entered_once_and_after_those_that_are_known(law, institutions):
    seen = merged(law, institutions["serang"], [PERDA, CHANGING], [AMENDED])

    assert "regulation.amended_already" in [one.key for one in fact_problems(AMENDED, seen, ON)]
    later = replace(CHANGING, key="serang:perda_1_2025", number=1, in_force_from=date(2025, 1, 2), promulgated=None)
    seen = merged(law, institutions["serang"], [PERDA, CHANGING, later], [AMENDED])
    too_early = replace(AMENDED, by=later.key, since=date(2025, 1, 2))
    assert [one.key for one in fact_problems(too_early, seen, ON)] == ["regulation.amended_later"]


def test_a_revoked_regulation_is_not_taken_into_further_kinds(law):
    cited = Fact("permenkominfo_8_2019", Relation.CITED, "kebiasaan", kinds=("coordination_team_decree",))

    (problem,) = fact_problems(cited, law, ON)

    assert (problem.place, problem.key) == ("kinds", "regulation.revoked")
    assert problem.params["successor"].endswith("Nomor 4 Tahun 2024")
    assert "field.missing" in [one.key for one in fact_problems(replace(cited, kinds=()), law, ON)]


@pytest.mark.parametrize(
    ("on", "reason", "keys"),
    [
        (ON, "Masuk daftar nasional", []),
        (None, "x", ["field.missing"]),
        (ON, "  ", ["field.missing"]),
        (date(2026, 7, 2), "x", ["enact.future"]),
        (date(1, 1, 1), "x", ["enact.too_old"]),
        (ON, "x" * 1001, ["draft.too_long"]),
    ],
)
def test_closing_needs_a_day_that_has_come_and_a_reason(on, reason, keys):
    assert [one.key for one in closing_problems(on, reason, ON)] == keys


def test_keys_can_be_read_and_are_never_given_twice():
    assert key_for("serang", PERDA, set()) == "serang:perda_3_2024"
    assert key_for("serang", PERDA, {"serang:perda_3_2024", "serang:perda_3_2024_2"}) == "serang:perda_3_2024_3"
    ministry = replace(PERDA, type="Permen", issuer="Peraturan Menteri Pendayagunaan Aparatur Negara")
    unnumbered = replace(PERDA, number=None, year=None)
    for entry in (ministry, unnumbered):
        assert len(key_for("k" * 40, entry, set())) <= 80
    assert key_for("serang", ministry, set()).endswith("_3_2024")
