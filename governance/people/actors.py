"""Who acts: frozen for the length of one request or job, so that every rule sees the same holding."""

from dataclasses import dataclass

from governance.people.roles import Role


@dataclass(frozen=True)
class Actor:
    """A person in the post he holds that day; a verb takes it as `by`.

    `title` is what the trail and the signature say ("Plh. Sekretaris Daerah"). The system itself has no person.
    """

    institution_id: int
    timezone: str
    person_id: int | None = None
    holding_id: int | None = None
    post_id: int | None = None
    unit_id: int | None = None
    role: Role | None = None
    title: str = ""
    facts_mark: str = ""  # of the institution's facts and register as they are now; "" where it is not known


def system(institution_id: int, timezone: str) -> Actor:
    """The program acting for an institution: bells and jobs, never a decision."""
    return Actor(institution_id=institution_id, timezone=timezone, title="Sistem")
