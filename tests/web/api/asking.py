"""What the API's tests share: whom they ask as, and how a refusal must look."""

import json
from collections.abc import Callable, Iterable

from werkzeug.test import TestResponse

from tests.world import Api, Someone, World

ApiOf = Callable[[Someone | None], Api]

# Words that every Indonesian refusal of ours uses somewhere; an English or technical sentence has none of them.
INDONESIAN = {"tidak", "bukan", "harus", "wajib", "kirim", "ada", "belum", "sertakan", "tulis", "terlalu", "sudah"}


def assert_refused(answer: TestResponse, statuses: Iterable[int]) -> None:
    """A problem+json in Indonesian with one of these status codes."""
    assert answer.status_code in set(statuses), f"{answer.status_code} {answer.text[:300]}"
    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None
    assert answer.json["status"] == answer.status_code
    words = answer.json["detail"].lower().replace(".", " ").replace(",", " ").split()
    assert INDONESIAN & set(words), answer.json["detail"]
    assert "%(" not in answer.text, "a placeholder was left open"
    for problem in answer.json.get("problems", ()):
        assert " " in problem["message"], f"a bare key is no sentence: {problem}"
    json.dumps(answer.json, ensure_ascii=False).encode()


def one_per_role(world: World) -> list[Someone]:
    """One person for each role of Serang: what may be done follows from the role."""
    seen = {}
    for someone in world.serang.people.values():
        seen.setdefault(someone.actor.role, someone)
    return list(seen.values())
