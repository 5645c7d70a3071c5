"""A second, plain model of a document on its route, written without looking at the rules: what the tests hold them to.

A slot is one signature that is asked. Everything is a list of slots and a word for the state; nothing is clever.
"""

from dataclasses import dataclass, field


@dataclass
class Slot:
    """One signature asked in a step: whose it is now, and whether it was given or its post declined."""

    step: int
    post: int
    asked: str
    given: bool = False
    declined: bool = False
    past: list[int] = field(default_factory=list)


@dataclass
class Model:
    """A document: its state, its slots, its optional steps."""

    slots: list[Slot]
    optional: set[int] = field(default_factory=set)
    left_out: set[int] = field(default_factory=set)
    state: str = "in_review"

    def current(self) -> int | None:
        """The first step with a slot that is not given."""
        steps = [slot.step for slot in self.slots if not slot.given and slot.step not in self.left_out]
        return min(steps, default=None)

    def asked(self) -> dict[int, str]:
        """Who is asked what now."""
        if self.state != "in_review":
            return {}
        now = [slot for slot in self.slots if slot.step == self.current() and not slot.given]
        return {slot.post: slot.asked for slot in now if not slot.declined}

    def empty_places(self) -> set[int]:
        """The posts whose place another must take."""
        if self.state != "in_review":
            return set()
        return {slot.post for slot in self.slots if slot.step == self.current() and slot.declined}

    def sign(self, post: int) -> bool:
        """The post initials or approves; whether it could."""
        what = self.asked().get(post)
        if what not in ("initial", "approve"):
            return False
        for slot in self.slots:
            if slot.step == self.current() and slot.post == post:
                slot.given = True
                break
        if what == "approve":
            self.state = "approved"
        return True

    def back(self, step: int) -> bool:
        """Sent back to a signer's step before the open one; from approved to any."""
        if self.state not in ("in_review", "approved"):
            return False
        before = self.current() if self.state == "in_review" else 10**6
        signed = {slot.step for slot in self.slots if slot.asked != "record"} - self.left_out
        if before is None or step not in signed or step >= before:
            return False
        for slot in self.slots:
            if slot.step >= step:
                slot.given = False
        self.state = "in_review"
        return True

    def decline(self, post: int) -> bool:
        """The post has a conflict of interest."""
        what = self.asked().get(post)
        if what not in ("initial", "approve"):
            return False
        for slot in self.slots:
            if slot.step == self.current() and slot.post == post and what == "initial":
                slot.declined = True
        return True

    def hand_on(self, post: int, to: int) -> bool:
        """Another post takes the place of one that is asked for its initial, or declined it."""
        if self.asked().get(post) != "initial" and post not in self.empty_places():
            return False
        signing = [slot for slot in self.slots if slot.asked != "record"]
        if any(to == slot.post or to in slot.past for slot in signing):
            return False
        for slot in self.slots:
            if slot.step == self.current() and slot.post == post:
                slot.past.append(post)
                slot.post, slot.declined = to, False
        return True

    def leave_out(self) -> bool:
        """The open step is passed over where it is optional."""
        step = self.current()
        if self.state != "in_review" or step not in self.optional:
            return False
        self.left_out.add(step)
        return True

    def finish(self, how: str) -> bool:
        """Returned as a draft, withdrawn, or enacted."""
        allowed = {
            "return": ("in_review", "approved"),
            "withdraw": ("draft", "in_review", "approved"),
            "enact": ("approved",),
        }
        if self.state not in allowed[how]:
            return False
        self.state = {"return": "draft", "withdraw": "withdrawn", "enact": "enacted"}[how]
        return True
