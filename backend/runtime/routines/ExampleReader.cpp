// See ExampleReader.h.
#include "backend/runtime/routines/ExampleReader.h"

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"

#include <cstring>

namespace firn::runtime {
namespace {

enum WireType { kVarint = 0, kFixed64 = 1, kDelimited = 2, kFixed32 = 5 };

/// One field of a message. `value` is its number, `bytes` what it holds.
struct Field {
  uint64_t number;
  int wireType;
  uint64_t value;
  std::string_view bytes;
};

/// What is left of a message, read from its front.
class Reader {
public:
  explicit Reader(std::string_view bytes) : rest(bytes) {}

  bool atEnd() const { return rest.empty(); }

  bool readVarint(uint64_t &value) {
    value = 0;
    for (int shift = 0; shift < 70 && !rest.empty(); shift += 7) {
      auto byte = static_cast<unsigned char>(rest.front());
      rest.remove_prefix(1);
      // The tenth byte has room for one bit.
      if (shift == 63 && byte > 1)
        return false;
      value |= static_cast<uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80)
        return true;
    }
    return false;
  }

  bool readBytes(uint64_t size, std::string_view &bytes) {
    if (size > rest.size())
      return false;
    bytes = rest.substr(0, static_cast<size_t>(size));
    rest.remove_prefix(static_cast<size_t>(size));
    return true;
  }

  bool readField(Field &field) {
    uint64_t tag = 0;
    if (!readVarint(tag) || tag > UINT32_MAX)
      return false;
    field = {tag >> 3, static_cast<int>(tag & 7), 0, {}};
    if (field.number == 0)
      return false;
    switch (field.wireType) {
    case kVarint:
      return readVarint(field.value);
    case kFixed64:
      return readBytes(8, field.bytes);
    case kDelimited:
      return readVarint(field.value) && readBytes(field.value, field.bytes);
    case kFixed32:
      return readBytes(4, field.bytes);
    default: // Groups, which no writer of examples makes.
      return false;
    }
  }

private:
  std::string_view rest;
};

absl::Status damaged(const char *what) {
  return absl::InvalidArgumentError(absl::StrCat(
      "expects a serialized tf.Example, but found a damaged ", what));
}

/// Calls `body` for each field of a message.
absl::Status forEachField(std::string_view message, const char *what,
                          absl::FunctionRef<absl::Status(const Field &)> body) {
  Reader reader(message);
  while (!reader.atEnd()) {
    Field field;
    if (!reader.readField(field))
      return damaged(what);
    if (absl::Status status = body(field); !status.ok())
      return status;
  }
  return absl::OkStatus();
}

bool isMessage(const Field &field, uint64_t number) {
  return field.number == number && field.wireType == kDelimited;
}

/// An entry of the map: its key and its feature, a message with one list.
absl::Status readEntry(std::string_view entry, ExampleView &example) {
  std::string_view key;
  FeatureView feature;
  absl::Status status = forEachField(entry, "feature", [&](const Field &field) {
    if (isMessage(field, 1))
      key = field.bytes;
    if (!isMessage(field, 2))
      return absl::OkStatus();
    return forEachField(field.bytes, "feature", [&](const Field &list) {
      if (list.number <= 3 && list.wireType == kDelimited)
        feature = {static_cast<FeatureView::Kind>(list.number), list.bytes};
      return absl::OkStatus();
    });
  });
  example[key] = feature;
  return status;
}

float floatOf(std::string_view bytes) {
  float value = 0;
  std::memcpy(&value, bytes.data(), sizeof(value));
  return value;
}

} // namespace

absl::Status readExample(std::string_view message, ExampleView &example) {
  example.clear();
  return forEachField(message, "message", [&](const Field &features) {
    if (!isMessage(features, 1))
      return absl::OkStatus();
    return forEachField(features.bytes, "map", [&](const Field &entry) {
      return isMessage(entry, 1) ? readEntry(entry.bytes, example)
                                 : absl::OkStatus();
    });
  });
}

absl::Status readValues(const FeatureView &feature,
                        std::vector<std::string_view> &values) {
  if (feature.kind != FeatureView::Bytes)
    return absl::OkStatus();
  return forEachField(feature.list, "list of bytes", [&](const Field &field) {
    if (isMessage(field, 1))
      values.push_back(field.bytes);
    return absl::OkStatus();
  });
}

absl::Status readValues(const FeatureView &feature,
                        std::vector<float> &values) {
  if (feature.kind != FeatureView::Float)
    return absl::OkStatus();
  return forEachField(feature.list, "list of floats", [&](const Field &field) {
    bool isPacked = isMessage(field, 1);
    if (!isPacked && (field.number != 1 || field.wireType != kFixed32))
      return absl::OkStatus();
    if (field.bytes.size() % 4 != 0)
      return damaged("list of floats");
    for (size_t i = 0; i < field.bytes.size(); i += 4)
      values.push_back(floatOf(field.bytes.substr(i)));
    return absl::OkStatus();
  });
}

absl::Status readValues(const FeatureView &feature,
                        std::vector<int64_t> &values) {
  if (feature.kind != FeatureView::Int64)
    return absl::OkStatus();
  return forEachField(feature.list, "list of int64", [&](const Field &field) {
    if (field.number == 1 && field.wireType == kVarint)
      values.push_back(static_cast<int64_t>(field.value));
    if (!isMessage(field, 1))
      return absl::OkStatus();
    for (Reader reader(field.bytes); !reader.atEnd();) {
      uint64_t value = 0;
      if (!reader.readVarint(value))
        return damaged("list of int64");
      values.push_back(static_cast<int64_t>(value));
    }
    return absl::OkStatus();
  });
}

} // namespace firn::runtime
