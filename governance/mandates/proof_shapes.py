"""The shape of config/law/proofs.yaml: what a kind proves under an instrument, and what it does not."""

from collections.abc import Iterable
from typing import Any

from governance.kernel.data_files import Spot
from governance.kernel.data_shapes import Shape, choice, defines, key, many, maybe, number, refers, text
from governance.mandates.proofs import LEVELS, Caution, KindProofs, Proof, ProofState, Rejection, Uncovered

AN_INSTRUMENT = refers("instrument")


def _proof_faults(made: Proof) -> Iterable[str]:
    if made.up_to_level is not None and made.up_to_level not in LEVELS:
        yield f"tingkat {made.up_to_level} tidak ada: {LEVELS.start} sampai {LEVELS.stop - 1}, atau null"
    if made.indicator < 1:
        yield f"indikator {made.indicator} tidak ada"


_PROOF = Shape(
    Proof,
    {
        "instrument": AN_INSTRUMENT,
        "indicator": number,
        "state": refers("proof_state"),
        "up_to_level": maybe(number),
        "role": choice("main", "component"),
        "basis": text,
        "how_sure": choice("derived", "secondary", "inferred"),
    },
    {"needs": many(text), "note": text},
    check=_proof_faults,
)


def _a_kind(value: Any, spot: Spot) -> str:
    """A mandate's key, which may stand in this file once."""
    name = key(value, spot)
    spot.refer("mandate", name)
    spot.define("proof", name)
    return name


def _kind_faults(made: KindProofs) -> Iterable[str]:
    seen = [(one.instrument, one.indicator, one.state, one.up_to_level) for one in made.proofs]
    for twice in sorted({str(one) for one in seen if seen.count(one) > 1}):
        yield f"bukti {twice} ditulis dua kali"


KIND_PROOFS = Shape(
    KindProofs,
    {"kind": _a_kind, "proofs": many(_PROOF), "does_not_prove": many(text)},
    {"note": text},
    check=_kind_faults,
)
PROOF_STATE = Shape(
    ProofState,
    {
        "key": defines("proof_state"),
        "title": text,
        "document_state": many(choice("draft", "in_review", "approved", "enacted", "withdrawn")),
    },
)
CAUTION = Shape(Caution, {"instrument": AN_INSTRUMENT, "text": text})
REJECTION = Shape(Rejection, {"key": defines("rejection"), "text": text, "source": text})
UNCOVERED = Shape(Uncovered, {"instrument": AN_INSTRUMENT, "indicators": many(text)})
