"""What each door costs for each file of a folder: a process for each, its seconds and its memory, told as JSON."""

import gc
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from governance.documents.comparison import compare
from governance.documents.drafting import compose
from governance.documents.handed_in import opened
from governance.documents.package import Package
from governance.documents.round_trip import read_back
from governance.documents.template_check import judge_template
from governance.documents.text import DocumentText
from governance.documents.upload import judge_package
from governance.kernel.errors import Refusal
from tests.governance.documents import samples

SAMPLE, DRAFT, FIELDS = samples.text(), samples.draft(), samples.fields()
SERANG, ON = samples.institutions()["serang"], date(2020, 3, 2)
POSTS = {post.title: post.key for post in SERANG.posts}


def _taken_in(data: bytes) -> None:
    read_back(samples.kind(), FIELDS, opened(data).required().text, _composed, POSTS)


def _composed(fields: Mapping[str, Any]) -> DocumentText:
    return compose(samples.kind(), fields, institution=SERANG, law=samples.law(), on=ON)


def _compared(data: bytes) -> None:
    judge_package(Package.read(data), pending=True)
    compare(DRAFT, data)


DOORS: dict[str, Callable[[bytes], Any]] = {
    "take_in": _taken_in,
    "compare": _compared,
    "template": lambda data: judge_template(data, SAMPLE),
}


def weighed(file: Path) -> dict[str, Any]:
    """At each door the refusal's key ("" where it passed) and seconds of processor time; the most megabytes of all."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, json.dumps(_at_each_door(file.read_bytes())).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as told:
        outcome = told.read()
    used = os.wait4(child, 0)[2]
    return {"doors": json.loads(outcome), "megabytes": used.ru_maxrss / 1024}


def _at_each_door(data: bytes) -> dict[str, tuple[str, float]]:
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    found = {}
    for door, act in DOORS.items():
        begun = time.process_time()
        found[door] = (_outcome(act, data), time.process_time() - begun)
        gc.collect()
    return found


def _outcome(act: Callable[[bytes], Any], data: bytes) -> str:
    try:
        judged = act(data)
    except Refusal as refusal:
        return refusal.key
    except Exception as fault:  # noqa: BLE001 - whatever it is, the test shall name it
        return f"FAULT {fault!r}"[:1000]
    faults = [one.key for one in getattr(judged, "faults", ()) if one.severity == "error"]
    return faults[0] if faults else ""


if __name__ == "__main__":
    json.dump({file.name: weighed(file) for file in sorted(Path(sys.argv[1]).iterdir())}, sys.stdout)
