// Numbers go through their raw bytes in both directions; the typed lists are
// turned into bytes of the dtype first, and one element's bytes back into a
// typed value.
#include "proto/TensorMap.h"
#include "proto/TextForm.h"
#include "proto/TypeMap.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "ir/ShapeInference.h"
#include "ir/TFGConstants.h"

#include <cstring>

using namespace mlir;

namespace firn {
namespace {

absl::StatusOr<RankedTensorType> constantType(const tf::TensorProto &proto,
                                              MLIRContext *context) {
  if (proto.dtype() == tf::DT_INVALID || proto.dtype() > 100)
    return absl::InvalidArgumentError(absl::StrCat(
        "a tensor has the dtype ", proto.dtype(), ", which no value can have"));
  absl::StatusOr<TensorType> type =
      tensorTypeFromProto(proto.dtype(), proto.tensor_shape(), context);
  if (!type.ok())
    return type.status();
  auto ranked = dyn_cast<RankedTensorType>(*type);
  if (!ranked || !ranked.hasStaticShape())
    return absl::InvalidArgumentError(
        "a tensor has unknown dimensions; a value has none");
  std::optional<int64_t> count = tfg::checkedNumElements(ranked.getShape());
  // The widest element has 16 bytes; sizes in bytes must fit as well.
  if (!count || *count > std::numeric_limits<int64_t>::max() / 16)
    return absl::InvalidArgumentError(
        "the number of elements of a tensor's shape overflows");
  return ranked;
}

/// Appends the first `limit` values of a list as values of type T.
template <typename T, typename List>
void appendAs(const List &list, int64_t limit, std::string &bytes) {
  int64_t count = std::min<int64_t>(list.size(), limit);
  bytes.reserve(count * sizeof(T));
  for (int64_t i = 0; i < count; ++i) {
    T value = static_cast<T>(list[static_cast<int>(i)]);
    bytes.append(reinterpret_cast<const char *>(&value), sizeof(T));
  }
}

} // namespace

std::string tensorListBytes(const tf::TensorProto &proto, int64_t limit) {
  std::string bytes;
  switch (proto.dtype()) {
  case tf::DT_FLOAT:
    appendAs<float>(proto.float_val(), limit, bytes);
    break;
  case tf::DT_DOUBLE:
    appendAs<double>(proto.double_val(), limit, bytes);
    break;
  case tf::DT_HALF:
  case tf::DT_BFLOAT16:
    appendAs<uint16_t>(proto.half_val(), limit, bytes);
    break;
  case tf::DT_INT64:
    appendAs<int64_t>(proto.int64_val(), limit, bytes);
    break;
  case tf::DT_UINT32:
    appendAs<uint32_t>(proto.uint32_val(), limit, bytes);
    break;
  case tf::DT_UINT64:
    appendAs<uint64_t>(proto.uint64_val(), limit, bytes);
    break;
  case tf::DT_BOOL:
    appendAs<uint8_t>(proto.bool_val(), limit, bytes);
    break;
  case tf::DT_COMPLEX64:
    appendAs<float>(proto.scomplex_val(), 2 * limit, bytes);
    break;
  case tf::DT_COMPLEX128:
    appendAs<double>(proto.dcomplex_val(), 2 * limit, bytes);
    break;
  case tf::DT_INT32:
  case tf::DT_QINT32:
    appendAs<int32_t>(proto.int_val(), limit, bytes);
    break;
  case tf::DT_INT16:
  case tf::DT_UINT16:
  case tf::DT_QINT16:
  case tf::DT_QUINT16:
    appendAs<uint16_t>(proto.int_val(), limit, bytes);
    break;
  case tf::DT_FLOAT8_E5M2:
  case tf::DT_FLOAT8_E4M3FN:
  case tf::DT_FLOAT8_E4M3FNUZ:
  case tf::DT_FLOAT8_E4M3B11FNUZ:
  case tf::DT_FLOAT8_E5M2FNUZ:
    bytes = proto.float8_val().substr(0, limit);
    break;
  default: // int8, uint8, qint8, quint8 and the narrower ones
    appendAs<uint8_t>(proto.int_val(), limit, bytes);
    break;
  }
  return bytes;
}

size_t tensorElementSize(tf::DataType dtype) {
  switch (dtype) {
  case tf::DT_COMPLEX128:
    return 16;
  case tf::DT_DOUBLE:
  case tf::DT_INT64:
  case tf::DT_UINT64:
  case tf::DT_COMPLEX64:
    return 8;
  case tf::DT_FLOAT:
  case tf::DT_INT32:
  case tf::DT_UINT32:
  case tf::DT_QINT32:
    return 4;
  case tf::DT_HALF:
  case tf::DT_BFLOAT16:
  case tf::DT_INT16:
  case tf::DT_UINT16:
  case tf::DT_QINT16:
  case tf::DT_QUINT16:
    return 2;
  case tf::DT_INVALID:
  case tf::DT_STRING:
  case tf::DT_RESOURCE:
  case tf::DT_VARIANT:
    return 0;
  default:
    return dtype > 100 ? 0 : 1;
  }
}

absl::StatusOr<ArrayRef<char>> tensorContent(const tf::TensorProto &proto,
                                             TensorFile &file) {
  const std::string &content = proto.tensor_content();
  size_t number = proto.content_in_file();
  if (number == 0)
    return ArrayRef(content.data(), content.size());
  if (number > file.contents.size() || file.contents[number - 1].empty() ||
      !content.empty())
    return absl::InvalidArgumentError(
        "a tensor has a field that TensorFlow's do not have");
  return std::exchange(file.contents[number - 1], {});
}

namespace {

absl::Status spend(TensorFile &file, int64_t count, int64_t elementSize) {
  if (count > file.expandedBytes / elementSize)
    return absl::ResourceExhaustedError(absl::StrCat(
        "the values that a tensor repeats take ", count, " × ", elementSize,
        " bytes, more than the limit of expanded constants allows"));
  file.expandedBytes -= count * elementSize;
  return absl::OkStatus();
}

/// Repeats the last of the elements in `bytes` up to `count` of them; equal
/// elements become one where a splat can hold them.
absl::Status expand(std::string &bytes, int64_t count, size_t size,
                    bool canSplat, TensorFile &file) {
  if (bytes.empty())
    bytes.assign(size, '\0');
  if (static_cast<int64_t>(bytes.size() / size) >= count)
    return absl::OkStatus();
  bool allEqual =
      bytes.size() == size ||
      std::memcmp(bytes.data(), bytes.data() + size, bytes.size() - size) == 0;
  if (allEqual && canSplat) {
    bytes.resize(size);
    return absl::OkStatus();
  }
  absl::Status status = spend(file, count, size);
  if (!status.ok())
    return status;
  std::string last = bytes.substr(bytes.size() - size);
  bytes.reserve(count * size);
  while (static_cast<int64_t>(bytes.size() / size) < count)
    bytes += last;
  return absl::OkStatus();
}

absl::StatusOr<TypedAttr> numbersFromProto(const tf::TensorProto &proto,
                                           RankedTensorType type,
                                           TensorFile &file) {
  int64_t count = type.getNumElements();
  size_t size = *tfg::getElementByteSize(type.getElementType());
  absl::StatusOr<ArrayRef<char>> content = tensorContent(proto, file);
  if (!content.ok())
    return content.status();
  if (!content->empty()) {
    if (content->size() != count * size)
      return absl::InvalidArgumentError(
          absl::StrCat("a tensor of ", count, " elements of ", size,
                       " bytes has a content of ", content->size(), " bytes"));
    return TypedAttr(
        proto.content_in_file()
            ? tfg::makeMapped(type, "tensor", *content, file.releasePages)
            : tfg::makeConstant(type, *content));
  }
  std::string bytes = tensorListBytes(proto, count);
  if (bytes.size() % size != 0)
    return absl::InvalidArgumentError(
        "the last complex value of a tensor lacks its imaginary part");
  if (count == 0)
    return TypedAttr(tfg::makeConstant(type, {}));
  bool canSplat =
      isa<IntegerType, FloatType, ComplexType>(type.getElementType());
  absl::Status status = expand(bytes, count, size, canSplat, file);
  if (!status.ok())
    return status;
  return TypedAttr(
      tfg::makeConstant(type, ArrayRef(bytes.data(), bytes.size())));
}

/// `[varint32 length] × count, [bytes]`.
absl::Status readStringContent(const std::string &content, int64_t count,
                               SmallVectorImpl<StringRef> &values) {
  absl::Status error = absl::InvalidArgumentError(absl::StrCat(
      "the content of a tensor of ", count, " strings does not fit them"));
  // Each length takes a byte at least.
  if (count > static_cast<int64_t>(content.size()))
    return error;
  google::protobuf::io::CodedInputStream stream(
      reinterpret_cast<const uint8_t *>(content.data()),
      static_cast<int>(content.size()));
  SmallVector<uint32_t> lengths(count);
  for (uint32_t &length : lengths)
    if (!stream.ReadVarint32(&length))
      return error;
  StringRef rest = StringRef(content).drop_front(stream.CurrentPosition());
  for (uint32_t length : lengths) {
    if (length > rest.size())
      return error;
    values.push_back(rest.take_front(length));
    rest = rest.drop_front(length);
  }
  return rest.empty() ? absl::OkStatus() : error;
}

absl::StatusOr<TypedAttr> stringsFromProto(const tf::TensorProto &proto,
                                           RankedTensorType type,
                                           TensorFile &file) {
  int64_t count = type.getNumElements();
  SmallVector<StringRef> values;
  if (!proto.tensor_content().empty()) {
    absl::Status status =
        readStringContent(proto.tensor_content(), count, values);
    if (!status.ok())
      return status;
  } else {
    int64_t given = std::min<int64_t>(count, proto.string_val_size());
    for (int64_t i = 0; i < given; ++i)
      values.push_back(proto.string_val(static_cast<int>(i)));
    if (values.empty() && count > 0)
      values.push_back("");
  }
  if (llvm::all_equal(values) && !values.empty()) {
    values.resize(1);
  } else if (static_cast<int64_t>(values.size()) < count) {
    absl::Status status = spend(file, count, sizeof(StringRef));
    if (!status.ok())
      return status;
    values.resize(count, values.back());
  }
  return TypedAttr(DenseStringElementsAttr::get(type, values));
}

/// Nested tensors of a variant may nest again; the depth of the file bounds it.
absl::StatusOr<TypedAttr> rawFromProto(const tf::TensorProto &proto,
                                       RankedTensorType type) {
  return TypedAttr(tfg::RawTensorAttr::get(
      type.getContext(), type,
      StringAttr::get(type.getContext(), toBytes(proto))));
}

} // namespace

absl::StatusOr<TypedAttr> tensorFromProto(const tf::TensorProto &proto,
                                          MLIRContext *context,
                                          TensorFile &file) {
  absl::StatusOr<RankedTensorType> type = constantType(proto, context);
  if (!type.ok())
    return type.status();
  switch (proto.dtype()) {
  case tf::DT_STRING:
    return stringsFromProto(proto, *type, file);
  case tf::DT_VARIANT:
    return rawFromProto(proto, *type);
  case tf::DT_RESOURCE:
    return absl::InvalidArgumentError(
        "a constant holds a resource handle, which has no meaning outside of "
        "the program that wrote it");
  default:
    return numbersFromProto(proto, *type, file);
  }
}

namespace {

template <typename T> T load(const char *bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof(T));
  return value;
}

/// One element as a value of the typed list.
void addValue(const char *bytes, tf::TensorProto &proto) {
  switch (proto.dtype()) {
  case tf::DT_FLOAT:
    return proto.add_float_val(load<float>(bytes));
  case tf::DT_DOUBLE:
    return proto.add_double_val(load<double>(bytes));
  case tf::DT_HALF:
  case tf::DT_BFLOAT16:
    return proto.add_half_val(load<uint16_t>(bytes));
  case tf::DT_INT64:
    return proto.add_int64_val(load<int64_t>(bytes));
  case tf::DT_UINT32:
    return proto.add_uint32_val(load<uint32_t>(bytes));
  case tf::DT_UINT64:
    return proto.add_uint64_val(load<uint64_t>(bytes));
  case tf::DT_BOOL:
    return proto.add_bool_val(*bytes != 0);
  case tf::DT_COMPLEX64:
    proto.add_scomplex_val(load<float>(bytes));
    return proto.add_scomplex_val(load<float>(bytes + sizeof(float)));
  case tf::DT_COMPLEX128:
    proto.add_dcomplex_val(load<double>(bytes));
    return proto.add_dcomplex_val(load<double>(bytes + sizeof(double)));
  case tf::DT_INT32:
  case tf::DT_QINT32:
    return proto.add_int_val(load<int32_t>(bytes));
  case tf::DT_INT16:
  case tf::DT_QINT16:
    return proto.add_int_val(load<int16_t>(bytes));
  case tf::DT_UINT16:
  case tf::DT_QUINT16:
    return proto.add_int_val(load<uint16_t>(bytes));
  case tf::DT_INT8:
  case tf::DT_QINT8:
    return proto.add_int_val(load<int8_t>(bytes));
  case tf::DT_FLOAT8_E5M2:
  case tf::DT_FLOAT8_E4M3FN:
  case tf::DT_FLOAT8_E4M3FNUZ:
  case tf::DT_FLOAT8_E4M3B11FNUZ:
  case tf::DT_FLOAT8_E5M2FNUZ:
    return proto.set_float8_val(bytes, 1);
  default:
    return proto.add_int_val(load<uint8_t>(bytes));
  }
}

absl::Status numbersToProto(ElementsAttr value, tf::TensorProto &proto) {
  SmallVector<char> scratch;
  std::optional<ArrayRef<char>> bytes = tfg::getRawData(value, scratch);
  std::optional<unsigned> size =
      tfg::getElementByteSize(value.getElementType());
  if (!bytes || !size)
    return absl::InvalidArgumentError("the values of a constant are missing");
  if (value.getNumElements() == 0)
    return absl::OkStatus();
  if (bytes->size() == *size)
    addValue(bytes->data(), proto);
  else if (static_cast<int64_t>(bytes->size()) ==
           value.getNumElements() * *size)
    proto.set_tensor_content(bytes->data(), bytes->size());
  else
    return absl::InvalidArgumentError(
        absl::StrCat("a constant of ", value.getNumElements(), " elements of ",
                     *size, " bytes has ", bytes->size(), " bytes of values"));
  return absl::OkStatus();
}

} // namespace

