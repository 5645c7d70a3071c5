"""Everything a composition needs at hand: the kind, its fields, the institution, the law of a day, and the ${names}."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from string import Template
from typing import Any

from governance.calendar.words import day_in_words
from governance.documents.kinds import FieldSpec, Kind, Piece
from governance.documents.values import as_date, as_line, as_text, as_year, is_blank
from governance.mandates.law import Law
from governance.people.facts import InstitutionFacts
from governance.people.roles import Role

BLANK = "." * 30  # what stands where a sentence still lacks something
YEARS_SHOWN = 5  # y1 to y5: a roadmap's five years
BY_WORD = {"kepala_daerah": Role.HEAD_OF_REGION, "sekda": Role.SECRETARY}  # as the mandates name who establishes


def filled(words: str, values: Mapping[str, Any]) -> str:
    """The words with their ${names} filled in; a name without a value stays as it is written."""
    return Template(words).safe_substitute(values)


@dataclass(frozen=True)
class Establishing:
    """Who sets the document: the post's role, its name as people say it and as the heading says it."""

    role: Role
    short: str  # "Bupati", "Sekretaris Daerah"
    office: str  # "Bupati Serang", "Sekretaris Daerah Kabupaten Serang"


def establishing(kind: Kind, institution: InstitutionFacts, law: Law, on: date) -> Establishing:
    """Who sets a document of that kind on that day: the mandate's word for the day goes before the kind's."""
    spans = law.mandate(kind.key).established_by_on_date if kind.key in law.mandates else ()
    named = next((one.by for one in spans if (one.start or on) <= on <= (one.end or on)), None)
    role = BY_WORD.get(named or "", kind.establishes)
    if role is Role.HEAD_OF_REGION:
        return Establishing(role, institution.head_office, institution.establishing_office)
    post = institution.post_of(role)
    title = post.title if post else BLANK
    return Establishing(role, title, f"{title} {institution.region}")


@dataclass(frozen=True)
class Brief:
    """One composition: `values` are the ${names} that the kind's words may use."""

    kind: Kind
    fields: Mapping[str, Any]
    institution: InstitutionFacts
    law: Law
    on: date
    by: Establishing
    values: Mapping[str, Any]

    @classmethod
    def of(cls, kind: Kind, fields: Mapping[str, Any], institution: InstitutionFacts, law: Law, on: date) -> "Brief":
        """The brief of these fields under the law of `on`."""
        by = establishing(kind, institution, law, on)
        year = as_year(fields.get("year")) or on.year
        values = names(kind, institution, law, on, {"year": year, "term": as_line(fields.get("term"))})
        printed = {spec.key: _printed(spec, fields.get(spec.key)) for spec in kind.fields if spec.type in PRINTED}
        return cls(kind, fields, institution, law, on, by, {**printed, **values})

    def say(self, words: str) -> str:
        """The words with their names filled in."""
        return filled(words, self.values)

    def shows(self, piece: Piece) -> bool:
        """Whether a piece stands in this document."""
        if (piece.since and self.on < piece.since) or (piece.until and self.on > piece.until):
            return False
        if piece.when and is_blank(self.fields.get(piece.when)):
            return False
        return not (piece.unless and not is_blank(self.fields.get(piece.unless)))


PRINTED = frozenset({"text", "long_text", "date", "choice"})


def _printed(spec: FieldSpec, value: Any) -> str:
    """A field as a sentence prints it; blank as dots."""
    if spec.type == "date":
        day = as_date(value)
        return day_in_words(day) if day else BLANK
    if spec.type == "choice":
        return next((option.title for option in spec.options if option.key == value), BLANK)
    text = as_line(value) if spec.type == "text" else as_text(value)
    return (text or "").rstrip(" \t\n;,.") or BLANK


def term_of(institution: InstitutionFacts, law: Law) -> str:
    """What the institution's titles call the subject: its own choice among the law's terms."""
    term = law.terms.get(institution.term)
    return term.title if term else "Sistem Pemerintahan Berbasis Elektronik"


def names(kind: Kind, institution: InstitutionFacts, law: Law, on: date, given: Mapping[str, Any]) -> dict[str, Any]:
    """The ${names} that words may use everywhere; `given` has the year, and the term where another one was typed."""
    year, term = given["year"], given.get("term") or term_of(institution, law)
    short = next((one.short for one in law.terms.values() if one.title.casefold() == term.casefold()), term)
    by = establishing(kind, institution, law, on)
    units = {unit.key: unit.name for unit in institution.units}
    posts = {role.value: institution.post_of(role) for role in Role if role is not Role.SERVICE}
    return {
        **{role: units[post.unit] if post else BLANK for role, post in posts.items()},
        **{f"y{count}": year + count - 1 for count in range(1, YEARS_SHOWN + 1)},
        "institution": institution.name,
        "region": institution.region,
        "province": institution.province,
        "place_name": institution.place_name,
        "head_office": institution.head_office,
        "instrument": kind.instrument,
        "named": f"{kind.instrument} {by.short}",
        "establishing": by.short,
        "secretary": (posts["secretary"].title if posts["secretary"] else BLANK),
        "year": year,
        "term": term,
        "term_short": short,
    }
