"""What a kind of document proves and what it does not: a ceiling under conditions, with how sure that is."""

import pytest

from governance.mandates.proofs import LEVELS, ceilings


def test_every_proof_names_an_indicator_its_instrument_has_and_a_level_it_can_reach(law):
    for one in law.proofs.values():
        for proof in one.proofs:
            assert 1 <= proof.indicator <= law.instruments[proof.instrument].indicators
            assert proof.up_to_level is None or proof.up_to_level in LEVELS
            assert proof.basis.startswith(f"{proof.instrument} indikator {proof.indicator}")


@pytest.mark.parametrize("kind", ["internal_assessor_team_decree", "self_assessment_minutes", "publication_consent"])
def test_what_only_opens_the_way_proves_no_level(law, kind):
    proofs = law.proofs_of(kind)

    assert proofs.proofs == ()
    assert "tingkat indikator mana pun" in proofs.does_not_prove


def test_the_assessors_decree_does_not_stand_in_for_the_audit_team(law):
    assert any("tim audit" in text for text in law.proofs_of("internal_assessor_team_decree").does_not_prove)


def test_an_indicator_ends_at_its_highest_level_and_asks_more_for_each(law):
    [policy, document] = ceilings(law.proofs_of("spbe_architecture").of("permenpanrb-59-2020"))

    assert (policy.indicator, policy.highest) == (1, 5)
    assert (document.indicator, document.highest) == (11, 5)
    assert [step.state for step in policy.steps] == ["draft", "enacted", "enacted", "reviewed", "followed_up"]


def test_what_only_supports_reaches_no_level_by_itself(law):
    support = {c.indicator: c for c in ceilings(law.proofs_of("coordination_team_decree").of("permenpanrb-8-2026"))}

    assert support[1].highest is None
    assert support[4].highest == 1


def test_a_kind_without_an_entry_proves_nothing(law):
    assert law.proofs_of("nota_dinas").proofs == ()


def test_what_cannot_follow_from_the_document_is_claimed_only_once_it_is_enacted(law):
    for key in ("implemented_part", "implemented_full", "reviewed", "followed_up"):
        assert law.proof_states[key].document_state == ("enacted",)


def test_no_document_of_ours_raises_an_indicator_that_is_said_to_be_out_of_reach(law):
    for instrument, indicators in law.uncovered.items():
        raised = {
            str(ceiling.indicator)
            for one in law.proofs.values()
            for ceiling in ceilings(one.of(instrument))
            if ceiling.highest
        }
        assert raised.isdisjoint(indicators), instrument
