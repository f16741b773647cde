// Tensors of checkpoints as tensors of the public API. dtypes have the same
// numbers in both.
#include "api/Checkpoint.h"

#include "api/Suggest.h"
#include "backend/runtime/Float16.h"
#include "frontend/checkpoint/CheckpointReader.h"

#include "absl/strings/str_cat.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace firn {
namespace {

DType typeOf(tf::DataType dtype) { return static_cast<DType>(dtype); }

std::string typeText(const CheckpointEntry &entry) {
  return absl::StrCat(
      std::string(nameOf(typeOf(entry.dtype))), " ",
      shapeToString(Shape(entry.shape.begin(), entry.shape.end())));
}

template <typename T>
void addAll(absl::string_view bytes, std::vector<double> &values) {
  size_t count = bytes.size() / sizeof(T);
  values.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    T value;
    std::memcpy(&value, bytes.data() + i * sizeof(T), sizeof(T));
    values.push_back(static_cast<double>(value));
  }
}

/// The elements as doubles; empty for types that have no order.
std::vector<double> numbersOf(const CheckpointTensor &tensor) {
  std::vector<double> values;
  absl::string_view bytes = tensor.data;
  switch (tensor.dtype) {
  case tf::DT_FLOAT:
    addAll<float>(bytes, values);
    break;
  case tf::DT_DOUBLE:
    addAll<double>(bytes, values);
    break;
  case tf::DT_INT32:
  case tf::DT_QINT32:
    addAll<int32_t>(bytes, values);
    break;
  case tf::DT_INT64:
    addAll<int64_t>(bytes, values);
    break;
  case tf::DT_INT16:
    addAll<int16_t>(bytes, values);
    break;
  case tf::DT_UINT16:
    addAll<uint16_t>(bytes, values);
    break;
  case tf::DT_INT8:
  case tf::DT_QINT8:
    addAll<int8_t>(bytes, values);
    break;
  case tf::DT_UINT8:
  case tf::DT_QUINT8:
  case tf::DT_BOOL:
    addAll<uint8_t>(bytes, values);
    break;
  case tf::DT_UINT32:
    addAll<uint32_t>(bytes, values);
    break;
  case tf::DT_UINT64:
    addAll<uint64_t>(bytes, values);
    break;
  case tf::DT_HALF:
    addAll<runtime::Half>(bytes, values);
    break;
  case tf::DT_BFLOAT16:
    addAll<runtime::BFloat16>(bytes, values);
    break;
  default:
    break;
  }
  return values;
}

std::optional<TensorStatistics> statisticsOf(const CheckpointTensor &tensor) {
  std::vector<double> values = numbersOf(tensor);
  if (values.empty())
    return std::nullopt;
  TensorStatistics result;
  result.min = std::numeric_limits<double>::infinity();
  result.max = -result.min;
  double sum = 0, squares = 0;
  int64_t finite = 0;
  for (double value : values) {
    if (!std::isfinite(value)) {
      ++result.notFinite;
      continue;
    }
    ++finite;
    result.zeros += value == 0;
    result.min = std::min(result.min, value);
    result.max = std::max(result.max, value);
    sum += value;
  }
  if (finite == 0) {
    result.min = result.max = 0;
    return result;
  }
  result.mean = sum / finite;
  for (double value : values)
    if (std::isfinite(value))
      squares += (value - result.mean) * (value - result.mean);
  result.deviation = std::sqrt(squares / finite);
  return result;
}

std::string differenceText(const CheckpointTensor &a,
                           const CheckpointTensor &b) {
  std::vector<double> first = numbersOf(a), second = numbersOf(b);
  if (first.empty() || first.size() != second.size())
    return "";
  double largest = 0;
  int64_t count = 0;
  for (size_t i = 0; i < first.size(); ++i) {
    double difference = std::abs(first[i] - second[i]);
    count += !(difference == 0);
    if (difference > largest)
      largest = difference;
  }
  return absl::StrCat(count, " of ", first.size(), " elements, by at most ",
                      largest);
}

} // namespace

