"""The approval pack of a document: a page to print or save as PDF, and the JSON that can be checked."""

import json
from io import BytesIO
from typing import Any

from flask import render_template, send_file
from flask.typing import ResponseReturnValue

from governance.documents import packs
from governance.documents.pack_check import sha256_of
from governance.people.actors import Actor
from web.at_hand import institution_of
from web.guard import current_actor
from web.pages.blueprint import pages
from web.pages.shapes import kind_title
from web.wording import told


@pages.get("/documents/<int:document_id>/pack")
def pack(document_id: int) -> ResponseReturnValue:
    actor = current_actor()
    content, data = _made(actor, document_id)
    return render_template(
        "pack.html",
        pack=content,
        kind=kind_title(content["document"]["kind"]),
        word_of=_word_of,
        sha256=sha256_of(data),
        size=len(data),
        name=_name(content),
        lines=[_line(line) for line in content["trail"]["lines"]],
    )


@pages.get("/documents/<int:document_id>/pack.json")
def pack_file(document_id: int) -> ResponseReturnValue:
    content, data = _made(current_actor(), document_id)
    return send_file(BytesIO(data), mimetype="application/json", as_attachment=True, download_name=_name(content))


def _made(actor: Actor, document_id: int) -> tuple[dict[str, Any], bytes]:
    content = packs.pack_of(actor, document_id, institution_of(actor))
    return content, packs.written(content)


def _name(content: dict[str, Any]) -> str:
    document = content["document"]
    return f"{document['kind']}-{document['year']}-{document['id']}-pak-persetujuan.json"


def _word_of(move: str) -> str:
    return told(f"move.{move}.done")


def _line(line: dict[str, Any]) -> dict[str, Any]:
    """A line of the trail as the page prints it."""
    content = json.loads(line["text"])
    said = told(f"trail.{content['what']}", content["params"])
    shown = {"number": line["number"], "hash": line["hash"]}
    return shown | {"said": said, "by": content["by"]["as"], "at": content["at"]}
