// Pieces of vector code: loads and stores of lanes, and payloads of linalg ops
// written for whole vectors.
#ifndef FIRN_BACKEND_JIT_VECTORCODE_H
#define FIRN_BACKEND_JIT_VECTORCODE_H

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"

namespace firn::jit {

/// Builds vectors of one number of lanes.
class VectorCode {
public:
  VectorCode(mlir::OpBuilder &builder, mlir::Location loc, int64_t lanes)
      : b(builder), loc(loc), lanes(lanes) {}

  mlir::VectorType vectorOf(mlir::Type element) const {
    return mlir::VectorType::get({lanes}, element);
  }
  mlir::Value constantI64(int64_t value);
  mlir::Value splat(mlir::Value scalar);
  mlir::Value splat(mlir::TypedAttr scalar);
  /// A vector whose elements nobody looks at.
  mlir::Value anything(mlir::Type element);
  /// The first `count` lanes.
  mlir::Value mask(int64_t count);
  /// Indices first, first + 1, …; `first` is i64.
  mlir::Value indices(mlir::Value first);

  mlir::Value offsetPointer(mlir::Value pointer, mlir::Value bytes);
  mlir::Value offsetPointer(mlir::Value pointer, int64_t bytes);

  /// Elements at `stride` (in elements) from `pointer` on; only the first
  /// `count` of them are touched, the other lanes are idle.
  mlir::Value load(mlir::Value pointer, mlir::Type element, int64_t stride,
                   int64_t count);
  /// One element of type `element`, as values of payloads have it.
  mlir::Value loadScalar(mlir::Value pointer, mlir::Type element);
  void store(mlir::Value vector, mlir::Value pointer, mlir::Type element,
             int64_t stride, int64_t count);

  /// Writes the payload `body` for vectors `arguments`; returns what it
  /// yields. `outside` gives the scalar for a value that is used but not
  /// defined in the payload, `index` the vector of indices of a dimension.
  llvm::SmallVector<mlir::Value>
  payload(mlir::Block &body, mlir::ValueRange arguments,
          llvm::function_ref<mlir::Value(mlir::Value)> outside,
          llvm::function_ref<mlir::Value(int64_t)> index);

private:
  mlir::Value idle(mlir::Type storage);

  mlir::OpBuilder &b;
  mlir::Location loc;
  int64_t lanes;
};

/// Bytes of an element in memory.
int64_t bytesOf(mlir::Type element);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_VECTORCODE_H
