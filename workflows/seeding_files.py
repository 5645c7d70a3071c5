"""The Word files of seeded decrees: made once for a shape of institution and a year, shared by all of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from governance.calendar.calendars import Calendar
from governance.documents import drafting, sealing
from governance.documents.fields import defaults
from governance.documents.numbering import Pattern
from governance.people.facts import InstitutionFacts
from workflows.library import Library
from workflows.seeding_places import shape_of

KIND = "coordination_team_decree"


@dataclass(frozen=True)
class Paper:
    """An approved decree and its sealed form, with what it asks of whom."""

    approved: str
    sealed: str
    number: str
    signed_on: date
    tasks: tuple[tuple[str, str, date], ...]  # dictum, what, due on
    members: tuple[str, ...]  # post keys
    citations: tuple[tuple[str, str], ...]  # the register's key, the words


@dataclass
class Papers:
    """Papers and fields as they are asked for; fields are the institution's own, files those of its shape."""

    library: Library
    today: date
    made: dict[Any, Paper] = field(default_factory=dict)
    filled: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)

    @property
    def calendar(self) -> Calendar:
        """The national days and a five-day week: who was just seeded has closed no day of its own."""
        return Calendar(decreed=self.library.law.holidays)

    @property
    def template(self) -> str:
        """The sha256 of the template."""
        return self.library.templates.sha256(KIND)

    def fields(self, facts: InstitutionFacts, year: int) -> dict[str, Any]:
        """The fields of that year's decree."""
        if (facts.key, year) not in self.filled:
            kind = self.library.kind(KIND)
            on = self._signed_on(year)
            self.filled = {key: one for key, one in self.filled.items() if key[0] == facts.key}
            self.filled[facts.key, year] = defaults(
                kind, institution=facts, law=self.library.law, year=year, on=min(on, self.today)
            )
        return self.filled[facts.key, year]

    def paper(self, facts: InstitutionFacts, year: int) -> Paper:
        """The decree's files for institutions of this shape."""
        key = (shape_of(facts), year)
        if key not in self.made:
            self.made[key] = self._paper(facts, year)
        return self.made[key]

    def _paper(self, facts: InstitutionFacts, year: int) -> Paper:
        kind, files, signed_on = self.library.kind(KIND), self.library.files, self._signed_on(year)
        on = min(signed_on, self.today)
        fields = self.fields(facts, year)
        text = drafting.compose(kind, fields, institution=facts, law=self.library.law, on=on)
        data = self.library.templates.render(kind.key, text)
        series, short = facts.series[0], facts.unit("diskominfo").abbreviation
        number = Pattern(series.pattern, series.classification).written(1, year=year, unit=short)
        return Paper(
            approved=files.keep(data),
            sealed=files.keep(sealing.seal(data, number=number, signed_on=signed_on)),
            number=number,
            signed_on=signed_on,
            tasks=tuple(
                (task.dictum, task.what[:2000], self.calendar.working_days_after(signed_on, task.working_days))
                for task in text.unit_tasks
            ),
            citations=tuple((one.key, one.text) for one in text.citations),
            members=_one_per_unit([one.post for one in text.member_posts if one.role == "anggota" and one.post], facts),
        )

    def _signed_on(self, year: int) -> date:
        """The first working day after the tenth of January; in a year that has just begun, its first day."""
        day = self.calendar.next_working_day(date(year, 1, 10))
        return min(day, self.today) if year == self.today.year else day


def _one_per_unit(posts: Sequence[str], facts: InstitutionFacts) -> tuple[str, ...]:
    units = {post.key: post.unit for post in facts.posts}
    return tuple({units[post]: post for post in reversed(posts)}.values())
