// Output files: whole or not there, no temporary left, the system's reason in
// errors.
#include "backend/graphdef/OutputFile.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <thread>

namespace firn {
namespace {

class OutputFileTest : public testing::Test {
protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "firn-output-XXXXXX";
    folder = mkdtemp(name.data());
  }
  void TearDown() override { std::filesystem::remove_all(folder); }

  std::string content(const std::string &path) {
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }
  size_t filesInFolder() {
    return static_cast<size_t>(
        std::distance(std::filesystem::directory_iterator(folder),
                      std::filesystem::directory_iterator()));
  }

  std::string folder;
};

TEST_F(OutputFileTest, ReplacesTheTargetAtCommit) {
  std::string path = folder + "/out";
  ASSERT_TRUE(writeFile(path, "old").ok());
  absl::StatusOr<OutputFile> file = OutputFile::create(path);
  ASSERT_TRUE(file.ok());
  ASSERT_TRUE(file->append("ne").ok());
  ASSERT_TRUE(file->append("w").ok());
  EXPECT_EQ(content(path), "old");
  ASSERT_TRUE(file->commit().ok());
  EXPECT_EQ(content(path), "new");
  EXPECT_EQ(filesInFolder(), 1u);
}

TEST_F(OutputFileTest, LinksAndModesStay) {
  namespace fs = std::filesystem;
  ASSERT_TRUE(writeFile(folder + "/file", "old").ok());
  fs::permissions(folder + "/file",
                  fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink("file", folder + "/link");
  ASSERT_TRUE(writeFile(folder + "/link", "new").ok());
  EXPECT_TRUE(fs::is_symlink(folder + "/link"));
  EXPECT_EQ(content(folder + "/file"), "new");
  EXPECT_EQ(fs::status(folder + "/file").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(OutputFileTest, PipesGetTheBytes) {
  std::string pipe = folder + "/pipe";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  std::thread writer([&] { EXPECT_TRUE(writeFile(pipe, "text").ok()); });
  EXPECT_EQ(content(pipe), "text");
  writer.join();
  EXPECT_TRUE(std::filesystem::is_fifo(pipe));
  EXPECT_EQ(filesInFolder(), 1u);
}

TEST_F(OutputFileTest, LeavesNothingWithoutCommit) {
  {
    absl::StatusOr<OutputFile> file = OutputFile::create(folder + "/out");
    ASSERT_TRUE(file.ok());
    ASSERT_TRUE(file->append("half").ok());
    EXPECT_EQ(filesInFolder(), 1u);
  }
  EXPECT_EQ(filesInFolder(), 0u);
}

TEST_F(OutputFileTest, NamesTheFileThatCannotBeWritten) {
  absl::Status status = writeFile(folder + "/absent/out", "x");
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_NE(status.message().find("/absent/out"), absl::string_view::npos);
}

} // namespace
} // namespace firn
