// See CompileObject.h.
#include "backend/jit/CompileObject.h"

#include "backend/jit/HostTarget.h"

#include "mlir/Target/LLVMIR/Export.h"

#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/SmallVectorMemoryBuffer.h"

#include "absl/strings/str_cat.h"

namespace firn::jit {

static void optimize(llvm::Module &module, llvm::TargetMachine &machine,
                     int optLevel) {
  llvm::PipelineTuningOptions tuning;
  tuning.LoopVectorization = optLevel > 1;
  tuning.SLPVectorization = false;
  llvm::PassBuilder builder(&machine, tuning);
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager components;
  llvm::ModuleAnalysisManager modules;
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(components);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, components, modules);
  llvm::ModulePassManager passes =
      optLevel <= 0
          ? builder.buildO0DefaultPipeline(llvm::OptimizationLevel::O0)
          : builder.buildPerModuleDefaultPipeline(
                optLevel == 1   ? llvm::OptimizationLevel::O1
                : optLevel == 2 ? llvm::OptimizationLevel::O2
                                : llvm::OptimizationLevel::O3);
  passes.run(module, modules);
}

absl::StatusOr<std::unique_ptr<llvm::MemoryBuffer>>
compileObject(mlir::ModuleOp op, int optLevel, bool dumpIR) {
  const HostTarget &host = HostTarget::get();
  auto machine = host.createMachine(optLevel);
  if (!machine.ok())
    return machine.status();
  llvm::LLVMContext context;
  std::unique_ptr<llvm::Module> module = mlir::translateModuleToLLVMIR(
      op, context, "firn", /*disableVerification=*/true);
  if (!module)
    return absl::InternalError("the module cannot be translated to LLVM IR");
  module->setTargetTriple((*machine)->getTargetTriple());
  module->setDataLayout((*machine)->createDataLayout());
  for (llvm::Function &function : *module) {
    if (function.isDeclaration())
      continue;
    function.addFnAttr("target-cpu", host.cpu);
    function.addFnAttr("target-features", host.features);
    function.addFnAttr("prefer-vector-width", absl::StrCat(host.vectorBits));
    function.addFnAttr(llvm::Attribute::NoUnwind);
  }
  optimize(*module, **machine, optLevel);
  if (dumpIR)
    module->print(llvm::errs(), nullptr);

  llvm::SmallVector<char, 0> bytes;
  llvm::raw_svector_ostream stream(bytes);
  llvm::legacy::PassManager codegen;
  if ((*machine)->addPassesToEmitFile(codegen, stream, nullptr,
                                      llvm::CodeGenFileType::ObjectFile,
                                      /*DisableVerify=*/true))
    return absl::InternalError(
        "this machine's code generator writes no objects");
  codegen.run(*module);
  return std::make_unique<llvm::SmallVectorMemoryBuffer>(
      std::move(bytes), "firn.o", /*RequiresNullTerminator=*/false);
}

} // namespace firn::jit
