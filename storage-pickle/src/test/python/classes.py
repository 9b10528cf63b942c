"""Classes of a program, whose objects no reader of data can make."""
from collections import OrderedDict, namedtuple

Point = namedtuple("Point", "x y")


class Plain(object):
    def __init__(self):
        self.a = 1


class Old:
    def __init__(self):
        self.a = 1


class Text(type(u"")):
    pass


def attributed():
    value = OrderedDict()
    value.attribute = 1
    return value


try:
    from enum import Enum

    Color = Enum("Color", "RED", module=__name__)
    COLOR = Color.RED
except ImportError:
    COLOR = None
