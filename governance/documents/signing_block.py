"""The visible block of an electronic signature: added to a copy of the sealed file, which itself stays as it is.

Between office and name stands "Ditandatangani secara elektronik oleh" with both, and beside the first one the QR code
of the verification page. It is put in before printing, because nothing may be added to a PDF once it is signed.
"""

from dataclasses import dataclass
from xml.sax.saxutils import escape

from governance.documents.copying import SIGNERS, Body, Paragraph, Walker
from governance.documents.package import Member, Package
from governance.documents.places import MARK, W, style_names
from governance.documents.qr import png
from governance.documents.sealing import DOCUMENT, STYLES, UNPRINTABLE, places_of
from governance.kernel.errors import BadFile

NAME, WITH = "F Nama Penanda Tangan", "F Nama Pendamping"
SAID = "Ditandatangani secara elektronik oleh"
PICTURE, LINK = "word/media/mandat-qr.png", "rIdMandatQr"
RELATIONS, TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
SIZE = 18 * 36_000  # EMU: 18 mm, in which a phone still reads a code of this length
SMALL = 14  # half points
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


@dataclass(frozen=True)
class Block:
    """What the block says: the office and the name of who signs, and the address of the verification page."""

    office: str
    name: str
    address: str


def with_block(sealed: bytes, block: Block) -> bytes:
    """A copy of the sealed file with the block at each place of the signer; the same input gives the same bytes."""
    package = Package.read(sealed)
    scans = places_of(package)
    if any(piece.text.strip() for found in scans.values() for group in found.of(MARK) for piece in group):
        raise BadFile("copy.not_sealed")
    content = package.content(DOCUMENT)
    names = _names(Walker(content).walk(), style_names(package.content(STYLES)))
    parts, at = [], 0
    for number, name in enumerate(names):
        parts += [content[at : name.start], _paragraph(block, name.style, picture=number == 0).encode()]
        at = name.start
    changed = {DOCUMENT: b"".join((*parts, content[at:])), **_linked(package)}
    picture = Member.of(PICTURE, png(block.address))
    return Package({**package.members, PICTURE: picture}).replaced(changed)


def _names(body: Body, styles: dict[str, str]) -> list[Paragraph]:
    """The names under the signer's office; a file that others sign too is refused."""
    found, before = list[Paragraph](), list[Paragraph]()
    for paragraph in body.paragraphs:
        if not paragraph.filled:
            continue
        style = styles.get(paragraph.style)
        if style == WITH:
            raise BadFile("signing.several")
        if style == NAME and before and styles.get(before[-1].style) == SIGNERS[NAME]:
            found.append(paragraph)
        before = [paragraph]
    if not found:
        raise BadFile("copy.no_signature")
    return found


def _linked(package: Package) -> dict[str, bytes]:
    """The two lists of the package in which a picture must be named."""
    relations, types = package.content(RELATIONS), package.content(TYPES)
    one = f'<Relationship Id="{LINK}" Type="{IMAGE}" Target="media/mandat-qr.png"/>'.encode()
    if b"</Relationships>" not in relations or b"</Types>" not in types:
        raise BadFile("file.broken", member=RELATIONS)
    changed = {RELATIONS: relations.replace(b"</Relationships>", one + b"</Relationships>", 1)}
    if b'Extension="png"' not in types:
        known = b'<Default Extension="png" ContentType="image/png"/></Types>'
        changed[TYPES] = types.replace(b"</Types>", known, 1)
    return changed


def _paragraph(block: Block, style: str, *, picture: bool) -> str:
    """Small lines, four where one signs in another's name, in the style of the name's line and where it stands."""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(UNPRINTABLE.sub("", line))}</w:t>'
        for line in (SAID, *block.office.split("\n"), block.name)
    )
    named = f'<w:pStyle w:val="{escape(style, {chr(34): "&quot;"})}"/>' if style else ""
    shape = f'{named}<w:keepNext/><w:keepLines/><w:spacing w:before="120" w:after="0"/><w:jc w:val="left"/>'
    small = f'<w:rPr><w:sz w:val="{SMALL}"/><w:szCs w:val="{SMALL}"/></w:rPr>'
    code = f"<w:r>{_code()}</w:r>" if picture else ""
    return f'<w:p xmlns:w="{W}"><w:pPr>{shape}</w:pPr>{code}<w:r>{small}{lines}</w:r></w:p>'


def _code() -> str:
    """The picture at the right margin, beside the lines and in the space of the signature: no line moves for it."""
    size = f'cx="{SIZE}" cy="{SIZE}"'
    return (
        f'<w:drawing><wp:anchor xmlns:wp="{DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="72000" distR="0"'
        ' simplePos="0" relativeHeight="1" behindDoc="0" locked="1" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        f"<wp:extent {size}/><wp:wrapNone/>"
        '<wp:docPr id="9001" name="QR" descr="Kode QR ke halaman pemeriksaan"/>'
        f'<a:graphic xmlns:a="{DRAWING}/main"><a:graphicData uri="{DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{DRAWING}/picture"><pic:nvPicPr><pic:cNvPr id="9001" name="QR"/><pic:cNvPicPr/>'
        '</pic:nvPicPr><pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        f' r:embed="{LINK}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
