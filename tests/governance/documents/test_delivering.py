"""To whom and by when a decree is delivered: the rule by itself, on any day and for any number of recipients."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.calendar.calendars import Calendar
from governance.calendar.holidays import PUBLIC, Holiday, national
from governance.documents.delivering import named_in, term
from governance.documents.text import DocumentText, Form, MemberPost
from governance.mandates.rules import Deadline

RULE = Deadline("decree_delivery", "", "UU 30/2014 Pasal 61", "uu_30_2014", True, None, None, 5, 10, 50)
DAYS = st.dates(date(2024, 1, 1), date(2027, 9, 1))
YEARS = {year: national(year) for year in range(2024, 2029)}
NATIONAL = Calendar()


def holidays_of(start: date) -> list[Holiday]:
    return [one for year in range(start.year, start.year + 2) for one in YEARS[year]]


def text_of(*members: MemberPost, form: Form = Form.DECREE) -> DocumentText:
    return DocumentText(
        office="", province_line=None, instrument_line="", number=None, title="", considerations=(), citations=(),
        decides="", dictums=(), place=None, date=None, signer_office="", signer_name=None, form=form,
        member_posts=members,
    )  # fmt: skip


@given(DAYS, st.integers(1, 400))
def test_exactly_so_many_working_days_lie_between_signing_and_the_last_day(signed_on: date, recipients: int) -> None:
    closed = {one.day for one in holidays_of(signed_on)}
    last = term(signed_on, recipients, RULE, NATIONAL)
    passed = [signed_on + timedelta(days=step) for step in range(1, (last.due_on - signed_on).days + 1)]
    worked = [day for day in passed if day.weekday() < 5 and day not in closed]
    assert len(worked) == last.working_days == (10 if recipients >= 50 else 5)
    assert worked[-1] == last.due_on


@given(DAYS)
def test_every_working_day_that_fell_out_is_explained_once(signed_on: date) -> None:
    last = term(signed_on, 3, RULE, NATIONAL)
    named = [step["params"]["day"] for step in last.steps if "closed" in step["key"]]
    fell = {
        one.day.isoformat()
        for one in holidays_of(signed_on)
        if signed_on < one.day <= last.due_on and one.day.weekday() < 5
    }
    assert sorted(named) == named
    assert set(named) == fell
    assert len(named) == len(fell)


@given(DAYS, st.integers(1, 48))
def test_a_later_signing_never_has_an_earlier_last_day(signed_on: date, recipients: int) -> None:
    tomorrow = signed_on + timedelta(days=1)
    first, second = (term(day, recipients, RULE, NATIONAL).due_on for day in (signed_on, tomorrow))
    assert first <= second


def test_the_ministers_decree_that_is_not_known_yet_is_said() -> None:
    listed = [Holiday(date(2026, 11, 24), "Hari Raya", PUBLIC, estimated=True)]
    calendar = Calendar(decreed={2026: tuple(listed)})
    keys = [step["key"] for step in term(date(2026, 11, 20), 3, RULE, calendar).steps]
    assert "why.delivery.maybe_closed" in keys


@pytest.mark.parametrize("form", [Form.REGULATION, Form.PAPER])
def test_only_a_decree_is_delivered(form: Form) -> None:
    assert named_in(text_of(MemberPost("anggota", "Anggota", "dinkes", "Kepala Dinas"), form=form)) == ()


def test_each_is_named_once_and_who_set_it_is_left_out() -> None:
    members = (
        MemberPost("pengarah", "Pengarah", "bupati", "Bupati"),
        MemberPost("ketua", "Ketua", "sekda", "Sekretaris Daerah"),
        MemberPost("anggota", "Anggota", "sekda", "Sekda"),
        MemberPost("anggota", "Anggota", None, "Kepala Kantor  Pertanahan"),
        MemberPost("anggota", "Anggota", None, "kepala kantor pertanahan"),
        MemberPost("anggota", "Anggota", None, "x" * 900),
    )
    named = named_in(text_of(*members), {"bupati"})
    assert [(one.post, one.recipient[:30]) for one in named] == [
        ("sekda", "Sekretaris Daerah"), (None, "Kepala Kantor Pertanahan"), (None, "x" * 30),
    ]  # fmt: skip
    assert len(named[-1].recipient) == 500
