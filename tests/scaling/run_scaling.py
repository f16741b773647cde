#!/usr/bin/env python3
"""Freezing grows with the graph, not with its square.

    tests/scaling/run_scaling.py --firn build/release/bin/firn

A chain of 40,000 nodes may take at most 8 times the processor time of one of 10,000: 4 times is
linear, 16 quadratic. Processor time, since the machine may be busy; the best of three.
"""
import argparse
import os
import resource
import subprocess
import sys
import tempfile

CONST = ('node { name: "c%d" op: "Const" attr { key: "dtype" value { type: DT_FLOAT } } attr { '
         'key: "value" value { tensor { dtype: DT_FLOAT tensor_shape { } float_val: %d } } } }\n')
ADD = 'node { name: "a%d" op: "AddV2" input: "a%d" input: "c%d" attr { key: "T" value { type: DT_FLOAT } } }\n'
INPUT = ('node { name: "a0" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } } '
         'attr { key: "shape" value { shape { } } } }\n')


def seconds(firn, nodes, folder):
    graph = os.path.join(folder, "graph%d.pbtxt" % nodes)
    with open(graph, "w", encoding="utf-8") as stream:
        stream.write(INPUT)
        for i in range(1, nodes // 2):
            stream.write(CONST % (i, i) + ADD % (i, i - 1, i))
    best = float("inf")
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        subprocess.run([firn, "freeze", graph, "-o", os.path.join(folder, "out.pb")], check=True,
                       stdout=subprocess.DEVNULL, timeout=300)
        best = min(best, resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
    return best


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--firn", required=True)
    firn = parser.parse_args().firn
    with tempfile.TemporaryDirectory() as folder:
        small, large = seconds(firn, 10000, folder), seconds(firn, 40000, folder)
    print("10,000 nodes: %.2f s, 40,000 nodes: %.2f s, %.1f times" % (small, large, large / small))
    return 1 if large > 8 * small else 0


if __name__ == "__main__":
    sys.exit(main())
