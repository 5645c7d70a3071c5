"""What offices are asked for an item of a cycle: in which words, and which evidence of the next levels; pure."""

from fractions import Fraction
from math import floor

from governance.assessment.instruments import Item
from governance.tasks.wants import LONGEST_LABEL, MOST_WANTS, Want


def next_level(item: Item, present: Fraction | None, lowest: int) -> int | None:
    """The level that comes after the present value, the lowest asked where nothing is rated; None at the top.

    A decimal value steps to the next integer.
    """
    after = lowest if present is None else floor(present) + 1
    return after if after in item.levels else None


def wanted(item: Item, present: Fraction | None, lowest: int) -> tuple[Want, ...]:
    """The evidence of the next levels as files, the next level's first, as many as a task may ask for.

    None is required: an office hands in what it has. Where another body's index gives the value, that is the evidence.
    """
    if item.external is not None and item.external.replaces_local_evidence:
        return (Want("index", f"Hasil {item.external.index} terbaru"[:LONGEST_LABEL], required=False),)
    first = next_level(item, present, lowest)
    if first is None:
        return ()
    asked = [
        Want(key_of(code), _label(number, code, text), required=False)
        for number, level in sorted(item.levels.items())
        if number >= first
        for code, text in level.evidence.items()
    ]
    return tuple(asked[:MOST_WANTS])


def key_of(code: str) -> str:
    """The key under which a task asks for an evidence item: I19-L1-01 is "i19_l1_01"."""
    return code.lower().replace("-", "_")


def answers(item: Item) -> dict[str, tuple[int, str]]:
    """The level and the code of each evidence item, by the key under which a task asks for it."""
    return {key_of(code): (number, code) for number, level in item.levels.items() for code in level.evidence}


def what(item: Item) -> str:
    """What is asked, as it follows "meminta kantor Anda"."""
    if item.external is not None and item.external.replaces_local_evidence:
        return f"menyampaikan hasil {item.external.index} untuk indikator {item.key}, {item.name}"
    return f"menyerahkan bukti indikator {item.key}, {item.name}"


def _label(level: int, code: str, text: str) -> str:
    label = f"Tingkat {level} ({code}): {text}"
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
