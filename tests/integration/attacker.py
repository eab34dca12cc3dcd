"""Somebody who has everything that was published and adds it up: what could each hidden count still be?

A count is a name with the least and the most it may be; a sum says that some counts together lie between two
numbers. `narrow` draws every conclusion that one sum after another allows: what it rules out is impossible. `can_be`
looks for a whole set of counts with which all sums are right: what it finds is possible."""
import math


class Contradiction(Exception):
    """No counts have these sums."""


class Attacker:
    def __init__(self):
        self.bounds = {}
        self.sums = []
        self.sums_with = {}

    def may_be(self, name, least, most=math.inf):
        self.bounds[name] = least, most
        self.sums_with.setdefault(name, [])

    def knows(self, names, least, most=None):
        """The counts make up this number together, or one between the two."""
        names = tuple(names)
        for name in names:
            self.sums_with[name].append(len(self.sums))
        self.sums.append((names, least, least if most is None else most))

    def believes(self, counts):
        """Whether all that is known is true of these counts."""
        return (all(low <= counts[name] <= high for name, (low, high) in self.bounds.items()) and
                all(least <= sum(counts[name] for name in names) <= most for names, least, most in self.sums))

    def narrow(self, bounds=None, changed=None):
        """The bounds of every count, as narrow as sum after sum makes them."""
        bounds = dict(self.bounds if bounds is None else bounds)
        waiting = set().union(*(self.sums_with[name] for name in (bounds if changed is None else [changed])))
        while waiting:
            names, least, most = self.sums[waiting.pop()]
            lows = sum(bounds[name][0] for name in names)
            highs = [bounds[name][1] for name in names]
            unbounded, highs = highs.count(math.inf), sum(high for high in highs if high < math.inf)
            narrower = {}
            for name in names:
                low, high = bounds[name]
                is_bounded = unbounded - (high == math.inf) == 0
                others_high = highs - (high if high < math.inf else 0) if is_bounded else math.inf
                new = max(low, least - others_high), min(high, most - (lows - low))
                if new[0] > new[1]:
                    raise Contradiction(name)
                if new != (low, high):
                    narrower[name] = new
            bounds.update(narrower)
            for name in narrower:
                waiting.update(self.sums_with[name])
        return bounds

    def linked_with(self, name):
        """The counts that sums link with this one, over however many others."""
        linked, waiting = {name}, [name]
        while waiting:
            for number in self.sums_with[waiting.pop()]:
                for other in self.sums[number][0]:
                    if other not in linked:
                        linked.add(other)
                        waiting.append(other)
        return linked

    def can_be(self, name, count):
        """Whether all sums can be right while this count is so much."""
        low, high = self.bounds[name]
        if not low <= count <= high:
            return False
        linked = self.linked_with(name)
        tries = [({other: self.bounds[other] for other in linked} | {name: (count, count)}, None)]
        while tries:
            bounds, changed = tries.pop()
            try:
                bounds = self.narrow(bounds, changed)
            except Contradiction:
                continue
            # What may be anything comes last: it makes up the sums.
            undecided = min((other for other in bounds if bounds[other][0] < bounds[other][1]), default=None,
                            key=lambda other: bounds[other][1] - bounds[other][0])
            if undecided is None:
                return True
            low, high = bounds[undecided]
            for value in range(low if high == math.inf else high, low - 1, -1):
                tries.append((bounds | {undecided: (value, value)}, undecided))
        return False
