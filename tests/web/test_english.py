"""Every page in English: nothing of the pages' own Indonesian is left; what the law and the region say stays."""

import re
from collections.abc import Callable, Iterator

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from lxml import html

from config.settings import ROOT
from governance.assessment.course import Stage
from governance.documents.lifecycle import State
from tests.full_cycle import full_cycle
from tests.web.reader import Reader
from tests.world import Maker, Someone, World

CATALOGUE = ROOT / "web" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
SHORTEST = 6  # Shorter words are too easily part of a name.
OF_A_CYCLE = ("", "/plan", "/shares", "/seats", "/evidence", "/items/1", "/items/1/evidence", "/items/1/scores",
              "/offers", "/scores", "/path", "/efforts", "/sheets", "/papers", "/portal", "/brief")  # fmt: skip
READERS = ("diskominfo", "hukum", "sekda", "dinkes")
PLACES = ("/", "/documents", "/documents?state=draft", "/documents/new", "/documents/record", "/deadlines",
          "/calendar", "/year", "/calendar/links", "/board", "/my-office", "/my-indicators",
          "/cycles", "/cycles/new", "/index", "/index/years", "/recommendations",
          "/deadlines/letter", "/working-days",
          "/working-days/count?start=2026-12-18&how=calendar&number=7",
          "/inbox", "/tasks", "/deliveries", "/account", "/tidak-ada", "/documents/999",
          "/kinds", "/kinds/spbe_roadmap", "/kinds/audit_security",
          "/regulations", "/regulations?state=revoked", "/regulations?on=2020-12-30", "/regulations/new",
          "/regulations/uu_23_2014", "/regulations/permendagri_77_2020?on=2020-12-30",
          "/regulations/permenkominfo_8_2019", "/regulations/uu_23_2014/trail",
          "/regulations/uu_23_2014/facts/new?relation=revoked",
          "/regulations/uu_23_2014/facts/new?relation=cited", "/regulations/serang:perda_spbe/edit")  # fmt: skip


def indonesian() -> Iterator[re.Pattern[str]]:
    """Each text of the catalogue that stands in no English one, as whole words; its places hold anything."""
    with CATALOGUE.open("rb") as file:
        entries = [entry for entry in read_po(file, locale="en") if entry.id]
    english = "\n".join(form for entry in entries for form in _forms(entry))
    for entry in entries:
        said = entry.id[0] if isinstance(entry.id, tuple) else entry.id
        pieces = [piece.strip() for piece in re.split(r"%\(\w+\)s|<[^>]+>", said)]
        longest = max(pieces, key=len)
        if len(longest) >= SHORTEST and longest not in english:
            yield re.compile(rf"(?<!\w){re.escape(longest)}(?!\w)")


def _forms(entry: Message) -> tuple[str, ...]:
    return tuple(entry.string) if isinstance(entry.string, tuple) else (str(entry.string),)


def own_words(page: str) -> str:
    """A page's text without what is marked as Indonesian on purpose."""
    tree = html.document_fromstring(page)
    for marked in tree.xpath('//*[@lang="id"] | //script | //section[contains(@class, "m-paper")]'):
        marked.drop_tree()
    spoken = [*tree.itertext(), *(str(name) for name in tree.xpath("//@aria-label | //@placeholder"))]
    return re.sub(r"\s+", " ", " ".join(spoken))


@pytest.fixture
def english(world: World) -> Callable[[Someone], Reader]:
    """That person, signed in, reading English."""

    def sit(someone: Someone) -> Reader:
        reader = Reader(world.app, someone)
        assert reader.post("/language", {"lang": "en", "next": "/"}).status_code == 303
        return reader

    return sit


def test_no_indonesian_is_left_in_an_english_page(
    world: World, make: Maker, english: Callable[[Someone], Reader]
) -> None:
    papers = {state: make.document(state).id for state in State}
    own = [f"/documents/{number}{more}" for number in papers.values() for more in ("", "/trail", "/decide", "/draft")]
    cycle_id = full_cycle(world, make, stage=Stage.EXECUTION)
    own += [f"/cycles/{cycle_id}{more}" for more in OF_A_CYCLE]
    sentences, left = list(indonesian()), set()
    for username in READERS:
        reader = english(world.serang.people[username])
        for place in (*PLACES, *own, f"/documents/{papers[State.APPROVED]}/enact"):
            answer = reader.get(place)
            assert answer.status_code < 500
            if answer.status_code in (302, 303):
                continue
            assert '<html lang="en">' in answer.text
            words = own_words(answer.text)
            left |= {(place, found[0]) for sentence in sentences if (found := sentence.search(words))}
    assert not left, "\n".join(f"{place}: {words}" for place, words in sorted(left))
