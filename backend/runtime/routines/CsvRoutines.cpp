// DecodeCSV: records of RFC 4180, one a string, into a tensor a column.
#include "backend/runtime/routines/Dispatch.h"
#include "backend/runtime/routines/Routines.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include <algorithm>

namespace firn::runtime {
namespace {

/// What the attributes say about records.
struct CsvFormat {
  char delimiter;
  bool quotes;
  std::string missing;
  std::vector<int64_t> columns; // Those that are wanted; empty: all.
};

absl::StatusOr<CsvFormat> formatOf(const Attributes &attributes) {
  std::string delimiter = attributes.getString("field_delim", ",");
  if (delimiter.size() != 1)
    return absl::InvalidArgumentError(absl::StrCat(
        "expects a field_delim of one character, but found '", delimiter, "'"));
  CsvFormat format{delimiter[0], attributes.getBool("use_quote_delim", true),
                   attributes.getString("na_value"),
                   attributes.getList<int64_t>("select_cols")};
  for (size_t i = 0; i < format.columns.size(); ++i)
    if (format.columns[i] < (i ? format.columns[i - 1] + 1 : 0))
      return absl::InvalidArgumentError(
          "expects select_cols that grow and are not negative");
  return format;
}

/// Reads the fields of a record one after the other.
class RecordReader {
public:
  RecordReader(std::string_view record, const CsvFormat &format)
      : rest(record), format(format) {}

  /// The next field; false after the last one. Its status if it is malformed.
  absl::StatusOr<bool> next(std::string &field) {
    if (done)
      return false;
    field.clear();
    bool isQuoted = format.quotes && !rest.empty() && rest[0] == '"';
    absl::Status status = isQuoted ? readQuoted(field) : readPlain(field);
    ++index;
    if (!status.ok())
      return status;
    done = rest.empty();
    if (!done)
      rest.remove_prefix(1);
    return true;
  }

private:
  absl::Status readPlain(std::string &field) {
    size_t end = std::min(rest.find(format.delimiter), rest.size());
    field = rest.substr(0, end);
    rest.remove_prefix(end);
    if (format.quotes && field.find('"') != std::string::npos)
      return absl::InvalidArgumentError(absl::StrCat(
          "expects no quote within field ", index, ", which is not quoted"));
    if (format.quotes && field.find_first_of("\r\n") != std::string::npos)
      return absl::InvalidArgumentError(
          absl::StrCat("expects no line break within field ", index,
                       ", which is not quoted"));
    return absl::OkStatus();
  }

  absl::Status readQuoted(std::string &field) {
    rest.remove_prefix(1);
    for (;;) {
      size_t quote = rest.find('"');
      if (quote == std::string_view::npos)
        return absl::InvalidArgumentError(
            absl::StrCat("expects a closing quote of field ", index));
      field += rest.substr(0, quote);
      rest.remove_prefix(quote + 1);
      if (rest.empty() || rest[0] == format.delimiter)
        return absl::OkStatus();
      if (rest[0] != '"')
        return absl::InvalidArgumentError(absl::StrCat(
            "expects a delimiter after the closing quote of field ", index));
      field += '"';
      rest.remove_prefix(1);
    }
  }

  std::string_view rest;
  const CsvFormat &format;
  size_t index = 0;
  bool done = false;
};

/// The fields that are wanted of a record.
absl::StatusOr<std::vector<std::string>> splitRecord(std::string_view record,
                                                     const CsvFormat &format) {
  std::vector<std::string> fields;
  RecordReader reader(record, format);
  std::string field;
  for (int64_t column = 0;; ++column) {
    absl::StatusOr<bool> more = reader.next(field);
    if (!more.ok())
      return more.status();
    if (!*more)
      return fields;
    if (format.columns.empty() ||
        std::binary_search(format.columns.begin(), format.columns.end(),
                           column))
      fields.push_back(field);
  }
}

/// The element that a field spells; false if it does not.
template <typename T>
bool parseField(RoutineCall &, const std::string &field, T &value) {
  if constexpr (std::is_same_v<T, float>)
    return absl::SimpleAtof(field, &value);
  else if constexpr (std::is_same_v<T, double>)
    return absl::SimpleAtod(field, &value);
  else
    return absl::SimpleAtoi(field, &value);
}
bool parseField(RoutineCall &call, const std::string &field, StringRef &value) {
  value = call.newString(field);
  return true;
}

using Records = std::vector<std::vector<std::string>>;

template <typename T>
absl::Status writeColumn(RoutineCall &call, size_t column,
                         const Records &records, const CsvFormat &format) {
  auto output = call.outputValues<T>(column, call.input(0).shape());
  if (!output.ok())
    return output.status();
  std::span<const T> defaults = call.values<T>(1 + column);
  for (size_t row = 0; row < records.size(); ++row) {
    const std::string &field = records[row][column];
    if (field.empty() || field == format.missing) {
      if (defaults.empty())
        return absl::InvalidArgumentError(absl::StrCat(
            "record ", row, ": field ", column, " is required, but is empty"));
      (*output)[row] = defaults[0];
    } else if (!parseField(call, field, (*output)[row])) {
      return absl::InvalidArgumentError(
          absl::StrCat("record ", row, ": expects field ", column, " of type ",
                       std::string(nameOf(call.outputType(column))),
                       ", but found '", field, "'"));
    }
  }
  return absl::OkStatus();
}

absl::Status writeColumn(RoutineCall &call, size_t column,
                         const Records &records, const CsvFormat &format) {
  DType dtype = call.outputType(column);
  if (call.input(1 + column).dtype != dtype || call.numElements(1 + column) > 1)
    return absl::InvalidArgumentError(
        absl::StrCat("expects one default or none for column ", column,
                     ", of the column's type"));
  switch (dtype) {
  case DType::Float:
    return writeColumn<float>(call, column, records, format);
  case DType::Double:
    return writeColumn<double>(call, column, records, format);
  case DType::Int32:
    return writeColumn<int32_t>(call, column, records, format);
  case DType::Int64:
    return writeColumn<int64_t>(call, column, records, format);
  case DType::String:
    return writeColumn<StringRef>(call, column, records, format);
  default:
    return unsupportedType(dtype);
  }
}

absl::Status decodeCsv(RoutineCall &call) {
  absl::StatusOr<CsvFormat> format = formatOf(call.attributes());
  if (!format.ok())
    return format.status();
  size_t columns = call.numOutputs();
  if (call.numInputs() != columns + 1)
    return absl::InvalidArgumentError("expects a default for each column");
  Records records;
  for (int64_t row = 0; row < call.numElements(0); ++row) {
    auto fields = splitRecord(call.string(0, row), *format);
    if (!fields.ok())
      return absl::InvalidArgumentError(absl::StrCat(
          "record ", row, ": ", std::string(fields.status().message())));
    if (fields->size() != columns)
      return absl::InvalidArgumentError(
          absl::StrCat("record ", row, ": expects ", columns,
                       " fields, but found ", fields->size()));
    records.push_back(*std::move(fields));
  }
  for (size_t column = 0; column < columns; ++column)
    if (absl::Status status = writeColumn(call, column, records, *format);
        !status.ok())
      return status;
  return absl::OkStatus();
}

} // namespace

void addCsvRoutines(RoutineTable &table) { table.add("DecodeCSV", decodeCsv); }

} // namespace firn::runtime
