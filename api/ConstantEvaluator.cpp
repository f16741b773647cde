// A constant subgraph goes the way of any graph, but once and on one thread.
#include "api/ConstantEvaluator.h"

#include "api/ConstantTensor.h"
#include "api/GraphIndex.h"
#include "backend/jit/NativeModule.h"
#include "backend/jit/lowering/TFGToLinalg.h"

using namespace mlir;

namespace firn {
namespace {

/// Room for the results of static shape.
absl::Status makeResults(ArrayRef<RankedTensorType> types,
                         std::vector<Tensor> &tensors) {
  tensors.resize(types.size());
  for (auto [tensor, type] : llvm::zip_equal(tensors, types)) {
    if (!type.hasStaticShape())
      continue;
    absl::StatusOr<Tensor> made =
        Tensor::uninitialized(dtypeOfType(type), type.getShape());
    if (!made.ok())
      return made.status();
    tensor = *std::move(made);
  }
  return absl::OkStatus();
}

LogicalResult evaluate(ModuleOp constants,
                       SmallVectorImpl<ElementsAttr> &values) {
  OwningOpRef<ModuleOp> module(constants.clone());
  SmallVector<RankedTensorType> types;
  for (Type type : findGraph(*module).getFetch()->getOperandTypes()) {
    types.push_back(dyn_cast<RankedTensorType>(type));
    if (!types.back())
      return failure();
  }
  std::vector<Tensor> results;
  if (!makeResults(types, results).ok())
    return failure();

  // What cannot be lowered is no error here: it may be dropped or fed yet.
  ScopedDiagnosticHandler ignore(module->getContext(),
                                 [](Diagnostic &) { return success(); });
  if (failed(lowerToLinalg(*module)))
    return failure();
  jit::NativeOptions options;
  options.optLevel = 1;
  options.threads = 1;
  options.winograd = jit::Winograd::Off;
  absl::StatusOr<std::unique_ptr<jit::NativeModule>> code =
      jit::NativeModule::compile(*module, options);
  if (!code.ok())
    return failure();
  std::vector<TensorView> views;
  for (Tensor &tensor : results)
    views.push_back(tensor.view());
  runtime::ThreadPool pool(1);
  auto allocate = [&](size_t index,
                      std::span<const int64_t> dims) -> absl::StatusOr<void *> {
    absl::StatusOr<Tensor> tensor =
        Tensor::uninitialized(dtypeOfType(types[index]), dims);
    if (!tensor.ok())
      return tensor.status();
    results[index] = *std::move(tensor);
    return results[index].data();
  };
  runtime::OutputAllocator allocator = allocate;
  // A check that fails is left to the run, which reports it.
  if (!(*code)->run({}, views, pool, &allocator).ok())
    return failure();
  for (auto [tensor, type] : llvm::zip_equal(results, types))
    values.push_back(constantOfTensor(
        tensor, RankedTensorType::get(tensor.shape(), type.getElementType())));
  return success();
}

} // namespace

tfg::ConstantEvaluator makeConstantEvaluator() { return evaluate; }

} // namespace firn
