"""Whether a regulation stands on a day: the register answers, names the successor, or asks; it never guesses."""

from dataclasses import replace
from datetime import date

import pytest

from governance.mandates.law import Law
from governance.mandates.regulations import Regulation
from governance.mandates.validity import Force, Standing, problem_with, question_about, standing_of, successor_on

PERDA = Regulation(
    key="x:perda_1_2020",
    type="Perda",
    rank=8,
    title="Pengujian",
    status="in_force",
    verified=True,
    dates_status="read",
    in_force_from=date(2020, 3, 1),
    in_force_to=None,
    number=1,
    year=2020,
    issuer="Peraturan Daerah Kabupaten Contoh",
)


@pytest.mark.parametrize(
    ("changes", "on", "expected"),
    [
        ({}, date(2020, 2, 29), Standing(Force.NOT_YET, date(2020, 3, 1))),
        ({}, date(2020, 3, 1), Standing(Force.IN_FORCE, date(2020, 3, 1))),
        ({"in_force_to": date(2021, 12, 31)}, date(2021, 12, 31), Standing(Force.IN_FORCE, date(2020, 3, 1))),
        ({"in_force_to": date(2021, 12, 31)}, date(2022, 1, 1), Standing(Force.ENDED, date(2022, 1, 1))),
        (
            {"status": "revoked", "revoked_by": "y", "in_force_to": date(2021, 12, 31)},
            date(2022, 1, 1),
            Standing(Force.REVOKED, date(2022, 1, 1), "y"),
        ),
        ({"status": "revoked", "revoked_by": "y"}, date(2022, 1, 1), Standing(Force.UNKNOWN, None, "y")),
        ({"in_force_from": None}, date(2022, 1, 1), Standing(Force.UNKNOWN)),
        ({"in_force_from": None}, date(2019, 12, 31), Standing(Force.NOT_YET)),
        ({"in_force_from": None, "not_before": date(2021, 5, 1)}, date(2021, 4, 30), Standing(Force.NOT_YET)),
        ({"in_force_from": None, "in_preparation": True}, date(2030, 1, 1), Standing(Force.PREPARED)),
    ],
)
def test_it_stands_as_its_dates_say_and_is_unknown_where_they_are(changes, on, expected):
    assert standing_of(replace(PERDA, **changes), on) == expected


def test_a_revoked_regulation_is_refused_and_its_successor_is_named(law: Law):
    problem = problem_with(law.regulations, "permenkominfo_8_2019", date(2024, 9, 4), "basis")

    assert problem is not None
    assert (problem.place, problem.key) == ("basis", "regulation.revoked")
    assert problem.params["since_on"] == "2024-09-04"
    assert problem.params["successor"].endswith("Nomor 4 Tahun 2024")
    assert problem_with(law.regulations, "permenkominfo_8_2019", date(2024, 9, 3)) is None


def test_the_successor_is_the_one_of_the_day_even_through_two_revocations(law: Law):
    first = successor_on(law.regulations, "permenpan_5_2018", date(2021, 1, 1))
    last = successor_on(law.regulations, "permenpan_5_2018", date(2026, 7, 1))

    assert first is not None
    assert last is not None
    assert (first.key, last.key) == ("permenpan_59_2020", "permenpan_8_2026")


def test_revocations_in_a_ring_come_to_an_end():
    ended = {"status": "revoked", "in_force_to": date(2020, 12, 31)}
    ring = {
        "a": replace(PERDA, key="a", revoked_by="b", **ended),
        "b": replace(PERDA, key="b", revoked_by="a", **ended),
    }

    found = successor_on(ring, "a", date(2022, 1, 1))

    assert found is not None


@pytest.mark.parametrize(
    ("changes", "on", "key"),
    [
        ({}, date(2019, 1, 1), "regulation.not_yet"),
        ({"in_force_from": None}, date(2019, 1, 1), "regulation.not_yet.undated"),
        ({"in_force_to": date(2021, 1, 1)}, date(2022, 1, 1), "regulation.ended"),
        ({"in_preparation": True, "in_force_from": None}, date(2022, 1, 1), "regulation.prepared"),
        (
            {"status": "revoked", "revoked_by": "next", "in_force_to_latest": date(2021, 1, 1)},
            date(2022, 1, 1),
            "regulation.revoked.undated",
        ),
    ],
)
def test_what_may_not_be_cited_says_why(changes, on, key):
    one = replace(PERDA, **changes)
    known = {one.key: one, "next": replace(PERDA, key="next", number=2, in_force_from=date(2021, 1, 1))}

    problem = problem_with(known, one.key, on)

    assert problem is not None
    assert problem.key == key


def test_an_unknown_key_is_refused_and_an_unknown_date_is_asked_about(law: Law):
    problem = problem_with(law.regulations, "uu_karangan", date(2026, 1, 1))
    assert problem is not None
    assert problem.key == "law.unknown_regulation"

    uncertain = law.regulations["permendagri_77_2020"]
    assert problem_with(law.regulations, uncertain.key, date(2020, 12, 30)) is None
    assert "31 Desember 2020" in question_about(uncertain, date(2020, 12, 30))
    assert question_about(uncertain, date(2021, 1, 1)) == ""
