#!/usr/bin/env python3
"""Firn's kernels beside oneDNN and OpenBLAS, and the tile model beside all tiles.

    bench/kernels.py --kernels PROGRAM               # the table, one thread
    bench/kernels.py --kernels PROGRAM --threads 2
    bench/kernels.py --tiles --filter 'resnet 14'    # the model's tile against all

PROGRAM is built from the folder kernels/ of the peers' suite. All figures are
GFLOP/s of the fastest call; % is of the multiply-add peak measured in the same
run. "direct" are plain sums, "chosen" is what Firn takes (Winograd's algorithm
where it is faster, which can exceed the peak). Products with one row read
weights once and are bound by memory: for them GB/s is given, too.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROWS, VECTORS = range(1, 15), range(1, 5)


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=os.path.join(HERE, "..", "build", "release"),
                        help="the build folder (default: build/release)")
    parser.add_argument("--kernels", help="the peers' program")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--tiles", action="store_true",
                        help="try all register tiles instead of the peers")
    parser.add_argument("--filter", default="", help="part of the names of the shapes")
    return parser.parse_args()


def run_firn(arguments, **environment):
    """Name → GFLOP/s, the best of three; GB/s for the copy."""
    command = [os.path.join(arguments.build, "bin", "firn-kernel-bench"),
               "--benchmark_format=json", "--benchmark_repetitions=3",
               "--benchmark_min_time=0.06"]
    if arguments.filter:
        command.append("--benchmark_filter=" + arguments.filter + "|^peak|^copy")
    found = subprocess.run(
        command, capture_output=True, text=True, check=True,
        env={**os.environ, "FIRN_THREADS": str(arguments.threads), **environment})
    rates = {}
    for bench in json.loads(found.stdout)["benchmarks"]:
        if bench["run_type"] == "iteration" and not bench.get("error_occurred"):
            name = bench["name"].removesuffix("/real_time")
            rate = bench.get("GFLOP/s", bench.get("GB/s", 0))
            rates[name] = max(rates.get(name, 0), rate)
    return rates


def run_peers(arguments):
    """Name → {library: GFLOP/s}."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "kernels.jsonl")
        subprocess.run([arguments.kernels, "--threads", str(arguments.threads),
                        "--rounds", "3", "--only", arguments.filter, "--json", path],
                       stdout=subprocess.DEVNULL, check=True)
        rates = {}
        with open(path) as file:
            for line in map(json.loads, file):
                if line["group"] != "peak":
                    rates.setdefault(line["name"], {})[line["library"]] = line["gflop_s"]
    return rates


def compare_peers(arguments):
    chosen = run_firn(arguments)
    direct = run_firn(arguments, FIRN_WINOGRAD="0")
    peers = run_peers(arguments) if arguments.kernels else {}
    peak = chosen.pop("peak") * arguments.threads
    copy = chosen.pop("copy")
    libraries = sorted({name for rates in peers.values() for name in rates})
    print(f"Peak {peak:.0f} GFLOP/s, copies {copy:.0f} GB/s, {arguments.threads} thread(s).\n")
    print("| shape | direct | % | chosen | " + " | ".join(libraries)
          + " | chosen / best of them |")
    print("| --- " * (5 + len(libraries)) + "|")
    for name, rate in chosen.items():
        others = peers.get(name, {})
        label = name
        if match := re.search(r" 1x\d+x\d+$", name):
            # A weight is four bytes and two operations.
            label += f" ({direct[match.string] * 2:.0f} GB/s)"
        cells = [label, f"{direct[name]:.0f}", f"{direct[name] / peak * 100:.0f}", f"{rate:.0f}"]
        cells += [f"{others[lib]:.0f}" if lib in others else "–" for lib in libraries]
        cells.append(f"{rate / max(others.values()):.2f}" if others else "–")
        print("| " + " | ".join(cells) + " |")


def compare_tiles(arguments):
    model = run_firn(arguments, FIRN_WINOGRAD="0")
    best = {}
    for rows in ROWS:
        for vectors in VECTORS:
            if rows * vectors > 28:
                continue  # more than the registers hold
            tile = f"{rows}x{vectors}"
            for name, rate in run_firn(arguments, FIRN_WINOGRAD="0", FIRN_TILE=tile).items():
                best[name] = max(best.get(name, (0, "")), (rate, tile))
    print("| shape | the model's tile | the best tile | which | model / best |")
    print("| --- | --- | --- | --- | --- |")
    for name, rate in model.items():
        if name not in ("peak", "copy"):
            print(f"| {name} | {rate:.0f} | {best[name][0]:.0f} | {best[name][1]} |"
                  f" {rate / best[name][0]:.2f} |")


def main():
    arguments = parse_arguments()
    (compare_tiles if arguments.tiles else compare_peers)(arguments)


if __name__ == "__main__":
    sys.exit(main())
