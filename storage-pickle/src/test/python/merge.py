"""Makes one file of what make.py prints on several Pythons: each pickle once, with who writes it."""
import sys
from itertools import groupby


def number(label):
    return tuple(int(part) for part in label.rstrip("p").split("."))


def runs(labels, versions):
    """3.6-3.8 for versions that follow one another among all."""
    shown = []
    for pure, group in groupby(sorted(labels, key=lambda l: (l.endswith("p"), number(l))), lambda l: l.endswith("p")):
        places = sorted(versions.index(number(label)) for label in group)
        start = 0
        for i in range(len(places)):
            if i + 1 == len(places) or places[i + 1] != places[i] + 1:
                first, last = (".".join(map(str, versions[places[j]])) for j in (start, i))
                shown.append((first if first == last else first + "-" + last) + ("p" if pure else ""))
                start = i + 1
    return ",".join(shown)


lines = [line.split() for line in sys.stdin]
versions = sorted({number(line[0]) for line in lines})
pickles = {}
for label, protocol, name, pickled in lines:
    pickles.setdefault((name, pickled), {}).setdefault(protocol, set()).add(label)
for (name, pickled), protocols in pickles.items():
    writers = ";".join(protocol + ":" + runs(labels, versions) for protocol, labels in protocols.items())
    print(name, writers, pickled)
