"""The fields of a kind: defaults that are complete, and a problem for every wrong input."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.documents.drafting import compose
from governance.documents.fields import cleaned, fields_yaml, problems, sources
from governance.documents.kind_files import BrokenKind, read_kinds
from governance.kernel.errors import Problem
from governance.notices.wording import SENTENCES
from tests.governance.documents import samples

SERANG = "serang"
DAYS = (date(2020, 3, 2), date(2023, 6, 1), date(2024, 9, 4), date(2026, 11, 22))


def judged(fields: Any, *, complete: bool = False, institution: str = SERANG) -> tuple[Problem, ...]:
    facts = samples.institutions()[institution]
    return problems(samples.kind(), fields, institution=facts, complete=complete, law=samples.law())


def keys(found: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.place, problem.key) for problem in found]


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("institution", ["serang", "jombang", "kota_contoh", "provinsi_contoh"])
def test_the_defaults_can_be_submitted_as_they_are(institution: str, on: date) -> None:
    fields = samples.fields(institution, on)
    assert judged(fields, complete=True, institution=institution) == ()


def test_every_field_has_a_default_and_says_where_it_comes_from() -> None:
    wanted = [spec.key for spec in samples.kind().fields]
    assert list(samples.fields()) == wanted
    origins = sources(samples.kind(), institution=samples.institutions()[SERANG])
    assert list(origins) == wanted
    assert set(origins.values()) <= set(SENTENCES)


def test_a_guessed_place_says_that_it_is_a_guess() -> None:
    kota = samples.institutions()["kota_contoh"]
    assert kota.seat is None
    assert sources(samples.kind(), institution=kota)["place"] == "draft.source.guessed_seat"


@pytest.mark.parametrize("institution", ["serang", "kota_contoh", "provinsi_contoh"])
def test_the_commented_file_reads_back_to_the_defaults(institution: str) -> None:
    on = date(2026, 11, 22)
    facts = samples.institutions()[institution]
    written = fields_yaml(samples.kind(), institution=facts, law=samples.law(), year=2027, on=on)
    assert yaml.safe_load(written) == samples.fields(institution, on, 2027)
    assert all(len(line) <= 125 for line in written.splitlines() if line.startswith("#"))
    assert "# Asal: " in written
    assert "KOSONG" in written


def test_the_commented_file_names_what_the_register_lacks() -> None:
    facts = samples.institutions()[SERANG]
    written = fields_yaml(samples.kind(), institution=facts, law=samples.law(), year=2027, on=date(2026, 11, 22))
    assert "LENGKAPI dalam register" in written


@pytest.mark.parametrize(
    ("change", "place", "key"),
    [
        ({"colour": "red"}, "colour", "draft.unknown_field"),
        ({"institution": "jombang"}, "institution", "draft.other_institution"),
        ({"institution": ["serang"]}, "institution", "draft.other_institution"),
        ({"year": "dua ribu"}, "year", "draft.bad_year"),
        ({"year": True}, "year", "draft.bad_year"),
        ({"year": 10**5000}, "year", "draft.bad_year"),
        ({"title": 2020}, "title", "draft.not_text"),
        ({"title": "x" * 601}, "title", "draft.too_long"),
        ({"title": "x" * 10_000_000}, "title", "draft.too_long"),
        ({"title": "Tim\x00Koordinasi"}, "title", "draft.control_characters"),
        ({"title": "Tim \u202eisanidrooK"}, "title", "draft.control_characters"),
        ({"title": "Tim \ud800"}, "title", "draft.control_characters"),
        ({"dated": "2020-02-30"}, "dated", "draft.bad_date"),
        ({"dated": "kemarin"}, "dated", "draft.bad_date"),
        ({"dated": 20200302}, "dated", "draft.bad_date"),
        ({"dated": "0001-01-01"}, "dated", "draft.date_out_of_range"),
        ({"considerations": "bahwa"}, "considerations", "draft.not_list"),
        ({"considerations": ["a", 7]}, "considerations.1", "draft.not_text"),
        ({"considerations": ["a"] * 21}, "considerations", "draft.too_many"),
        ({"members": [["ketua"]]}, "members.0", "draft.not_entry"),
        ({"members": [{"role": "raja", "office": "x"}]}, "members.0.role", "draft.unknown_role"),
        ({"members": [{"role": ["ketua"], "office": "x"}]}, "members.0.role", "draft.unknown_role"),
        ({"members": [{"role": "ketua", "post": "menteri"}]}, "members.0.post", "draft.unknown_post"),
        ({"members": [{"role": "ketua", "post": {}, "nama": "x"}]}, "members.0", "draft.unknown_keys"),
        ({"unit_tasks": [{"what": "x", "working_days": 0}]}, "unit_tasks.0.working_days", "draft.bad_working_days"),
        ({"unit_tasks": [{"what": "x", "working_days": 1.5}]}, "unit_tasks.0.working_days", "draft.bad_working_days"),
        ({"effective_to": "2019-12-31"}, "effective_to", "draft.end_before_start"),
    ],
)
def test_wrong_input_is_named_with_its_place(change: dict[str, Any], place: str, key: str) -> None:
    assert (place, key) in keys(judged({**samples.fields(), **change}))


@pytest.mark.parametrize("fields", [None, 7, "teks", [1, 2], [["institution", "serang"]]])
def test_what_are_no_fields_at_all_is_one_problem(fields: Any) -> None:
    assert keys(judged(fields)) == [("", "draft.not_fields")]
    assert cleaned(fields) == {}


@pytest.mark.parametrize("spec", [spec for spec in samples.kind().fields if spec.required], ids=lambda spec: spec.key)
def test_a_missing_field_is_asked_for_only_when_it_must_be_complete(spec: Any) -> None:
    fields = {**samples.fields(), spec.key: None}
    assert judged(fields) == ()
    assert (spec.key, "draft.missing") in keys(judged(fields, complete=True))


@pytest.mark.parametrize(
    ("change", "place", "key"),
    [
        ({"title": "Tim Koordinasi SPBE"}, "title", "draft.abbreviation_in_title"),
        ({"members": [{"role": "ketua"}]}, "members.0.office", "draft.member_without_office"),
        ({"members": [{"office": "Camat"}]}, "members.0.role", "draft.member_without_role"),
        ({"members": [{"role": "ketua", "office": "A"}] * 2}, "members", "draft.role_too_often"),
        ({"unit_tasks": [{"what": "melapor"}]}, "unit_tasks.0.working_days", "draft.task_incomplete"),
    ],
)
def test_a_half_filled_draft_may_be_kept_but_not_submitted(change: dict[str, Any], place: str, key: str) -> None:
    fields = {**samples.fields(), **change}
    assert judged(fields) == ()
    assert (place, key) in keys(judged(fields, complete=True))


def test_the_team_the_law_demands_is_asked_for_only_since_the_law_demands_it() -> None:
    for on, expected in ((date(2020, 3, 2), 0), (date(2024, 9, 4), 3)):
        fields = {**samples.fields(on=on), "members": [{"role": "anggota", "office": "Camat"}]}
        assert len([found for found in judged(fields, complete=True) if found.key == "draft.role_missing"]) == expected


def test_dates_may_be_date_objects_and_are_stored_as_text() -> None:
    fields = {**samples.fields(), "dated": date(2020, 3, 2), "effective_to": datetime(2020, 12, 31, 8, 0)}  # noqa: DTZ001
    assert judged(fields) == ()
    assert cleaned(fields)["dated"] == "2020-03-02"
    assert cleaned(fields)["effective_to"] == "2020-12-31"


def test_texts_are_stored_in_one_form() -> None:
    fields = cleaned({"title": "  Cafe\u0301\r\nTim  ", "members": [{"office": "Cafe\u0301"}]})
    assert fields == {"title": "Caf\u00e9\nTim", "members": [{"office": "Caf\u00e9"}]}


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.binary(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text() | st.integers(), inner, max_size=5),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from([spec.key for spec in samples.kind().fields]) | st.text(), ANYTHING, max_size=8))
def test_no_input_raises(fields: dict[Any, Any]) -> None:
    judged(fields)
    judged(fields, complete=True)
    serang = samples.institutions()[SERANG]
    compose(samples.kind(), cleaned(fields), institution=serang, law=samples.law(), on=date(2026, 11, 22))


def test_deep_and_hostile_input_is_refused_quickly() -> None:
    deep: Any = []
    for _ in range(5000):
        deep = [deep]
    assert judged({"considerations": deep, "members": deep, "title": "a" + "\u0316\u0301" * 200_000})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('key = "coordination_team_decree"', 'key = "other"'),
        ('move = "approve"', 'move = "sing"'),
        ('section = "closing"', 'section = "nowhere"'),
        ('who = "legal"', 'who = "poet"'),
        ('secrecy = "biasa"', ""),
        ('type = "members"', 'type = "choir"'),
        ("[[route]]", "[[route"),
    ],
)
def test_a_broken_kind_is_refused_naming_its_file(tmp_path: Path, old: str, new: str) -> None:
    described = (samples.FOLDER / f"{samples.KIND}.toml").read_text(encoding="utf-8")
    (tmp_path / f"{samples.KIND}.toml").write_text(described.replace(old, new, 1), encoding="utf-8")
    (tmp_path / f"{samples.KIND}.docx").write_bytes(b"")
    with pytest.raises(BrokenKind, match=samples.KIND):
        read_kinds(tmp_path)
