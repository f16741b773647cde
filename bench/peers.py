#!/usr/bin/env python3
"""Firn beside the peers: ONNX Runtime, OpenCV dnn, TensorFlow.js.

Runs the peers' suite (run_peers.py; its README says what to install) with firn
interleaved, writes the ratios as a table, and compares them with the recorded
ones. Ratios are of medians of the same run; only they can be compared between
machines and days.

Processors of virtual machines are sometimes two threads of one core, for seconds
at a time. Before and after each network the peak of all threads together is
measured; if it is not that of as many cores, or if half of the runs of Firn or
the reference were much slower than the fastest, the network is measured again,
and after three times its row is marked with a *.

    bench/peers.py --peers-dir ../shared/peers mlp resnet50     # table, comparison
    bench/peers.py --peers-dir ../shared/peers all --record     # new record

Exit status: 0 nothing got slower, 1 something did, 2 nothing was measured.
"""
import argparse
import json
import math
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
RECORD = os.path.join(HERE, "recorded.json")
# Medians of a quiet machine stray less than this between runs.
TOLERANCE = 1.10
REFERENCE = "ort"
# Of the peak of as many cores; of the fastest run, the median; how often a
# network is tried.
ENOUGH = 0.85
STEADY = 1.25
ATTEMPTS = 3


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("networks", nargs="+", help="names of netgen, or 'all'")
    parser.add_argument("--peers-dir", required=True, help="the folder with run_peers.py")
    parser.add_argument("--build", default=os.path.join(HERE, "..", "build", "release"),
                        help="the build folder (default: build/release)")
    parser.add_argument("--peers", default="ort,opencv,tfjs-wasm")
    parser.add_argument("--threads", default="1,2", help="comma list (default 1,2)")
    parser.add_argument("--batches", default="1", help="comma list (default 1)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--burst", type=float, default=0.8, help="seconds of a peer's turn")
    parser.add_argument("--record", action="store_true",
                        help="keep this run's ratios in " + os.path.relpath(RECORD))
    parser.add_argument("--markdown", metavar="FILE", help="write the table here, too")
    return parser.parse_args()


def run_network(arguments, network, batch, threads):
    """The results of run_peers.py for `network`, a name or 'all'."""
    firn = os.path.abspath(os.path.join(arguments.build, "bin", "firn"))
    command = (f"firn={firn} bench {{pb}} --feed {{inputs}} --fetch {{outputs}}"
               " --threads {threads} --iterations {iters} --warmup {warmup} --json")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "results.jsonl")
        subprocess.run(
            [sys.executable, "run_peers.py", network,
             "--batch", batch, "--threads", threads, "--peers", arguments.peers,
             "--rounds", str(arguments.rounds), "--burst", str(arguments.burst),
             "--json", path, "--cmd", command],
            cwd=arguments.peers_dir, check=False)
        if not os.path.exists(path):
            return []
        with open(path) as file:
            results = [json.loads(line) for line in file]
    return [r for r in results if "median_ms" in r["peers"].get("firn", {})]


def has_cores(arguments, threads, peak):
    """Whether `threads` threads get as many times the peak of one."""
    if threads == 1 or not peak:
        return True
    return measure_peak(arguments.build, threads) > ENOUGH * threads * peak


def is_steady(result):
    """Whether the medians of the two that are compared are near their minima."""
    measured = [result["peers"].get(name, {}) for name in ("firn", REFERENCE)]
    return all(peer["median_ms"] < STEADY * peer["min_ms"] for peer in measured if "median_ms" in peer)


def run_suite(arguments, peak):
    """The results, one dictionary for each network and setting."""
    results = []
    for batch in arguments.batches.split(","):
        for threads in arguments.threads.split(","):
            for network in arguments.networks:
                for _ in range(ATTEMPTS):
                    trusted = has_cores(arguments, int(threads), peak)
                    found = run_network(arguments, network, batch, threads)
                    trusted = trusted and has_cores(arguments, int(threads), peak)
                    trusted = trusted and all(map(is_steady, found))
                    if trusted or not found:
                        break
                for result in found:
                    result["trusted"] = trusted
                results += found
    return results


