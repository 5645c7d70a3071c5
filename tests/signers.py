"""People who sign PDFs: a certification authority made on the fly, signers with its certificates, and pages to sign."""

import functools
import io
import re
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign import fields, signers

SINCE, UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)
OFFICIAL = "Pejabat Kepala"  # as the world of the tests names the head of the region


@dataclass(frozen=True)
class Authority:
    """A certification authority."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> str:
        """Its root, as the settings name it in a file."""
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    def signer(self, name: str, until: datetime = UNTIL) -> Any:
        """Someone with a certificate of this authority, as pyHanko signs with."""
        key = rsa.generate_private_key(65537, 2048)
        certificate = _certified(name, key, self, until=until)
        packed = pkcs12.serialize_key_and_certificates(
            b"x", key, certificate, [self.certificate], serialization.NoEncryption()
        )
        return signers.SimpleSigner.load_pkcs12_data(packed, [], None)


def _certified(name: str, key: rsa.RSAPrivateKey, by: Authority | None, *, until: datetime = UNTIL) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name), x509.NameAttribute(NameOID.COUNTRY_NAME, "ID")])
    root = by is None
    use = {"key_cert_sign": root, "crl_sign": root, "digital_signature": not root, "content_commitment": not root}
    rest = dict.fromkeys(("key_encipherment", "data_encipherment", "key_agreement"), False)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if by is None else by.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(SINCE)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=root, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**use, **rest, encipher_only=False, decipher_only=False), critical=True)
    )
    return made.sign(key if by is None else by.key, hashes.SHA256())


@functools.cache
def authority(name: str = "CA Uji Coba") -> Authority:
    """The authority of that name, made once."""
    key = rsa.generate_private_key(65537, 2048)
    return Authority(key, _certified(name, key, None))


@functools.cache
def official(name: str = OFFICIAL) -> Any:
    """A signer of that name, made once."""
    return authority().signer(name)


def signed(pdf: bytes, by: Any = None, *, field: str = "TandaTangan", box: Any = None) -> bytes:
    """The PDF with one more PAdES signature, added as every honest program adds it.

    On a thread of its own: pyHanko starts an event loop, and a browser's test runs inside one.
    """
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(_signed, pdf, by or official(), field, box).result()


def _signed(pdf: bytes, by: Any, field: str, box: Any) -> bytes:
    writer, out = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False), io.BytesIO()
    wish = signers.PdfSignatureMetadata(field_name=field, subfilter=fields.SigSeedSubFilter.PADES)
    place = fields.SigFieldSpec(field, box=box, on_page=0) if box else None
    signers.PdfSigner(wish, signer=by, new_field_spec=place).sign_pdf(writer, output=out)
    return out.getvalue()


def page(words: str = "Naskah", **catalog: Any) -> bytes:
    """A PDF of one page; `catalog` are entries of its catalog, as pyHanko's objects."""
    writer = PdfFileWriter()
    stream = generic.StreamObject(stream_data=f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET".encode())
    sheet = PageObject(contents=writer.add_object(stream), media_box=(0, 0, 609, 935))
    writer.insert_page(sheet)
    for key, value in catalog.items():
        writer.root[pdf_name(f"/{key}")] = value
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def scripted(words: str = "Naskah") -> bytes:
    """A PDF that runs a script when it is opened."""
    return page(words, OpenAction=_action("JavaScript", JS=generic.pdf_string("app.alert('x')")))


def launching() -> bytes:
    """A PDF that starts a program when it is opened."""
    return page(OpenAction=_action("Launch", F=generic.pdf_string("calc.exe")))


def carrying() -> bytes:
    """A PDF with a file inside."""
    inside = generic.DictionaryObject({pdf_name("/Type"): pdf_name("/Filespec"), pdf_name("/EF"): _dict()})
    names = generic.DictionaryObject(
        {
            pdf_name("/EmbeddedFiles"): generic.DictionaryObject(
                {pdf_name("/Names"): generic.ArrayObject([generic.pdf_string("x"), inside])}
            )
        }
    )
    return page(Names=names)


def locked() -> bytes:
    """A PDF that asks for a password."""
    writer, out = PdfFileWriter(), io.BytesIO()
    writer.insert_page(
        PageObject(contents=writer.add_object(generic.StreamObject(stream_data=b"q Q")), media_box=(0, 0, 609, 935))
    )
    writer.encrypt("pemilik", "pembaca")
    writer.write(out)
    return out.getvalue()


def bomb() -> bytes:
    """A PDF whose table of objects unpacks to four gigabytes of nothing."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(2**24)) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = b"\x78\xda" + block * 256
    head = b"%PDF-1.7\n1 0 obj\n<</Type/XRef/Size 1/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length "
    table = head + str(len(packed)).encode() + b">>\nstream\n" + packed + b"\nendstream\nendobj\n"
    return table + b"startxref\n9\n%%EOF\n"


def _dict() -> Any:
    return generic.DictionaryObject()


def _action(kind: str, **more: Any) -> Any:
    told = {pdf_name("/S"): pdf_name(f"/{kind}"), **{pdf_name(f"/{key}"): value for key, value in more.items()}}
    return generic.DictionaryObject(told)


def changed_then_signed(pdf: bytes) -> bytes:
    """The PDF with another content of its page added, and that signed: only its first bytes are the same."""
    writer, out = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False), io.BytesIO()
    sheet = writer.root["/Pages"]["/Kids"][0].get_object()
    sheet[pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.update_container(sheet)
    wish = signers.PdfSignatureMetadata(field_name="TandaTangan", subfilter=fields.SigSeedSubFilter.PADES)
    signers.PdfSigner(wish, signer=official()).sign_pdf(writer, output=out)
    return out.getvalue()


def annotated(pdf: bytes) -> bytes:
    """The PDF with a note added after everything else, signed or not."""
    writer, out = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False), io.BytesIO()
    sheet = writer.root["/Pages"]["/Kids"][0].get_object()
    corners = generic.ArrayObject([generic.NumberObject(one) for one in (0, 0, 200, 200)])
    note = {"/Type": pdf_name("/Annot"), "/Subtype": pdf_name("/FreeText"), "/Rect": corners}
    note["/Contents"] = generic.pdf_string("BATAL")
    added = generic.DictionaryObject({pdf_name(key): value for key, value in note.items()})
    there = list(sheet.get("/Annots", []))
    sheet[pdf_name("/Annots")] = generic.ArrayObject([*there, writer.add_object(added)])
    writer.update_container(sheet)
    writer.write(out)
    return out.getvalue()


def backdated(data: bytes) -> bytes:
    """A signed PDF with one byte changed in what it covers: the first digit of the year it tells."""
    found = list(re.finditer(rb"/M \(D(?:\\072|:)", data))[-1]
    return data[: found.end()] + b"1" + data[found.end() + 1 :]