llvm::ArrayRef<char> largeTensorContent(Attribute value) {
  constexpr size_t kLarge = size_t(1) << 20;
  // Other attributes hold their bytes in another form, or are small.
  auto resource = dyn_cast_or_null<DenseResourceElementsAttr>(value);
  if (!resource || !resource.getRawHandle().getBlob())
    return {};
  std::optional<unsigned> size =
      tfg::getElementByteSize(resource.getType().getElementType());
  SmallVector<char> scratch;
  std::optional<ArrayRef<char>> bytes = tfg::getRawData(resource, scratch);
  bool isWhole = bytes && size && scratch.empty() && bytes->size() >= kLarge &&
                 static_cast<int64_t>(bytes->size()) ==
                     resource.getType().getNumElements() * int64_t(*size);
  return isWhole ? *bytes : ArrayRef<char>();
}

absl::Status tensorTypeToProto(ShapedType type, tf::TensorProto &proto) {
  absl::StatusOr<tf::DataType> dtype =
      elementTypeToProto(type.getElementType());
  if (!dtype.ok())
    return dtype.status();
  proto.set_dtype(*dtype);
  shapeToProto(tfg::ShapeAttr::getOf(type), *proto.mutable_tensor_shape());
  return absl::OkStatus();
}

absl::Status tensorToProto(TypedAttr value, tf::TensorProto &proto) {
  proto.Clear();
  if (auto raw = dyn_cast<tfg::RawTensorAttr>(value)) {
    StringRef bytes = raw.getData().getValue();
    if (!proto.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
      return absl::InvalidArgumentError(
          "the bytes of a raw tensor are no TensorProto");
    return absl::OkStatus();
  }
  auto elements = dyn_cast<ElementsAttr>(value);
  if (!elements)
    return absl::InvalidArgumentError("a constant's value is no tensor");
  absl::Status status =
      tensorTypeToProto(cast<ShapedType>(elements.getType()), proto);
  if (!status.ok())
    return status;
  if (auto strings = dyn_cast<DenseStringElementsAttr>(value)) {
    for (StringRef string : strings.getRawStringData())
      proto.add_string_val(string.str());
    return absl::OkStatus();
  }
  return numbersToProto(elements, proto);
}

} // namespace firn
