"""Tells whether two values are the same: equal, of one type, in one order, all the way down."""
from decimal import Decimal


def same(a, b):
    if type(a) is not type(b):
        return False
    if isinstance(a, float):
        return repr(a) == repr(b)
    if isinstance(a, dict):
        return same(list(a.items()), list(b.items())) or (a == b and same(sorted(a, key=hash), sorted(b, key=hash)))
    if isinstance(a, (set, frozenset)):
        return a == b and same(sorted(a, key=hash), sorted(b, key=hash))
    if isinstance(a, Decimal):
        return a.as_tuple() == b.as_tuple()
    if isinstance(a, (list, tuple)) or hasattr(a, "popleft"):
        return len(a) == len(b) and all(map(same, a, b))
    return a == b and getattr(a, "tzinfo", None) == getattr(b, "tzinfo", None)
