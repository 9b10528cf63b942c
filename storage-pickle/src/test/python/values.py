"""The values that real Pythons have pickled for the tests: by name, as an expression, and as another
expression where what is read and written again is not of the same type. Runs on Python 2.7 and 3."""
import datetime as dt
import classes
import sys
from collections import Counter, OrderedDict, defaultdict, deque
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

try:
    from uuid import SafeUUID
except ImportError:
    SafeUUID = None


def nested(levels):
    value = u"core"
    for _ in range(levels):
        value = [value]
    return value


def shared():
    part = [1, u"part"]
    return [part, part, {u"a": part}]


def cycle():
    value = []
    value.append(value)
    return value


def tz(**offset):
    return dt.timezone(dt.timedelta(**offset))


BOTH = [
    ("null_in_list", "[None]"),
    ("true", "True"),
    ("false", "False"),
    ("int_0", "0"),
    ("int_1", "1"),
    ("int_minus_1", "-1"),
    ("int_255", "255"),
    ("int_256", "256"),
    ("int_65535", "65535"),
    ("int_65536", "65536"),
    ("int_max", "2**31 - 1"),
    ("int_min", "-2**31"),
    ("int_beyond", "2**31"),
    ("long_max", "2**63 - 1"),
    ("long_min", "-2**63"),
    ("big", "2**63"),
    ("big_negative", "-2**63 - 1"),
    ("big_255_bytes", "2**2039 - 1"),
    ("big_256_bytes", "-2**2040"),
    ("float", "1.5"),
    ("float_0", "0.0"),
    ("float_minus_0", "-0.0"),
    ("float_tenth", "0.1"),
    ("float_min", "5e-324"),
    ("float_max", "1.7976931348623157e308"),
    ("float_inf", "float('inf')"),
    ("float_minus_inf", "float('-inf')"),
    ("float_nan", "float('nan')"),
    ("str_empty", "u''"),
    ("str_ascii", "u'some text'"),
    ("str_latin1", "u'\\xe9\\xff'"),
    ("str_bmp", "u'\\u20ac\\ufffd'"),
    ("str_astral", "u'a\\U0001f600b\\U0010ffff'"),
    ("str_high", "u'\\ud83d'"),
    ("str_low", "u'a\\udc00b'"),
    ("str_low_high", "u'\\ude00\\ud83d'"),
    ("str_escapes", "u'\\\\ \\n \\r \\t \\0 \\x1a \\' \\\" \\\\u0041 \\\\\\\\'"),
    ("str_300", "u'\\xfc' * 300"),
    ("list_empty", "[]"),
    ("list_1", "[1]"),
    ("list_5", "[1, 2.5, u'three', None, True]"),
    ("list_1001", "[None] * 1001"),
    ("list_nested", "[[], [[]], {u'a': []}]"),
    ("list_shared", "shared()"),
    ("list_100_levels", "nested(100)"),
    ("tuple_empty", "()"),
    ("tuple_1", "(1,)"),
    ("tuple_2", "(1, u'a')"),
    ("tuple_3", "(1, 2, 3)"),
    ("tuple_4", "(1, 2, 3, (4, []))"),
    ("volatile_entry", "(1700000000.25, {u'text': u'Hello World!'})"),
    ("dict_empty", "{}"),
    ("dict_1", "{u'text': u'Hello World!'}"),
    ("dict_flat_keys", "{u'a': 1, 2: u'b', None: 3, 1.5: 4, False: 5, 2**64: 6}"),
    ("dict_tuple_keys", "{(1, u'a'): 1, (): 2, ((1,), None): 3}"),
    ("dict_date_keys", "{dt.date(2024, 2, 29): 1, Decimal('1.5'): 2}"),
    ("dict_frozenset_keys", "{frozenset([1, 2]): 1, frozenset(): 2}"),
    ("dict_1001", "dict.fromkeys(range(1001))"),
    ("dicts_of_same_keys", "[{u'name': u'a', u'value': 1}, {u'name': u'b', u'value': 2}]"),
    ("ordered_dict", "OrderedDict([(u'b', 1), (u'a', [2])])", "{u'b': 1, u'a': [2]}"),
    ("ordered_dict_empty", "OrderedDict()", "{}"),
    ("default_dict", "defaultdict(list, {u'a': [1]})", "{u'a': [1]}"),
    ("default_dict_int", "defaultdict(int, {u'a': 1})", "{u'a': 1}"),
    ("default_dict_none", "defaultdict(None, {u'a': 1})", "{u'a': 1}"),
    ("counter", "Counter([u'a', u'b', u'a'])", "{u'a': 2, u'b': 1}"),
    ("counter_empty", "Counter()", "{}"),
    ("deque", "deque([1, None, [2]])"),
    ("deque_empty", "deque()"),
    ("deque_bounded", "deque([1, 2], 3)", "deque([1, 2])"),
    ("set_empty", "set()"),
    ("set", "set([1, 2, 3])"),
    ("set_mixed", "set([1, 2.5, None, (3, 4)])"),
    ("frozenset_empty", "frozenset()"),
    ("frozenset", "frozenset([1, 2, 3])"),
    ("frozenset_nested", "frozenset([frozenset([1]), (2, frozenset())])"),
    ("bytearray_empty", "bytearray()", "b''"),
    ("bytearray", "bytearray([0, 97, 255])", "b'\\0a\\xff'"),
    ("decimal", "Decimal('1.10')"),
    ("decimal_0", "Decimal('0')"),
    ("decimal_minus", "Decimal('-12345678901234567890.00001')"),
    ("decimal_large", "Decimal('1E+5')"),
    ("decimal_small", "Decimal('1E-3000')"),
    ("decimal_minus_0", "Decimal('-0.00')", "Decimal('0.00')"),
    ("fraction", "Fraction(-1, 3)"),
    ("fraction_whole", "Fraction(5)"),
    ("fraction_large", "Fraction(10**30, 3**70)"),
    ("uuid_0", "UUID(int=0)"),
    ("uuid", "UUID('6ba7b810-9dad-11d1-80b4-00c04fd430c8')"),
    ("uuid_max", "UUID(int=2**128 - 1)"),
    ("date", "dt.date(2024, 2, 29)"),
    ("date_min", "dt.date(1, 1, 1)"),
    ("date_max", "dt.date(9999, 12, 31)"),
    ("time", "dt.time(1, 2, 3)"),
    ("time_max", "dt.time(23, 59, 59, 999999)"),
    ("datetime", "dt.datetime(2024, 1, 2, 3, 4, 5)"),
    ("datetime_max", "dt.datetime(9999, 12, 31, 23, 59, 59, 999999)"),
    ("timedelta_0", "dt.timedelta(0)"),
    ("timedelta", "dt.timedelta(1, 2, 3)"),
    ("timedelta_minus", "dt.timedelta(microseconds=-1)"),
    ("timedelta_max", "dt.timedelta.max"),
    ("timedelta_min", "dt.timedelta.min"),
]

