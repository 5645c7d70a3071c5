"""`flask kinds`: what can be drafted, for people and for programs."""

import json
from typing import Any

from tests.world import World


def test_the_kinds_are_json_with_key_title_and_group(world: World, run: Any) -> None:
    listed = json.loads(run("kinds", "--json").stdout)
    assert {one["key"]: (one["title"], one["group"]) for one in listed} == {
        kind.key: (kind.title, kind.group) for kind in world.library.kinds.values()
    }
    assert all(set(one) == {"key", "title", "group"} for one in listed)


def test_the_kinds_stand_in_the_order_of_their_groups(run: Any) -> None:
    groups = [one["group"] for one in json.loads(run("kinds", "--json").stdout)]
    assert groups == sorted(groups, key=["1", "2", "3", "4", "5", "related"].index)


def test_without_json_each_kind_is_one_line(world: World, run: Any) -> None:
    lines = run("kinds").stdout.splitlines()
    assert len(lines) == len(world.library.kinds)
    [line] = [line for line in lines if line.startswith("spbe_roadmap ")]
    assert line.split(maxsplit=2) == ["spbe_roadmap", "2", "Peraturan Peta Rencana SPBE"]
