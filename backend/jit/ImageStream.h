// Compiled code as bytes: the two ends of a stored image. A type says once what
// its fields are, in a function that both ends call:
//
//   template <typename Stream> void transfer(Stream &stream, Point &point) {
//     stream(point.x, point.y);
//   }
//
// Small things go into one table, which whoever stores it checks as a whole;
// large ones (weights) stand beside it as blobs, each with a checksum of its
// own, so that they are read straight into their place.
#ifndef FIRN_BACKEND_JIT_IMAGESTREAM_H
#define FIRN_BACKEND_JIT_IMAGESTREAM_H

#include "backend/runtime/ThreadPool.h"

#include "absl/functional/function_ref.h"

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace firn::jit {

template <typename T>
concept IsNumber = std::is_arithmetic_v<T> || std::is_enum_v<T>;

template <typename T>
concept IsList = requires(T list) {
  list.resize(size_t());
  list[0];
} && !std::is_same_v<T, std::string>;

/// Collects what is to be stored.
class ImageWriter {
public:
  static constexpr bool kReads = false;

  template <typename... Ts> void operator()(Ts &...values) {
    (put(values), ...);
  }

  /// Memory that stays as it is until the image is stored.
  void blob(const void *data, int64_t bytes);

  const std::string &table() const { return bytes; }
  /// The blobs, in the order and at the alignment that readers expect: each
  /// starts at a multiple of kBlobAlignment.
  std::span<const std::string_view> blobs() const { return parts; }

private:
  void number(uint64_t value) {
    bytes.append(reinterpret_cast<const char *>(&value), sizeof(value));
  }
  template <typename T> void put(T &value) {
    if constexpr (IsNumber<T>) {
      uint64_t bits = 0;
      std::memcpy(&bits, &value, sizeof(value));
      number(bits);
    } else if constexpr (std::is_same_v<T, std::string>) {
      number(value.size());
      bytes += value;
    } else if constexpr (std::is_same_v<T, std::vector<bool>>) {
      std::vector<uint8_t> flags(value.begin(), value.end());
      put(flags);
    } else if constexpr (IsList<T>) {
      number(value.size());
      for (auto &element : value)
        put(element);
    } else {
      transfer(*this, value);
    }
  }

  std::string bytes;
  std::vector<std::string_view> parts;
};

inline constexpr int64_t kBlobAlignment = 64;

/// Reads what an ImageWriter collected. Whatever the bytes are, it stays within
/// them: after the first thing that does not fit it gives zeros, and failed().
class ImageReader {
public:
  static constexpr bool kReads = true;
  /// Reads `bytes` bytes at `offset` of the blobs, which are there; false if
  /// that fails. Called by several threads at a time.
  using ReadBlob =
      absl::FunctionRef<bool(void *memory, int64_t offset, int64_t bytes)>;

  /// `blobBytes`: the size of all blobs with what lies between them. Blobs are
  /// read by the threads of `pool`, if there is one.
  ImageReader(std::string_view table, int64_t blobBytes, ReadBlob readBlob,
              runtime::ThreadPool *pool = nullptr)
      : rest(table), blobBytes(blobBytes), readBlob(readBlob), pool(pool) {}

  template <typename... Ts> void operator()(Ts &...values) {
    (get(values), ...);
  }

  /// Whether the next blob may have that size; to be asked before memory is.
  bool mayHaveBlob(int64_t bytes) const {
    return bytes >= 0 && bytes <= blobBytes - nextBlob;
  }
  /// Lets readBlobs() fill `memory` with the next blob, whose size must be
  /// `bytes`.
  void blob(void *memory, int64_t bytes);
  /// Reads the blobs that were asked for.
  void readBlobs();

  void fail() {
    hasFailed = true;
    rest = {};
  }
  bool failed() const { return hasFailed; }
  /// Whether everything was read, and all of it fitted.
  bool finished() const { return !hasFailed && rest.empty() && blobs.empty(); }

private:
  uint64_t number() {
    uint64_t value = 0;
    if (rest.size() < sizeof(value)) {
      fail();
      return 0;
    }
    std::memcpy(&value, rest.data(), sizeof(value));
    rest.remove_prefix(sizeof(value));
    return value;
  }
  template <typename T> void get(T &value) {
    if constexpr (std::is_same_v<T, bool>) {
      value = number() != 0;
    } else if constexpr (IsNumber<T>) {
      uint64_t bits = number();
      std::memcpy(&value, &bits, sizeof(value));
    } else if constexpr (std::is_same_v<T, std::string>) {
      uint64_t size = number();
      if (size > rest.size())
        return fail();
      value.assign(rest.substr(0, size));
      rest.remove_prefix(size);
    } else if constexpr (std::is_same_v<T, std::vector<bool>>) {
      std::vector<uint8_t> flags;
      get(flags);
      value.assign(flags.begin(), flags.end());
    } else if constexpr (IsList<T>) {
      uint64_t size = number();
      // An element takes eight bytes at least, so that a wrong size cannot ask
      // for more memory than a small multiple of the table.
      if (size > rest.size() / 8)
        return fail();
      value.resize(size);
      for (auto &element : value)
        get(element);
    } else {
      transfer(*this, value);
    }
  }

  struct Blob {
    char *memory;
    int64_t offset, bytes;
    uint64_t checksum;
  };

  std::string_view rest;
  int64_t blobBytes;
  ReadBlob readBlob;
  runtime::ThreadPool *pool;
  std::vector<Blob> blobs;
  int64_t nextBlob = 0;
  bool hasFailed = false;
};

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_IMAGESTREAM_H
