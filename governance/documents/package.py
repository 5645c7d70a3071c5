"""A Word file as a zip: read within bounds, and written again with untouched members' bytes copied as they are."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from governance.kernel.errors import BadFile, TooLarge

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_MEMBERS = 1000
STEEPEST = 200  # unpacked to packed; a decree's document.xml reaches about 40
SMALL = 1024 * 1024  # below this size a steep ratio does no harm
LARGEST_XML = 32 * 1024 * 1024  # all parts that are parsed: some two thousand pages
MOST_TAGS = 500_000  # in one part: about a thousand pages; a tree of it takes about a hundred megabytes
LONGEST = 1024 * 1024  # bytes from one tag's beginning to the next: no sentence and no attribute is that long
XML = (".xml", ".rels", ".vml", ".svg")
LOCAL = struct.Struct("<4s5H3I2H")
CENTRAL = struct.Struct("<4s6H3I5H2I")
END = struct.Struct("<4s4H2IH")
UTF8, ENCRYPTED = 0x800, 0x1
ENTRY = b"PK\1\2"
OFFICE_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old .doc files, and new ones locked with a password
LOCKED = "EncryptedPackage".encode("utf-16-le")
MADE_ON = (0, 33)  # midnight of 1 January 1980: the same content gives the same bytes
LEVEL = 3  # a decree packs to within a seventh of the best, in a quarter of the time


@dataclass(frozen=True)
class Member:
    """One member as it lies in the file: `packed` are its compressed bytes."""

    name: str
    method: int
    made_on: tuple[int, int]
    crc: int
    size: int
    packed: bytes

    @classmethod
    def of(cls, name: str, content: bytes) -> "Member":
        """A member made of new content."""
        press = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
        packed = press.compress(content) + press.flush()
        return cls(name, zipfile.ZIP_DEFLATED, MADE_ON, zlib.crc32(content), len(content), packed)

    def content(self) -> bytes:
        """The unpacked bytes, checked; never more than the directory announced."""
        if self.method == zipfile.ZIP_STORED:
            content = self.packed
        else:
            try:
                content = zlib.decompressobj(-15).decompress(self.packed, self.size + 1)
            except zlib.error as wrong:
                raise BadFile("file.broken", member=self.name[:100]) from wrong
        if len(content) != self.size or zlib.crc32(content) != self.crc:
            raise BadFile("file.broken", member=self.name[:100])
        return content


@dataclass(frozen=True)
class Package:
    """The members of a Word file by name, in their order."""

    members: Mapping[str, Member]

    @classmethod
    def read(cls, data: bytes) -> "Package":
        """The package, or TooLarge or BadFile for what is no zip, broken, or made to burst."""
        if len(data) > LARGEST_FILE:
            raise TooLarge("file.too_large", limit_mb=LARGEST_FILE // (1024 * 1024))
        _require_zip(data)
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                listed = archive.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error, OverflowError) as wrong:
            raise BadFile("file.not_docx") from wrong
        _require_bounds(listed, len(data))
        return cls({info.filename: _member(data, info) for info in listed})

    def __contains__(self, name: object) -> bool:
        return name in self.members

    def content(self, name: str) -> bytes:
        """The unpacked bytes of a member that must be there; of an XML part only where parsing it does no harm."""
        if name not in self.members:
            raise BadFile("file.broken", member=name)
        content = self.members[name].content()
        if name.lower().endswith(XML):
            _require_harmless(name, content)
        return content

    def replaced(self, contents: Mapping[str, bytes]) -> bytes:
        """The file with these members' contents in place of theirs; all others keep their compressed bytes."""
        chunks: list[bytes] = []
        directory: list[bytes] = []
        offset = 0
        for name, kept in self.members.items():
            member = Member.of(name, contents[name]) if name in contents else kept
            head, entry = _heads(member, offset)
            chunks += (head, member.packed)
            directory.append(entry)
            offset += len(head) + len(member.packed)
        listing = b"".join(directory)
        count = len(directory)
        end = END.pack(b"PK\5\6", 0, 0, count, count, len(listing), offset, 0)
        return b"".join((*chunks, listing, end))


