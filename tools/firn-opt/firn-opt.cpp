//===- firn-opt.cpp - runs passes over tfg modules ------------------------===//
//
// mlir-opt with Firn's dialect and passes: the tool of the lit tests, and of
// users who want to see what a pass does.
//
//===----------------------------------------------------------------------===//

#include "backend/jit/lowering/TFGToLinalg.h"
#include "ir/TFGDialect.h"
#include "mlir/InitAllDialects.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "mlir/Transforms/Passes.h"
#include "passes/Passes.h"
#include "passes/Pipelines.h"
#include "llvm/Support/CommandLine.h"

int main(int argc, char **argv) {
  // What is registered before main() are the options of LLVM's code generators:
  // --help is about passes, --help-hidden shows everything.
  for (auto &[name, option] : llvm::cl::getRegisteredOptions())
    if (!llvm::is_contained({"help", "version"}, name))
      option->setHiddenFlag(llvm::cl::Hidden);

  mlir::DialectRegistry registry;
  registry.insert<firn::tfg::TFGDialect>();
  mlir::registerAllDialects(registry);
  mlir::registerTransformsPasses();
  firn::tfg::registerFirnPasses();
  firn::tfg::registerFirnPipelines();
  firn::registerTFGToLinalgPass();
  return mlir::asMainReturnCode(
      mlir::MlirOptMain(argc, argv, "Firn's pass driver\n", registry));
}
