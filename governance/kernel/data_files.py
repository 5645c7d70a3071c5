"""YAML data files read once with the line of every value, so that whatever is wrong is named by file and line."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

# The C loader is about ten times faster; a Python without libyaml still starts, only slower.
_FASTEST_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Dates stay text here: the readers turn them into dates and can then say on which line a wrong one stands.
_PLAIN_TAGS = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp"}
_WORDS_FOR_FLAGS = {"true": True, "false": False}


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in a data file."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file} baris {self.line}: {self.what}"


class BrokenData(Exception):
    """A data file cannot be used; every fault found is named with file and line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))

    @property
    def file(self) -> str:
        """The file of the first fault."""
        return self.faults[0].file

    @property
    def line(self) -> int:
        """The line of the first fault."""
        return self.faults[0].line


class Entry(dict[str, Any]):
    """A mapping that remembers its own line and the line of each key."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class Items(list[Any]):
    """A sequence that remembers its own line and the line of each item."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []


@dataclass
class Reading:
    """What one reading of a data folder has found so far: faults, keys defined, keys referred to."""

    faults: list[Fault] = field(default_factory=list)
    defined: dict[str, dict[str, "Spot"]] = field(default_factory=dict)
    references: list[tuple[str, str, "Spot"]] = field(default_factory=list)
    loader: Any = _FASTEST_LOADER

    def open(self, path: Path, deepest: int | None = None) -> Entry | None:
        """The file's one mapping, or None with the fault noted. `deepest` bounds the nesting of what strangers wrote.

        Composing calls itself for every level, in C: a file of brackets alone would end the process.
        """
        try:
            content = path.read_text(encoding="utf-8")
            if deepest is not None and (line := self._too_deep(content, deepest)):
                self.fault_at(path, line, f"bersarang terlalu dalam (paling banyak {deepest})")
                return None
            node = yaml.compose(content, Loader=self.loader)
        except FileNotFoundError:
            self.fault_at(path, 1, "berkas tidak ada")
        except OSError as error:
            self.fault_at(path, 1, f"berkas tidak terbaca: {error.strerror}")
        except UnicodeDecodeError:
            self.fault_at(path, 1, "bukan teks UTF-8")
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self.fault_at(path, mark.line + 1 if mark else 1, f"YAML tidak terbaca: {error.problem or error.context}")
        except yaml.YAMLError as error:
            self.fault_at(path, 1, f"YAML tidak terbaca: {' '.join(str(error).split())}")
        else:
            return self._mapping(path, node)
        return None

    def _too_deep(self, content: str, deepest: int) -> int:
        """The first line that is nested deeper, 0 where none is."""
        depth = 0
        for event in yaml.parse(content, Loader=self.loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > deepest:
                return int(event.start_mark.line) + 1 if event.start_mark else 1
        return 0

    def _mapping(self, path: Path, node: Any) -> Entry | None:
        if not isinstance(node, yaml.MappingNode):
            self.fault_at(path, 1, "isinya harus pasangan kunci dan nilai")
            return None
        entry: Entry = _Plain(self, path).mapping(node)
        return entry

    def fault_at(self, path: Path, line: int, what: str) -> None:
        """Note that this line of the file is wrong."""
        self.faults.append(Fault(named(path), line, what))

    def resolve(self) -> None:
        """Note a fault for each key that is referred to and defined nowhere."""
        for family, key, spot in self.references:
            known = self.defined.get(family, {})
            if key not in known:
                spot.fault(f"kunci {key!r} tidak terdaftar{meant(key, known)}")


@dataclass(frozen=True)
class Spot:
    """Where a value stands."""

    reading: Reading
    file: str
    line: int

    def fault(self, what: str) -> None:
        """Note that the value here is wrong."""
        self.reading.faults.append(Fault(self.file, self.line, what))

    def at(self, line: int) -> "Spot":
        """Another line of the same file."""
        return Spot(self.reading, self.file, line)

    def define(self, family: str, key: str) -> None:
        """Register a key; the second of the same name is refused."""
        known = self.reading.defined.setdefault(family, {})
        if key in known:
            self.fault(f"kunci {key!r} sudah ada pada {known[key].file} baris {known[key].line}")
        else:
            known[key] = self

    def refer(self, family: str, key: str) -> None:
        """Remember that this key has to exist once everything is read."""
        self.reading.references.append((family, key, self))


def named(path: Path) -> str:
    """How a fault names a file: with its folder, so that two institutions' or releases' files are told apart."""
    return f"{path.parent.name}/{path.name}" if path.parent.name else path.name


def meant(word: str, known: Iterable[str]) -> str:
    """A hint at the nearest known word, or nothing."""
    near = get_close_matches(word, list(known), n=1)
    return f" (maksudnya {near[0]!r}?)" if near else ""


class _Plain:
    """Turns YAML nodes into plain values; refuses what a data file has no use for (aliases, tags, double keys)."""

    def __init__(self, reading: Reading, path: Path) -> None:
        self.reading = reading
        self.path = path
        self.seen: set[int] = set()

    def fault(self, node: Any, what: str) -> None:
        self.reading.fault_at(self.path, node.start_mark.line + 1, what)

    def value(self, node: Any) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node)
        if id(node) in self.seen:
            self.fault(node, "jangkar dan alias YAML tidak dipakai: tulis nilainya")
            return None
        self.seen.add(id(node))
        return self.mapping(node) if isinstance(node, yaml.MappingNode) else self.sequence(node)

    def mapping(self, node: Any) -> Entry:
        entry = Entry(node.start_mark.line + 1)
        for key_node, value_node in node.value:
            key = key_node.value
            if not isinstance(key, str):
                self.fault(key_node, "kunci harus satu kata")
                continue
            if key in entry:
                self.fault(key_node, f"bidang {key!r} ditulis dua kali")
            entry[key] = self.value(value_node)
            entry.lines[key] = key_node.start_mark.line + 1
        return entry

    def sequence(self, node: Any) -> Items:
        items = Items(node.start_mark.line + 1)
        for item in node.value:
            items.append(self.value(item))
            items.lines.append(item.start_mark.line + 1)
        return items

    def scalar(self, node: Any) -> Any:
        tag, text = node.tag, node.value
        if tag in _PLAIN_TAGS:
            return unicodedata.normalize("NFC", text)
        if tag == "tag:yaml.org,2002:null":
            return None
        try:
            return self.number_or_flag(tag, text)
        except (KeyError, ValueError):
            self.fault(node, f"nilai {text!r} tidak dikenal: beri tanda petik bila teks")
            return None

    def number_or_flag(self, tag: str, text: str) -> int | float | bool:
        if tag == "tag:yaml.org,2002:bool":
            return _WORDS_FOR_FLAGS[text.lower()]
        if tag == "tag:yaml.org,2002:int":
            return int(text)
        if tag == "tag:yaml.org,2002:float":
            return float(text)
        raise KeyError(tag)
