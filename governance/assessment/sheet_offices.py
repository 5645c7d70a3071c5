"""Offices as people write them into a cell: by short name, full name or key; pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Office:
    """A unit of the institution."""

    id: int
    key: str
    short: str
    name: str


@dataclass(frozen=True)
class Offices:
    """All of them; `labels` says by key what a workbook calls each: no two the same."""

    by_key: Mapping[str, Office]
    labels: Mapping[str, str]
    meant: Mapping[str, tuple[str, ...]]  # what may be written, without regard to letters: the keys it can mean

    @classmethod
    def of(cls, offices: Iterable[Office]) -> "Offices":
        """The offices with a label each."""
        by_key = {one.key: one for one in offices}
        shorts = Counter(_loose(one.short) for one in by_key.values())
        names = Counter(_loose(one.name) for one in by_key.values())
        labels = {
            key: one.short
            if shorts[_loose(one.short)] == 1
            else (one.name if names[_loose(one.name)] == 1 else f"{one.name} ({key})")
            for key, one in by_key.items()
        }
        meant: dict[str, set[str]] = defaultdict(set)
        for key, one in by_key.items():
            for word in (key, one.short, one.name, labels[key]):
                meant[_loose(word)].add(key)
        for key, label in labels.items():
            meant[_loose(label)] = {key}
        return cls(by_key, labels, {word: tuple(sorted(keys)) for word, keys in meant.items()})

    def named(self, text: str) -> tuple[str, ...]:
        """The keys of the offices that a text can mean."""
        return self.meant.get(_loose(text), ())

    def nearest(self, text: str) -> str:
        """The label that is written most like it, "" where none is."""
        near = get_close_matches(_loose(text), [_loose(one) for one in self.labels.values()], 1, 0.6)
        return next((one for one in self.labels.values() if near and _loose(one) == near[0]), "")

    def key_of(self, unit_id: int) -> str:
        """The key of the office with that id."""
        return next(one.key for one in self.by_key.values() if one.id == unit_id)

    def shown(self, keys: str) -> str:
        """Keys of a cell as the workbook shows them."""
        return "; ".join(self.labels.get(key, key) for key in keys.split(";") if key)


def _loose(text: str) -> str:
    return " ".join(text.split()).casefold()
