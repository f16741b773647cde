#!/usr/bin/env python3
"""Runs the op test kit: every file in cases/ is one op, checked against numpy.

The cases of an op become one graph, which `firn run` compiles and runs with all inputs
constant (folded) and with all inputs fed, on one and on two threads; the results of the
latter two must be the same bit by bit. A graph that does not run is taken apart, so that
only the cases to blame fail.
"""
import argparse
import concurrent.futures
import importlib.util
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from kit import cases as kit_cases  # noqa: E402
from kit import catalog, checkpoint, graphs, values  # noqa: E402

MODES = [("constant", True, 1), ("fed", False, 1), ("fed, 2 threads", False, 2)]


def load_cases(path):
    spec = importlib.util.spec_from_file_location("cases_" + path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    collector = kit_cases.Collector(path.stem)
    with np.errstate(all="ignore"):
        module.cases(collector)
    return collector.cases


class Runner:
    def __init__(self, firn, signatures):
        self.firn = firn
        self.signatures = signatures

    def run(self, chosen, constant, threads):
        """(results by (case, output), None) or (None, error text)."""
        graph = graphs.Graph(self.signatures, constant)
        for case in chosen:
            graph.add(case)
        with tempfile.TemporaryDirectory() as folder:
            model = pathlib.Path(folder) / "graph.pbtxt"
            model.write_text(graph.text)
            command = [self.firn, "run", str(model), "--threads", str(threads)]
            if graph.variables:
                checkpoint.write(f"{folder}/variables", graph.variables)
                command += ["--checkpoint", f"{folder}/variables"]
            for index, (name, data) in enumerate(graph.feeds.items()):
                file = f"{folder}/in{index}.npy"
                np.save(file, data)
                command += ["--feed", f"{name}={file}"]
            outputs = {}
            for index, (key, name) in enumerate(graph.fetches.items()):
                outputs[key] = f"{folder}/out{index}.npy"
                command += ["--fetch", f"{name}={outputs[key]}"]
            done = subprocess.run(command, capture_output=True, text=True, timeout=120)
            if done.returncode != 0:
                text = done.stderr.strip()
                return None, text if done.returncode == 1 else f"status {done.returncode}: {text}"
            return {key: np.load(file) for key, file in outputs.items()}, None

    def results(self, chosen, constant, threads):
        """(results, errors by case): all cases at once, or each alone if that fails."""
        results, error = self.run(chosen, constant, threads)
        if error is None:
            return results, {}
        results, errors = {}, {}
        for case in chosen:
            found, error = self.run([case], constant, threads)
            if error is None:
                results.update(found)
            else:
                errors[case] = error
        return results, errors

    def check_op(self, path):
        """(number of cases, failures as text)."""
        failures = []
        all_cases = load_cases(path)
        good = [case for case in all_cases if not case.error]
        single = None
        for mode, constant, threads in MODES:
            results, errors = self.results(good, constant, threads) if good else ({}, {})
            for case, error in errors.items():
                failures.append(f"{case.name} ({mode}): {error}")
            for (case, index), found in results.items():
                wrong = values.difference(found, case.expected[index], case.rtol, case.atol)
                if wrong:
                    failures.append(f"{case.name}:{index} ({mode}): {wrong}")
                if threads > 1 and single and (case, index) in single:
                    if single[case, index].tobytes() != found.tobytes():
                        failures.append(f"{case.name}:{index}: not the same bits on {threads} threads")
            single = results if mode == "fed" else single
        for case in all_cases:
            if case.error:
                failures += self.check_error(case)
        return len(all_cases), failures

    def check_error(self, case):
        failures = []
        for mode, constant, threads in MODES[:2]:
            _, error = self.run([case], constant, threads)
            if error is None:
                failures.append(f"{case.name} ({mode}): succeeded, expected an error with {case.error!r}")
            elif case.error not in error or error.startswith("status"):
                failures.append(f"{case.name} ({mode}): expected an error with {case.error!r}: {error}")
        return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--firn", required=True, help="the program")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("ops", nargs="*", help="ops to check (default: all)")
    options = parser.parse_args()
    paths = sorted((HERE / "cases").glob("*.py"))
    if options.ops:
        paths = [path for path in paths if path.stem in options.ops]
    runner = Runner(options.firn, catalog.load())
    total = failed = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for path, (count, failures) in zip(paths, pool.map(runner.check_op, paths)):
            total += count
            failed += bool(failures)
            for failure in failures:
                print(f"FAILED {failure}", flush=True)
    print(f"{len(paths)} ops, {total} cases; {failed} ops with failures")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
