// The steps of compiling in their order, as a table of contents.
#include "backend/jit/CompileImage.h"

#include "backend/jit/ArrangeContractions.h"
#include "backend/jit/BindArguments.h"
#include "backend/jit/Bufferize.h"
#include "backend/jit/CarryInPlace.h"
#include "backend/jit/CompileObject.h"
#include "backend/jit/DecomposeSlices.h"
#include "backend/jit/ElementBytes.h"
#include "backend/jit/EmitKernels.h"
#include "backend/jit/FormKernels.h"
#include "backend/jit/JitDialect.h"
#include "backend/jit/LowerToLLVM.h"
#include "backend/jit/OwnLoopBuffers.h"
#include "backend/jit/PlanArena.h"
#include "backend/jit/RoutineSites.h"
#include "backend/jit/SimplifyTensors.h"
#include "backend/jit/SlotAbi.h"
#include "backend/jit/Stopwatch.h"
#include "backend/jit/TileBatch.h"

#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/BitVector.h"

#include "absl/strings/str_cat.h"

#include <thread>

using namespace mlir;

namespace firn::jit {

namespace {

/// `mark`: the attribute of a string.
ArgumentType argumentType(Type type, Attribute mark) {
  auto tensor = cast<RankedTensorType>(type);
  ArgumentType result;
  llvm::append_range(result.shape, tensor.getShape());
  result.isString = mark != nullptr;
  result.elementBytes =
      result.isString ? 0 : elementBytes(tensor.getElementType());
  if (result.isString)
    result.element = "string";
  else
    llvm::raw_string_ostream(result.element) << tensor.getElementType();
  return result;
}

LogicalResult toBuffers(func::FuncOp main, NativeImage &image) {
  FailureOr<BoundArguments> arguments = bindArguments(main, image.constants);
  if (failed(arguments) || failed(bufferize(main)))
    return failure();
  image.bound = std::move(*arguments);
  return success();
}

/// Constants that only packing read are not needed any more; the others become
/// the image's.
void keepUsedConstants(func::FuncOp main, NativeImage &image,
                       const ConstantTable::Release &release) {
  // Several arguments may be the same entry.
  llvm::BitVector used(image.constants.size());
  for (auto [index, entry] : llvm::enumerate(image.bound.constants))
    if (!main.getArgument(image.bound.numInputs + index).use_empty())
      used.set(entry);
  for (unsigned entry = 0; entry < used.size(); ++entry) {
    if (used.test(entry))
      image.constants.keep(entry, release);
    else
      image.constants.drop(entry, release);
    image.report.constantBytes += image.constants[entry].bytes;
  }
}

} // namespace

absl::StatusOr<NativeImage> compileImage(ModuleOp original,
                                         const NativeOptions &options) {
  NativeImage image;
  CompileReport &report = image.report;
  MLIRContext *context = original.getContext();
  loadDialects(*context);
  std::string errors;
  ScopedDiagnosticHandler collect(context, [&](Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == DiagnosticSeverity::Error)
      absl::StrAppend(&errors, errors.empty() ? "" : "\n", diagnostic.str());
    return success();
  });
  auto failure = [&](const char *step) {
    return absl::InternalError(absl::StrCat(step, ": ", errors));
  };
  auto main = original.lookupSymbol<func::FuncOp>("main");
  if (!main)
    return absl::InvalidArgumentError("the module has no function @main");
  for (auto [index, type] : llvm::enumerate(main.getArgumentTypes()))
    image.inputs.push_back(
        argumentType(type, main.getArgAttr(index, kStringAttr)));
  for (auto [index, type] : llvm::enumerate(main.getResultTypes()))
    image.outputs.push_back(
        argumentType(type, main.getResultAttr(index, kStringAttr)));

  OwningOpRef<ModuleOp> owner(original.clone());
  ModuleOp module = *owner;
  main = module.lookupSymbol<func::FuncOp>("main");
  auto dump = [&](const char *step) {
    if (options.dumpIR)
      llvm::errs() << "// ----- " << step << "\n" << module << "\n";
  };
  Stopwatch watch;

  if (failed(simplifyTensors(module, /*fuse=*/options.optLevel > 0)))
    return failure("simplifying");
  arrangeContractions(main);
  if (options.optLevel > 0)
    tileBatch(main);
  decomposeSlices(main);
  dump("simplified");
  report.numLaunches = formKernels(module);
  carryInPlace(main);
  report.tensors = watch.lap();

  dump("tensors");
  if (failed(toBuffers(main, image)))
    return failure("assigning buffers");
  if (failed(cleanUp(module)))
    return failure("simplifying");
  report.numCopies = removeSelfCopies(main);
  ownLoopBuffers(main);
  report.buffers = watch.lap();

  FailureOr<unsigned> kernels =
      emitKernels(main, image.bound, image.constants, options);
  if (failed(kernels))
    return failure("generating kernels");
  report.numKernels = *kernels;
  report.kernels = watch.lap();
  FailureOr<std::vector<SiteDescription>> calls = collectRoutineSites(main);
  if (failed(calls))
    return failure("calling routines");
  image.sites = std::move(*calls);
  keepUsedConstants(main, image, options.releaseConstant);
  FailureOr<ArenaPlan> plan = planArena(main);
  if (failed(plan))
    return failure("planning memory");
  image.arenaBytes = plan->bytes;
  report.arenaBytes = plan->bytes;
  report.livePeakBytes = plan->livePeak;
  report.numDynamic = plan->numDynamic;

  dump("buffers");
  if (options.profile)
    image.ops = markOps(main);
  if (failed(lowerLinalgToLoops(module)))
    return failure("making loops");
  for (Type type : main.getFunctionType().getInputs())
    image.numSlots += numSlots(type);
  useSlots(main);
  declareRuntime(module);
  dump("slots");
  if (failed(lowerToLLVM(module)))
    return failure("lowering to LLVM");
  report.lowering = watch.lap();

  auto objects = compileObjects(
      module, options.optLevel,
      std::min(2U, std::thread::hardware_concurrency()), options.dumpIR);
  if (!objects.ok())
    return objects.status();
  report.machine = watch.lap();

  for (const auto &object : *objects)
    report.objectBytes += int64_t(object->getBufferSize());
  image.objects = std::move(*objects);
  return image;
}

} // namespace firn::jit
