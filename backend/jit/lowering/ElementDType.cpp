// See ElementDType.h.
#include "backend/jit/lowering/ElementDType.h"

#include "ir/TFGOps.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace firn {

static DType dtypeOfInteger(IntegerType type) {
  bool isUnsigned = type.isUnsigned();
  switch (type.getWidth()) {
  case 1:
    return DType::Bool;
  case 2:
    return isUnsigned ? DType::UInt2 : DType::Int2;
  case 4:
    return isUnsigned ? DType::UInt4 : DType::Int4;
  case 8:
    return isUnsigned ? DType::UInt8 : DType::Int8;
  case 16:
    return isUnsigned ? DType::UInt16 : DType::Int16;
  case 32:
    return isUnsigned ? DType::UInt32 : DType::Int32;
  case 64:
    return isUnsigned ? DType::UInt64 : DType::Int64;
  default:
    return DType::Invalid;
  }
}

DType dtypeOfType(Type type) {
  if (auto shaped = dyn_cast<TensorType>(type))
    type = shaped.getElementType();
  if (auto reference = dyn_cast<tfg::RefType>(type))
    type = reference.getElementType();
  return llvm::TypeSwitch<Type, DType>(type)
      .Case<Float32Type>([](Type) { return DType::Float; })
      .Case<Float64Type>([](Type) { return DType::Double; })
      .Case<Float16Type>([](Type) { return DType::Half; })
      .Case<BFloat16Type>([](Type) { return DType::BFloat16; })
      .Case<Float8E5M2Type>([](Type) { return DType::Float8E5M2; })
      .Case<Float8E4M3FNType>([](Type) { return DType::Float8E4M3FN; })
      .Case<Float8E4M3FNUZType>([](Type) { return DType::Float8E4M3FNUZ; })
      .Case<Float8E4M3B11FNUZType>(
          [](Type) { return DType::Float8E4M3B11FNUZ; })
      .Case<Float8E5M2FNUZType>([](Type) { return DType::Float8E5M2FNUZ; })
      .Case<IntegerType>(dtypeOfInteger)
      .Case<ComplexType>([](ComplexType complex) {
        return complex.getElementType().isF32()   ? DType::Complex64
               : complex.getElementType().isF64() ? DType::Complex128
                                                  : DType::Invalid;
      })
      .Case<tfg::StringType>([](Type) { return DType::String; })
      .Case<tfg::ResourceType>([](Type) { return DType::Resource; })
      .Case<tfg::VariantType>([](Type) { return DType::Variant; })
      .Case<tfg::QInt8Type>([](Type) { return DType::QInt8; })
      .Case<tfg::QUInt8Type>([](Type) { return DType::QUInt8; })
      .Case<tfg::QInt16Type>([](Type) { return DType::QInt16; })
      .Case<tfg::QUInt16Type>([](Type) { return DType::QUInt16; })
      .Case<tfg::QInt32Type>([](Type) { return DType::QInt32; })
      .Default([](Type) { return DType::Invalid; });
}

} // namespace firn
