// V2 and V1 checkpoints: values of every kind, slices, and damage.
#include "frontend/checkpoint/CheckpointReader.h"

#include "CheckpointWriter.h"
#include "frontend/MappedFile.h"
#include "frontend/checkpoint/Coding.h"

#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>

using namespace firn;
using namespace firn::test;

namespace {

/// All that a checkpoint holds, or the first error.
absl::StatusOr<std::map<std::string, std::string>>
readAll(const std::string &path) {
  auto reader = CheckpointReader::open(path);
  if (!reader.ok())
    return reader.status();
  std::map<std::string, std::string> values;
  for (const CheckpointEntry &entry : (*reader)->entries()) {
    auto tensor = (*reader)->read(entry.key);
    if (!tensor.ok())
      return tensor.status();
    std::string &value = values[entry.key];
    value = tf::DataType_Name(tensor->dtype);
    for (int64_t dim : tensor->shape)
      value += "," + std::to_string(dim);
    value += ":" + std::string(tensor->data);
    for (const std::string &s : tensor->strings)
      value += s + ";";
  }
  return values;
}

BundleWriter smallBundle() {
  BundleWriter writer(2);
  writer.add("dense/kernel", tf::DT_FLOAT, {2, 3},
             bytesOf<float>({1, 2, 3, 4, 5, 6}));
  writer.add("dense/bias", tf::DT_HALF, {3}, "abcdef", 1);
  writer.add("step", tf::DT_INT64, {}, bytesOf<int64_t>({42}));
  writer.addStrings("words", {3}, {"one", "", "three"});
  writer.addSlice("table", tf::DT_INT32, {4, 2}, {{0, 3}, {0, -1}},
                  bytesOf<int32_t>({0, 1, 2, 3, 4, 5}));
  writer.addSlice("table", tf::DT_INT32, {4, 2}, {{3, 1}, {0, -1}},
                  bytesOf<int32_t>({6, 7}), 1);
  return writer;
}

std::map<std::string, std::string> smallBundleValues() {
  return {
      {"dense/kernel", "DT_FLOAT,2,3:" + bytesOf<float>({1, 2, 3, 4, 5, 6})},
      {"dense/bias", "DT_HALF,3:abcdef"},
      {"step", "DT_INT64:" + bytesOf<int64_t>({42})},
      {"words", "DT_STRING,3:one;;three;"},
      {"table", "DT_INT32,4,2:" + bytesOf<int32_t>({0, 1, 2, 3, 4, 5, 6, 7})},
  };
}

class BundleTest : public testing::Test {
protected:
  ScratchFolder folder;
  std::string prefix = folder.path("model");
  std::string shard = prefix + ".data-00000-of-00001";
};

TEST_F(BundleTest, ReadsEveryKindOfTensor) {
  for (bool snappy : {false, true}) {
    smallBundle().write(prefix, {2, snappy});
    auto values = readAll(prefix);
    ASSERT_TRUE(values.ok()) << values.status();
    EXPECT_EQ(*values, smallBundleValues());
  }
}

TEST_F(BundleTest, NumbersAreNotCopied) {
  smallBundle().write(prefix);
  auto reader = CheckpointReader::open(prefix);
  ASSERT_TRUE(reader.ok());
  auto tensor = (*reader)->read("dense/kernel");
  ASSERT_TRUE(tensor.ok());
  ASSERT_NE(tensor->file, nullptr);
  EXPECT_EQ(tensor->data.data(), tensor->file->bytes().data());
  reader->reset();
  EXPECT_EQ(tensor->data, bytesOf<float>({1, 2, 3, 4, 5, 6}))
      << "the value keeps its file mapped";
}

// A graph may want a part of a tensor, however that is stored.
TEST_F(BundleTest, ReadsSlicesOfWholeAndSlicedTensors) {
  smallBundle().write(prefix);
  auto reader = CheckpointReader::open(prefix);
  ASSERT_TRUE(reader.ok());
  auto stored = (*reader)->readSlice("table", {{3, 1}, {0, -1}});
  ASSERT_TRUE(stored.ok()) << stored.status();
  EXPECT_EQ(stored->data, bytesOf<int32_t>({6, 7}));
  EXPECT_EQ(stored->shape, (std::vector<int64_t>{1, 2}));

  auto across = (*reader)->readSlice("table", {{2, 2}, {1, 1}});
  ASSERT_TRUE(across.ok()) << across.status();
  EXPECT_EQ(across->data, bytesOf<int32_t>({5, 7}));

  auto part = (*reader)->readSlice("dense/kernel", {{0, -1}, {1, 2}});
  ASSERT_TRUE(part.ok()) << part.status();
  EXPECT_EQ(part->data, bytesOf<float>({2, 3, 5, 6}));

  EXPECT_FALSE((*reader)->readSlice("table", {{3, 2}, {0, -1}}).ok());
}

TEST_F(BundleTest, IncompleteAndOverlappingSlicesAreErrors) {
  BundleWriter writer;
  writer.addSlice("t", tf::DT_INT8, {4}, {{0, 2}}, "ab");
  writer.write(prefix);
  auto values = readAll(prefix);
  ASSERT_FALSE(values.ok());
  EXPECT_NE(values.status().message().find("2 of 4 elements"),
            absl::string_view::npos)
      << values.status();

  writer.addSlice("t", tf::DT_INT8, {4}, {{1, 2}}, "cd");
  writer.write(prefix);
  EXPECT_FALSE(readAll(prefix).ok());
}

TEST_F(BundleTest, BigEndianValuesAreSwapped) {
  BundleWriter writer;
  writer.header.set_endianness(tf::BundleHeaderProto::BIG);
  writer.add("a", tf::DT_INT16, {2}, "\x01\x02\x03\x04");
  writer.add("z", tf::DT_COMPLEX64, {1}, "abcdefgh");
  writer.write(prefix);
  auto values = readAll(prefix);
  ASSERT_TRUE(values.ok()) << values.status();
  EXPECT_EQ(values->at("a"), "DT_INT16,2:\x02\x01\x04\x03");
  EXPECT_EQ(values->at("z"), "DT_COMPLEX64,1:dcbahgfe");
}

// Each of these entries has a right checksum and says something impossible.
TEST_F(BundleTest, EntriesAreCheckedAgainstTheFiles) {
  auto expectRefused = [&](auto change, const char *text) {
    BundleWriter writer;
    writer.add("a", tf::DT_FLOAT, {2}, bytesOf<float>({1, 2}));
    change(writer.entries["a"]);
    writer.write(prefix);
    auto values = readAll(prefix);
    ASSERT_FALSE(values.ok()) << text;
    EXPECT_NE(values.status().message().find(text), absl::string_view::npos)
        << values.status();
    EXPECT_NE(values.status().message().find(prefix), absl::string_view::npos)
        << "the file is named: " << values.status();
  };
  using Entry = tf::BundleEntryProto;
  expectRefused([](Entry &e) { e.set_offset(8); }, "reach beyond");
  expectRefused([](Entry &e) { e.set_offset(INT64_MAX); }, "reach beyond");
  expectRefused([](Entry &e) { e.set_offset(-8); }, "reach beyond");
  expectRefused([](Entry &e) { e.set_size(INT64_MAX); }, "reach beyond");
  expectRefused([](Entry &e) { e.set_size(-1); }, "reach beyond");
  expectRefused([](Entry &e) { e.set_size(7); }, "expected 2 elements");
  expectRefused(
      [](Entry &e) { e.mutable_shape()->mutable_dim(0)->set_size(3); },
      "expected 3 elements");
  expectRefused(
      [](Entry &e) { e.mutable_shape()->mutable_dim(0)->set_size(-1); },
      "expected a known shape");
  expectRefused(
      [](Entry &e) {
        e.mutable_shape()->mutable_dim(0)->set_size(int64_t(1) << 40);
        e.mutable_shape()->add_dim()->set_size(int64_t(1) << 40);
      },
      "expected a known shape");
  expectRefused([](Entry &e) { e.set_shard_id(1); }, "data shard 1");
  expectRefused([](Entry &e) { e.set_shard_id(-1); }, "data shard -1");
  expectRefused([](Entry &e) { e.set_dtype(tf::DT_VARIANT); }, "DT_VARIANT");
  expectRefused([](Entry &e) { e.set_dtype(tf::DT_INVALID); },
                "cannot be read");
  expectRefused([](Entry &e) { e.set_dtype(tf::DataType(77)); }, "(77)");
  expectRefused([](Entry &e) { e.set_dtype(tf::DT_STRING); }, "string");
  expectRefused([](Entry &e) { e.set_crc32c(1); }, "wrong checksum");
}

TEST_F(BundleTest, AMissingShardIsNamed) {
  smallBundle().write(prefix);
  std::filesystem::remove(prefix + ".data-00001-of-00002");
  auto values = readAll(prefix);
  ASSERT_FALSE(values.ok());
  EXPECT_NE(values.status().message().find("model.data-00001-of-00002"),
            absl::string_view::npos)
      << values.status();
}

TEST_F(BundleTest, EveryFlippedBitOfTheIndexIsSeenOrHarmless) {
  smallBundle().write(prefix);
  std::string bytes = readFile(prefix + ".index");
  for (size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    std::string broken = bytes;
    broken[bit / 8] ^= 1 << (bit % 8);
    writeFile(prefix + ".index", broken);
    auto values = readAll(prefix);
    if (values.ok())
      ASSERT_EQ(*values, smallBundleValues()) << "bit " << bit;
  }
}

// A checksum is no protection against who can compute it: entries with a
// flipped bit and a right checksum may say anything, and must be read or
// refused.
TEST_F(BundleTest, FlippedEntriesWithRightChecksumsAreSurvived) {
  smallBundle().write(prefix);
  tf::BundleHeaderProto header;
  header.set_num_shards(2);
  header.mutable_version()->set_producer(1);
  std::map<std::string, std::string> table = {{"", header.SerializeAsString()}};
  for (const auto &[key, entry] : smallBundle().entries)
    table[key] = entry.SerializeAsString();
  int refused = 0;
  for (const auto &[key, value] : table)
    for (size_t bit = 0; bit < value.size() * 8; ++bit) {
      std::map<std::string, std::string> broken = table;
      broken[key][bit / 8] ^= 1 << (bit % 8);
      writeFile(prefix + ".index", makeTable(broken));
      auto reader = CheckpointReader::open(prefix);
      if (!reader.ok()) {
        ++refused;
        continue;
      }
      for (const CheckpointEntry &entry : (*reader)->entries())
        refused += !(*reader)->read(entry.key).ok();
    }
  EXPECT_GT(refused, 100);
}

TEST_F(BundleTest, EveryFlippedBitOfAShardIsSeenOrHarmless) {
  BundleWriter writer = smallBundle();
  writer.pad(5);
  writer.write(prefix);
  for (const char *suffix : {".data-00000-of-00002", ".data-00001-of-00002"}) {
    std::string bytes = readFile(prefix + suffix);
    int harmless = 0;
    for (size_t bit = 0; bit < bytes.size() * 8; ++bit) {
      std::string broken = bytes;
      broken[bit / 8] ^= 1 << (bit % 8);
      writeFile(prefix + suffix, broken);
      auto values = readAll(prefix);
      if (values.ok()) {
        ASSERT_EQ(*values, smallBundleValues()) << suffix << " bit " << bit;
        ++harmless;
      }
    }
    EXPECT_LE(harmless, 5 * 8) << "only padding is free";
    writeFile(prefix + suffix, bytes);
  }
}

TEST_F(BundleTest, EveryCutIsSeenOrHarmless) {
  smallBundle().write(prefix);
  for (const char *suffix :
       {".index", ".data-00000-of-00002", ".data-00001-of-00002"}) {
    std::string bytes = readFile(prefix + suffix);
    for (size_t size = 0; size < bytes.size(); ++size) {
      writeFile(prefix + suffix, bytes.substr(0, size));
      ASSERT_FALSE(readAll(prefix).ok()) << suffix << " cut to " << size;
    }
    writeFile(prefix + suffix, bytes);
  }
}

// All names that users have for one checkpoint.
TEST_F(BundleTest, AcceptsEveryNameOfACheckpoint) {
  smallBundle().write(prefix);
  for (const std::string &path :
       {prefix, prefix + ".index", prefix + ".data-00000-of-00002",
        folder.path("")}) {
    auto reader = CheckpointReader::open(path);
    ASSERT_TRUE(reader.ok()) << path << ": " << reader.status();
    EXPECT_EQ((*reader)->prefix(), prefix);
  }

  smallBundle().write(folder.path("newer"));
  EXPECT_FALSE(CheckpointReader::open(folder.path("")).ok())
      << "two checkpoints and nothing that says which";
  for (const char *latest : {"newer", "/somewhere/else/newer"}) {
    writeFile(folder.path("checkpoint"),
              std::string("model_checkpoint_path: \"") + latest + "\"\n");
    for (const std::string &path :
         {folder.path(""), folder.path("checkpoint")}) {
      auto reader = CheckpointReader::open(path);
      ASSERT_TRUE(reader.ok()) << path << ": " << reader.status();
      EXPECT_EQ((*reader)->prefix(), folder.path("newer"));
    }
  }
}

TEST_F(BundleTest, SaysWhatItLookedFor) {
  auto nothing = CheckpointReader::open(folder.path("nothing"));
  EXPECT_TRUE(absl::IsNotFound(nothing.status())) << nothing.status();
  writeFile(folder.path("checkpoint"), "model_checkpoint_path: \"\"\n");
  EXPECT_FALSE(CheckpointReader::open(folder.path("checkpoint")).ok());
  writeFile(folder.path("checkpoint"), "what is this");
  auto text = CheckpointReader::open(folder.path("checkpoint"));
  EXPECT_NE(text.status().message().find("line 1"), absl::string_view::npos)
      << text.status();
}

/// A V1 table with a tensor in two slices, one in full and one of strings.
std::string makeV1Table() {
  tf::SavedTensorSlices header;
  std::map<std::string, std::string> entries;
  auto add = [&](const std::string &name, tf::DataType dtype,
                 std::vector<int64_t> shape, const TensorSlice &slice,
                 auto fill) {
    tf::SavedSliceMeta *meta = nullptr;
    for (tf::SavedSliceMeta &m : *header.mutable_meta()->mutable_tensor())
      if (m.name() == name)
        meta = &m;
    if (!meta) {
      meta = header.mutable_meta()->add_tensor();
      meta->set_name(name);
      meta->set_type(dtype);
      for (int64_t dim : shape)
        meta->mutable_shape()->add_dim()->set_size(dim);
    }
    auto *proto = meta->add_slice();
    for (const SliceExtent &extent : slice) {
      auto *e = proto->add_extent();
      if (!extent.isFull()) {
        e->set_start(extent.start);
        e->set_length(extent.length);
      }
    }
    tf::SavedTensorSlices value;
    fill(*value.mutable_data()->mutable_data());
    entries[encodeTensorNameSlice(name, slice)] = value.SerializeAsString();
  };
  add("a", tf::DT_FLOAT, {2}, {{0, -1}}, [](tf::TensorProto &t) {
    t.add_float_val(1.5f);
    t.add_float_val(-2);
  });
  add("b", tf::DT_UINT8, {3}, {{0, 1}},
      [](tf::TensorProto &t) { t.add_int_val('x'); });
  add("b", tf::DT_UINT8, {3}, {{1, 2}}, [](tf::TensorProto &t) {
    t.add_int_val('y');
    t.add_int_val('z');
  });
  add("s", tf::DT_STRING, {}, {},
      [](tf::TensorProto &t) { t.add_string_val("text"); });
  header.mutable_meta()->mutable_versions()->set_producer(1);
  entries[""] = header.SerializeAsString();
  return makeTable(entries, {2});
}

std::map<std::string, std::string> v1Values() {
  return {{"a", "DT_FLOAT,2:" + bytesOf<float>({1.5f, -2})},
          {"b", "DT_UINT8,3:xyz"},
          {"s", "DT_STRING:text;"}};
}

TEST_F(BundleTest, ReadsV1) {
  writeFile(prefix, makeV1Table());
  auto values = readAll(prefix);
  ASSERT_TRUE(values.ok()) << values.status();
  EXPECT_EQ(*values, v1Values());
}

TEST_F(BundleTest, EveryFlippedBitAndCutOfV1IsSeenOrHarmless) {
  std::string bytes = makeV1Table();
  for (size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    std::string broken = bytes;
    broken[bit / 8] ^= 1 << (bit % 8);
    writeFile(prefix, broken);
    auto values = readAll(prefix);
    if (values.ok())
      ASSERT_EQ(*values, v1Values()) << "bit " << bit;
  }
  for (size_t size = 0; size < bytes.size(); ++size) {
    writeFile(prefix, bytes.substr(0, size));
    ASSERT_FALSE(readAll(prefix).ok()) << size;
  }
}

} // namespace
