"""Reads lines of a name of values.py and a pickle, and fails unless Python reads each as that value.

Runs on Python 3.4 and later, with the unpickler in C and the one in Python."""
import pickle
import sys

import values
from same import same

EXPRESSIONS = {entry[0]: entry[-1] for entry in values.BOTH + values.PYTHON3}


def check(lines):
    wrong = checked = 0
    for line in lines:
        name, pickled = line.split()
        wanted = eval(EXPRESSIONS[name], vars(values))
        for loads in (pickle.loads, pickle._loads):
            try:
                read = loads(bytes.fromhex(pickled))
            except Exception as e:
                read = e
            if not same(read, wanted):
                print("%s: %r, not %r" % (name, read, wanted))
                wrong += 1
        checked += 1
    print("%d checked, %d wrong" % (checked, wrong))
    return wrong


if __name__ == "__main__":
    sys.exit(check(sys.stdin) > 0)
