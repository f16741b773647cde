// Reads tensor bundles.
#include "frontend/checkpoint/BundleReader.h"

#include "frontend/checkpoint/Coding.h"
#include "frontend/checkpoint/Table.h"
#include "proto/Crc32c.h"
#include "proto/checkpoint.pb.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

#include <algorithm>

namespace firn {

// Slices of one tensor are compared pairwise, so their number is limited.
static constexpr int maxSlices = 10000;

absl::StatusOr<std::unique_ptr<CheckpointReader>>
BundleReader::open(const std::string &prefix) {
  std::unique_ptr<BundleReader> reader(new BundleReader(prefix));
  if (absl::Status status = reader->readIndex(); !status.ok())
    return status;
  return reader;
}

absl::Status BundleReader::readIndex() {
  absl::StatusOr<std::shared_ptr<const MappedFile>> file =
      MappedFile::open(prefix() + ".index");
  if (!file.ok())
    return file.status();
  absl::StatusOr<Table> table = Table::open(*std::move(file));
  if (!table.ok())
    return table.status();

  bool sawHeader = false;
  absl::Status status = table->forEach(
      [&](absl::string_view key, absl::string_view value) -> absl::Status {
        if (key.empty()) {
          sawHeader = true;
          return readHeader(value);
        }
        return addEntry(key, value);
      });
  if (!status.ok())
    return status;
  if (!sawHeader)
    return absl::DataLossError(absl::StrCat(
        prefix(), ".index: expected a header under the empty key, found none"));
  return finishEntries();
}

absl::Status BundleReader::readHeader(absl::string_view value) {
  auto wrong = [&](absl::StatusCode code, const auto &...what) {
    return absl::Status(code, absl::StrCat(prefix(), ".index: ", what...));
  };
  tf::BundleHeaderProto header;
  if (!header.ParseFromArray(value.data(), value.size()))
    return wrong(absl::StatusCode::kDataLoss,
                 "the header is no BundleHeaderProto");
  // The version rule of TensorFlow for format version 1.
  if (header.version().min_consumer() > 1)
    return wrong(absl::StatusCode::kUnimplemented,
                 "the checkpoint needs a reader of version ",
                 header.version().min_consumer(), ", this one is of version 1");
  for (int version : header.version().bad_consumers())
    if (version == 1)
      return wrong(absl::StatusCode::kUnimplemented,
                   "readers of version 1 are said to read it wrongly");
  if (header.num_shards() < 0 || header.num_shards() > 99999)
    return wrong(absl::StatusCode::kDataLoss,
                 "expected up to 99999 data shards, found ",
                 header.num_shards());
  if (header.endianness() != tf::BundleHeaderProto::LITTLE &&
      header.endianness() != tf::BundleHeaderProto::BIG)
    return wrong(absl::StatusCode::kDataLoss, "unknown byte order ",
                 int(header.endianness()));
  numShards = header.num_shards();
  bigEndian = header.endianness() == tf::BundleHeaderProto::BIG;
  return absl::OkStatus();
}

absl::Status BundleReader::addEntry(absl::string_view key,
                                    absl::string_view value) {
  auto wrong = [&](absl::string_view what) {
    return absl::DataLossError(absl::StrCat(prefix(), ".index: tensor '",
                                            absl::CEscape(key), "': ", what));
  };
  tf::BundleEntryProto entry;
  if (!entry.ParseFromArray(value.data(), value.size()))
    return wrong("the entry is no BundleEntryProto");
  Location location{entry.dtype(),  {},           entry.shard_id(),
                    entry.offset(), entry.size(), entry.crc32c()};
  for (const tf::TensorShapeProto::Dim &dim : entry.shape().dim())
    location.shape.push_back(dim.size());
  if (entry.shape().unknown_rank() || !countElements(location.shape))
    return wrong(absl::StrCat("expected a known shape, found [",
                              absl::StrJoin(location.shape, ", "), "]"));
  if (entry.slices_size() > maxSlices)
    return absl::ResourceExhaustedError(
        absl::StrCat(prefix(), ".index: tensor '", absl::CEscape(key),
                     "' has more than ", maxSlices, " slices"));

  // Keys of single slices start with a zero byte, names of tensors never do.
  std::string keyCopy(key);
  if (key[0] != '\0') {
    tensors.push_back({keyCopy, location.dtype, location.shape,
                       static_cast<size_t>(entry.slices_size())});
    for (const tf::TensorSliceProto &proto : entry.slices())
      slicesOf[keyCopy].push_back(sliceFromProto(proto));
  }
  locationOf.emplace(std::move(keyCopy), locations.size());
  locations.push_back(std::move(location));
  return absl::OkStatus();
}

absl::StatusOr<std::vector<CheckpointReader::StoredSlice>>
BundleReader::storedSlices(const CheckpointEntry &entry) {
  std::vector<StoredSlice> result;
  auto slices = slicesOf.find(entry.key);
  if (slices == slicesOf.end()) {
    result.push_back(
        {TensorRegion::whole(entry.shape), locationOf.at(entry.key)});
    return result;
  }
  for (const TensorSlice &slice : slices->second) {
    auto wrong = [&](absl::string_view what) {
      return absl::DataLossError(
          absl::StrCat(prefix(), ".index: tensor '", absl::CEscape(entry.key),
                       "', slice ", formatSlice(slice), ": ", what));
    };
    absl::StatusOr<TensorRegion> region = TensorRegion::of(slice, entry.shape);
    if (!region.ok())
      return wrong(region.status().message());
    auto at = locationOf.find(encodeTensorNameSlice(entry.key, slice));
    if (at == locationOf.end())
      return wrong("there is no entry for it");
    const Location &location = locations[at->second];
    if (location.shape != region->lengths || location.dtype != entry.dtype)
      return wrong(absl::StrCat("expected ", tf::DataType_Name(entry.dtype),
                                " [", absl::StrJoin(region->lengths, ", "),
                                "], found ", tf::DataType_Name(location.dtype),
                                " [", absl::StrJoin(location.shape, ", "),
                                "]"));
    result.push_back({*std::move(region), at->second});
  }
  return result;
}

absl::StatusOr<std::shared_ptr<const MappedFile>>
BundleReader::shard(int32_t number) {
  if (number < 0 || number >= numShards)
    return absl::DataLossError(
        absl::StrCat(prefix(), ".index: an entry is in data shard ", number,
                     ", but the checkpoint has ", numShards));
  std::shared_ptr<const MappedFile> &slot = shards[number];
  if (!slot) {
    std::string path =
        prefix() + absl::StrFormat(".data-%05d-of-%05d", number, numShards);
    absl::StatusOr<std::shared_ptr<const MappedFile>> file =
        MappedFile::open(path);
    // Not NotFound: the tensor is there, its shard is not.
    if (absl::IsNotFound(file.status()))
      return absl::DataLossError(absl::StrCat(
          path, ": this data shard of the checkpoint is missing (it has ",
          numShards, numShards == 1 ? " shard)" : " shards)"));
    if (!file.ok())
      return file.status();
    slot = *std::move(file);
  }
  return slot;
}

/// Reverses the byte order of the numbers in `bytes`.
static void reverseElements(std::string &bytes, tf::DataType dtype) {
  size_t size = storedElementSize(dtype);
  if (dtype == tf::DT_COMPLEX64 || dtype == tf::DT_COMPLEX128)
    size /= 2;
  for (size_t i = 0; i < bytes.size(); i += size)
    std::reverse(bytes.begin() + i, bytes.begin() + i + size);
}

// Strings lie as [varint64 length] * N, [masked crc of the lengths], [bytes].
// The first checksum is of the lengths as 32-bit numbers (64-bit where they
// need it), and the entry's goes on from it over its own four bytes and the
// strings'.
absl::Status
BundleReader::readStrings(const StoredSlice &slice, absl::string_view bytes,
                          std::vector<std::string> &strings) const {
  const Location &location = locations[slice.location];
  uint64_t elements = slice.region.elements;
  if (elements > bytes.size())
    return absl::DataLossError(absl::StrCat(
        "expected ", elements, " strings, found ", bytes.size(), " bytes"));
  ByteReader reader(bytes);
  std::vector<uint64_t> lengths(elements);
  uint32_t crc = 0;
  for (uint64_t &length : lengths) {
    std::optional<uint64_t> read = reader.varint64();
    if (!read)
      return absl::DataLossError("the lengths of its strings are cut off");
    length = *read;
    std::string number;
    for (unsigned i = 0, n = length > UINT32_MAX ? 8 : 4; i < n; ++i)
      number.push_back(static_cast<char>(length >> (8 * i)));
    if (bigEndian)
      std::reverse(number.begin(), number.end());
    crc = extendCrc32c(crc, number);
  }
  std::optional<absl::string_view> checksum = reader.take(4);
  if (!checksum)
    return absl::DataLossError("the lengths of its strings are cut off");
  std::string stored(*checksum);
  if (bigEndian)
    std::reverse(stored.begin(), stored.end());
  if (*ByteReader(stored).fixed32() != maskCrc32c(crc))
    return absl::DataLossError(
        "wrong checksum of the strings' lengths, the file is damaged");
  crc = extendCrc32c(crc, *checksum);
  crc = extendCrc32c(crc, reader.rest());
  if (maskCrc32c(crc) != location.maskedCrc)
    return absl::DataLossError("wrong checksum, the file is damaged");

  strings.reserve(elements);
  for (uint64_t length : lengths) {
    std::optional<absl::string_view> text = reader.take(length);
    if (!text)
      return absl::DataLossError("its strings reach beyond its bytes");
    strings.emplace_back(*text);
  }
  if (!reader.rest().empty())
    return absl::DataLossError(absl::StrCat(
        reader.rest().size(), " bytes are left over after its strings"));
  return absl::OkStatus();
}

absl::StatusOr<CheckpointTensor>
BundleReader::readStored(const CheckpointEntry &entry,
                         const StoredSlice &slice) {
  const Location &location = locations[slice.location];
  absl::StatusOr<std::shared_ptr<const MappedFile>> file =
      shard(location.shard);
  if (!file.ok())
    return file.status();
  auto wrong = [&](absl::string_view what) {
    return absl::DataLossError(absl::StrCat(
        (*file)->path(), ": tensor '", absl::CEscape(entry.key), "': ", what));
  };
  absl::string_view bytes = (*file)->bytes();
  if (location.offset < 0 || location.size < 0 ||
      uint64_t(location.offset) > bytes.size() ||
      uint64_t(location.size) > bytes.size() - location.offset)
    return wrong(absl::StrCat("its ", location.size, " bytes at ",
                              location.offset, " reach beyond the file's ",
                              bytes.size()));
  bytes = bytes.substr(location.offset, location.size);

  CheckpointTensor tensor{location.dtype, location.shape};
  if (location.dtype == tf::DT_STRING) {
    absl::Status status = readStrings(slice, bytes, tensor.strings);
    if (!status.ok())
      return wrong(status.message());
    return tensor;
  }
  size_t elementSize = storedElementSize(location.dtype);
  if (elementSize == 0)
    return absl::UnimplementedError(
        wrong(absl::StrCat("values of type ", tf::DataType_Name(location.dtype),
                           " (", int(location.dtype), ") cannot be read"))
            .message());
  uint64_t elements = slice.region.elements;
  if (bytes.size() % elementSize != 0 || bytes.size() / elementSize != elements)
    return wrong(absl::StrCat("expected ", elements, " elements of ",
                              elementSize, " bytes, found ", bytes.size(),
                              " bytes"));
  if (maskCrc32c(crc32c(bytes)) != location.maskedCrc)
    return wrong("wrong checksum, the file is damaged");
  if (bigEndian) {
    auto copy = std::make_shared<std::string>(bytes);
    reverseElements(*copy, location.dtype);
    tensor.data = *copy;
    tensor.copy = std::move(copy);
    return tensor;
  }
  tensor.data = bytes;
  tensor.file = *std::move(file);
  return tensor;
}

} // namespace firn
