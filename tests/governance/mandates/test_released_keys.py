"""Keys of the law never vanish: acts, revisions and evidence of past years name them."""

from pathlib import Path

RELEASED = Path(__file__).with_name("released_keys.txt")


def test_no_released_key_has_vanished(law):
    present = {
        "regulation": law.regulations,
        "mandate": law.mandates,
        "input": law.inputs,
        "term": law.terms,
        "instrument": law.instruments,
        "stage": law.stages,
        "deadline": law.deadlines,
        "jdih_field": {field.key for field in law.jdih},
        "office": {office.key for office in law.offices},
        "planning": {step.key for step in law.planning},
        "proof": law.proofs,
        "proof_state": law.proof_states,
        "owner": law.ownership.units,
        "ladder": law.ladders,
        "rung": {step.rung for ladder in law.ladders.values() for step in ladder.steps},
    }
    released = [line.split() for line in RELEASED.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]

    assert [(family, key) for family, key in released if key not in present[family]] == []
