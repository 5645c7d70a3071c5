"""What a read document may say of one field: each place where a field can be seen offers a value, and no more."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from governance.calendar.words import MONTHS
from governance.documents.brief import BLANK
from governance.documents.kinds import FieldSpec, Kind
from governance.documents.phrases import LIST_MARKS
from governance.documents.text import Article, Chapter, DocumentText, Part

LAST_REASON = re.compile(r"perlu menetapkan .*? tentang (.*?);?$", re.DOTALL)
NAMED = re.compile(r"\$\{(\w+)\}")
DAY = re.compile(r"(\d{1,2}) (" + "|".join(MONTHS) + r") (\d{4})")
TASK = re.compile(r"(.*), paling lambat (\d{1,3}) \([a-z ]+\) hari kerja", re.DOTALL)
MOST_SHARED = 10  # paragraphs of a part of which only some are a field's
COUNTED = re.compile(r"^([A-Z]\.|BAB [IVXL]+|\d+\.) ")


def candidates(kind: Kind, spec: FieldSpec, read: DocumentText, posts: Mapping[str, str]) -> Iterator[Any]:
    """Values for one field, likeliest first; `posts` gives the key of each of the region's posts by its title."""
    match spec.type:
        case "texts":
            yield from _lists(kind, spec, read)
        case "members":
            yield from _members(kind, read, posts)
        case "tasks":
            yield from _tasks(kind, spec, read)
        case "table":
            yield from _rows(kind, spec, read)
        case "articles":
            yield from _articles(kind, spec, read)
        case "institution":
            return
        case _:
            yield from _values(kind, spec, read)


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
    yield from (_bare(part.items) for part in _parts_with(kind, spec, read) if part.items)
    if any(dictum.items == spec.key for dictum in kind.dictums):
        yield from (_bare(dictum.items) for dictum in read.dictums if dictum.items)


def _bare(texts: Iterable[str]) -> list[str]:
    """List items without the marks that a list gives them."""
    return [re.sub(r";? dan$|;? atau$", "", text.strip()).rstrip(LIST_MARKS) for text in texts]


def _members(kind: Kind, read: DocumentText, posts: Mapping[str, str]) -> Iterator[list[dict[str, Any]]]:
    """The rows of the table of members; an office that is a post of the region is known by its title."""
    roles = {_plain(role.title): role.key for role in kind.roles}
    for annex in read.annexes:
        if annex.rows and all(len(row) == 2 for row in annex.rows):
            rows = [(roles.get(_plain(title)) or _role_like(roles, title), office) for title, office in annex.rows]
            yield [
                {"role": role, "post": posts.get(office), "office": office} for role, office in rows if office.strip()
            ]


def _role_like(roles: Mapping[str, str], title: str) -> str | None:
    """The role whose first word the title begins with: the law may word it otherwise than the kind."""
    first = _plain(title).partition(" ")[0]
    return next((key for name, key in roles.items() if name.partition(" ")[0] == first), None)


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold()


def _tasks(kind: Kind, spec: FieldSpec, read: DocumentText) -> Iterator[list[dict[str, Any]]]:
    shapes = [_pattern(dictum.one, {"what", "days"}) for dictum in kind.dictums if dictum.tasks == spec.key]
    for dictum in read.dictums:
        found = [_task(item) for item in _bare(dictum.items)]
        if found and all(found):
            yield [one for one in found if one]
        for shape in shapes:
            whole = shape.fullmatch(dictum.text)
            days = re.match(r"\d{1,3}", whole["days"]) if whole else None
            if whole and days:
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


def _all_parts(read: DocumentText) -> list[Part]:
    return [*read.parts, *(part for annex in read.annexes for part in annex.parts)]


def _parts_with(kind: Kind, spec: FieldSpec, read: DocumentText) -> Iterator[Part]:
    """The read parts that may show the field, by the titles under which the kind shows it."""
    shapes = [_title_shape(title) for title, _ in _titles_of(kind, spec)]
    for part in _all_parts(read):
        if any(shape.fullmatch(COUNTED.sub("", part.title)) for shape in shapes):
            yield part


