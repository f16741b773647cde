# How lit runs the tests: each .mlir and .test file is a script (its RUN lines) over
# the tools of the build folder. lit.site.cfg.py in the build folder sets the paths.
import os

import lit.formats

config.name = "Firn"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".pbtxt", ".test"]
config.excludes = ["Inputs", "unit", "e2e"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.firn_build_dir, "tests")

path = [config.firn_tools_dir, config.llvm_tools_dir, config.environment["PATH"]]
config.environment["PATH"] = os.pathsep.join(path)
# Captured values ([[NAME:%.*]]) end with their CHECK-LABEL; $NAME does not.
config.substitutions.append((r"\bFileCheck\b", "FileCheck -enable-var-scope"))
config.substitutions.append(("%source_dir", config.firn_source_dir))
