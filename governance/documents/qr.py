"""QR codes that lead to an act's verification page: a picture for the Word file, a drawing for pages."""

import io

import segno

LEVEL = "m"  # 15 % of the picture may be dirt or a stamp, and it still reads


def png(address: str) -> bytes:
    """The code as a PNG, sharp in print: 20 pixels to a module."""
    out = io.BytesIO()
    segno.make_qr(address, error=LEVEL).save(out, kind="png", scale=20, border=1)
    return out.getvalue()


def drawing(address: str) -> str:
    """The code as an address that holds an SVG itself (data:), black on white whatever the page's colours."""
    return segno.make_qr(address, error=LEVEL).svg_data_uri(scale=4, border=2, dark="#000", light="#fff")
