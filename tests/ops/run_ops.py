#!/usr/bin/env python3
"""Runs the op test kit: every file in cases/ is one op, checked against numpy.

The cases of an op become one graph, which `firn run` compiles and runs with all inputs
constant (folded) and with all inputs fed, on one and on two threads; the results of the
latter two must be the same bit by bit. On one thread buffers end at pages that code must not
touch (FIRN_GUARD_PAGES). With --any-size it is also compiled without the
sizes of the inputs, once for all of them; cases that kit/stages.py names apart, because their
code is made when the sizes are there. A graph that does not run is taken apart, so that only the cases to
blame fail.
"""
import argparse
import concurrent.futures
import importlib.util
import os
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from kit import cases as kit_cases  # noqa: E402
from kit import catalog, checkpoint, graphs, stages, values  # noqa: E402


class Mode:
    def __init__(self, name, constant=False, threads=1, any_size=False):
        self.name, self.constant, self.threads, self.any_size = name, constant, threads, any_size


GUARDED = os.environ | {"FIRN_GUARD_PAGES": "1"}

CONSTANT, FED = Mode("constant", constant=True), Mode("fed")
TWO_THREADS, ANY_SIZE = Mode("fed, 2 threads", threads=2), Mode("any size", any_size=True)


def load_cases(path):
    spec = importlib.util.spec_from_file_location("cases_" + path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    collector = kit_cases.Collector(path.stem)
    with np.errstate(all="ignore"):
        module.cases(collector)
    return collector.cases


class Runner:
    def __init__(self, firn, signatures, any_size):
        self.firn = firn
        self.signatures = signatures
        self.any_size = any_size

    def run(self, chosen, mode):
        """(results by (case, output), None) or (None, error text)."""
        graph = graphs.Graph(self.signatures, mode.constant)
        for case in chosen:
            graph.add(case)
        with tempfile.TemporaryDirectory() as folder:
            model = graph.write(pathlib.Path(folder))
            command = [self.firn, "run", str(model), "--threads", str(mode.threads)]
            command += ["--any-size"] if mode.any_size else []
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
            try:
                done = subprocess.run(command, env=GUARDED if mode is FED else None, capture_output=True, text=True, timeout=300)
            except subprocess.TimeoutExpired:
                return None, "takes more than 300 seconds"
            if done.returncode != 0:
                text = done.stderr.strip()
                return None, text if done.returncode == 1 else f"status {done.returncode}: {text}"
            in_stages = "compiled in stages" in done.stderr
            if mode.any_size and in_stages != any(map(stages.declared, chosen)):
                return None, "is compiled in stages, which kit/stages.py does not say" if in_stages else \
                    "is compiled once for all sizes, but kit/stages.py says in stages"
            return {key: np.load(file) for key, file in outputs.items()}, None

    def results(self, chosen, mode):
        """(results, errors by case): all cases at once, or in halves if that fails."""
        if not chosen:
            return {}, {}
        results, error = self.run(chosen, mode)
        if error is None:
            return results, {}
        if len(chosen) == 1:
            return {}, {chosen[0]: error}
        middle = len(chosen) // 2
        results, errors = self.results(chosen[:middle], mode)
        more_results, more_errors = self.results(chosen[middle:], mode)
        return {**results, **more_results}, {**errors, **more_errors}

    def check_mode(self, chosen, mode, failures):
        """The results by (case, output)."""
        results, errors = self.results(chosen, mode)
        for case, error in errors.items():
            failures.append(f"{case.name} ({mode.name}): {error}")
        for (case, index), found in results.items():
            wrong = values.difference(found, case.expected[index], case.rtol, case.atol)
            if wrong:
                failures.append(f"{case.name}:{index} ({mode.name}): {wrong}")
        return results

    def check_op(self, path):
        """(number of cases, failures as text)."""
        failures = []
        all_cases = load_cases(path)
        good = [case for case in all_cases if not case.error]
        self.check_mode(good, CONSTANT, failures)
        single = self.check_mode(good, FED, failures)
        for (case, index), found in self.check_mode(good, TWO_THREADS, failures).items():
            if (case, index) in single and single[case, index].tobytes() != found.tobytes():
                failures.append(f"{case.name}:{index}: not the same bits on {TWO_THREADS.threads} threads")
        if self.any_size:
            self.check_mode([case for case in good if not stages.declared(case)], ANY_SIZE, failures)
            self.check_mode([case for case in good if stages.declared(case)], ANY_SIZE, failures)
        for case in all_cases:
            if case.error:
                failures += self.check_error(case)
        return len(all_cases), failures

    def check_error(self, case):
        failures = []
        # Which check finds the error, and how it says it, depends on what is known when compiling.
        for mode in [CONSTANT, FED] + [ANY_SIZE] * self.any_size:
            _, error = self.run([case], mode)
            if mode is ANY_SIZE and error and not error.startswith(("status", "is compiled")):
                continue
            if error is None:
                failures.append(f"{case.name} ({mode.name}): succeeded, expected an error with {case.error!r}")
            elif case.error not in error or error.startswith("status"):
                failures.append(f"{case.name} ({mode.name}): expected an error with {case.error!r}: {error}")
        return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--firn", required=True, help="the program")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--any-size", action="store_true", help="also compile for inputs of any size")
    parser.add_argument("ops", nargs="*", help="ops to check (default: all)")
    options = parser.parse_args()
    paths = sorted((HERE / "cases").glob("*.py"))
    if options.ops:
        paths = [path for path in paths if path.stem in options.ops]
    runner = Runner(options.firn, catalog.load(), options.any_size)
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
