// What both checkpoint formats share: looking up keys and putting slices
// together.
#include "frontend/checkpoint/CheckpointReader.h"

#include "frontend/MappedFile.h"
#include "frontend/checkpoint/BundleReader.h"
#include "frontend/checkpoint/CheckpointPath.h"
#include "frontend/checkpoint/SliceTableReader.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include <algorithm>

namespace firn {

size_t storedElementSize(tf::DataType dtype) {
  switch (dtype) {
  case tf::DT_BOOL:
  case tf::DT_INT8:
  case tf::DT_UINT8:
  case tf::DT_QINT8:
  case tf::DT_QUINT8:
  case tf::DT_FLOAT8_E5M2:
  case tf::DT_FLOAT8_E4M3FN:
  case tf::DT_FLOAT8_E4M3FNUZ:
  case tf::DT_FLOAT8_E4M3B11FNUZ:
  case tf::DT_FLOAT8_E5M2FNUZ:
  // Narrow integers take a byte each.
  case tf::DT_INT4:
  case tf::DT_UINT4:
  case tf::DT_INT2:
  case tf::DT_UINT2:
    return 1;
  case tf::DT_HALF:
  case tf::DT_BFLOAT16:
  case tf::DT_INT16:
  case tf::DT_UINT16:
  case tf::DT_QINT16:
  case tf::DT_QUINT16:
    return 2;
  case tf::DT_FLOAT:
  case tf::DT_INT32:
  case tf::DT_UINT32:
  case tf::DT_QINT32:
    return 4;
  case tf::DT_DOUBLE:
  case tf::DT_INT64:
  case tf::DT_UINT64:
  case tf::DT_COMPLEX64:
    return 8;
  case tf::DT_COMPLEX128:
    return 16;
  default:
    return 0;
  }
}

absl::StatusOr<std::unique_ptr<CheckpointReader>>
CheckpointReader::open(const std::string &path) {
  absl::StatusOr<CheckpointFiles> files = locateCheckpoint(path);
  if (!files.ok())
    return files.status();
  return files->isV1() ? SliceTableReader::open(files->prefix, files->tables)
                       : BundleReader::open(files->prefix);
}

const CheckpointEntry *CheckpointReader::find(absl::string_view key) const {
  auto it = std::lower_bound(tensors.begin(), tensors.end(), key,
                             [](const CheckpointEntry &e, absl::string_view k) {
                               return absl::string_view(e.key) < k;
                             });
  return it != tensors.end() && it->key == key ? &*it : nullptr;
}

absl::Status CheckpointReader::finishEntries() {
  std::sort(tensors.begin(), tensors.end(),
            [](const CheckpointEntry &a, const CheckpointEntry &b) {
              return a.key < b.key;
            });
  auto twice = std::adjacent_find(
      tensors.begin(), tensors.end(),
      [](const auto &a, const auto &b) { return a.key == b.key; });
  if (twice != tensors.end())
    return absl::DataLossError(absl::StrCat(prefix(), ": the tensor '",
                                            absl::CEscape(twice->key),
                                            "' is there twice"));
  return absl::OkStatus();
}

static absl::Status noSuchTensor(const CheckpointReader &reader,
                                 absl::string_view key) {
  return absl::NotFoundError(
      absl::StrCat(reader.prefix(), ": no tensor '", absl::CEscape(key),
                   "' among the checkpoint's ", reader.entries().size()));
}

absl::StatusOr<CheckpointTensor> CheckpointReader::read(absl::string_view key) {
  const CheckpointEntry *entry = find(key);
  if (!entry)
    return noSuchTensor(*this, key);
  return readRegion(*entry, TensorRegion::whole(entry->shape));
}

absl::StatusOr<CheckpointTensor>
CheckpointReader::readSlice(absl::string_view key, const TensorSlice &slice) {
  const CheckpointEntry *entry = find(key);
  if (!entry)
    return noSuchTensor(*this, key);
  absl::StatusOr<TensorRegion> region = TensorRegion::of(slice, entry->shape);
  if (!region.ok())
    return absl::InvalidArgumentError(
        absl::StrCat(prefix(), ": tensor '", absl::CEscape(key),
                     "': ", region.status().message()));
  return readRegion(*entry, *region);
}

absl::StatusOr<CheckpointTensor>
CheckpointReader::readRegion(const CheckpointEntry &entry,
                             const TensorRegion &region) {
  auto prefixed = [&](absl::string_view text) {
    return absl::StrCat(prefix(), ": tensor '", absl::CEscape(entry.key),
                        "': ", text);
  };
  absl::StatusOr<std::vector<StoredSlice>> stored = storedSlices(entry);
  if (!stored.ok())
    return stored.status();
  for (const StoredSlice &slice : *stored)
    if (slice.region.starts == region.starts &&
        slice.region.lengths == region.lengths)
      return readStored(entry, slice);

  // Disjoint slices that add up to the region cover it.
  int64_t covered = 0;
  for (size_t i = 0; i < stored->size(); ++i) {
    const TensorRegion &part = (*stored)[i].region;
    covered += part.overlap(region);
    for (size_t j = 0; j < i; ++j)
      if (part.overlap((*stored)[j].region) != 0)
        return absl::DataLossError(prefixed("its slices overlap"));
  }
  if (covered != region.elements)
    return absl::DataLossError(prefixed(absl::StrCat(
        "its slices hold ", covered, " of ", region.elements, " elements")));
  size_t elementSize = storedElementSize(entry.dtype);
  if (elementSize == 0)
    return absl::UnimplementedError(prefixed(
        absl::StrCat("slices of element type ", tf::DataType_Name(entry.dtype),
                     " cannot be read")));

  // Every part is read and so found in its file before its size is trusted.
  std::vector<std::pair<const TensorRegion *, CheckpointTensor>> parts;
  for (const StoredSlice &slice : *stored) {
    if (slice.region.overlap(region) == 0)
      continue;
    absl::StatusOr<CheckpointTensor> part = readStored(entry, slice);
    if (!part.ok())
      return part.status();
    parts.emplace_back(&slice.region, *std::move(part));
  }
  auto buffer = std::make_shared<std::vector<char>>();
  buffer->resize(region.elements * elementSize);
  for (const auto &[partRegion, part] : parts) {
    copyOverlap(region, buffer->data(), *partRegion, part.data.data(),
                elementSize);
    if (part.file)
      part.file->releasePages(part.data);
  }
  CheckpointTensor result{entry.dtype, region.lengths};
  result.data = absl::string_view(buffer->data(), buffer->size());
  result.copy = std::move(buffer);
  return result;
}

} // namespace firn
