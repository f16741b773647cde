// The folder of compiled code: what is kept gives the same results, and what is
// not exactly what was kept is compiled again.
#include "api/CodeCache.h"
#include "api/Model.h"

#include "llvm/ADT/StringExtras.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <thread>

namespace firn {
namespace {

namespace fs = std::filesystem;

std::string type(const std::string &key, const std::string &value) {
  return "attr { key: \"" + key + "\" value { type: " + value + " } } ";
}

std::string node(const std::string &name, const std::string &op,
                 const std::vector<std::string> &inputs,
                 const std::string &attributes) {
  std::string text = "node { name: \"" + name + "\" op: \"" + op + "\" ";
  for (const std::string &input : inputs)
    text += "input: \"" + input + "\" ";
  return text + attributes + "}\n";
}

std::string constant(const std::string &name, const std::string &dtype,
                     const std::string &tensor) {
  return node(name, "Const", {},
              type("dtype", dtype) +
                  "attr { key: \"value\" value { tensor { dtype: " + dtype +
                  " " + tensor + " } } } ");
}

/// A kernel with packed weights (y), a routine with attributes and a string
/// constant (joined), and an output that needs no code (label).
std::string modelText(float weight = 0.5) {
  std::string weights = "tensor_shape { dim { size: 16 } dim { size: 32 } } ";
  for (int i = 0; i < 16 * 32; ++i)
    weights += "float_val: " + std::to_string(weight * float(i % 7)) + " ";
  return node("x", "Placeholder", {}, type("dtype", "DT_FLOAT")) +
         constant("w", "DT_FLOAT", weights) +
         node("product", "MatMul", {"x", "w"}, type("T", "DT_FLOAT")) +
         node("y", "Relu", {"product"}, type("T", "DT_FLOAT")) +
         constant("texts", "DT_STRING",
                  "tensor_shape { dim { size: 2 } } string_val: \"a\" "
                  "string_val: \"bc\"") +
         node("s", "Placeholder", {}, type("dtype", "DT_STRING")) +
         node("joined", "StringJoin", {"s", "texts"},
              "attr { key: \"N\" value { i: 2 } } "
              "attr { key: \"separator\" value { s: \"-\" } } ") +
         constant("label", "DT_STRING",
                  "tensor_shape {} string_val: \"a label\"");
}

struct CodeCacheTest : testing::Test {
  void SetUp() override {
    folder = testing::TempDir() + "/code-cache-" +
             testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(folder);
    write(modelText());
  }
  void TearDown() override { fs::remove_all(folder); }

  void write(const std::string &text) {
    fs::create_directories(folder);
    std::ofstream(folder + "/model.pbtxt") << text;
  }
  LoadOptions options() const {
    LoadOptions options;
    options.threads = 2;
    options.cacheDirectory = folder + "/cache";
    return options;
  }
  std::vector<fs::path> entries() const {
    std::vector<fs::path> paths;
    for (const auto &entry : fs::directory_iterator(folder + "/cache"))
      paths.push_back(entry.path());
    return paths;
  }

  /// Loads the model anew and runs all of it on `rows` rows.
  std::map<std::string, Tensor> run(const LoadOptions &options,
                                    int64_t rows = 3) {
    absl::StatusOr<Model> model = Model::load(folder + "/model.pbtxt", options);
    EXPECT_TRUE(model.ok()) << model.status();
    std::vector<float> values;
    for (int64_t i = 0; i < rows * 16; ++i)
      values.push_back(0.25f * float(i % 11) - 1);
    auto x = Tensor::from<float>(Shape{rows, 16}, values);
    auto s = Tensor::create(DType::String, Shape{2});
    s->strings() = {"one", "two"};
    auto results = model->run({{"x", *x}, {"s", *s}}, {"y", "joined", "label"});
    EXPECT_TRUE(results.ok()) << results.status();
    return results.ok() ? *std::move(results) : std::map<std::string, Tensor>();
  }