def _titles_of(kind: Kind, spec: FieldSpec) -> Iterator[tuple[str, bool]]:
    """The titles under which the field stands, and whether other words stand there with it: see `as_read`."""
    for specs in (kind.parts, *(annex.parts for annex in kind.annexes)):
        title = ""
        for at, part in enumerate(specs):
            title = part.title or title
            if part.field == spec.key:
                runs_on = at + 1 < len(specs) and not specs[at + 1].title
                yield title, not part.title or runs_on or bool(part.text)


def _title_shape(title: str) -> re.Pattern[str]:
    return _pattern(title, set())


# ---------------------------------------------------------------- chapters


def _articles(kind: Kind, spec: FieldSpec, read: DocumentText) -> Iterator[str]:
    """A chapter's body as its field writes it, where its title still tells which chapter it is."""
    shapes = [_pattern(chapter.title.upper(), set()) for chapter in kind.chapters if chapter.field == spec.key]
    yield from (written(one) for one in read.chapters if any(shape.fullmatch(one.title) for shape in shapes))


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


def _values(kind: Kind, spec: FieldSpec, read: DocumentText) -> Iterator[Any]:
    if spec.key == "title":
        yield from _titles(read)
    known = {"place": read.place, "signer_name": read.signer_name}
    if known.get(spec.key):
        yield known[spec.key]
    for shape, said in _sentences(kind, spec, read):
        found = shape.fullmatch(said)
        if found:
            yield from _typed(spec, found[spec.key])


def _titles(read: DocumentText) -> Iterator[str]:
    """The title as a sentence writes it, where the last consideration still agrees with the capitals."""
    last = LAST_REASON.search(read.considerations[-1]) if read.considerations else None
    if last and last[1].upper() == read.title.upper():
        yield last[1].rstrip(LIST_MARKS)
    if read.title:
        written = {word.upper(): word for word in (last[1].rstrip(LIST_MARKS).split() if last else ())}
        yield read.title if read.title != read.title.upper() else _sentence_case(read.title, written)


def _sentence_case(title: str, written: Mapping[str, str]) -> str:
    """Capitals as a title writes them, small words small, and each word as a sentence of the file has it (`written`).

    People are shown it and may correct it.
    """
    small = {"dan", "atau", "di", "dari", "pada", "dalam", "untuk", "yang", "tentang", "dengan", "ke", "atas", "serta"}
    words = title.split()
    cased = [word.lower() if word.lower() in small and index else word.capitalize() for index, word in enumerate(words)]
    return " ".join(written.get(word, usual) for word, usual in zip(words, cased, strict=True))


def _sentences(kind: Kind, spec: FieldSpec, read: DocumentText) -> Iterator[tuple[re.Pattern[str], str]]:
    """The kind's sentences that name the field, each with every sentence of the file it may have become."""
    wanted = f"${{{spec.key}}}"
    said = [dictum.text for dictum in read.dictums]
    said += [line for part in _all_parts(read) for line in part.intro.split("\n")]
    words = [dictum.text for dictum in kind.dictums] + [part.text for part in kind.parts]
    words += [part.text for annex in kind.annexes for part in annex.parts]
    for sentence in words:
        if wanted in sentence:
            yield from ((_pattern(sentence, {spec.key}), one) for one in said)
    shared = any(shared for _, shared in _titles_of(kind, spec))
    for part in _parts_with(kind, spec, read):
        yield from ((_whole(spec.key), said) for said in (_stretches(part.intro) if shared else (part.intro,)))


def _stretches(text: str) -> Iterator[str]:
    """Every run of paragraphs, the longest first: which of them are the field's is told by composing."""
    lines = text.split("\n")[:MOST_SHARED]
    for length in range(len(lines), 0, -1):
        for start in range(len(lines) - length + 1):
            yield "\n".join(lines[start : start + length])


def _whole(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<{key}>.+)", re.DOTALL)


def _pattern(sentence: str, wanted: set[str]) -> re.Pattern[str]:
    """The sentence as a pattern: wanted names are caught, any other name may stand for anything short."""
    pieces, at = [], 0
    for found in NAMED.finditer(sentence):
        pieces.append(re.escape(sentence[at : found.start()]))
        caught = found[1] in wanted and f"(?P<{found[1]}>" not in "".join(pieces)
        pieces.append(f"(?P<{found[1]}>.{{1,4000}}?)" if caught else ".{0,600}?")
        at = found.end()
    return re.compile("".join((*pieces, re.escape(sentence[at:]))), re.DOTALL)


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
