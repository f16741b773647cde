// Parsing of NAME=FILE, and the step from numpy's types to the model's.
#include "tools/firn/NamedFile.h"

#include "api/Npy.h"
#include "api/SavedModelCli.h"

#include "absl/strings/str_cat.h"

#include <map>
#include <set>

namespace firn::cli {
namespace {

/// Whether an .npy file has no other way to hold `wanted` than as `given`.
bool holds(DType given, DType wanted) {
  switch (wanted) {
  case DType::BFloat16:
  case DType::QUInt16:
    return given == DType::UInt16;
  case DType::QInt16:
    return given == DType::Int16;
  case DType::QInt32:
    return given == DType::Int32;
  case DType::QInt8:
  case DType::Int4:
  case DType::Int2:
    return given == DType::Int8;
  case DType::QUInt8:
  case DType::UInt4:
  case DType::UInt2:
  case DType::Float8E5M2:
  case DType::Float8E4M3FN:
  case DType::Float8E4M3FNUZ:
  case DType::Float8E4M3B11FNUZ:
  case DType::Float8E5M2FNUZ:
    return given == DType::UInt8;
  default:
    return false;
  }
}

/// The array of `file.npy`, `file.npz` or `file.npz[array]`.
absl::StatusOr<Tensor> readArray(std::string file) {
  std::string array;
  if (size_t open = file.rfind('[');
      open != std::string::npos && file.back() == ']') {
    array = file.substr(open + 1, file.size() - open - 2);
    if (std::string archive = file.substr(0, open); archive.ends_with(".npz"))
      return readNpz(archive, array);
  }
  return file.ends_with(".npz") ? readNpz(file, "") : readNpy(file);
}

/// numpy's name of the type, for advice.
std::string numpyName(DType dtype) {
  switch (dtype) {
  case DType::Float:
    return "float32";
  case DType::Double:
    return "float64";
  case DType::Half:
    return "float16";
  case DType::String:
    return "S";
  default:
    return std::string(nameOf(dtype));
  }
}

} // namespace

absl::StatusOr<std::vector<NamedFile>>
parseNamedFiles(const std::string &option,
                const std::vector<std::string> &values) {
  std::vector<NamedFile> files;
  std::set<std::string> seen;
  for (const std::string &value : values) {
    size_t equals = value.find('=');
    if (equals == 0 || equals == std::string::npos ||
        equals + 1 == value.size())
      return absl::InvalidArgumentError(absl::StrCat(
          option, " '", value, "': NAME=FILE.npy is expected, for instance ",
          option, " x:0=x.npy"));
    NamedFile file{value.substr(0, equals), value.substr(equals + 1)};
    if (!seen.insert(file.name).second)
      return absl::InvalidArgumentError(
          absl::StrCat(option, " names '", file.name, "' twice"));
    files.push_back(std::move(file));
  }
  return files;
}

absl::StatusOr<std::vector<NamedFile>>
parseOutputFiles(const std::string &option,
                 const std::vector<std::string> &values) {
  absl::StatusOr<std::vector<NamedFile>> files =
      parseNamedFiles(option, values);
  if (!files.ok())
    return files;
  std::map<std::string, std::string> nameOfFile;
  for (const NamedFile &file : *files)
    if (auto [it, isNew] = nameOfFile.emplace(file.file, file.name); !isNew)
      return absl::InvalidArgumentError(
          absl::StrCat(option, ": '", it->second, "' and '", file.name,
                       "' would both be written to '", file.file, "'"));
  return files;
}

std::vector<std::string> namesOf(const std::vector<NamedFile> &files) {
  std::vector<std::string> names;
  for (const NamedFile &file : files)
    names.push_back(file.name);
  return names;
}

absl::StatusOr<Tensor> readFeed(const NamedFile &feed, DType expected) {
  absl::StatusOr<Tensor> tensor = readArray(feed.file);
  if (!tensor.ok() || expected == DType::Invalid || tensor->dtype() == expected)
    return tensor;
  if (holds(tensor->dtype(), expected)) {
    if (absl::Status status = tensor->bitcast(expected); !status.ok())
      return status;
    return tensor;
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "'", feed.file, "' holds ", std::string(nameOf(tensor->dtype())),
      ", but input '", feed.name, "' takes ", std::string(nameOf(expected)),
      ". Save it with array.astype('", numpyName(expected), "')."));
}

} // namespace firn::cli
