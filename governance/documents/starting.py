"""What a new draft begins with, and where each value came from: kept, so that its source can be said truly later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from governance.documents.brief import establishing
from governance.documents.defaults import defaults, sources
from governance.documents.kinds import FieldSpec, Kind
from governance.documents.values import as_date, as_entries, cleaned_value, is_blank
from governance.mandates.law import Law
from governance.people.facts import InstitutionFacts

TYPED, FROM_WORD = "draft.source.typed", "draft.source.word"


@dataclass(frozen=True)
class Source:
    """Where a value came from, as the wording's key and its parameters."""

    key: str
    params: Mapping[str, str | int]


@dataclass(frozen=True)
class Earlier:
    """The last document of the kind: its fields, its year, and its number once it was enacted."""

    fields: Mapping[str, Any]
    year: int
    number: str | None = None

    @property
    def source(self) -> Source:
        """As a source names it."""
        if self.number:
            return Source("draft.source.last_document", {"number": self.number})
        return Source("draft.source.last_draft", {"year": self.year})


@dataclass(frozen=True)
class Standing:
    """An act of the kind that is in force; `until` None has no end."""

    number: str
    title: str
    signed_on: date
    until: date | None


@dataclass(frozen=True)
class Began:
    """A field's first value and its source."""

    value: Any
    source: Source


def beginning(kind: Kind, *, institution: InstitutionFacts, law: Law, year: int, on: date) -> dict[str, Began]:
    """Every field's first value from the law, the institution and the kind."""
    values = defaults(kind, institution=institution, law=law, year=year, on=on)
    from_where = sources(kind, institution=institution)
    return {key: Began(cleaned_value(value), Source(from_where[key], {})) for key, value in values.items()}


def carried_over(kind: Kind, institution: InstitutionFacts, last: Earlier | None) -> dict[str, Began]:
    """What a new document takes over from the last one of its kind."""
    if last is None:
        return {}
    found = {spec.key: _carried(spec, kind, institution, last) for spec in kind.fields if spec.carried}
    return {key: began for key, began in found.items() if began is not None}


def with_revoked(
    found: dict[str, Began], kind: Kind, institution: InstitutionFacts, law: Law, act: Standing | None
) -> dict[str, Began]:
    """The beginning with the act that the new document will revoke, where the kind asks for one and one stands."""
    spec = kind.spec("revokes")
    if spec is None or spec.type != "text" or act is None:
        return found
    by = establishing(kind, institution, law, act.signed_on)
    text = f"{kind.instrument} {by.office} Nomor {act.number} tentang {act.title}"
    until = {"until_on": act.until.isoformat()} if act.until else {}
    source = Source("draft.source.still_in_force" if until else "draft.source.still_in_force_open", until)
    return found | {"revokes": Began(cleaned_value(text[: spec.limit]), source)}


def starts_on(found: Mapping[str, Began]) -> date | None:
    """The day from which the new document is to be in force, as far as it is known when it is opened."""
    days = (as_date(found[key].value) for key in ("effective_from", "dated") if key in found)
    return next((day for day in days if day is not None), None)


def kept(found: Mapping[str, Began]) -> dict[str, Any]:
    """As the working copy stores it."""
    return {
        key: {"value": one.value, "source": one.source.key, "params": dict(one.source.params)}
        for key, one in found.items()
    }


def source_now(key: str, value: Any, began: Mapping[str, Any], *, from_word: bool = False) -> Source | None:
    """Where the value that stands there now comes from: its first source while it is unchanged, else the writer.

    None where nothing stands there, and where it was not kept what the draft began with: nothing untrue is said.
    """
    first = began.get(key)
    if is_blank(value) or first is None:
        return None
    if _same(cleaned_value(value), first["value"]):
        return Source(first["source"], first["params"])
    return Source(FROM_WORD if from_word else TYPED, {})


def _same(now: Any, first: Any) -> bool:
    """Whether nothing was changed; a form leaves blanks out, and of a member with a post also the post's own title."""
    if isinstance(now, list) and isinstance(first, list):
        return len(now) == len(first) and all(map(_same, now, first))
    if not isinstance(now, Mapping) or not isinstance(first, Mapping):
        return bool(now == first)
    left_out = {"office"} if now.get("post") and is_blank(now.get("office")) else set()
    return all(
        now.get(key) == first.get(key) or (is_blank(now.get(key)) and is_blank(first.get(key)))
        for key in {*now, *first} - left_out
    )


def _carried(spec: FieldSpec, kind: Kind, institution: InstitutionFacts, last: Earlier) -> Began | None:
    """What the last document says, without the members whose post is gone; None where it says nothing."""
    value = cleaned_value(last.fields.get(spec.key))
    if is_blank(value):
        return None
    if spec.type != "members":
        return Began(value, last.source)
    members, gone = _members(value, kind, institution)
    if not members:
        return None
    source = last.source
    if gone:
        source = Source(f"{source.key}_without", {**source.params, "gone": "; ".join(gone)[:500]})
    return Began(members, source)


def _members(value: Any, kind: Kind, institution: InstitutionFacts) -> tuple[list[dict[str, Any]], list[str]]:
    """The members that can still be, under the present titles of their posts, and the titles of those who cannot."""
    titles = {post.key: post.title for post in institution.posts}
    members, gone = [], []
    for entry in as_entries(value):
        post, office = entry.get("post"), entry.get("office")
        if post and post not in titles:
            gone.append(str(office or post))
            continue
        role = entry.get("role") if kind.role(str(entry.get("role"))) else None
        members.append({"role": role, "post": post or None, "office": titles[post] if post else office})
    return members, gone
