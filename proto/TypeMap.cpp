// One table serves both directions.
#include "proto/TypeMap.h"

#include "absl/strings/str_cat.h"
#include "mlir/IR/Builders.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace firn {
namespace {

constexpr int kRefOffset = 100;

struct DTypeEntry {
  tf::DataType dtype;
  Type (*make)(MLIRContext *);
};

Type makeInteger(MLIRContext *context, unsigned width, bool isUnsigned) {
  return IntegerType::get(context, width,
                          isUnsigned ? IntegerType::Unsigned
                                     : IntegerType::Signless);
}

template <unsigned width> Type signedInt(MLIRContext *context) {
  return makeInteger(context, width, false);
}
template <unsigned width> Type unsignedInt(MLIRContext *context) {
  return makeInteger(context, width, true);
}
template <typename T> Type plain(MLIRContext *context) {
  return T::get(context);
}
template <typename T> Type complexOf(MLIRContext *context) {
  return ComplexType::get(T::get(context));
}

constexpr DTypeEntry dtypes[] = {
    {tf::DT_INVALID, plain<tfg::UnknownType>},
    {tf::DT_FLOAT, plain<Float32Type>},
    {tf::DT_DOUBLE, plain<Float64Type>},
    {tf::DT_INT32, signedInt<32>},
    {tf::DT_UINT8, unsignedInt<8>},
    {tf::DT_INT16, signedInt<16>},
    {tf::DT_INT8, signedInt<8>},
    {tf::DT_STRING, plain<tfg::StringType>},
    {tf::DT_COMPLEX64, complexOf<Float32Type>},
    {tf::DT_INT64, signedInt<64>},
    {tf::DT_BOOL, signedInt<1>},
    {tf::DT_QINT8, plain<tfg::QInt8Type>},
    {tf::DT_QUINT8, plain<tfg::QUInt8Type>},
    {tf::DT_QINT32, plain<tfg::QInt32Type>},
    {tf::DT_BFLOAT16, plain<BFloat16Type>},
    {tf::DT_QINT16, plain<tfg::QInt16Type>},
    {tf::DT_QUINT16, plain<tfg::QUInt16Type>},
    {tf::DT_UINT16, unsignedInt<16>},
    {tf::DT_COMPLEX128, complexOf<Float64Type>},
    {tf::DT_HALF, plain<Float16Type>},
    {tf::DT_RESOURCE, plain<tfg::ResourceType>},
    {tf::DT_VARIANT, plain<tfg::VariantType>},
    {tf::DT_UINT32, unsignedInt<32>},
    {tf::DT_UINT64, unsignedInt<64>},
    {tf::DT_FLOAT8_E5M2, plain<Float8E5M2Type>},
    {tf::DT_FLOAT8_E4M3FN, plain<Float8E4M3FNType>},
    {tf::DT_FLOAT8_E4M3FNUZ, plain<Float8E4M3FNUZType>},
    {tf::DT_FLOAT8_E4M3B11FNUZ, plain<Float8E4M3B11FNUZType>},
    {tf::DT_FLOAT8_E5M2FNUZ, plain<Float8E5M2FNUZType>},
    {tf::DT_INT4, signedInt<4>},
    {tf::DT_UINT4, unsignedInt<4>},
    {tf::DT_INT2, signedInt<2>},
    {tf::DT_UINT2, unsignedInt<2>},
};

} // namespace

absl::StatusOr<Type> elementTypeFromProto(tf::DataType dtype,
                                          MLIRContext *context) {
  bool isRef = dtype > kRefOffset;
  int base = isRef ? dtype - kRefOffset : dtype;
  for (const DTypeEntry &entry : dtypes)
    if (entry.dtype == base) {
      Type type = entry.make(context);
      return isRef ? Type(tfg::RefType::get(context, type)) : type;
    }
  return absl::InvalidArgumentError(absl::StrCat(
      "dtype ", static_cast<int>(dtype), " is none that TensorFlow has"));
}

absl::StatusOr<tf::DataType> elementTypeToProto(Type type) {
  if (auto ref = dyn_cast<tfg::RefType>(type)) {
    absl::StatusOr<tf::DataType> base =
        elementTypeToProto(ref.getElementType());
    if (!base.ok() || *base == tf::DT_INVALID || *base > kRefOffset)
      return base;
    return static_cast<tf::DataType>(*base + kRefOffset);
  }
  for (const DTypeEntry &entry : dtypes)
    if (entry.make(type.getContext()) == type)
      return entry.dtype;
  std::string text;
  llvm::raw_string_ostream(text) << type;
  return absl::InvalidArgumentError(
      absl::StrCat("no TensorFlow dtype stands for the element type ", text));
}

Type withoutRef(Type elementType) {
  if (auto ref = dyn_cast<tfg::RefType>(elementType))
    return ref.getElementType();
  return elementType;
}

absl::StatusOr<tfg::ShapeAttr> shapeFromProto(const tf::TensorShapeProto &shape,
                                              MLIRContext *context) {
  if (shape.unknown_rank()) {
    if (shape.dim_size() != 0)
      return absl::InvalidArgumentError(absl::StrCat(
          "a shape of unknown rank has ", shape.dim_size(), " dimensions"));
    return tfg::ShapeAttr::getUnranked(context);
  }
  if (shape.dim_size() > kMaxRank)
    return absl::InvalidArgumentError(
        absl::StrCat("a shape has ", shape.dim_size(),
                     " dimensions, TensorFlow allows ", kMaxRank));
  SmallVector<int64_t> dims;
  for (const tf::TensorShapeProto::Dim &dim : shape.dim()) {
    if (dim.size() < -1)
      return absl::InvalidArgumentError(
          absl::StrCat("a shape has a dimension of size ", dim.size()));
    dims.push_back(dim.size() == -1 ? ShapedType::kDynamic : dim.size());
  }
  return tfg::ShapeAttr::getRanked(context, dims);
}

void shapeToProto(tfg::ShapeAttr shape, tf::TensorShapeProto &proto) {
  proto.Clear();
  if (!shape.getHasRank()) {
    proto.set_unknown_rank(true);
    return;
  }
  for (int64_t dim : shape.getDims())
    proto.add_dim()->set_size(ShapedType::isDynamic(dim) ? -1 : dim);
}

absl::StatusOr<TensorType>
tensorTypeFromProto(tf::DataType dtype, const tf::TensorShapeProto &shape,
                    MLIRContext *context) {
  absl::StatusOr<Type> elementType = elementTypeFromProto(dtype, context);
  if (!elementType.ok())
    return elementType.status();
  absl::StatusOr<tfg::ShapeAttr> dims = shapeFromProto(shape, context);
  if (!dims.ok())
    return dims.status();
  return cast<TensorType>(dims->getTensorType(*elementType));
}

} // namespace firn