def _heads(member: Member, offset: int) -> tuple[bytes, bytes]:
    """The local header and the directory entry of a member."""
    name = member.name.encode()
    flags = 0 if name.isascii() else UTF8
    facts = (flags, member.method, *member.made_on, member.crc, len(member.packed), member.size, len(name))
    local = LOCAL.pack(b"PK\3\4", 20, *facts, 0) + name
    return local, CENTRAL.pack(b"PK\1\2", 20, 20, *facts, 0, 0, 0, 0, 0, offset) + name


def _require_zip(data: bytes) -> None:
    """Refuse what does not begin as a zip does, and directories too long to be read at all."""
    if data.startswith(OFFICE_CONTAINER) and LOCKED in data:
        raise BadFile("file.encrypted")
    if not data.startswith(b"PK\3\4"):
        raise BadFile("file.not_docx")
    if data.count(ENTRY) > MOST_MEMBERS:
        raise BadFile("file.bomb")


def _require_harmless(name: str, content: bytes) -> None:
    """UTF-8 alone, no document type, and neither more nor longer tags than any Word file has."""
    text = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    declared = text[:200].split(b"?>", 1)[0].lower() if text.startswith(b"<?xml") else b""
    if b"\0" in content or (b"encoding" in declared and b"utf-8" not in declared):
        raise BadFile("file.encoding")
    if b"<!DOCTYPE" in content:
        raise BadFile("file.dtd")
    if not text.startswith(b"<"):
        raise BadFile("file.broken", member=name[:100])
    if content.count(b"<") > MOST_TAGS or _longest(content) > LONGEST:
        raise BadFile("file.bomb")


def _longest(content: bytes) -> int:
    """The most bytes from one tag's beginning to the next; not measured in what is short altogether."""
    longest = at = 0
    while len(content) > LONGEST and at >= 0:
        after = content.find(b"<", at + 1)
        longest = max(longest, (after if after >= 0 else len(content)) - at)
        at = after
    return longest


def _require_bounds(listed: list[zipfile.ZipInfo], length: int) -> None:
    parsed = sum(info.file_size for info in listed if info.filename.lower().endswith(XML))
    if len(listed) > MOST_MEMBERS or sum(info.file_size for info in listed) > LARGEST_UNPACKED or parsed > LARGEST_XML:
        raise BadFile("file.bomb")
    if any(info.file_size > SMALL and info.file_size > STEEPEST * max(info.compress_size, 1) for info in listed):
        raise BadFile("file.bomb")
    if sum(info.compress_size for info in listed) > length:
        raise BadFile("file.bomb")  # members that lie over one another
    _require_plain_members(listed)


def _require_plain_members(listed: list[zipfile.ZipInfo]) -> None:
    """Each name once and within the package, nothing locked, nothing packed in a way of its own."""
    if len({info.filename.lower() for info in listed}) != len(listed):
        raise BadFile("file.broken", member="")
    if any(info.flag_bits & ENCRYPTED for info in listed):
        raise BadFile("file.encrypted")
    for info in listed:
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or _strays(info.filename):
            raise BadFile("file.broken", member=info.filename[:100])


def _strays(name: str) -> bool:
    """Whether a member's name leads out of the package."""
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _member(data: bytes, info: zipfile.ZipInfo) -> Member:
    start = info.header_offset
    head = data[start : start + LOCAL.size]
    if len(head) < LOCAL.size or head[:4] != b"PK\3\4":
        raise BadFile("file.broken", member=info.filename[:100])
    name_length, extra_length = LOCAL.unpack(head)[-2:]
    begin = start + LOCAL.size + name_length + extra_length
    packed = data[begin : begin + info.compress_size]
    if len(packed) != info.compress_size:
        raise BadFile("file.broken", member=info.filename[:100])
    made_on = LOCAL.unpack(head)[4:6]
    return Member(info.filename, info.compress_type, made_on, info.CRC, info.file_size, packed)
