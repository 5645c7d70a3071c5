"""What a read document may say of one field: each place where a field can be seen offers a value, and no more."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from governance.calendar.words import MONTHS
from governance.documents.brief import BLANK
from governance.documents.kinds import FieldSpec, Kind
from governance.documents.phrases import LIST_MARKS
from governance.documents.sentences import all_parts, caught, said_in, stretches_of, written_in
from governance.documents.text import Article, Chapter, DocumentText, Part

LAST_REASON = re.compile(r"perlu menetapkan .*? tentang (.*?);?$", re.DOTALL)
DAY = re.compile(r"(\d{1,2}) (" + "|".join(MONTHS) + r") (\d{4})")
TASK = re.compile(r"(.*), paling lambat (\d{1,3}) \([a-z ]+\) hari kerja", re.DOTALL)
SETTLED = frozenset({"institution", "year", "term"})  # settled when a document is opened; in nearly every sentence
COUNTED = re.compile(r"^([A-Z]\.|BAB [IVXL]+|\d+\.) ")


@dataclass(frozen=True)
class Known:
    """What is known beside the file: the keys of the region's posts and of the team's roles by their titles, and the
    value that the field had.
    """

    posts: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    value: Any = None


def candidates(kind: Kind, spec: FieldSpec, read: DocumentText, known: Known) -> Iterator[Any]:
    """Values for one field, likeliest first."""
    match spec.type:
        case "texts":
            yield from _lists(kind, spec, read)
        case "members":
            yield from _members(kind, read, known)
        case "tasks":
            yield from _tasks(kind, spec, read)
        case "table":
            yield from _rows(kind, spec, read)
            if kind.signers == spec.key:
                yield _signers(spec, read, known)
        case "articles":
            yield from _articles(kind, spec, read)
        case _ if spec.key not in SETTLED:
            yield from _values(kind, spec, read, known)


# ---------------------------------------------------------------- lists


def _lists(kind: Kind, spec: FieldSpec, read: DocumentText) -> Iterator[list[str]]:
    known = {
        "considerations": read.considerations[:-1],
        "notes": read.notes,
        "copies": read.copies,
    }
    if spec.key in known:
        yield _bare(known[spec.key])
    if kind.letter is not None and kind.letter.recipients == spec.key and read.letter is not None:
        yield list(read.letter.recipients)
    yield from (_bare(part.items) for part in _parts_with(kind, spec, read))
    if any(dictum.items == spec.key for dictum in kind.dictums):
        yield from (_bare(dictum.items) for dictum in read.dictums if dictum.items)


def _bare(texts: Iterable[str]) -> list[str]:
    """List items without the marks that a list gives them."""
    return [re.sub(r";? dan$|;? atau$", "", text.strip()).rstrip(LIST_MARKS) for text in texts]


def _members(kind: Kind, read: DocumentText, known: Known) -> Iterator[list[dict[str, Any]]]:
    """The rows of the table of members; an office that is a post of the region is known by its title."""
    roles = {_plain(role.title): role.key for role in kind.roles}
    roles |= {_plain(title): key for title, key in known.roles.items()}
    for annex in read.annexes:
        if annex.rows and all(len(row) == 2 for row in annex.rows):
            rows = [(roles.get(_plain(title)) or _role_like(roles, title), office) for title, office in annex.rows]
            yield [
                {"role": role, "post": known.posts.get(office), "office": office}
                for role, office in rows
                if office.strip()
            ]


def _role_like(roles: Mapping[str, str], title: str) -> str | None:
    """The role whose first word the title begins with: the law may word it otherwise than the kind."""
    first = _plain(title).partition(" ")[0]
    return next((key for name, key in roles.items() if name.partition(" ")[0] == first), None)


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold()


def _tasks(kind: Kind, spec: FieldSpec, read: DocumentText) -> Iterator[list[dict[str, Any]]]:
    sentences = [dictum.one for dictum in kind.dictums if dictum.tasks == spec.key]
    for dictum in read.dictums:
        found = [_task(item) for item in _bare(dictum.items)]
        if found and all(found):
            yield [one for one in found if one]
        for sentence in sentences:
            whole = caught(sentence, dictum.text) or {}
            days = re.match(r"\d{1,3}", whole.get("days", ""))
            if days:
                yield [{"what": whole["what"], "working_days": int(days[0])}]
    for part in read.parts:
        found = [_task(item) for item in _bare(part.items)]
        if found and all(found):
            yield [one for one in found if one]


def _task(item: str) -> dict[str, Any] | None:
    told = TASK.fullmatch(item)
    return {"what": told[1], "working_days": int(told[2])} if told else None


# ---------------------------------------------------------------- tables


def _rows(kind: Kind, spec: FieldSpec, read: DocumentText) -> Iterator[list[dict[str, str]]]:
    """The rows of the tables that may be the field's: where it stands, and with as many columns."""
    keys = [column.key for column in spec.columns]
    for part in _parts_with(kind, spec, read):
        if len(part.header) == len(keys) + 1:
            rows = [row for row in part.rows if len(row) == len(keys) and any(cell.strip() for cell in row)]
            yield [dict(zip(keys, row, strict=True)) for row in rows]


