#!/usr/bin/env python3
"""Random graphs, computed in several ways that must agree.

Each seed makes a graph of 5 to 40 ops (generate.py). It is compiled with its inputs fed, on
one thread: that is what the others are compared with.

    2 threads       the same bits, by the code that the first left in the cache
    all fetched     every value of the graph is an output: what is fused into what changes
    not fused       every op by itself, without the code generator's optimisations
    constant        the inputs are constants, so that all of the graph folds

All but the first must be equal within limits, since sums may be added up in another order.

    run_random.py --firn build/release/bin/firn                     # the seeds of the test
    run_random.py --firn … --seeds 0:10000 --jobs 2                 # many more
    run_random.py --firn … --seeds 17 --keep /tmp                   # one, and its graph
"""
import argparse
import concurrent.futures
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "ops")]
from generate import RandomGraph  # noqa: E402
from kit import catalog  # noqa: E402

RTOL, ATOL = 2e-4, 2e-5


def compute(firn, folder, name, graph, fetches, *options):
    """The values by name, or the text of the error."""
    model = pathlib.Path(folder) / f"{name}.pbtxt"
    model.write_text(graph.text)
    command = [firn, "run", str(model), *options]
    for index, (feed, array) in enumerate(graph.feeds.items()):
        np.save(f"{folder}/in{index}.npy", array)
        command += ["--feed", f"{feed}={folder}/in{index}.npy"]
    for index, fetch in enumerate(fetches):
        command += ["--fetch", f"{fetch}={folder}/{name}{index}.npy"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        return f"status {done.returncode}: {done.stderr.strip()[:500]}"
    return {fetch: np.load(f"{folder}/{name}{index}.npy") for index, fetch in enumerate(fetches)}


def compare(found, expected, exact):
    for name, want in expected.items():
        have = found[name]
        if have.shape != want.shape:
            return f"{name} has shape {have.shape}, not {want.shape}"
        same = have.tobytes() == want.tobytes() if exact else np.allclose(have, want, RTOL, ATOL, equal_nan=True)
        if not same:
            worst = np.nanmax(np.abs(have.astype(np.float64) - want)) if have.size else 0
            return f"{name} differs by up to {worst:.3g}"
    return None


WAYS = ["2 threads", "all fetched", "not fused", "constant"]


def check(firn, signatures, seed, keep, chosen):
    """What is wrong, as text; None if nothing is."""
    fed = RandomGraph(signatures, seed, constant=False)
    constant = RandomGraph(signatures, seed, constant=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = keep or temporary
        cache = f"--cache={folder}/cache"
        base = compute(firn, folder, f"fed{seed}", fed, fed.outputs, "--threads", "1", cache)
        if isinstance(base, str):
            return f"seed {seed}: {base}"
        for name in fed.outputs:
            if base[name].shape != fed.shapes[name]:
                return f"seed {seed}: {name} has shape {base[name].shape}, expected {fed.shapes[name]}"
        ways = [("2 threads", fed, fed.outputs, ["--threads", "2", cache], True),
                ("all fetched", fed, fed.all, ["--threads", "1"], False),
                ("not fused", fed, fed.outputs, ["--threads", "1", "--opt-level", "0"], False),
                ("constant", constant, constant.outputs, ["--threads", "1"], False)]
        for way, graph, fetches, options, exact in ways:
            if way not in chosen:
                continue
            found = compute(firn, folder, f"{way.replace(' ', '')}{seed}", graph, fetches, *options)
            if graph is constant and not isinstance(found, str):
                # An input that is an output has the name of its kind.
                found = dict(zip(fed.outputs, found.values()))
            wrong = found if isinstance(found, str) else compare(found, base, exact)
            if wrong:
                return f"seed {seed} ({way}): {wrong}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--firn", required=True, help="the program")
    parser.add_argument("--seeds", default="0:12", help="a seed, or FIRST:END")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--ways", default=",".join(WAYS), help="what to compare with (default: all)")
    parser.add_argument("--keep", help="a folder for the graphs and values")
    options = parser.parse_args()
    first, _, end = options.seeds.partition(":")
    seeds = range(int(first), int(end or int(first) + 1))
    chosen = options.ways.split(",")
    if not set(chosen) <= set(WAYS):
        parser.error("--ways: expected some of " + ", ".join(WAYS))
    signatures = catalog.load()
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for wrong in pool.map(lambda seed: check(options.firn, signatures, seed, options.keep, chosen), seeds):
            if wrong:
                failed += 1
                print(f"FAILED {wrong}", flush=True)
    print(f"{len(seeds)} graphs; {failed} with disagreements")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
