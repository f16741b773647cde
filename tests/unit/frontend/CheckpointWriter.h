// Writes small checkpoints of both formats, right or wrong as a test wants
// them.
#ifndef FIRN_TESTS_UNIT_FRONTEND_CHECKPOINTWRITER_H
#define FIRN_TESTS_UNIT_FRONTEND_CHECKPOINTWRITER_H

#include "frontend/checkpoint/TensorSlice.h"
#include "proto/checkpoint.pb.h"

#include <map>
#include <string>
#include <vector>

namespace firn::test {

std::string readFile(const std::string &path);
void writeFile(const std::string &path, const std::string &bytes);

/// A folder of this test process, empty when made and removed at its end.
class ScratchFolder {
public:
  ScratchFolder();
  ~ScratchFolder();
  std::string path(const std::string &name) const;

private:
  std::string folder;
};

/// The bytes of `values` as a checkpoint has them.
template <typename T> std::string bytesOf(const std::vector<T> &values) {
  return std::string(reinterpret_cast<const char *>(values.data()),
                     values.size() * sizeof(T));
}

struct TableOptions {
  size_t entriesPerBlock = 4;
  bool snappy = false;
};

/// A table with `entries`, which are written in the order of their keys.
std::string makeTable(const std::map<std::string, std::string> &entries,
                      const TableOptions &options = {});

/// A table of ready-made data blocks, each with its upper bound.
std::string makeTableOfBlocks(
    const std::vector<std::pair<std::string, std::string>> &blocks,
    const TableOptions &options = {});

/// Collects tensors and writes a V2 checkpoint.
class BundleWriter {
public:
  explicit BundleWriter(int numShards = 1) : shards(numShards) {}

  void add(const std::string &name, tf::DataType dtype,
           const std::vector<int64_t> &shape, const std::string &bytes,
           int shard = 0);
  void addStrings(const std::string &name, const std::vector<int64_t> &shape,
                  const std::vector<std::string> &strings);
  void addSlice(const std::string &name, tf::DataType dtype,
                const std::vector<int64_t> &fullShape, const TensorSlice &slice,
                const std::string &bytes, int shard = 0);
  /// Bytes between tensors, as data alignment makes them.
  void pad(size_t bytes, int shard = 0) { shards[shard].append(bytes, '\0'); }

  void write(const std::string &prefix, const TableOptions &options = {}) const;

  tf::BundleHeaderProto header;
  std::map<std::string, tf::BundleEntryProto> entries;
  std::vector<std::string> shards;

private:
  tf::BundleEntryProto makeEntry(tf::DataType dtype,
                                 const std::vector<int64_t> &shape,
                                 const std::string &bytes, uint32_t crc,
                                 int shard);
};

} // namespace firn::test

#endif // FIRN_TESTS_UNIT_FRONTEND_CHECKPOINTWRITER_H
