"""Writes files as pystorage does: the key as it is, a dot and the suffix; json.dump, pickle.dump, gzip."""
import collections
import datetime
import decimal
import gzip
import json
import os
import pickle
import sys
import time

root = sys.argv[1]


def path(key, suffix):
    file = os.path.join(root, "{}.{}".format(key, suffix))
    os.makedirs(os.path.dirname(file), exist_ok=True)
    return file


def put_json(key, value):
    with open(path(key, "storage.json"), "w") as file:
        json.dump(value, file)


def put_pickle(key, value, protocol=pickle.HIGHEST_PROTOCOL):
    with open(path(key, "storage.pkl"), "wb") as file:
        pickle.dump(value, file, protocol=protocol)


def put_zipped(key, value):
    with gzip.open(path(key, "storage.pkl.gz"), "wb") as file:
        pickle.dump(value, file, protocol=pickle.HIGHEST_PROTOCOL)


class Own:
    pass


put_json("plain", {"text": "Hello World!", "sizes": [1, 2.5, None, True], "big": 2 ** 70})
put_json("User Name", "a blank and capitals")
put_json("\u00e9t\u00e9/\u65e5\u672c", ["\u00e9", "\U0001f600"])
put_json("sub/dir/key", 1)
put_json(42, "a number as a key")
put_json("a%2fb", "what looks like an escape")
put_json("nothing", None)
put_json("nan", {"x": [float("nan"), float("inf"), -float("inf")]})
put_json("twins", {1: "number", "1": "text"})
put_json("x" * 200, "long")
put_pickle("P0", {"a": (1, 2)}, 0)
put_pickle("P2", {"a": [1, "\u00e9"]}, 2)
put_pickle("pickled", collections.OrderedDict([("b", 1), ("a", [1.5, None, 2 ** 70])]))
put_pickle("dates", {"day": datetime.date(2026, 1, 31), "sum": decimal.Decimal("1.10")})
put_pickle("bytes", b"\x00\xff")
put_pickle("object", Own())
put_zipped("zipped", {"k": ["v"] * 100})
put_json("volatile/json", [time.time(), {"session": 1}])
put_json("volatile/old", [1500000000.25, "over"])
put_pickle("volatile/pickle", (time.time(), "fresh"))
with open(os.path.join(root, "broken.storage.json"), "w") as file:
    file.write("{")
with open(os.path.join(root, "README.txt"), "w") as file:
    file.write("no entry")
