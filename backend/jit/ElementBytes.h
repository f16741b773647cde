// The size of elements in the memory of compiled code.
#ifndef FIRN_BACKEND_JIT_ELEMENTBYTES_H
#define FIRN_BACKEND_JIT_ELEMENTBYTES_H

#include "mlir/IR/BuiltinTypes.h"
#include "llvm/Support/MathExtras.h"

namespace firn::jit {

/// Bytes of one element in memory: booleans and other integers of fewer than 8
/// bits take a byte, an index takes 8.
inline int64_t elementBytes(mlir::Type type) {
  if (auto complex = llvm::dyn_cast<mlir::ComplexType>(type))
    return 2 * elementBytes(complex.getElementType());
  if (type.isIndex())
    return 8;
  return llvm::PowerOf2Ceil(llvm::divideCeil(type.getIntOrFloatBitWidth(), 8));
}

/// Bytes of a dense buffer in which unknown dimensions count as 1; nothing if
/// they are more than a number holds.
inline std::optional<int64_t> staticBytes(mlir::MemRefType type) {
  int64_t bytes = elementBytes(type.getElementType());
  bool overflows = false;
  for (int64_t size : type.getShape()) {
    if (size == 0)
      return 0;
    if (!mlir::ShapedType::isDynamic(size))
      overflows |= llvm::MulOverflow(bytes, size, bytes);
  }
  return overflows ? std::nullopt : std::optional(bytes);
}

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_ELEMENTBYTES_H
