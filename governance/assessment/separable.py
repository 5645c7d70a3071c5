"""The least cost of a needed gain where groups are independent: exact, in whole numbers of any size.

A multiple-choice knapsack. Groups are taken one by one; of the partial plans only those stay that no other beats in
both gain and cost and whose cost, with the cheapest conceivable rest (fractions of steps allowed), is below the best
plan found. What is left out by either rule cannot lead to a better plan, so the last best is the least.
"""

from bisect import bisect_left, insort
from collections.abc import Sequence
from itertools import accumulate, pairwise

Option = tuple[int, int]  # (gain, cost) of going up to a level: both grow along a group
Options = Sequence[Option]
Segment = tuple[int, int, int, int]  # (cost per gain as a whole number that orders exactly, group, gain, cost)
_Partial = tuple[int, int, object]  # (gain, cost, chain of (group, choice) behind it)


def cheapest_choices(groups: Sequence[Options], need: int) -> list[int]:
    """How many options of each group to take (0: none) for at least `need` at the least cost.

    The groups together reach `need`, and every option costs something: the caller sees to both.
    """
    slopes = _slopes(groups)
    order = sorted(range(len(groups)), key=lambda group: slopes[group][:1])
    rests = _rests([slopes[group] for group in order])
    limit, best = _greedy(groups, slopes, need)
    partials: list[_Partial] = [(0, 0, None)]
    for place, group in enumerate(order):
        grown, least = [], rests[place + 1].least
        for gain, cost, chain in partials:
            for choice, (more, price) in enumerate(((0, 0), *groups[group])):
                reached, paid = gain + more, cost + price
                if paid >= limit:
                    break
                here = (chain, group, choice) if choice else chain
                if reached >= need:
                    limit, best = paid, here
                    break
                if paid + least(need - reached) < limit:
                    grown.append((reached, paid, here))
        partials = _unbeaten(grown)
    return _choices(best, len(groups))


def _unbeaten(partials: list[_Partial]) -> list[_Partial]:
    """Without those that another equals or beats in both gain and cost."""
    partials.sort(key=lambda one: (one[1], -one[0]))
    kept: list[_Partial] = []
    most = -1
    for one in partials:
        if one[0] > most:
            kept.append(one)
            most = one[0]
    return kept


def _choices(chain: object, count: int) -> list[int]:
    chosen = [0] * count
    while isinstance(chain, tuple):
        chain, group, choice = chain
        chosen[group] = choice
    return chosen


def _slopes(groups: Sequence[Options]) -> list[list[Segment]]:
    """The lower hull of each group's options as segments of growing cost per gain: the cheapest conceivable way up.

    Two different costs per gain differ by more than 1 / most ** 2: that many bits after the point order them rightly.
    """
    most = max((options[-1][0] for options in groups if options), default=1)
    bits = 2 * most.bit_length()
    return [_hull(group, options, bits) for group, options in enumerate(groups)]


def _hull(group: int, options: Options, bits: int) -> list[Segment]:
    hull: list[Option] = [(0, 0)]
    for gain, cost in options:
        while len(hull) > 1:
            (g1, c1), (g2, c2) = hull[-2], hull[-1]
            if (c2 - c1) * (gain - g2) < (cost - c2) * (g2 - g1):
                break
            hull.pop()
        hull.append((gain, cost))
    return [(((c2 - c1) << bits) // (g2 - g1), group, g2 - g1, c2 - c1) for (g1, c1), (g2, c2) in pairwise(hull)]


class _Rest:
    """The least cost at which the groups not yet taken could give a gain, were fractions of steps allowed."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.gains = list(accumulate((one[2] for one in segments), initial=0))
        self.costs = list(accumulate((one[3] for one in segments), initial=0))

    def least(self, gain: int) -> float:
        """Rounded up: costs are whole. Infinite where the rest cannot give it."""
        place = bisect_left(self.gains, gain)
        if place == len(self.gains):
            return float("inf")
        before = place - 1
        over, width = gain - self.gains[before], self.gains[place] - self.gains[before]
        return self.costs[before] + -(-over * (self.costs[place] - self.costs[before]) // width)


def _rests(slopes: Sequence[Sequence[Segment]]) -> list[_Rest]:
    """For each place in the order, what the groups from there on could give."""
    segments: list[Segment] = []
    rests = [_Rest(segments)]
    for of_group in reversed(slopes):
        for segment in of_group:
            insort(segments, segment)
        rests.append(_Rest(segments))
    return rests[::-1]


def _greedy(groups: Sequence[Options], slopes: Sequence[Sequence[Segment]], need: int) -> tuple[int, object]:
    """A good plan to begin with: the cheapest segments first. (its cost, its chain)"""
    gain, cost, reached = 0, 0, [0] * len(groups)
    for _, group, more, price in sorted(segment for of_group in slopes for segment in of_group):
        if gain >= need:
            break
        gain, cost, reached[group] = gain + more, cost + price, reached[group] + more
    chain: object = None
    for group, level in enumerate(reached):
        if level:
            chain = (chain, group, [option[0] for option in groups[group]].index(level) + 1)
    return cost, chain