PYTHON3 = [
    ("bytes_empty", "b''"),
    ("bytes", "b'\\0a\\xff'"),
    ("bytes_256", "bytes(range(256))"),
    ("dict_bytes_keys", "{b'a': 1, (b'b', 2): 3}"),
    ("set_bytes", "{b'a'}"),
    ("dict_in_order", "{u'z': 1, u'a': 2, u'm': 3}"),
    ("timezone_utc", "dt.timezone.utc"),
    ("timezone", "tz(hours=-5, minutes=-30)"),
    ("timezone_named", "dt.timezone(dt.timedelta(hours=1), 'CET')", "tz(hours=1)"),
    ("timezone_18_hours", "tz(hours=18)"),
    ("datetime_utc", "dt.datetime(2024, 1, 2, 3, 4, 5, 6, dt.timezone.utc)"),
    ("datetime_offset", "dt.datetime(2024, 1, 2, 3, 4, 5, 0, tz(hours=2))"),
    ("datetime_fold", "dt.datetime(2024, 10, 27, 2, 30, fold=1)", "dt.datetime(2024, 10, 27, 2, 30)"),
    ("time_offset", "dt.time(1, 2, 3, 4, tz(hours=2))"),
    ("time_fold", "dt.time(2, 30, fold=1)", "dt.time(2, 30)"),
    ("uuid_safe", "UUID(int=5, is_safe=SafeUUID.safe) if SafeUUID else UUID(int=5)", "UUID(int=5)"),
]

PYTHON2 = [
    ("python2_str", "'some text'"),
    ("python2_str_empty", "''"),
    ("python2_str_escapes", "'\\\\ \\n \\r \\t \\0 \\x7f \\' \\\"'"),
    ("python2_dict", "{'a': ['b'], 'c': {'d': u'e'}}"),
    ("python2_tuple", "(1.5, 'a', 5L)"),
    ("python2_long", "5L"),
    ("python2_binary", "'\\xc3\\xa9'"),
    ("python2_binary_key", "{'\\xc3\\xa9': ('\\xc3\\xa9',)}"),
]

REFUSED = [
    ("null", "None"),
    ("complex", "1 + 2j"),
    ("type", "int"),
    ("function", "len"),
    ("instance", "classes.Plain()"),
    ("old_instance", "classes.Old()"),
    ("named_tuple", "classes.Point(1, 2)"),
    ("subclass", "classes.Text(u'a')"),
    ("ordered_dict_attributes", "classes.attributed()"),
    ("exception", "ValueError(u'a')"),
    ("cycle", "cycle()"),
    ("decimal_nan", "Decimal('NaN')"),
    ("decimal_infinity", "Decimal('-Infinity')"),
    ("decimal_exponent", "Decimal('1E+9999999999')"),
]

REFUSED3 = [
    ("range", "range(3)"),
    ("ellipsis", "Ellipsis"),
    ("surrogates_in_a_row", "'\\ud83d' + '\\ude00'"),
    ("two_nans", "{float('nan'), float('nan')}"),
    ("timezone_23_hours", "tz(hours=23)"),
    ("datetime_23_hours", "dt.datetime(2024, 1, 2, tzinfo=tz(hours=23))"),
    ("enum", "classes.COLOR"),
    ("simple_namespace", "__import__('types').SimpleNamespace(a=1)"),
]


def entries():
    """What this Python pickles."""
    if sys.version_info[0] == 2:
        return BOTH + PYTHON2 + REFUSED
    return BOTH + PYTHON3 + REFUSED + REFUSED3
