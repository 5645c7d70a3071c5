"""The archive of a backup: what was written is read, and any changed, cut or foreign byte is refused."""

import errno
import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from governance.kernel import archive
from governance.kernel.archive import About
from governance.kernel.errors import BadFile
from governance.kernel.passphrase import locking

ABOUT = About("2026-11-20T02:00:00+00:00", "sqlite", "0001")
MEMBERS = {"database": os.urandom(3000), "anchors/1": b"1 abc\n", "files/leer": b""}
PASSPHRASE = "kuda baterai staples"


def written(place: Path, passphrase: str | None = None) -> Path:
    with archive.writing(place, ABOUT, passphrase) as writer:
        for name, data in MEMBERS.items():
            writer.add(name, io.BytesIO(data), len(data))
    archive.seal(place)
    return place


def read(place: Path, passphrase: str | None = None) -> dict[str, bytes]:
    with archive.reading(place, passphrase) as reader:
        assert reader.about == ABOUT
        return {name: content.read() for name, content in reader.members()}


def refused(place: Path, passphrase: str | None = None) -> str:
    with pytest.raises(BadFile) as caught:
        read(place, passphrase)
    return caught.value.key


def resealed(place: Path, data: bytes) -> Path:
    """A forger who knows how a seal is made."""
    place.write_bytes(data)
    archive.seal(place)
    return place


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("plain") / "a.mandat")


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("locked") / "a.mandat", PASSPHRASE)


def test_what_was_written_is_read(plain: Path) -> None:
    assert read(plain) == MEMBERS


def test_what_was_locked_is_read_with_its_passphrase(locked: Path) -> None:
    assert read(locked, PASSPHRASE) == MEMBERS
    assert MEMBERS["database"] not in locked.read_bytes()
    assert refused(locked) == "backup.needs_passphrase"


def test_a_wrong_passphrase_is_refused(locked: Path) -> None:
    assert refused(locked, "kuda baterai stapler") == "backup.wrong_passphrase"


def test_a_plain_archive_needs_no_program_of_ours(plain: Path, tmp_path: Path) -> None:
    subprocess.run(["tar", "-xf", str(plain), "-C", str(tmp_path)], check=True)
    subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], check=True, cwd=tmp_path)
    assert (tmp_path / "database").read_bytes() == MEMBERS["database"]


@pytest.mark.parametrize("kind", ["plain", "locked"])
def test_a_changed_byte_anywhere_is_refused(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> None:
    whole = request.getfixturevalue(kind).read_bytes()
    passphrase = PASSPHRASE if kind == "locked" else None
    place = tmp_path / "b.mandat"
    for at in {*range(0, len(whole), 23), *range(120), *range(len(whole) - 560, len(whole), 2)}:
        place.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert refused(place, passphrase) in {"backup.changed", "backup.cut", "backup.not_an_archive"}, at


@pytest.mark.parametrize("kind", ["plain", "locked"])
def test_a_cut_archive_is_refused(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> None:
    whole = request.getfixturevalue(kind).read_bytes()
    place = tmp_path / "b.mandat"
    for size in [*range(1, len(whole), 397), len(whole) - 512, len(whole) - 1]:
        place.write_bytes(whole[:size])
        assert refused(place, PASSPHRASE) in {"backup.cut", "backup.not_an_archive"}, size
    assert size == len(whole) - 1
    assert refused(place, PASSPHRASE) == "backup.cut"


@pytest.mark.parametrize("change", ["payload", "last", "short", "long"])
def test_a_forged_seal_does_not_open_a_changed_locked_archive(locked: Path, tmp_path: Path, change: str) -> None:
    data = locked.read_bytes()[:-512]
    middle = len(data) - 2000
    forged = {
        "payload": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
        "last": data[:-1] + bytes([data[-1] ^ 1]),
        "short": data[:-20],
        "long": data + b"\0" * 20,
    }[change]
    assert refused(resealed(tmp_path / "b.mandat", forged), PASSPHRASE) == "backup.changed"


def test_a_forged_seal_does_not_hide_a_changed_member(plain: Path, tmp_path: Path) -> None:
    data = plain.read_bytes()[:-512]
    at = data.index(MEMBERS["database"]) + 1500
    assert refused(resealed(tmp_path / "b.mandat", data[:at] + b"\0\1" + data[at + 2 :])) == "backup.changed"
    assert refused(resealed(tmp_path / "c.mandat", data[: at - at % 512])) == "backup.changed"


@pytest.mark.parametrize("data", [b"", b"teks", b"PK\3\4" + b"\0" * 4000, b"SQLite format 3\0" * 400])
def test_what_is_no_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x").write_bytes(data)
    assert refused(tmp_path / "x", PASSPHRASE) == "backup.not_an_archive"


def test_a_newer_form_is_refused(tmp_path: Path) -> None:
    with archive.writing(tmp_path / "n", About("", "sqlite", "0001", format=2), None):
        pass
    archive.seal(tmp_path / "n")
    assert refused(tmp_path / "n") == "backup.newer_format"


class FullDisk(io.BytesIO):
    """A disk with room for the key alone."""

    def write(self, data: Any) -> int:
        if self.tell():
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data)


def test_a_full_disk_ends_a_locked_archive_with_its_own_fault() -> None:
    with pytest.raises(OSError, match="No space left"), locking(FullDisk(), PASSPHRASE) as stream:
        stream.write(b"\0" * 1_000_000)


def test_memory_does_not_grow_with_the_archive(tmp_path: Path) -> None:
    """256 MB through both ends of an archive, in a process whose peak is measured."""
    code = (
        "import resource, sys, hashlib\n"
        "from pathlib import Path\n"
        "from governance.kernel import archive\n"
        "class Zeros:\n"
        "    def read(self, size=-1): return bytes(size)\n"
        "place, peak = Path(sys.argv[1]), lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "def walk(size):\n"
        "    place.unlink(missing_ok=True)\n"
        "    with archive.writing(place, archive.About('', 'sqlite', '0001'), None) as writer:\n"
        "        writer.add('database', Zeros(), size)\n"
        "    archive.seal(place)\n"
        "    with archive.reading(place, None) as reader:\n"
        "        list(name for name, _ in reader.members())\n"
        "walk(8_000_000); before = peak(); walk(256_000_000); print(peak() - before)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "m")], check=True, capture_output=True, text=True
    )
    assert int(ended.stdout) < 24_000, "kilobytes"


def test_the_seal_names_the_bytes_before_it(plain: Path) -> None:
    data = plain.read_bytes()
    assert hashlib.sha256(data[:-512]).hexdigest().encode() in data[-512:]