  std::string folder;
};

void expectSame(const std::map<std::string, Tensor> &a,
                const std::map<std::string, Tensor> &b) {
  ASSERT_EQ(a.size(), 3u);
  ASSERT_EQ(b.size(), 3u);
  auto bytes = [](const Tensor &tensor) {
    return std::string_view(static_cast<const char *>(tensor.data()),
                            static_cast<size_t>(tensor.byteSize()));
  };
  EXPECT_EQ(a.at("y").shape(), b.at("y").shape());
  EXPECT_EQ(bytes(a.at("y")), bytes(b.at("y")));
  EXPECT_EQ(a.at("joined").strings(), b.at("joined").strings());
  EXPECT_EQ(a.at("label").strings(), b.at("label").strings());
}

std::string contentOf(const fs::path &path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void replace(const fs::path &path, const std::string &content) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

// The second load reads the entry: it is the same file afterwards, and gives
// the same bits as code that was never kept.
TEST_F(CodeCacheTest, KeptCodeGivesTheSameResults) {
  LoadOptions without;
  without.threads = 2;
  auto expected = run(without);
  EXPECT_EQ(expected.at("joined").strings(),
            (std::vector<std::string>{"one-a", "two-bc"}));
  auto cold = run(options());
  ASSERT_EQ(entries().size(), 1u);
  fs::path entry = entries()[0];
  struct stat before, after;
  ASSERT_EQ(stat(entry.c_str(), &before), 0);
  auto warm = run(options());
  ASSERT_EQ(stat(entry.c_str(), &after), 0);
  EXPECT_EQ(before.st_ino, after.st_ino);
  expectSame(expected, cold);
  expectSame(expected, warm);
  EXPECT_EQ(after.st_mode & 0777, 0600u);
}

// Whichever byte is changed, and wherever the file is cut, the results are
// right; what was changed outside of padding is replaced.
TEST_F(CodeCacheTest, DamagedEntriesAreCompiledAgain) {
  auto expected = run(options());
  fs::path entry = entries().at(0);
  const std::string good = contentOf(entry);
  size_t step = good.size() / 9 + 1;
  for (size_t position = 0; position < good.size(); position += step) {
    std::string bad = good;
    bad[position] ^= 0x10;
    replace(entry, bad);
    expectSame(expected, run(options()));
    replace(entry, good.substr(0, position));
    expectSame(expected, run(options()));
    EXPECT_EQ(contentOf(entry).size(), good.size()) << "cut at " << position;
  }
  replace(entry, good + "more");
  expectSame(expected, run(options()));
  EXPECT_EQ(contentOf(entry).size(), good.size());
}

// Every single byte of a small entry is guarded, but for what lies between the
// blobs.
TEST_F(CodeCacheTest, EveryByteIsChecked) {
  auto cache = CodeCache::open(folder + "/cache", 1 << 20);
  ASSERT_TRUE(cache.ok()) << cache.status();
  Digest key = {1, 2, 3};
  const std::string blob(100, 'b');
  std::vector<int64_t> numbers{1, 2, 3};
  std::string text = "some text";
  jit::ImageWriter writer;
  writer(numbers, text);
  writer.blob(blob.data(), int64_t(blob.size()));
  ASSERT_TRUE(cache->store(key, writer).ok());
  auto loads = [&](const Digest &key) {
    std::vector<int64_t> readNumbers;
    std::string readText, readBlob(blob.size(), '\0');
    bool loaded = cache->load(key, [&](jit::ImageReader &reader) {
      reader(readNumbers, readText);
      reader.blob(readBlob.data(), int64_t(readBlob.size()));
      reader.readBlobs();
    });
    if (loaded) {
      EXPECT_EQ(readNumbers, numbers);
      EXPECT_EQ(readText, text);
      EXPECT_EQ(readBlob, blob);
    }
    return loaded;
  };
  EXPECT_TRUE(loads(key));
  EXPECT_FALSE(loads(Digest{}));
  fs::path entry = entries().at(0);
  const std::string good = contentOf(entry);
  unsigned accepted = 0;
  for (size_t position = 0; position < good.size(); ++position) {
    std::string bad = good;
    bad[position] = char(~bad[position]);
    replace(entry, bad);
    accepted += loads(key);
    replace(entry, good.substr(0, position));
    EXPECT_FALSE(loads(key)) << "cut at " << position;
  }
  // Two paddings, each of less than 64 bytes.
  EXPECT_LT(accepted, 126u);
  EXPECT_LT(accepted, good.size() / 2);
  // An entry under the name of another one is not that one.
  replace(entry, good);
  EXPECT_TRUE(loads(key));
  Digest other = {9};
  fs::copy(entry, folder + "/cache/" + llvm::toHex(other, true) + ".firncode");
  EXPECT_FALSE(loads(other));
  // What others may write is not used.
  fs::permissions(entry, fs::perms::group_write, fs::perm_options::add);
  EXPECT_FALSE(loads(key));
}

// A reader that asks for more than was written, or for something else, fails
// and gives zeros.
TEST_F(CodeCacheTest, ReadersStayWithinTheBytes) {
  auto cache = CodeCache::open(folder + "/cache", 1 << 20);
  ASSERT_TRUE(cache.ok());
  jit::ImageWriter writer;
  uint64_t huge = ~uint64_t(0);
  writer(huge);
  ASSERT_TRUE(cache->store({}, writer).ok());
  EXPECT_FALSE(cache->load({}, [](jit::ImageReader &reader) {
    std::string text;
    reader(text);
    EXPECT_TRUE(reader.failed());
  }));
  EXPECT_FALSE(cache->load({}, [](jit::ImageReader &reader) {
    std::vector<int64_t> list;
    reader(list);
    EXPECT_TRUE(list.empty());
  }));
  EXPECT_FALSE(cache->load({}, [](jit::ImageReader &reader) {
    int64_t number = 0, none = 1;
    reader(number, none);
    EXPECT_EQ(none, 0);
  }));
  // Neither is it an entry if something is left over.
  EXPECT_FALSE(cache->load({}, [](jit::ImageReader &) {}));
}

// Other shapes, options and weights are other entries, and each is found again.
TEST_F(CodeCacheTest, OtherCodeIsAnotherEntry) {
  run(options());
  EXPECT_EQ(entries().size(), 1u);
  run(options(), 5);
  EXPECT_EQ(entries().size(), 2u);
  LoadOptions other = options();
  other.optLevel = 1;
  run(other);
  EXPECT_EQ(entries().size(), 3u);
  other = options();
  other.threads = 1;
  run(other);
  EXPECT_EQ(entries().size(), 4u);
  auto first = run(options());
  write(modelText(0.75));
  auto second = run(options());
  EXPECT_EQ(entries().size(), 5u);
  EXPECT_NE(first.at("y").values<float>()[1],
            second.at("y").values<float>()[1]);
  write(modelText());
  expectSame(first, run(options()));
  EXPECT_EQ(entries().size(), 5u);
}

// The processor and the compiler take part in the key.
TEST(CodeKey, DependsOnEverything) {
  EXPECT_FALSE(compilerIdentity().empty());
  Digest model = {};
  Selection selection;
  selection.feeds.push_back({"x", "x:0", Shape{1, 2}});
  selection.fetches.push_back({"y", "y:0"});
  CompileOptions options;
  jit::HostTarget host;
  auto key = [&] { return codeKey(model, selection, options, host, "one"); };
  std::vector<Digest> keys{key()};
  EXPECT_EQ(key(), keys[0]);
  keys.push_back(codeKey(model, selection, options, host, "two"));
  host.cpu = "znver4";
  keys.push_back(key());
  host.features = "+avx2";
  keys.push_back(key());
  options.winograd = false;
  keys.push_back(key());
  options.profile = true;
  keys.push_back(key());
  selection.feeds[0].shape = Shape{2, 1};
  keys.push_back(key());
  selection.feeds[0].shape.reset();
  keys.push_back(key());
  selection.fetches.push_back({"z", "z:0"});
  keys.push_back(key());
  model[31] = 1;
  keys.push_back(key());
  std::sort(keys.begin(), keys.end());
  EXPECT_EQ(std::unique(keys.begin(), keys.end()), keys.end());
}

// Processes that write the same entry at the same time leave a whole one.
TEST_F(CodeCacheTest, ConcurrentWriters) {
  std::vector<std::map<std::string, Tensor>> results(4);
  std::vector<std::thread> threads;
  for (auto &result : results)
    threads.emplace_back([&] { result = run(options()); });
  for (std::thread &thread : threads)
    thread.join();
  for (const auto &result : results)
    expectSame(results[0], result);
  ASSERT_EQ(entries().size(), 1u);
  struct stat before, after;
  ASSERT_EQ(stat(entries()[0].c_str(), &before), 0);
  expectSame(results[0], run(options()));
  ASSERT_EQ(stat(entries()[0].c_str(), &after), 0);
  EXPECT_EQ(before.st_ino, after.st_ino);
}

// What was not used for the longest time makes room.
TEST_F(CodeCacheTest, OldestEntriesMakeRoom) {
  auto cache = CodeCache::open(folder + "/cache", 2500);
  ASSERT_TRUE(cache.ok());
  const std::string blob(1000, 'b');
  auto store = [&](uint8_t number) {
    jit::ImageWriter writer;
    writer.blob(blob.data(), int64_t(blob.size()));
    return cache->store(Digest{number}, writer).ok();
  };
  auto has = [&](uint8_t number) {
    return cache->load(Digest{number}, [&](jit::ImageReader &reader) {
      std::string memory(blob.size(), '\0');
      reader.blob(memory.data(), int64_t(memory.size()));
      reader.readBlobs();
    });
  };
  auto hoursOld = [&](uint8_t number, int hours) {
    fs::path path =
        folder + "/cache/" + llvm::toHex(Digest{number}, true) + ".firncode";
    fs::last_write_time(path, fs::file_time_type::clock::now() -
                                  std::chrono::hours(hours));
  };
  ASSERT_TRUE(store(1) && store(2));
  hoursOld(1, 3);
  hoursOld(2, 2);
  EXPECT_TRUE(has(1)); // and is the one used last from here on
  ASSERT_TRUE(store(3));
  EXPECT_TRUE(has(1));
  EXPECT_FALSE(has(2));
  EXPECT_TRUE(has(3));
}

// A folder in which others may put code is an error.
TEST_F(CodeCacheTest, OpenFoldersAreRefused) {
  fs::create_directories(folder + "/cache");
  fs::permissions(folder + "/cache", fs::perms::all);
  absl::StatusOr<Model> model = Model::load(folder + "/model.pbtxt", options());
  EXPECT_EQ(model.status().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_NE(model.status().message().find("others cannot write"),
            std::string_view::npos);
}

} // namespace
} // namespace firn
