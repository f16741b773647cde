// The sorted string table, whole and broken.
#include "frontend/checkpoint/Table.h"

#include "CheckpointWriter.h"

#include <gtest/gtest.h>

using namespace firn;
using namespace firn::test;

namespace {

using Entries = std::map<std::string, std::string>;

absl::StatusOr<Entries> readAll(const std::string &path) {
  auto file = MappedFile::open(path);
  if (!file.ok())
    return file.status();
  auto table = Table::open(*file);
  if (!table.ok())
    return table.status();
  Entries entries;
  absl::Status status =
      table->forEach([&](absl::string_view key, absl::string_view value) {
        entries[std::string(key)] = std::string(value);
        return absl::OkStatus();
      });
  if (!status.ok())
    return status;
  return entries;
}

class TableTest : public testing::TestWithParam<bool> {
protected:
  Entries entries() {
    Entries result = {{"", "header"}};
    for (int i = 0; i < 10; ++i)
      result["layer" + std::to_string(i) + "/weights"] =
          std::string(i, 'x') + "y";
    return result;
  }
  absl::StatusOr<Entries> readBytes(const std::string &bytes) {
    writeFile(folder.path("table"), bytes);
    return readAll(folder.path("table"));
  }
  ScratchFolder folder;
};

TEST_P(TableTest, ReadsWhatWasWritten) {
  auto read = readBytes(makeTable(entries(), {3, GetParam()}));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, entries());
}

TEST_P(TableTest, FindsEveryKeyAndNoOther) {
  writeFile(folder.path("table"), makeTable(entries(), {3, GetParam()}));
  auto table = Table::open(*MappedFile::open(folder.path("table")));
  ASSERT_TRUE(table.ok());
  for (const auto &[key, value] : entries()) {
    std::string found;
    auto visit = [&](absl::string_view, absl::string_view v) {
      found = std::string(v);
      return absl::OkStatus();
    };
    EXPECT_TRUE(table->find(key, visit).ok());
    EXPECT_EQ(found, value);
    EXPECT_TRUE(absl::IsNotFound(table->find(key + "!", visit)));
  }
}

// Every bit of a table is protected, or does not matter.
TEST_P(TableTest, EveryFlippedBitIsSeenOrHarmless) {
  std::string bytes = makeTable(entries(), {3, GetParam()});
  int harmless = 0;
  for (size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    std::string broken = bytes;
    broken[bit / 8] ^= 1 << (bit % 8);
    auto read = readBytes(broken);
    if (read.ok()) {
      ASSERT_EQ(*read, entries()) << "bit " << bit;
      ++harmless;
    }
  }
  // The footer's padding alone is free.
  EXPECT_LT(harmless, 40 * 8);
}

TEST_P(TableTest, EveryCutIsSeen) {
  std::string bytes = makeTable(entries(), {3, GetParam()});
  for (size_t size = 0; size < bytes.size(); ++size)
    ASSERT_FALSE(readBytes(bytes.substr(0, size)).ok()) << size;
}

INSTANTIATE_TEST_SUITE_P(Compression, TableTest, testing::Bool());

// What follows has right checksums and wrong contents.
struct BrokenBlock {
  const char *name;
  std::string block;
};

class BrokenBlockTest : public testing::TestWithParam<BrokenBlock> {};

TEST_P(BrokenBlockTest, IsRefused) {
  ScratchFolder folder;
  writeFile(folder.path("table"),
            makeTableOfBlocks({{"zz", GetParam().block}}));
  auto read = readAll(folder.path("table"));
  ASSERT_FALSE(read.ok());
  EXPECT_TRUE(absl::IsDataLoss(read.status())) << read.status();
}

const std::string oneRestart("\0\0\0\0\1\0\0\0", 8);

INSTANTIATE_TEST_SUITE_P(
    Cases, BrokenBlockTest,
    testing::Values(
        BrokenBlock{"TooShort", "ab"},
        BrokenBlock{"RestartsBeyondBlock", std::string("\xff\xff\xff\x7f", 4)},
        BrokenBlock{"SharesWithNothing", std::string("\x01\x01\x00"
                                                     "a",
                                                     4) +
                                             oneRestart},
        // unshared + value_length is 2^32
        BrokenBlock{"SizesWrapAround",
                    std::string("\x00\x80\x80\x80\x80\x08\x80\x80\x80\x80\x08"
                                "a",
                                12) +
                        oneRestart},
        BrokenBlock{"HeaderCutOff", std::string("\x00\x80", 2) + oneRestart},
        BrokenBlock{"SameKeyTwice", std::string("\x00\x01\x00"
                                                "a"
                                                "\x01\x00\x00",
                                                7) +
                                        oneRestart},
        BrokenBlock{"KeysDescend", std::string("\x00\x01\x00"
                                               "b"
                                               "\x00\x01\x00"
                                               "a",
                                               8) +
                                       oneRestart},
        BrokenBlock{"KeyAboveUpperBound", std::string("\x00\x03\x00"
                                                      "zzz",
                                                      6) +
                                              oneRestart}),
    [](const auto &info) { return std::string(info.param.name); });

// A block with a flipped bit and a right checksum is read or refused.
TEST(BrokenBlocks, FlipsWithRightChecksumsAreSurvived) {
  ScratchFolder folder;
  std::string block = std::string("\x00\x03\x02"
                                  "abcxy"
                                  "\x02\x02\x01"
                                  "dez"
                                  "\x01\x01\x00"
                                  "c",
                                  18) +
                      oneRestart;
  int refused = 0;
  for (size_t bit = 0; bit < block.size() * 8; ++bit) {
    std::string broken = block;
    broken[bit / 8] ^= 1 << (bit % 8);
    writeFile(folder.path("table"), makeTableOfBlocks({{"zz", broken}}));
    refused += !readAll(folder.path("table")).ok();
  }
  EXPECT_GT(refused, 10);
}

// A few bytes of file must not be visited as often as the index likes.
TEST(TableLimits, BlocksMustFollowOneAnother) {
  ScratchFolder folder;
  std::string block = std::string("\x00\x01\x00"
                                  "a",
                                  4) +
                      oneRestart;
  // Both blocks claim keys up to "a".
  writeFile(folder.path("table"),
            makeTableOfBlocks({{"a", block}, {"b", block}}));
  EXPECT_FALSE(readAll(folder.path("table")).ok());
}

TEST(TableLimits, OtherFilesAreNoTables) {
  ScratchFolder folder;
  writeFile(folder.path("text"), std::string(100, 'x'));
  EXPECT_TRUE(absl::IsInvalidArgument(readAll(folder.path("text")).status()));
  EXPECT_TRUE(absl::IsNotFound(readAll(folder.path("nothing")).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(readAll(folder.path("")).status()));
}

} // namespace
