// Reads V1 checkpoints.
#include "frontend/checkpoint/SliceTableReader.h"

#include "frontend/checkpoint/Coding.h"
#include "proto/checkpoint.pb.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include <cstring>

namespace firn {

// Slices of one tensor are compared pairwise, so their number is limited.
static constexpr size_t maxSlices = 10000;

absl::StatusOr<std::unique_ptr<CheckpointReader>>
SliceTableReader::open(const std::string &prefix,
                       const std::vector<std::string> &paths) {
  std::unique_ptr<SliceTableReader> reader(new SliceTableReader(prefix));
  for (const std::string &path : paths) {
    absl::StatusOr<std::shared_ptr<const MappedFile>> file =
        MappedFile::open(path);
    if (!file.ok())
      return file.status();
    absl::StatusOr<Table> table = Table::open(*std::move(file));
    if (!table.ok())
      return table.status();
    reader->tables.push_back(*std::move(table));
    absl::Status status = reader->readMeta(reader->tables.size() - 1);
    if (!status.ok())
      return status;
  }
  if (absl::Status status = reader->finishEntries(); !status.ok())
    return status;
  return reader;
}

absl::Status SliceTableReader::readMeta(size_t tableNumber) {
  const Table &table = tables[tableNumber];
  auto wrong = [&](const auto &...what) {
    return absl::DataLossError(absl::StrCat(table.path(), ": ", what...));
  };
  tf::SavedTensorSlices slices;
  absl::Status status = table.find(
      "", [&](absl::string_view key, absl::string_view value) -> absl::Status {
        if (!slices.ParseFromArray(value.data(), value.size()))
          return wrong("the checkpoint's header is no SavedTensorSlices");
        return absl::OkStatus();
      });
  if (absl::IsNotFound(status))
    return wrong("expected a checkpoint of format V1, found a table without "
                 "a header under the empty key");
  if (!status.ok())
    return status;
  if (!slices.has_meta())
    return wrong("the checkpoint's header has no list of tensors");
  // The version rule of TensorFlow for format version 1.
  if (slices.meta().versions().min_consumer() > 1)
    return absl::UnimplementedError(
        wrong("the checkpoint needs a reader of version ",
              slices.meta().versions().min_consumer(),
              ", this one is of version 1")
            .message());

  for (const tf::SavedSliceMeta &meta : slices.meta().tensor()) {
    std::vector<int64_t> shape;
    for (const tf::TensorShapeProto::Dim &dim : meta.shape().dim())
      shape.push_back(dim.size());
    if (meta.shape().unknown_rank() || !countElements(shape))
      return wrong("tensor '", absl::CEscape(meta.name()),
                   "': expected a known shape, found [",
                   absl::StrJoin(shape, ", "), "]");
    std::vector<size_t> &known = slicesOf[meta.name()];
    // The shards of a checkpoint each list the tensors that they have slices
    // of.
    if (known.empty())
      tensors.push_back({meta.name(), meta.type(), shape, 0});
    for (const tf::TensorSliceProto &proto : meta.slice()) {
      if (known.size() == maxSlices)
        return wrong("tensor '", absl::CEscape(meta.name()), "' has more than ",
                     maxSlices, " slices");
      known.push_back(locations.size());
      locations.push_back({tableNumber, sliceFromProto(proto)});
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<CheckpointReader::StoredSlice>>
SliceTableReader::storedSlices(const CheckpointEntry &entry) {
  std::vector<StoredSlice> result;
  for (size_t location : slicesOf.at(entry.key)) {
    absl::StatusOr<TensorRegion> region =
        TensorRegion::of(locations[location].slice, entry.shape);
    if (!region.ok())
      return absl::DataLossError(absl::StrCat(
          tables[locations[location].table].path(), ": tensor '",
          absl::CEscape(entry.key), "': ", region.status().message()));
    result.push_back({*std::move(region), location});
  }
  return result;
}

namespace {
/// Makes the bytes of a tensor out of a TensorProto's value lists.
struct ValueBytes {
  std::string bytes;

  template <typename Stored, typename List> bool take(const List &list) {
    bytes.reserve(list.size() * sizeof(Stored));
    for (auto value : list) {
      auto stored = static_cast<Stored>(value);
      bytes.append(reinterpret_cast<const char *>(&stored), sizeof(stored));
    }
    return true;
  }

  /// False if values of `dtype` are not kept this way.
  bool takeAll(const tf::TensorProto &proto, tf::DataType dtype) {
    switch (dtype) {
    case tf::DT_FLOAT:
      return take<float>(proto.float_val());
    case tf::DT_DOUBLE:
      return take<double>(proto.double_val());
    case tf::DT_INT32:
    case tf::DT_QINT32:
      return take<int32_t>(proto.int_val());
    case tf::DT_INT16:
    case tf::DT_QINT16:
      return take<int16_t>(proto.int_val());
    case tf::DT_UINT16:
    case tf::DT_QUINT16:
      return take<uint16_t>(proto.int_val());
    case tf::DT_INT8:
    case tf::DT_QINT8:
      return take<int8_t>(proto.int_val());
    case tf::DT_UINT8:
    case tf::DT_QUINT8:
      return take<uint8_t>(proto.int_val());
    case tf::DT_INT64:
      return take<int64_t>(proto.int64_val());
    case tf::DT_UINT32:
      return take<uint32_t>(proto.uint32_val());
    case tf::DT_UINT64:
      return take<uint64_t>(proto.uint64_val());
    case tf::DT_BOOL:
      return take<uint8_t>(proto.bool_val());
    case tf::DT_HALF:
    case tf::DT_BFLOAT16:
      return take<uint16_t>(proto.half_val());
    case tf::DT_COMPLEX64:
      return take<float>(proto.scomplex_val());
    case tf::DT_COMPLEX128:
      return take<double>(proto.dcomplex_val());
    default:
      return false;
    }
  }
};
} // namespace

absl::StatusOr<CheckpointTensor>
SliceTableReader::readStored(const CheckpointEntry &entry,
                             const StoredSlice &slice) {
  const Location &location = locations[slice.location];
  const Table &table = tables[location.table];
  auto wrong = [&](const auto &...what) {
    return absl::DataLossError(absl::StrCat(
        table.path(), ": tensor '", absl::CEscape(entry.key), "': ", what...));
  };
  tf::SavedTensorSlices slices;
  absl::Status status = table.find(
      encodeTensorNameSlice(entry.key, location.slice),
      [&](absl::string_view key, absl::string_view value) -> absl::Status {
        if (!slices.ParseFromArray(value.data(), value.size()))
          return wrong("its value is no SavedTensorSlices");
        return absl::OkStatus();
      });
  if (absl::IsNotFound(status))
    return wrong("there is no value for slice ", formatSlice(location.slice));
  if (!status.ok())
    return status;
  const tf::TensorProto &proto = slices.data().data();

  CheckpointTensor tensor{entry.dtype, slice.region.lengths};
  auto expected = static_cast<uint64_t>(slice.region.elements);
  if (entry.dtype == tf::DT_STRING) {
    if (uint64_t(proto.string_val_size()) != expected)
      return wrong("expected ", expected, " strings, found ",
                   proto.string_val_size());
    tensor.strings.assign(proto.string_val().begin(), proto.string_val().end());
    return tensor;
  }
  ValueBytes values;
  if (!values.takeAll(proto, entry.dtype))
    return absl::UnimplementedError(wrong("values of type ",
                                          tf::DataType_Name(entry.dtype), " (",
                                          int(entry.dtype), ") cannot be read")
                                        .message());
  size_t elementSize = storedElementSize(entry.dtype);
  if (values.bytes.size() % elementSize != 0 ||
      values.bytes.size() / elementSize != expected)
    return wrong("expected ", expected, " values, found ",
                 values.bytes.size() / elementSize);
  auto copy = std::make_shared<std::string>(std::move(values.bytes));
  tensor.data = *copy;
  tensor.copy = std::move(copy);
  return tensor;
}

} // namespace firn