def _signers(spec: FieldSpec, read: DocumentText, known: Known) -> list[dict[str, str]]:
    """Who signs beside the establishing post: printed in capitals, so what was known before keeps its own."""
    old = known.value if isinstance(known.value, list) else []
    written = {str(text).upper(): str(text) for row in old if isinstance(row, dict) for text in row.values()}
    keys = [column.key for column in spec.columns]
    return [
        {key: written.get(text, text) for key, text in zip(keys, (one.office, one.name or ""), strict=False)}
        for one in read.signers
    ]


def _parts_with(kind: Kind, spec: FieldSpec, read: DocumentText) -> Iterator[Part]:
    """The read parts that may show the field, by the titles under which the kind shows it."""
    titles = [title for title, _ in _titles_of(kind, spec)]
    for part in all_parts(read):
        if any(caught(title, COUNTED.sub("", part.title)) is not None for title in titles):
            yield part


def _titles_of(kind: Kind, spec: FieldSpec) -> Iterator[tuple[str, bool]]:
    """The titles under which the field stands, and whether other words stand there with it: see `as_read`."""
    for specs in (kind.parts, *(annex.parts for annex in kind.annexes)):
        title = ""
        for at, part in enumerate(specs):
            title = part.title or title
            if part.field == spec.key:
                if not part.title:
                    yield "", True
                runs_on = at + 1 < len(specs) and not specs[at + 1].title
                yield title, not part.title or runs_on or bool(part.text)


# ---------------------------------------------------------------- chapters


def _articles(kind: Kind, spec: FieldSpec, read: DocumentText) -> Iterator[str]:
    """A chapter's body as its field writes it, where its title still tells which chapter it is."""
    titles = [chapter.title.upper() for chapter in kind.chapters if chapter.field == spec.key]
    yield from (written(one) for one in read.chapters if any(caught(title, one.title) is not None for title in titles))


def written(chapter: Chapter) -> str:
    """A chapter's articles as a field holds them."""
    return "\n\n".join("\n".join(_lines(article)) for article in chapter.articles)


def _lines(article: Article) -> Iterator[str]:
    for clause in article.clauses:
        yield f"{clause.mark} {clause.text}".strip()
        for index, item in enumerate(clause.items):
            yield f"{chr(97 + index % 26)}. {item.text}"
            yield from (f"{number}) {under}" for number, under in enumerate(item.items, 1))


# ---------------------------------------------------------------- single values


def _values(kind: Kind, spec: FieldSpec, read: DocumentText, known: Known) -> Iterator[Any]:
    if spec.key == "title":
        yield from _titles(read, known)
    own = {"place": read.place, "signer_name": read.signer_name}
    if own.get(spec.key):
        yield own[spec.key]
    for sentence, said in _sentences(kind, spec, read):
        found = caught(sentence, said)
        if found:
            yield from _typed(spec, found[spec.key])


def _titles(read: DocumentText, known: Known) -> Iterator[str]:
    """The title as a sentence writes it, where the last consideration still agrees with the capitals."""
    last = LAST_REASON.search(read.considerations[-1]) if read.considerations else None
    if last and last[1].upper() == read.title.upper():
        yield last[1].rstrip(LIST_MARKS)
    if read.title:
        said = f"{known.value or ''} {last[1].rstrip(LIST_MARKS) if last else ''}"
        written = {word.upper(): word for word in said.split()}
        yield read.title if read.title != read.title.upper() else _sentence_case(read.title, written)


def _sentence_case(title: str, written: Mapping[str, str]) -> str:
    """Capitals as a title writes them, small words small, and each word as a sentence of the file has it (`written`).

    People are shown it and may correct it.
    """
    small = {"dan", "atau", "di", "dari", "pada", "dalam", "untuk", "yang", "tentang", "dengan", "ke", "atas", "serta"}
    words = title.split()
    cased = [word.lower() if word.lower() in small and index else word.capitalize() for index, word in enumerate(words)]
    return " ".join(written.get(word, usual) for word, usual in zip(words, cased, strict=True))


def _sentences(kind: Kind, spec: FieldSpec, read: DocumentText) -> Iterator[tuple[str, str]]:
    """The kind's sentences that name the field, each with every sentence of the file it may have become."""
    said = said_in(read)
    for sentence in written_in(kind):
        if f"${{{spec.key}}}" in sentence:
            yield from ((sentence, one) for one in said)
    shared = any(shared for _, shared in _titles_of(kind, spec))
    for part in _parts_with(kind, spec, read):
        yield from ((f"${{{spec.key}}}", said) for said in (stretches_of(part.intro) if shared else (part.intro,)))


def _typed(spec: FieldSpec, said: str) -> Iterator[Any]:
    """What a sentence says, as the field keeps it."""
    said = said.strip()
    if not said or said.startswith(BLANK[:5]):
        return
    if spec.type == "date":
        day = DAY.fullmatch(said)
        if day:
            yield f"{int(day[3]):04}-{MONTHS.index(day[2]) + 1:02}-{int(day[1]):02}"
    elif spec.type == "year":
        if said.isdecimal() and len(said) == 4:
            yield int(said)
    elif spec.type == "choice":
        yield from (option.key for option in spec.options if option.title == said)
    else:
        yield said
