"""The law as one institution sees it: the national register, its file's bases, its own entries, and what it found."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, timedelta

from governance.mandates.entries import Entry, Fact, Relation
from governance.mandates.law import Law
from governance.mandates.local_bases import Use, own_regulations
from governance.mandates.regulations import AMENDED, Amendment, CiteVersion, Regulation
from governance.people.facts import InstitutionFacts


def merged(law: Law, institution: InstitutionFacts, entries: Sequence[Entry], facts: Sequence[Fact]) -> Law:
    """The national law with all that is this institution's own; the national register itself stays as it is.

    What the national register already says of a regulation goes before what an institution found of it.
    """
    known = {**own_regulations(institution), **law.regulations}
    speaking = [entry for entry in entries if entry.closed_on is None or entry.key not in known]
    regulations = {**known, **{entry.key: entry.regulation for entry in speaking}}
    standing = [fact for fact in facts if fact.closed_on is None]
    for fact in sorted(standing, key=lambda one: (one.since or date.max, one.id)):
        if fact.key in regulations:
            regulations[fact.key] = found(regulations, fact)
    return replace(
        law,
        regulations=regulations,
        uses=tuple([_use_of(entry) for entry in speaking] + [_use_from(fact) for fact in standing]),
        entered=frozenset(entry.key for entry in speaking),
        release=_release(law.release, entries, facts),
    )


def found(regulations: dict[str, Regulation], fact: Fact) -> Regulation:
    """A regulation with what was found of it."""
    regulation, by = regulations[fact.key], regulations.get(fact.by or "")
    if by is None or by.key == regulation.key:
        return regulation
    if fact.relation is Relation.REVOKED and regulation.revoked_by is None:
        return _revoked(regulation, by, fact)
    if fact.relation is Relation.AMENDED and not _amended_already(regulation, by):
        return _amended(regulation, by, fact)
    return regulation


def _use_of(entry: Entry) -> Use:
    return Use(entry.key, entry.kinds, end=entry.closed_on and entry.closed_on - timedelta(days=1))


def _use_from(fact: Fact) -> Use:
    return Use(fact.key, fact.kinds, start=fact.since)


def _revoked(regulation: Regulation, by: Regulation, fact: Fact) -> Regulation:
    return replace(
        regulation,
        status="revoked",
        revoked_by=by.key,
        in_force_to=fact.since and fact.since - timedelta(days=1),
        in_force_to_latest=None,
        revoked_not_before=by.first_day_possible,
    )


def _amended_already(regulation: Regulation, by: Regulation) -> bool:
    return any((change.number, change.year) == (by.number, by.year) for change in regulation.amended_by)


def _amended(regulation: Regulation, by: Regulation, fact: Fact) -> Regulation:
    """The citation grows from that day on: "sebagaimana telah diubah (beberapa kali, terakhir) dengan ..."."""
    change = Amendment(
        number=by.number or 0,
        year=by.year or (fact.since.year if fact.since else 0),
        title=by.title,
        verified=fact.how_sure == "read" and by.verified,
        dates_status=fact.how_sure if fact.since else "unknown",
        gazette=by.gazette,
        enacted=by.enacted,
        promulgated=by.promulgated,
        in_force_from=fact.since,
        note=fact.source,
    )
    amended = replace(regulation, amended_by=(*regulation.amended_by, change))
    if fact.since is None:
        return amended
    return replace(amended, cite=None, cite_versions=_grown(regulation, by, fact.since))


def _grown(regulation: Regulation, by: Regulation, since: date) -> tuple[CiteVersion, ...]:
    versions = regulation.cite_versions or (CiteVersion(date.min, regulation.cite or regulation.title),)
    before = next((one for one in reversed(versions) if one.start < since), None)
    if before is None:
        return versions
    times = " beberapa kali, terakhir" if AMENDED in before.cite else ""
    wording = f"{before.cite.partition(AMENDED)[0]}{AMENDED}{times} dengan {by.cited_on(since).text}"
    kept = [one for one in versions if one.start < before.start]
    ended = replace(before, end=since - timedelta(days=1))
    return (*kept, ended, CiteVersion(since, wording, end=before.end), *(one for one in versions if one.start > since))


def _release(national: str, entries: Sequence[Entry], facts: Sequence[Fact]) -> str:
    """The sha256 that names exactly this data; the national one where the institution has no rows."""
    if not entries and not facts:
        return national
    rows = [*map(asdict, entries), *map(asdict, facts)]
    text = json.dumps([national, *rows], sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
