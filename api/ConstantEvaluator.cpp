// A constant subgraph goes the way of any graph, but once and on one thread.
#include "api/ConstantEvaluator.h"

#include "api/ConstantTensor.h"
#include "api/GraphIndex.h"
#include "backend/jit/NativeModule.h"
#include "backend/jit/lowering/TFGToLinalg.h"

using namespace mlir;

namespace firn {
namespace {

/// Tensors for the results, or nothing if one has no static shape.
std::vector<Tensor> makeResults(ArrayRef<RankedTensorType> types) {
  std::vector<Tensor> tensors;
  for (RankedTensorType type : types) {
    if (!type || !type.hasStaticShape())
      return {};
    absl::StatusOr<Tensor> tensor =
        Tensor::uninitialized(dtypeOfType(type), type.getShape());
    if (!tensor.ok())
      return {};
    tensors.push_back(*std::move(tensor));
  }
  return tensors;
}

LogicalResult evaluate(ModuleOp constants,
                       SmallVectorImpl<ElementsAttr> &values) {
  OwningOpRef<ModuleOp> module(constants.clone());
  SmallVector<RankedTensorType> types;
  for (Type type : findGraph(*module).getFetch()->getOperandTypes())
    types.push_back(dyn_cast<RankedTensorType>(type));
  std::vector<Tensor> results = makeResults(types);
  if (results.size() != types.size())
    return failure();

  // What cannot be lowered is no error here: it may be dropped or fed yet.
  ScopedDiagnosticHandler ignore(module->getContext(),
                                 [](Diagnostic &) { return success(); });
  if (failed(lowerToLinalg(*module)))
    return failure();
  jit::NativeOptions options;
  options.optLevel = 1;
  options.threads = 1;
  absl::StatusOr<std::unique_ptr<jit::NativeModule>> code =
      jit::NativeModule::compile(*module, options);
  if (!code.ok())
    return failure();
  std::vector<TensorView> views;
  for (Tensor &tensor : results)
    views.push_back(tensor.view());
  runtime::ThreadPool pool(1);
  // A check that fails is left to the run, which reports it.
  if (!(*code)->run({}, views, pool).ok())
    return failure();
  for (auto [tensor, type] : llvm::zip_equal(results, types))
    values.push_back(constantOfTensor(tensor, type));
  return success();
}

} // namespace

tfg::ConstantEvaluator makeConstantEvaluator() { return evaluate; }

} // namespace firn
