"""Prints every value as this Python pickles it in each protocol; merge.py makes one file of that.

A version alone is that of the pickler in C; "p" behind it is for the one in Python."""
from __future__ import print_function

import binascii
import pickle
import sys

import values

version = "%d.%d" % sys.version_info[:2]
if sys.version_info[0] == 2:
    import cPickle

    picklers = [(version, cPickle.dumps), (version + "p", pickle.dumps)]
else:
    picklers = [(version, pickle.dumps), (version + "p", pickle._dumps)]

for entry in values.entries():
    try:
        value = eval(entry[1], vars(values))
    except ArithmeticError as e:
        # A Python of 32 bits has no such exponents.
        print(version, entry[0], repr(e), file=sys.stderr)
        continue
    for label, dumps in picklers:
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            try:
                pickled = dumps(value, protocol)
            except Exception as e:
                print(label, protocol, entry[0], e, file=sys.stderr)
                continue
            print(label, protocol, entry[0], binascii.hexlify(pickled).decode("ascii"))
