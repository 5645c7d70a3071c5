"""Every kind, every field: what is changed in a field and printed is read back from the Word file, and nothing is left.

Left out are the fields that the program settles when a document is opened (SETTLED: government, year, the law's term).
They stand in nearly every sentence; in a file a word more or less beside them could be theirs or the sentence's.
"""

import functools
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.documents.candidates import SETTLED
from governance.documents.changes import changes
from governance.documents.drafting import compose
from governance.documents.fields import defaults
from governance.documents.kind_files import read_kinds
from governance.documents.kinds import FieldSpec, Kind
from governance.documents.reading import read_document
from governance.documents.round_trip import ReadBack, read_back
from governance.documents.text import DocumentText
from tests.governance.documents import samples

ON = date(2026, 11, 20)
KINDS = read_kinds(samples.FOLDER)
WORDS = st.sampled_from(
    ["susunan", "pedoman", "data", "&", "<TIK>", "SPBE", '"terpadu"', "e-office", "2027", "(dua)", "3,5%", "dan/atau",
     "R&D", "évaluasi", "👩🏽‍💻"]
)  # fmt: skip
PHRASE = st.lists(WORDS, min_size=1, max_size=6).map(lambda words: "x" + " ".join(words) + "x")


@functools.cache
def base(key: str) -> Mapping[str, Any]:
    """The fields with which a document of the kind starts."""
    serang = samples.institutions()["serang"]
    return defaults(KINDS[key], institution=serang, law=samples.law(), year=ON.year, on=ON)


def composed(key: str, fields: Mapping[str, Any]) -> DocumentText:
    return compose(KINDS[key], fields, institution=samples.institutions()["serang"], law=samples.law(), on=ON)


def read_from_file(key: str, edited: Mapping[str, Any]) -> ReadBack:
    """What is read from a file that says `edited`, where the program only knows the fields it began with."""
    posts = {post.title: post.key for post in samples.institutions()["serang"].posts}
    read = read_document(samples.templates().render(key, composed(key, edited)))
    return read_back(KINDS[key], base(key), read, functools.partial(composed, key), posts)


def require_read(key: str, edited: Mapping[str, Any]) -> None:
    back = read_from_file(key, edited)
    assert back.by_hand == ()
    assert back.unread == ()
    assert changes(composed(key, back.fields), composed(key, edited)) == ()


def fields_of(kind: Kind) -> list[FieldSpec]:
    return [spec for spec in kind.fields if spec.key not in SETTLED]


@pytest.mark.parametrize("key", KINDS)
def test_an_untouched_file_changes_nothing(key: str) -> None:
    back = read_from_file(key, base(key))
    assert (back.changed, back.by_hand, back.unread, back.fields) == ((), (), (), base(key))


@pytest.mark.parametrize("key", KINDS)
def test_each_field_of_each_kind_is_read_back(key: str) -> None:
    shown = 0
    for spec in fields_of(KINDS[key]):
        for value in edits(spec, base(key).get(spec.key)):
            edited = {**base(key), spec.key: value}
            if changes(composed(key, base(key)), composed(key, edited)):
                shown += 1
                require_read(key, edited)
    assert shown >= 5, "a kind shows its fields"


TASK = {"what": "menunjuk penghubung", "working_days": 7}
PLAIN: dict[str, list[Any]] = {
    "text": ["Uraian baru & lain"],
    "long_text": ["Paragraf yang baru.", "Paragraf satu.\nParagraf dua & tiga."],
    "texts": [["butir satu", "butir dua"]],
    "date": ["2027-02-03"],
    "tasks": [[TASK], [TASK, {"what": "mengirim data", "working_days": 14}]],
}


def edits(spec: FieldSpec, value: Any) -> Iterator[Any]:
    """Another value, one more, one less: as its type allows."""
    yield from PLAIN.get(spec.type, ())
    match spec.type:
        case "texts":
            yield from ([*(value or []), "butir tambahan"], (value or [])[:-1])
        case "choice":
            yield from (option.key for option in spec.options)
        case "members":
            yield [*value, {"role": value[-1]["role"], "post": None, "office": "Kepala Balai Data"}]
            yield value[:-1]
        case "table":
            yield from rows(spec, value or [])
        case "articles":
            yield f"{value}\n\nPasal tambahan yang baru."
            yield value.replace(".", " sekali lagi.", 1)


def rows(spec: FieldSpec, value: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    keys = [column.key for column in spec.columns]
    yield [*value, {key: f"isi {key}" for key in keys}]
    if value:
        yield [{**value[0], keys[-1]: "sel baru"}, *value[1:]]
        yield value[1:]


@st.composite
def two_edits(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A kind, and one or two of its fields with words put together at random."""
    key = draw(st.sampled_from(sorted(KINDS)))
    chosen = draw(
        st.lists(st.sampled_from(fields_of(KINDS[key])), min_size=1, max_size=2, unique_by=lambda one: one.key)
    )
    return key, {spec.key: draw(anything(spec, base(key).get(spec.key))) for spec in chosen}


def anything(spec: FieldSpec, value: Any) -> st.SearchStrategy[Any]:
    """Any value that the field may hold and a document can show without ambiguity."""
    match spec.type:
        case "text" | "long_text":
            return PHRASE
        case "texts":
            return st.lists(PHRASE, min_size=1, max_size=4)
        case "date":
            return st.dates(date(2026, 1, 1), date(2035, 12, 31)).map(date.isoformat)
        case "choice":
            return st.sampled_from([option.key for option in spec.options])
        case "members":
            outside = PHRASE.map(lambda office: {"role": value[-1]["role"], "post": None, "office": office})
            return st.lists(outside, max_size=3).map(lambda more: [*value, *more])
        case "tasks":
            days = st.integers(1, 300)
            task = st.builds(lambda what, count: {"what": what, "working_days": count}, PHRASE, days)
            return st.lists(task, min_size=1, max_size=3)
        case "table":
            row = st.fixed_dictionaries({column.key: PHRASE for column in spec.columns})
            return st.lists(row, min_size=1, max_size=3)
        case _:
            return PHRASE.map(lambda more: f"{value}\n\n{more}.")


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(two_edits())
def test_random_edits_of_one_or_two_fields_are_read_back(edit: tuple[str, dict[str, Any]]) -> None:
    key, changed = edit
    require_read(key, {**base(key), **changed})
