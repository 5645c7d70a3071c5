"""The register over the API: as the caller's institution sees it, on the day asked."""

from typing import Any

import pytest

from governance.mandates.entries import Entry
from tests.web.api.asking import ApiOf, assert_refused
from tests.world import NOW, World
from workflows import registering

PERDA = Entry(key="", type="Perda", title="Penyelenggaraan SPBE", issuer="", number=3, year=2024)


def read(api: Any, key: str, on: str = "2026-07-01") -> dict[str, Any]:
    answer = api("GET", f"/regulations/{key}?on={on}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json)


def test_a_regulation_is_read_with_its_citation_of_the_day(world: World, api: ApiOf) -> None:
    ask = api(world.dinkes)
    early, late = read(ask, "uu_23_2014", "2015-01-01"), read(ask, "uu_23_2014", "2020-03-02")
    assert "Nomor 9 Tahun 2015" not in early["citation"]
    assert "Nomor 9 Tahun 2015" in late["citation"]
    assert (late["state"], late["complete"], late["why_not"]) == ("in_force", True, "")
    assert "coordination_team_decree" in late["kinds"]
    assert late["gazette"] == {"kind": "LN", "year": 2014, "number": 244, "supplement": 5587}


def test_what_may_not_be_cited_says_why_and_what_is_unknown_asks(world: World, api: ApiOf) -> None:
    ask = api(world.dinkes)
    revoked = read(ask, "permenkominfo_8_2019")
    assert (revoked["state"], revoked["since"], revoked["citation"]) == ("revoked", "2024-09-04", None)
    assert revoked["revoked_by"] == "permenkominfo_4_2024"
    assert "gantinya Peraturan Menteri Komunikasi dan Informatika Nomor 4 Tahun 2024" in revoked["why_not"]
    unknown = read(ask, "permendagri_77_2020", "2020-12-30")
    assert (unknown["state"], unknown["citation"]) == ("unknown", None)
    assert "31 Desember 2020" in unknown["why_not"]


def test_the_list_is_searched_and_holds_the_institutions_own(world: World, api: ApiOf) -> None:
    registering.enter(PERDA, by=world.hukum.actor, now=NOW, library=world.library)

    def keys(someone: Any, asked: str = "") -> list[str]:
        return [one["key"] for one in (api(someone)("GET", f"/regulations{asked}").json or {})["items"]]

    assert "serang:perda_3_2024" in keys(world.dinkes)
    assert keys(world.dinkes, "?q=daerah+nomor+3+tahun+2024") == ["serang:perda_3_2024"]
    assert keys(world.dinkes, "?q=tidak+akan+ada") == []
    assert not [key for key in keys(world.kota.hukum) if key.startswith("serang:")]


def test_a_foreign_or_unknown_key_is_not_found(world: World, api: ApiOf) -> None:
    registering.enter(PERDA, by=world.hukum.actor, now=NOW, library=world.library)
    for someone, key in ((world.kota.hukum, "serang:perda_3_2024"), (world.hukum, "uu_karangan"), (world.hukum, "🔑")):
        assert_refused(api(someone)("GET", f"/regulations/{key}"), [404])


@pytest.mark.parametrize("on", ["kemarin", "2026-02-30", "20260701", "2026-07-01T00:00"])
def test_a_day_that_is_none_is_refused(world: World, api: ApiOf, on: str) -> None:
    assert_refused(api(world.hukum)("GET", f"/regulations?on={on}"), [422])
    assert_refused(api(world.hukum)("GET", f"/regulations/uu_23_2014?on={on}"), [422])
