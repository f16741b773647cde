//===- TypeText.cpp - types in the words of who has the model -------------===//

#include "ir/TypeText.h"
#include "ir/TFGDialect.h"
#include "mlir/IR/BuiltinTypes.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace firn::tfg {

static std::string describeElement(Type type) {
  if (type.isF16())
    return "half";
  if (type.isBF16())
    return "bfloat16";
  if (type.isF32())
    return "float";
  if (type.isF64())
    return "double";
  if (type.isInteger(1))
    return "bool";
  if (auto integer = dyn_cast<IntegerType>(type))
    return (integer.isUnsigned() ? "uint" : "int") +
           std::to_string(integer.getWidth());
  if (auto complex = dyn_cast<ComplexType>(type))
    return complex.getElementType().isF64() ? "complex128" : "complex64";
  std::string text;
  llvm::raw_string_ostream(text) << type;
  StringRef name = text;
  name.consume_front("!tfg.");
  return name.str();
}

std::string describeType(Type type) {
  auto tensor = dyn_cast<TensorType>(type);
  if (!tensor)
    return describeElement(type);
  std::string text = describeElement(tensor.getElementType());
  if (!tensor.hasRank())
    return text + " of any shape";
  llvm::raw_string_ostream stream(text);
  stream << " [";
  llvm::interleave(
      tensor.getShape(),
      [&](int64_t dim) {
        if (ShapedType::isDynamic(dim))
          stream << "?";
        else
          stream << dim;
      },
      [&] { stream << ","; });
  stream << "]";
  return text;
}

} // namespace firn::tfg
