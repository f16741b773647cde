// Writes small checkpoints.
#include "CheckpointWriter.h"

#include "frontend/checkpoint/Coding.h"
#include "proto/Crc32c.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <snappy.h>
#include <sstream>
#include <unistd.h>

namespace firn::test {

std::string readFile(const std::string &path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

void writeFile(const std::string &path, const std::string &bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

ScratchFolder::ScratchFolder() {
  // In memory where that is offered: some tests write a file per bit of it.
  std::error_code ignored;
  std::filesystem::path base = "/dev/shm";
  if (!std::filesystem::is_directory(base, ignored))
    base = std::filesystem::temp_directory_path();
  std::string pattern = (base / "firn-test-XXXXXX").string();
  folder = ::mkdtemp(pattern.data());
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
}

std::string ScratchFolder::path(const std::string &name) const {
  return folder + "/" + name;
}

static void putFixed32(std::string &out, uint32_t value) {
  for (int i = 0; i < 4; ++i)
    out.push_back(static_cast<char>(value >> (8 * i)));
}

static void putVarint(std::string &out, uint64_t value) {
  for (; value >= 0x80; value >>= 7)
    out.push_back(static_cast<char>(value | 0x80));
  out.push_back(static_cast<char>(value));
}

/// A block with a restart point every two entries.
static std::string
makeBlock(const std::vector<std::pair<std::string, std::string>> &entries) {
  std::string block, last;
  std::vector<uint32_t> restarts;
  for (size_t i = 0; i < entries.size(); ++i) {
    const auto &[key, value] = entries[i];
    size_t shared = 0;
    if (i % 2 == 0)
      restarts.push_back(block.size());
    else
      while (shared < last.size() && shared < key.size() &&
             last[shared] == key[shared])
        ++shared;
    putVarint(block, shared);
    putVarint(block, key.size() - shared);
    putVarint(block, value.size());
    block += key.substr(shared) + value;
    last = key;
  }
  if (restarts.empty())
    restarts.push_back(0);
  for (uint32_t restart : restarts)
    putFixed32(block, restart);
  putFixed32(block, restarts.size());
  return block;
}

/// Appends a block with its trailer; returns its handle.
static std::string putBlock(std::string &file, std::string block,
                            bool compress) {
  if (compress) {
    std::string compressed;
    snappy::Compress(block.data(), block.size(), &compressed);
    block = compressed;
  }
  std::string handle;
  putVarint(handle, file.size());
  putVarint(handle, block.size());
  block.push_back(compress ? 1 : 0);
  file += block;
  putFixed32(file, maskCrc32c(crc32c(block)));
  return handle;
}

std::string makeTableOfBlocks(
    const std::vector<std::pair<std::string, std::string>> &blocks,
    const TableOptions &options) {
  std::string file;
  std::vector<std::pair<std::string, std::string>> index;
  for (const auto &[bound, block] : blocks)
    index.emplace_back(bound, putBlock(file, block, options.snappy));
  std::string footer = putBlock(file, makeBlock({}), false);
  footer += putBlock(file, makeBlock(index), options.snappy);
  footer.resize(40);
  putFixed32(footer, 0x8b80fb57);
  putFixed32(footer, 0xdb477524);
  return file + footer;
}

std::string makeTable(const std::map<std::string, std::string> &entries,
                      const TableOptions &options) {
  std::vector<std::pair<std::string, std::string>> blocks, block;
  for (const auto &entry : entries) {
    block.push_back(entry);
    if (block.size() == options.entriesPerBlock) {
      blocks.emplace_back(entry.first, makeBlock(block));
      block.clear();
    }
  }
  if (!block.empty())
    blocks.emplace_back(block.back().first, makeBlock(block));
  return makeTableOfBlocks(blocks, options);
}

tf::BundleEntryProto BundleWriter::makeEntry(tf::DataType dtype,
                                             const std::vector<int64_t> &shape,
                                             const std::string &bytes,
                                             uint32_t crc, int shard) {
  tf::BundleEntryProto entry;
  entry.set_dtype(dtype);
  for (int64_t dim : shape)
    entry.mutable_shape()->add_dim()->set_size(dim);
  entry.set_shard_id(shard);
  entry.set_offset(shards[shard].size());
  entry.set_size(bytes.size());
  entry.set_crc32c(maskCrc32c(crc));
  shards[shard] += bytes;
  return entry;
}

void BundleWriter::add(const std::string &name, tf::DataType dtype,
                       const std::vector<int64_t> &shape,
                       const std::string &bytes, int shard) {
  entries[name] = makeEntry(dtype, shape, bytes, crc32c(bytes), shard);
}

void BundleWriter::addStrings(const std::string &name,
                              const std::vector<int64_t> &shape,
                              const std::vector<std::string> &strings) {
  std::string lengths, numbers, text;
  for (const std::string &s : strings) {
    putVarint(lengths, s.size());
    putFixed32(numbers, s.size());
    text += s;
  }
  std::string checksum;
  putFixed32(checksum, maskCrc32c(crc32c(numbers)));
  entries[name] = makeEntry(tf::DT_STRING, shape, lengths + checksum + text,
                            crc32c(numbers + checksum + text), 0);
}

void BundleWriter::addSlice(const std::string &name, tf::DataType dtype,
                            const std::vector<int64_t> &fullShape,
                            const TensorSlice &slice, const std::string &bytes,
                            int shard) {
  tf::BundleEntryProto &full = entries[name];
  full.set_dtype(dtype);
  full.clear_shape();
  tf::TensorSliceProto *proto = full.add_slices();
  std::vector<int64_t> shape;
  for (size_t i = 0; i < fullShape.size(); ++i) {
    full.mutable_shape()->add_dim()->set_size(fullShape[i]);
    auto *extent = proto->add_extent();
    shape.push_back(slice[i].isFull() ? fullShape[i] : slice[i].length);
    if (slice[i].isFull())
      continue;
    extent->set_start(slice[i].start);
    extent->set_length(slice[i].length);
  }
  entries[encodeTensorNameSlice(name, slice)] =
      makeEntry(dtype, shape, bytes, crc32c(bytes), shard);
}

void BundleWriter::write(const std::string &prefix,
                         const TableOptions &options) const {
  tf::BundleHeaderProto written = header;
  written.set_num_shards(shards.size());
  written.mutable_version()->set_producer(1);
  std::map<std::string, std::string> table;
  table[""] = written.SerializeAsString();
  for (const auto &[key, entry] : entries)
    table[key] = entry.SerializeAsString();
  writeFile(prefix + ".index", makeTable(table, options));
  for (size_t i = 0; i < shards.size(); ++i) {
    char suffix[32];
    std::snprintf(suffix, sizeof(suffix), ".data-%05zu-of-%05zu", i,
                  shards.size());
    writeFile(prefix + suffix, shards[i]);
  }
}

} // namespace firn::test
