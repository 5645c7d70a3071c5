"""Hostile and broken files at every door of pure code: refused each for its own reason, in bounded time and memory."""

import json
import subprocess
import sys
import zipfile
from io import BytesIO
from typing import Any

import pytest

from config.settings import ROOT
from governance.documents.handed_in import opened
from governance.kernel.errors import BadFile, TooLarge
from governance.notices.wording import SENTENCES
from tests.governance.documents import hostile

MOST_SECONDS = 10  # of processor time: this machine's neighbours do not count
MOST_MEGABYTES = 300
HALVES = 2  # weighed side by side
LAWFUL = "lawful: "
Weighed = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Every hostile file, and the largest lawful ones."""
    made = {name: make() for name, (_, make) in hostile.ALL.items()}
    return made | {f"{LAWFUL}{name}": data for name, data in hostile.large_but_lawful().items()}


@pytest.fixture(scope="module")
def weighed(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Weighed:
    """What each file costs at each door, measured in a process for each: see weighing.py."""
    folders = [tmp_path_factory.mktemp("hostile") for _ in range(HALVES)]
    for at, (name, data) in enumerate(files.items()):
        (folders[at % HALVES] / name.replace("/", "_")).write_bytes(data)
    words = [sys.executable, "-m", "tests.governance.documents.weighing"]
    running = [subprocess.Popen([*words, str(folder)], cwd=ROOT, stdout=subprocess.PIPE) for folder in folders]
    found: Weighed = {}
    for one in running:
        found |= json.loads(one.communicate(timeout=300)[0])
    return {name: found[name.replace("/", "_")] for name in files}


def test_the_good_file_from_which_they_are_made_passes() -> None:
    opened(hostile.good()).required()


def test_a_good_file_written_as_a_stream_passes() -> None:
    """Sizes only behind each member (data descriptors): lawful, and some programs write so."""
    written = Stream()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in hostile.parts().items():
            archive.writestr(name, content)
    opened(written.getvalue()).required()


class Stream(BytesIO):
    """A file that cannot be gone back in."""

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError


def test_there_are_many_of_them_and_no_two_are_the_same(files: dict[str, bytes]) -> None:
    assert len(set(files.values())) == len(files) >= 135


@pytest.mark.parametrize("name", hostile.ALL)
def test_each_is_refused_for_its_own_reason(files: dict[str, bytes], name: str) -> None:
    with pytest.raises((BadFile, TooLarge)) as refusal:
        opened(files[name]).required()
    assert refusal.value.key == hostile.ALL[name][0]


def test_an_entity_from_outside_is_refused_in_every_part() -> None:
    tried = dict(hostile.defining_in_each_part())
    assert {"word/document.xml", "word/styles.xml", "docProps/core.xml", "[Content_Types].xml"} <= set(tried)
    for name, data in tried.items():
        with pytest.raises(BadFile) as refusal:
            opened(data).required()
        assert refusal.value.key == "file.dtd", name


def test_every_reason_has_its_sentence() -> None:
    for key in hostile.GROUPS:
        assert len(SENTENCES[key].split()) > 4


def test_each_door_answers_with_a_refusal_and_nothing_else(weighed: Weighed) -> None:
    told = {name: {door: key for door, (key, _) in one["doors"].items()} for name, one in weighed.items()}
    assert [(name, keys) for name, keys in told.items() if any(key.startswith("FAULT") for key in keys.values())] == []
    for name, (key, _) in hostile.ALL.items():
        assert told[name]["take_in"] == key
        assert told[name]["template"], "no template either"
        assert told[name]["compare"] == ("" if key in hostile.READ_ONLY else key)


def test_memory_and_time_are_bounded_also_for_the_largest_that_passes(weighed: Weighed) -> None:
    slow = [(name, door) for name, one in weighed.items() for door, (_, s) in one["doors"].items() if s > MOST_SECONDS]
    assert slow == []
    assert {name: one["megabytes"] for name, one in weighed.items() if one["megabytes"] > MOST_MEGABYTES} == {}
    lawful = [one for name, one in weighed.items() if name.startswith(LAWFUL)]
    assert all(one["doors"]["take_in"][0] == "" for one in lawful), "what is just below the bounds passes"