def measure_peak(build, processes):
    """GFLOP/s of the multiply-adds of as many processes together."""
    program = os.path.join(build, "bin", "firn-kernel-bench")
    if not os.path.exists(program):
        return 0
    running = [subprocess.Popen(
        [program, "--benchmark_filter=^peak", "--benchmark_format=json"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for _ in range(processes)]
    return sum(json.loads(process.communicate()[0])["benchmarks"][0]["GFLOP/s"]
               for process in running)


def measure_machine(build):
    """GFLOP/s of a core's multiply-adds, and GB/s of a copy that no cache holds."""
    program = os.path.join(build, "bin", "firn-kernel-bench")
    if not os.path.exists(program):
        return {}
    found = subprocess.run(
        [program, "--benchmark_filter=^(peak|copy)", "--benchmark_format=json"],
        capture_output=True, text=True, check=False)
    rates = {}
    for bench in json.loads(found.stdout or "{}").get("benchmarks", []):
        for unit in ("GFLOP/s", "GB/s"):
            if unit in bench:
                rates[unit] = bench[unit]
    return rates


def key_of(result):
    return f"{result['net']}/batch {result['batch']}/threads {result['threads']}"


def ratios_of(result):
    """How many times firn is faster than each peer, by medians."""
    own = result["peers"]["firn"]["median_ms"]
    return {name: peer["median_ms"] / own for name, peer in result["peers"].items()
            if name != "firn" and "median_ms" in peer}


def table(results, peers, machine):
    lines = []
    if machine:
        lines += [f"Machine: {machine.get('GFLOP/s', 0):.0f} GFLOP/s a core,"
                  f" copies at {machine.get('GB/s', 0):.0f} GB/s.", ""]
    lines += ["| network | batch | threads | firn ms | "
              + " | ".join(f"{peer} ms (ratio)" for peer in peers)
              + " | GFLOP/s | % of peak | largest difference |",
              "| --- " * (7 + len(peers)) + "|"]
    for result in results:
        firn, ratios = result["peers"]["firn"], ratios_of(result)
        cells = [result["net"] + ("" if result["trusted"] else " *"), str(result["batch"]), str(result["threads"]),
                 f"{firn['median_ms']:.3f}"]
        for peer in peers:
            cells.append(f"{result['peers'][peer]['median_ms']:.3f} ({ratios[peer]:.2f})"
                         if peer in ratios else "–")
        rate = result["gflops"] / firn["median_ms"] * 1e3
        peak = machine.get("GFLOP/s", 0) * result["threads"]
        cells += [f"{rate:.0f}", f"{rate / peak * 100:.0f}" if peak else "–",
                  f"{firn.get('max_rel_diff', float('nan')):.1e}"]
        lines.append("| " + " | ".join(cells) + " |")
    for batch, threads in sorted({(r["batch"], r["threads"]) for r in results}):
        logs = [math.log(ratios_of(r)[REFERENCE]) for r in results
                if (r["batch"], r["threads"]) == (batch, threads) and REFERENCE in ratios_of(r)]
        if logs:
            lines += ["", f"Geometric mean against {REFERENCE}, batch {batch}, {threads} thread(s):"
                      f" {math.exp(sum(logs) / len(logs)):.2f} over {len(logs)} networks."]
    return "\n".join(lines) + "\n"


def compare(results):
    """Prints what got slower than recorded; the number of such rows."""
    if not os.path.exists(RECORD):
        return 0
    with open(RECORD) as file:
        recorded = json.load(file)
    slower = 0
    for result in results:
        before = recorded.get(key_of(result), {}).get(REFERENCE)
        now = ratios_of(result).get(REFERENCE)
        if before and now and now * TOLERANCE < before:
            slower += 1
            print(f"slower: {key_of(result)}: {now:.2f} times {REFERENCE}, was {before:.2f}")
    return slower


def main():
    arguments = parse_arguments()
    machine = measure_machine(arguments.build)
    results = run_suite(arguments, machine.get("GFLOP/s", 0))
    if not results:
        return 2
    peers = [p for p in arguments.peers.split(",")
             if any(p in ratios_of(result) for result in results)]
    text = table(results, peers, machine)
    print(text)
    if arguments.markdown:
        with open(arguments.markdown, "w") as file:
            file.write(text)
    slower = compare(results)
    if arguments.record:
        record = {}
        if os.path.exists(RECORD):
            with open(RECORD) as file:
                record = json.load(file)
        record.update({key_of(r): {p: round(v, 3) for p, v in ratios_of(r).items()}
                       for r in results if r["trusted"]})
        with open(RECORD, "w") as file:
            json.dump(record, file, indent=1, sort_keys=True)
            file.write("\n")
    return 1 if slower else 0


if __name__ == "__main__":
    sys.exit(main())
