"""An institution's own Word template: in use from when it is accepted, for this institution alone, until withdrawn."""

import pytest

from governance.kernel.errors import Invalid, NotAllowed
from tests.governance.documents.samples import DOCUMENT, KIND, TEMPLATE, changed, members_of
from tests.world import NOW, Maker, World
from workflows import templating

OWN = changed(TEMPLATE.read_bytes(), DOCUMENT, "TENTANG</w:t>", "T E N T A N G</w:t>", 1)


def replaced(world: World, data: bytes = OWN) -> None:
    templating.replace_template(KIND, data, by=world.hukum.actor, now=NOW, library=world.library)


def says(data: bytes) -> bool:
    return "T E N T A N G" in members_of(data)[DOCUMENT].decode()


def test_a_template_of_ones_own_is_used_from_then_on(world: World, make: Maker) -> None:
    before = make.document()
    make.submit(before)
    replaced(world)
    after = make.document()
    make.submit(after)
    assert (says(before.file), says(after.file)) == (False, True)


def test_another_institution_keeps_the_shipped_one(world: World, make: Maker) -> None:
    replaced(world)
    paper = make.document(place=world.kota)
    make.submit(paper)
    assert not says(paper.file)


def test_the_shipped_template_comes_back_when_the_own_one_is_withdrawn(world: World, make: Maker) -> None:
    replaced(world)
    templating.withdraw_template(KIND, by=world.hukum.actor, now=NOW, library=world.library)
    paper = make.document()
    make.submit(paper)
    assert not says(paper.file)
    assert world.value("SELECT count(*) FROM own_template") == 1


def test_a_broken_template_changes_nothing(world: World) -> None:
    before = world.everything()
    with pytest.raises(Invalid):
        replaced(world, changed(OWN, DOCUMENT, "{{ title }}", "{{ judul }}"))
    assert world.everything() == before


def test_a_template_that_breaks_the_prescribed_form_is_refused(world: World) -> None:
    with pytest.raises(Invalid) as refusal:
        replaced(world, changed(OWN, DOCUMENT, "MEMUTUSKAN:", "M E M U T U S K A N", 1))
    assert any(problem.key.startswith("form.") for problem in refusal.value.problems)


def test_only_the_legal_section_keeps_templates(world: World) -> None:
    with pytest.raises(NotAllowed):
        templating.replace_template(KIND, OWN, by=world.diskominfo.actor, now=NOW, library=world.library)
