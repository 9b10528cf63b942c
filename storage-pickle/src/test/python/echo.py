"""Reads pickles, a line each, and writes each value again in every protocol that it has."""
import pickle
import sys

for line in sys.stdin:
    value = pickle.loads(bytes.fromhex(line))
    assert type(value) is type(pickle._loads(bytes.fromhex(line)))
    print(*(pickle.dumps(value, protocol).hex() for protocol in range(pickle.HIGHEST_PROTOCOL + 1)), flush=True)
