"""Serang's timetable for 2020 and 2027 from the law data and three recorded acts, by hand from the articles."""

from datetime import date

import pytest

from governance.mandates.law import Law
from governance.notices.wording import sentence_of
from governance.obligations.expected import Expected, KnownAct
from tests.governance.obligations.conftest import Laid

TEAM_2020 = KnownAct(
    1, "coordination_team_decree", 2020, "555/Kep.151-Huk/2020", date(2020, 3, 2), date(2020, 3, 2), date(2020, 12, 31)
)
ROADMAP = KnownAct(2, "spbe_roadmap", 2022, "47 Tahun 2022", date(2022, 6, 27), date(2022, 7, 1))
# Its last day, 26 December 2027, is a Sunday.
TEAM_2026 = KnownAct(
    3, "coordination_team_decree", 2026, "555/Kep.8-Huk/2026", date(2026, 1, 5), date(2026, 1, 5), date(2027, 12, 26)
)
ACTS = (TEAM_2020, ROADMAP, TEAM_2026)

PERPRES = "Perpres Nomor 95 Tahun 2018"
KOMINFO_2022 = "Peraturan Menteri Komunikasi dan Informatika Nomor 16 Tahun 2022"
KOMINFO_2024 = "Peraturan Menteri Komunikasi dan Informatika Nomor 4 Tahun 2024"
PANRB_2026 = "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 8 Tahun 2026"
MENDAGRI = "Peraturan Menteri Dalam Negeri Nomor 86 Tahun 2017"
UU_23 = "UU Nomor 23 Tahun 2014"
CHANGE = "UU 30/2014 Pasal 63 ayat (3)-(4)"
EXPIRY = "UU 30/2014 Pasal 58 ayat (3)"

