// See CompileObject.h. MLIR is translated on the calling thread (its context is
// not shared); only LLVM works in parallel.
#include "backend/jit/CompileObject.h"

#include "backend/jit/HostTarget.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Target/LLVMIR/Export.h"

#include "llvm/ADT/StringSet.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/SmallVectorMemoryBuffer.h"

#include "absl/strings/str_cat.h"

#include <thread>

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

namespace {

/// One module on its way to an object, with a context of its own so that
/// several may be worked on at once.
struct Part {
  llvm::LLVMContext context;
  std::unique_ptr<llvm::Module> module;
  std::unique_ptr<llvm::TargetMachine> machine;
  std::unique_ptr<llvm::MemoryBuffer> object;

  absl::Status translate(mlir::ModuleOp op, int optLevel);
  void compile(int optLevel);
};

absl::Status Part::translate(mlir::ModuleOp op, int optLevel) {
  const HostTarget &host = HostTarget::get();
  auto created = host.createMachine(optLevel);
  if (!created.ok())
    return created.status();
  machine = std::move(*created);
  module = mlir::translateModuleToLLVMIR(op, context, "firn",
                                         /*disableVerification=*/true);
  if (!module)
    return absl::InternalError("the module cannot be translated to LLVM IR");
  module->setTargetTriple(machine->getTargetTriple());
  module->setDataLayout(machine->createDataLayout());
  for (llvm::Function &function : *module) {
    if (function.isDeclaration())
      continue;
    function.addFnAttr("target-cpu", host.cpu);
    function.addFnAttr("target-features", host.features);
    function.addFnAttr("prefer-vector-width", absl::StrCat(host.vectorBits));
    function.addFnAttr(llvm::Attribute::NoUnwind);
  }
  return absl::OkStatus();
}

void Part::compile(int optLevel) {
  optimize(*module, *machine, optLevel);
  llvm::SmallVector<char, 0> bytes;
  llvm::raw_svector_ostream stream(bytes);
  llvm::legacy::PassManager codegen;
  if (machine->addPassesToEmitFile(codegen, stream, nullptr,
                                   llvm::CodeGenFileType::ObjectFile,
                                   /*DisableVerify=*/true))
    return;
  codegen.run(*module);
  object = std::make_unique<llvm::SmallVectorMemoryBuffer>(
      std::move(bytes), "firn.o", /*RequiresNullTerminator=*/false);
}

/// Moves about half of the functions of `module`, by size, into a new module;
/// null if they are too few.
mlir::OwningOpRef<mlir::ModuleOp> splitOff(mlir::ModuleOp module) {
  using mlir::LLVM::LLVMFuncOp;
  llvm::SmallVector<std::pair<int64_t, LLVMFuncOp>> sizes;
  int64_t total = 0;
  for (auto function : module.getOps<LLVMFuncOp>()) {
    if (function.isExternal())
      continue;
    int64_t size = 0;
    function.walk([&](mlir::Operation *) { ++size; });
    total += size;
    sizes.emplace_back(size, function);
  }
  if (sizes.size() < 3)
    return {};
  mlir::OwningOpRef<mlir::ModuleOp> other(
      mlir::ModuleOp::create(module.getLoc()));
  mlir::OpBuilder builder = mlir::OpBuilder::atBlockEnd(other->getBody());
  llvm::StringSet<> moved;
  int64_t size = 0;
  // Main stays: the texts of checks stand beside it.
  for (auto [ops, function] : llvm::reverse(sizes)) {
    bool usesGlobals = false;
    function.walk([&](mlir::LLVM::AddressOfOp) { usesGlobals = true; });
    if (usesGlobals || function.getName() == "main" ||
        2 * (size + ops) > total + ops)
      continue;
    size += ops;
    builder.clone(*function);
    moved.insert(function.getName());
    // What is left is a declaration.
    function.eraseBody();
  }
  for (auto function : module.getOps<LLVMFuncOp>())
    if (function.isExternal() && !moved.contains(function.getName()))
      builder.clone(*function);
  return other;
}

} // namespace

absl::StatusOr<std::vector<std::unique_ptr<llvm::MemoryBuffer>>>
compileObjects(mlir::ModuleOp module, int optLevel, unsigned numParts,
               bool dumpIR) {
  std::vector<std::unique_ptr<Part>> parts;
  mlir::OwningOpRef<mlir::ModuleOp> other =
      numParts > 1 ? splitOff(module) : nullptr;
  for (mlir::ModuleOp op : {module, other.get()}) {
    if (!op)
      continue;
    parts.push_back(std::make_unique<Part>());
    if (absl::Status status = parts.back()->translate(op, optLevel);
        !status.ok())
      return status;
  }
  std::vector<std::thread> threads;
  for (auto &part : llvm::drop_begin(parts))
    threads.emplace_back([&part, optLevel] { part->compile(optLevel); });
  parts.front()->compile(optLevel);
  for (std::thread &thread : threads)
    thread.join();
  std::vector<std::unique_ptr<llvm::MemoryBuffer>> objects;
  for (auto &part : parts) {
    if (dumpIR)
      part->module->print(llvm::errs(), nullptr);
    if (!part->object)
      return absl::InternalError(
          "this machine's code generator writes no objects");
    objects.push_back(std::move(part->object));
  }
  return objects;
}

} // namespace firn::jit
