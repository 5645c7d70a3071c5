"""How the suite is shared out among several processes (pytest-xdist): what stays together, and what begins first.

Each process has databases, a Redis, ports, folders and network namespaces of its own, so that a test needs nobody's
leave. A file of tests stays in one process, because what it sets up is made once for a file. What loads the whole
machine is one group, and goes on in one process while the others do the rest.
"""

import pytest

# Two files of this group never run at the same time.
MACHINE = (
    "tests/doors/test_three_hosts.py",
    "tests/doors/test_sudden_deaths_production.py",
    "tests/doors/test_sudden_deaths_embedded.py",
    "tests/workflows/test_crowd.py",
    "tests/doors/test_production.py",
)
# Each test of these files is shared out by itself: a file of them takes long, and has nothing to set up for all.
APART = ("tests/web/test_pages.py",)
# After the machine's own group these begin first, the longest first; then all others in the order of their paths.
LONGEST = (
    "tests/web/test_walk.py",
    "tests/web/test_pages.py",
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Name each test's group, and put the long ones first; nothing changes where one process does all."""
    if not getattr(config.option, "loadgroup", False):
        return
    first = {path: place for place, path in enumerate((*MACHINE, *LONGEST))}
    for item in items:
        group = group_of(item.nodeid)
        if group is not None:
            item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: first.get(file_of(item.nodeid), len(first)))


def file_of(nodeid: str) -> str:
    """The path of the file in which a test stands."""
    return nodeid.partition("::")[0]


def group_of(nodeid: str) -> str | None:
    """The tests that the same process must do; None for a test that stands by itself."""
    file = file_of(nodeid)
    if file in MACHINE:
        return "machine"
    return None if file in APART else file