# obligation: (due, how sure, basis)
IN_2020 = {
    "coordination_team_decree:2020": (None, "secondary", f"{PERPRES} Pasal 61 ayat (1)"),
    "coordination_team_decree:renewal:1": (date(2020, 12, 31), "secondary", f"{PERPRES} Pasal 61 ayat (1)"),
    "coordination_team_decree:change:2020": (None, "read", CHANGE),
    "spbe_architecture:2020": (
        None, "secondary", f"{PERPRES} Pasal 6-12; jangka waktu Pasal 12 ayat (2)",
    ),
    "spbe_roadmap:2020": (None, "read", f"{PERPRES} Pasal 19 ayat (1)-(7)"),
    "spbe_budget_plan:2021:rkpd": (date(2020, 6, 30), "memory", f"{PERPRES}; {MENDAGRI}"),
    "spbe_budget_plan:2021:rka": (None, "memory", f"{PERPRES}; {UU_23} Pasal 310 ayat (2)-(3)"),
    "audit_infrastructure:2020": (None, "memory", f"{PERPRES} Pasal 55; Pasal 56"),
    "audit_application:2020": (None, "memory", f"{PERPRES} Pasal 55; Pasal 57"),
    "audit_security:2020": (None, "memory", f"{PERPRES} Pasal 55; Pasal 58"),
    "monitoring_evaluation:2020:persiapan": (date(2020, 6, 16), "secondary", f"{PERPRES} Pasal 70 ayat (3)"),
    "monitoring_evaluation:2020": (None, "secondary", f"{PERPRES} Pasal 70 ayat (3)"),
}  # fmt: skip
AUDIT_2027 = f"{KOMINFO_2022} Pasal 4 ayat (3); {KOMINFO_2024} Pasal 73 ayat (2)-(7)"
IN_2027 = {
    "coordination_team_decree:renewal:3": (
        date(2027, 12, 27), "read", f"{KOMINFO_2024} Pasal 77 ayat (1)-(7); {EXPIRY}",
    ),
    "coordination_team_decree:change:2027": (None, "read", CHANGE),
    "internal_assessor_team_decree:2027": (None, "secondary", f"{PANRB_2026} Pasal 5 (menurut ringkasan)"),
    "spbe_architecture:2027": (None, "read", f"{KOMINFO_2024} Pasal 33-34"),
    "spbe_roadmap:final_year:2": (date(2027, 6, 30), "read", "Perpres 95/2018 Pasal 19 ayat (5)"),
    "spbe_roadmap:renewal:2": (
        date(2027, 6, 30), "read", f"{PERPRES} Pasal 19 ayat (1)-(7); {KOMINFO_2024} Pasal 35-36",
    ),
    "spbe_roadmap:rpjmd:2027": (
        None, "inferred", "Perpres 95/2018 Pasal 19 ayat (6); UU 23/2014 Pasal 264 ayat (4)",
    ),
    "spbe_budget_plan:2028:rkpd": (date(2027, 6, 30), "memory", f"{KOMINFO_2024} Pasal 37-38; {MENDAGRI}"),
    "spbe_budget_plan:2028:rka": (
        None, "read", f"{KOMINFO_2024} Pasal 37-38; {UU_23} Pasal 310 ayat (2)-(3)",
    ),
    "audit_infrastructure:2027": (None, "read", AUDIT_2027),
    "audit_application:2027": (None, "read", AUDIT_2027),
    "audit_security:2027": (None, "read", AUDIT_2027),
    "ict_audit_internal:2027": (
        None, "read", f"{KOMINFO_2022} Pasal 17; {KOMINFO_2024} Pasal 74 ayat (1)-(3)",
    ),
    "ict_audit_periodic_report:2027": (
        None, "read", f"{KOMINFO_2022} Pasal 23 ayat (1)-(3); {KOMINFO_2024} Pasal 75 huruf e-f",
    ),
    "annual_affairs_report:2027": (
        date(2027, 12, 31), "read", f"{KOMINFO_2024} Pasal 83 ayat (4)-(6) dan Pasal 87",
    ),
    "monitoring_evaluation:2027": (None, "inferred", f"{PERPRES} Pasal 70 ayat (3); {PANRB_2026}"),
}  # fmt: skip
# How each date came about, step by step; ISO days stand where a page writes them out.
SAID = {
    2020: {
        "coordination_team_decree:renewal:1": [
            "Nomor 555/Kep.151-Huk/2020 ditetapkan 2020-03-02 dan berlaku sejak 2020-03-02.",
            "Menurut naskahnya sendiri berlaku sampai 2020-12-31.",
            "Pasalnya diketahui dari sumber kedua, naskahnya belum dibaca: periksa.",
            "Pasalnya memberi tugas tanpa menyebut dokumennya; bentuknya praktik.",
            "Yang baru ditetapkan paling lambat pada hari terakhir itu: 2020-12-31.",
        ],
        "audit_security:2020": [
            "Belum ada laporan yang diketahui.",
            (
                "Paling sedikit sekali dalam 2 tahun, dihitung dari laporan terakhir."
                " Selang itu dari ingatan: ayatnya belum dibaca."
            ),
            "Pasalnya diketahui dari sumber kedua, naskahnya belum dibaca: periksa.",
            "Menunggu laporan audit keamanan dari lembaga pelaksana.",
        ],
        "spbe_budget_plan:2021:rkpd": [
            "Untuk tahun anggaran 2021.",
            (
                "RKPD ditetapkan dengan Perkada: menurut ingatan paling lambat akhir Juni tahun sebelumnya;"
                " undang-undang hanya menyebut bentuk Perkada."
            ),
            "Ini dari ingatan, pasalnya belum dibaca: periksa.",
            "Jadi paling lambat 2020-06-30. Tanggal pemerintah daerah sendiri, bila dicatat, menggantikannya.",
        ],
    },
    2027: {
        "coordination_team_decree:renewal:3": [
            "Nomor 555/Kep.8-Huk/2026 ditetapkan 2026-01-05 dan berlaku sejak 2026-01-05.",
            "Menurut naskahnya sendiri berlaku sampai 2027-12-26.",
            (
                "2027-12-26 jatuh pada Isra Mikraj Nabi Muhammad, jadi akhirnya pindah ke hari kerja berikutnya,"
                " 2027-12-27 (UU 30/2014 Pasal 58 ayat (3))."
            ),
            "Yang baru ditetapkan paling lambat pada hari terakhir itu: 2027-12-27.",
        ],
        "spbe_roadmap:final_year:2": [
            "Nomor 47 Tahun 2022 ditetapkan 2022-06-27 dan berlaku sejak 2022-07-01.",
            "Jangka waktunya 5 tahun, sampai 2027-06-30.",
            "Tahun terakhir pelaksanaannya: 2026-07-01 sampai 2027-06-30.",
            "Direviu menurut Perpres 95/2018 Pasal 19 ayat (5), paling lambat 2027-06-30.",
        ],
        "annual_affairs_report:2027": [
            "Paling sedikit sekali dalam setahun.",
            "Jadi paling lambat hari terakhir tahun itu: 2027-12-31.",
        ],
    },
}