absl::StatusOr<CheckpointInfo> listCheckpoint(const std::string &path,
                                              bool withStatistics) {
  absl::StatusOr<std::unique_ptr<CheckpointReader>> reader =
      CheckpointReader::open(path);
  if (!reader.ok())
    return reader.status();
  CheckpointInfo info;
  info.prefix = (*reader)->prefix();
  for (const CheckpointEntry &entry : (*reader)->entries()) {
    CheckpointTensorInfo tensor;
    tensor.key = entry.key;
    tensor.dtype = typeOf(entry.dtype);
    tensor.shape.assign(entry.shape.begin(), entry.shape.end());
    tensor.slices = static_cast<int64_t>(entry.numSlices);
    tensor.bytes = countElements(entry.shape).value_or(0) *
                   static_cast<int64_t>(storedElementSize(entry.dtype));
    if (withStatistics) {
      absl::StatusOr<CheckpointTensor> value = (*reader)->read(entry.key);
      if (!value.ok())
        return value.status();
      tensor.statistics = statisticsOf(*value);
    }
    info.tensors.push_back(std::move(tensor));
  }
  return info;
}

absl::StatusOr<Tensor> readCheckpointTensor(const std::string &path,
                                            const std::string &key) {
  absl::StatusOr<std::unique_ptr<CheckpointReader>> reader =
      CheckpointReader::open(path);
  if (!reader.ok())
    return reader.status();
  if (!(*reader)->find(key)) {
    std::vector<std::string> keys;
    for (const CheckpointEntry &entry : (*reader)->entries())
      keys.push_back(entry.key);
    return absl::NotFoundError(absl::StrCat((*reader)->prefix(),
                                            ": has no tensor '", key, "'.",
                                            didYouMean(key, keys)));
  }
  absl::StatusOr<CheckpointTensor> stored = (*reader)->read(key);
  if (!stored.ok())
    return stored.status();
  Shape shape(stored->shape.begin(), stored->shape.end());
  absl::StatusOr<Tensor> tensor =
      Tensor::uninitialized(typeOf(stored->dtype), shape);
  if (!tensor.ok())
    return tensor;
  if (stored->dtype == tf::DT_STRING) {
    std::copy(stored->strings.begin(), stored->strings.end(),
              tensor->strings().begin());
    return tensor;
  }
  if (tensor->byteSize() != static_cast<int64_t>(stored->data.size()))
    return absl::UnimplementedError(absl::StrCat(
        "tensor '", key, "' has a type that has no values to show"));
  if (!stored->data.empty())
    std::memcpy(tensor->data(), stored->data.data(), stored->data.size());
  return tensor;
}

absl::StatusOr<std::vector<CheckpointDifference>>
compareCheckpoints(const std::string &first, const std::string &second) {
  using Kind = CheckpointDifference::Kind;
  absl::StatusOr<std::unique_ptr<CheckpointReader>> a =
      CheckpointReader::open(first);
  if (!a.ok())
    return a.status();
  absl::StatusOr<std::unique_ptr<CheckpointReader>> b =
      CheckpointReader::open(second);
  if (!b.ok())
    return b.status();
  std::vector<CheckpointDifference> differences;
  for (const CheckpointEntry &entry : (*a)->entries()) {
    const CheckpointEntry *other = (*b)->find(entry.key);
    if (!other) {
      differences.push_back({Kind::OnlyInFirst, entry.key, typeText(entry)});
      continue;
    }
    if (typeText(entry) != typeText(*other)) {
      differences.push_back(
          {Kind::Type, entry.key,
           absl::StrCat(typeText(entry), ", ", typeText(*other))});
      continue;
    }
    absl::StatusOr<CheckpointTensor> x = (*a)->read(entry.key);
    if (!x.ok())
      return x.status();
    absl::StatusOr<CheckpointTensor> y = (*b)->read(entry.key);
    if (!y.ok())
      return y.status();
    if (x->data != y->data || x->strings != y->strings)
      differences.push_back({Kind::Values, entry.key, differenceText(*x, *y)});
  }
  for (const CheckpointEntry &entry : (*b)->entries())
    if (!(*a)->find(entry.key))
      differences.push_back({Kind::OnlyInSecond, entry.key, typeText(entry)});
  std::sort(differences.begin(), differences.end(),
            [](const CheckpointDifference &x, const CheckpointDifference &y) {
              return x.key < y.key;
            });
  return differences;
}

} // namespace firn
