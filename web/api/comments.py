"""Comments by section over the API: what was said about a document, one more, and an answer."""

from typing import Any

from governance.documents import queries
from governance.documents.comments import Comment, comments_on
from governance.documents.seen import Seen
from governance.kernel import clock
from governance.people.actors import Actor
from web.api.blueprint import api
from web.api.bodies import Body
from web.api.schemas import AnswerIn, CommentAnswered, CommentIn, CommentList, CommentMade
from web.at_hand import library
from web.guard import current_actor
from workflows import commenting
from workflows.commenting import Answered, Said


@api.get("/documents/<int:document_id>/comments")
@api.output(CommentList)
@api.doc(summary="Komentar pada bagian dokumen, yang terlama dahulu", responses=[401, 404])
def list_comments(document_id: int) -> dict[str, Any]:
    actor = current_actor()
    _readable(actor, document_id)
    return {"items": [shown(comment) for comment in comments_on(actor, document_id)], "next": None}


@api.post("/documents/<int:document_id>/comments")
@api.input(CommentIn, validation=False)
@api.output(CommentMade, status_code=201)
@api.doc(summary="Komentari satu bagian dari revisi yang dilihat", responses=[401, 404, 409, 422])
def write_comment(document_id: int, json_data: Any) -> tuple[dict[str, Any], int]:
    actor = current_actor()
    _readable(actor, document_id)
    body = Body(("seen", "place", "text"))
    said = Said(
        document_id,
        body.text("seen", required=True, limit=64),
        body.text("place", required=True, limit=60),
        body.text("text", required=True, limit=commenting.TEXT_LIMIT),
    )
    body.done()
    comment_id = commenting.comment(said, by=actor, now=clock.now(), library=library())
    return _one(actor, document_id, comment_id), 201


@api.post("/documents/<int:document_id>/comments/<int:comment_id>/answer")
@api.input(AnswerIn, validation=False)
@api.output(CommentAnswered)
@api.doc(summary="Jawab satu komentar, satu kali", responses=[401, 403, 404, 409, 422])
def answer_comment(document_id: int, comment_id: int, json_data: Any) -> dict[str, Any]:
    actor = current_actor()
    _readable(actor, document_id)
    body = Body(("text",))
    text = body.text("text", required=True, limit=commenting.TEXT_LIMIT)
    body.done()
    commenting.answer(Answered(document_id, comment_id, text), by=actor, now=clock.now())
    return _one(actor, document_id, comment_id)


def shown(comment: Comment) -> dict[str, Any]:
    """A comment as the API gives it."""
    return {
        "id": comment.id,
        "revision": comment.revision,
        "place": comment.place,
        "label": comment.label,
        "section": comment.section,
        "text": comment.text,
        "by": comment.by,
        "at": comment.at.isoformat(),
        "answer": comment.answer or None,
        "answered_by": comment.answered_by or None,
        "answered_at": comment.answered_at.isoformat() if comment.answered_at else None,
    }


def _readable(actor: Actor, document_id: int) -> Seen:
    return queries.document(actor, document_id, clock.day_in(actor.timezone, clock.now()))


def _one(actor: Actor, document_id: int, comment_id: int) -> dict[str, Any]:
    return next(shown(one) for one in comments_on(actor, document_id) if one.id == comment_id)