def said(one: Expected) -> list[str]:
    return [sentence_of(step["key"]) % step["params"] for step in one.computed]


@pytest.mark.parametrize(("year", "by_hand"), [(2020, IN_2020), (2027, IN_2027)])
def test_the_year_is_what_the_articles_say(
    laid: Laid, year: int, by_hand: dict[str, tuple[date | None, str, str]]
) -> None:
    found = laid(year, acts=ACTS)
    assert {key: (one.due_on, one.how_sure, one.basis) for key, one in found.items()} == by_hand


@pytest.mark.parametrize("year", [2020, 2027])
def test_each_date_says_step_by_step_how_it_came_about(laid: Laid, year: int) -> None:
    found = laid(year, acts=ACTS)
    assert {key: said(found[key]) for key in SAID[year]} == SAID[year]


@pytest.mark.parametrize("year", [2020, 2027])
def test_what_has_no_date_says_what_is_awaited_unless_it_is_met(laid: Laid, year: int) -> None:
    undated = [one for one in laid(year, acts=ACTS).values() if one.due_on is None and one.met is None]
    assert undated
    assert all(any(step["key"].startswith("why.await.") for step in one.computed) for one in undated)


def test_nothing_of_the_law_of_2022_and_2024_is_asked_in_2020(law: Law, laid: Laid) -> None:
    found = laid(2020, acts=ACTS)
    assert not {"ict_audit_internal", "ict_audit_periodic_report", "annual_affairs_report"} & {
        one.mandate for one in found.values()
    }
    told = " ".join([*(one.basis for one in found.values()), *(text for one in found.values() for text in said(one))])
    assert not [later for later in ("Nomor 16 Tahun 2022", "Nomor 4 Tahun 2024", "16/2022", "4/2024") if later in told]


def test_what_rests_on_an_unread_paragraph_is_marked(laid: Laid) -> None:
    for year in (2020, 2027):
        for one in laid(year, acts=ACTS).values():
            marked = [step["key"] for step in one.computed if step["key"].startswith("why.unread_")]
            marked += [step["key"] for step in one.computed if step["key"] in ("why.interval_memory", "why.no_letter")]
            guessed = one.how_sure == "inferred" and (one.estimated or one.due_on is None)
            assert one.how_sure == "read" or marked or guessed or "monitoring_evaluation" in one.key, one.key


def test_a_decree_is_met_by_the_next_one_and_says_when_it_was_set(laid: Laid) -> None:
    met = laid(2020, acts=ACTS)["coordination_team_decree:renewal:1"].met
    assert met is not None
    assert (met.on, met.by, met.act_id) == (
        date(2026, 1, 5), "Nomor 555/Kep.8-Huk/2026, ditetapkan 5 Januari 2026", 3,
    )  # fmt: skip
