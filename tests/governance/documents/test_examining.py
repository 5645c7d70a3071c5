"""Strange PDFs: what is signed, what was changed, what would act by itself, and what is not the prepared file."""

from collections.abc import Callable

import pytest

from governance.documents.examined import Active, bears_name, require_signed
from governance.documents.examining import examine
from governance.kernel.errors import BadFile
from tests import signers

PREPARED = signers.page()
Made = Callable[[bytes], bytes]


def key_of(data: bytes, roots: list[str]) -> str:
    """The refusal's key; "" where the file is taken."""
    try:
        require_signed(examine(data, roots=roots, prepared=PREPARED))
    except BadFile as refusal:
        return refusal.key
    return ""


CASES: dict[str, tuple[str, Made]] = {
    "signed": ("", signers.signed),
    "signed with a picture of it": ("", lambda pdf: signers.signed(pdf, box=(50, 50, 200, 120))),
    "signed twice": ("", lambda pdf: signers.signed(signers.signed(pdf), field="Kedua")),
    "not signed": ("signed.none", lambda pdf: pdf),
    "another file": ("signed.other_file", lambda pdf: signers.signed(signers.page("Naskah lain"))),
    "changed, then signed": ("signed.other_file", signers.changed_then_signed),
    "a note added, then signed": ("signed.other_file", lambda pdf: signers.signed(signers.annotated(pdf))),
    "signed, then a note added": ("signed.other_file", lambda pdf: signers.annotated(signers.signed(pdf))),
    "a byte changed": ("signed.changed", lambda pdf: signers.backdated(signers.signed(pdf))),
    "a script": ("signed.active", lambda pdf: signers.signed(signers.scripted())),
    "a command": ("signed.active", lambda pdf: signers.signed(signers.launching())),
    "a file inside": ("signed.active", lambda pdf: signers.signed(signers.carrying())),
    "locked": ("signed.locked", lambda pdf: signers.locked()),
    "cut off": ("signed.broken", lambda pdf: signers.signed(pdf)[: len(pdf) // 2]),
    "no PDF": ("signed.broken", lambda pdf: b"\x89PNG\r\n\x1a\n"),
    "empty": ("signed.broken", lambda pdf: b""),
    "nested": ("signed.broken", lambda pdf: b"%PDF-1.7\n1 0 obj" + b"[" * 100_000),
}


@pytest.mark.parametrize("case", CASES)
def test_only_the_prepared_file_with_signatures_that_stand_is_taken(case: str) -> None:
    key, made = CASES[case]
    assert key_of(made(PREPARED), []) == key


def test_a_chain_is_looked_at_only_where_roots_are_set() -> None:
    ours, strange = signers.signed(PREPARED), signers.signed(PREPARED, signers.authority("CA Lain").signer("Orang"))
    roots = [signers.authority().pem]
    assert examine(ours, roots=[]).signatures[0].trusted is None
    assert examine(ours, roots=roots).signatures[0].trusted is True
    assert examine(strange, roots=roots).signatures[0].trusted is False
    assert (key_of(ours, roots), key_of(strange, roots)) == ("", "signed.untrusted")


def test_a_certificate_that_had_run_out_is_refused() -> None:
    old = signers.authority().signer(signers.OFFICIAL, until=signers.SINCE.replace(year=2021))
    assert key_of(signers.signed(PREPARED, old), []) == "signed.expired"


def test_every_byte_that_a_signature_covers_counts() -> None:
    data = signers.signed(PREPARED)
    for at in range(20, len(PREPARED), 97):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        found = examine(changed, roots=[])
        assert found.broken or not found.signed, at


def test_what_acts_by_itself_is_named() -> None:
    found = [examine(one, roots=[]).active for one in (signers.scripted(), signers.launching(), signers.carrying())]
    assert found == [(Active.SCRIPT,), (Active.LAUNCH,), (Active.FILES,)]
    assert examine(PREPARED, roots=[]).active == ()


@pytest.mark.parametrize(
    ("text", "name", "bears"),
    [
        ("RATU RACHMATUZAKIYAH", "Hj. Ratu Rachmatuzakiyah, S.E.", True),
        ("Dr. H. AHMAD FAUZI, S.H., M.Si.", "Ahmad Fauzi", True),
        ("Fauzi Ahmad", "AHMAD FAUZI", True),
        ("Ahmad Fauzan", "Ahmad Fauzi", False),
        ("Orang Lain", "Ahmad Fauzi", False),
        ("apa pun", "", False),
    ],
)
def test_a_name_is_known_with_and_without_titles(text: str, name: str, bears: bool) -> None:
    assert bears_name(text, name) is bears
