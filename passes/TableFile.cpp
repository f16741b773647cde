//===- TableFile.cpp - the lines of a file as keys and values -------------===//

#include "passes/TableFile.h"

#include "ir/TFGConstants.h"
#include "ir/TFGDialect.h"

using namespace mlir;

namespace firn::tfg {

namespace {

constexpr int64_t kWholeLine = -2;
constexpr int64_t kLineNumber = -1;

/// One column of the table while the file is read: texts, or the bytes of
/// numbers.
class Column {
public:
  Column(Type type, int64_t index) : type(type), index(index) {}

  /// Whether values of the type can be read. Line numbers are int64.
  LogicalResult check(Operation *op, StringRef what) const {
    bool isText = isa<StringType>(type);
    bool isNumber = type.isSignlessInteger(32) || type.isSignlessInteger(64) ||
                    type.isF32() || type.isF64();
    bool fits =
        index == kLineNumber ? type.isSignlessInteger(64) : isText || isNumber;
    if (fits && index >= kWholeLine)
      return success();
    return op->emitOpError("expects a table whose ")
           << what << " of column " << index
           << " are strings or numbers (line numbers: i64), but they are "
           << type;
  }

  LogicalResult append(Operation *op, StringRef line,
                       ArrayRef<StringRef> fields, int64_t number,
                       int64_t offset) {
    if (index == kLineNumber)
      return appendNumber<int64_t>(number + offset);
    if (index >= 0 && index >= static_cast<int64_t>(fields.size()))
      return op->emitOpError("expects at least ")
             << index + 1 << " columns, but line " << number + 1 << " has "
             << fields.size();
    StringRef text = index == kWholeLine ? line : fields[index];
    if (isa<StringType>(type)) {
      texts.push_back(text);
      return success();
    }
    if (succeeded(appendParsed(text)))
      return success();
    return op->emitOpError("expects a value of type ")
           << type << ", but line " << number + 1 << " has '" << text << "'";
  }

  ElementsAttr get(int64_t count) const {
    auto tensor = RankedTensorType::get({count}, type);
    if (isa<StringType>(type))
      return DenseStringElementsAttr::get(tensor, texts);
    return makeConstant(tensor, bytes);
  }

private:
  template <typename T> LogicalResult appendNumber(T value) {
    const char *from = reinterpret_cast<const char *>(&value);
    bytes.append(from, from + sizeof(T));
    return success();
  }

  LogicalResult appendParsed(StringRef text) {
    text = text.trim();
    int64_t integer = 0;
    double real = 0;
    if (type.isF32() || type.isF64()) {
      if (text.getAsDouble(real))
        return failure();
      return type.isF64() ? appendNumber(real)
                          : appendNumber(static_cast<float>(real));
    }
    if (text.getAsInteger(10, integer))
      return failure();
    if (type.isSignlessInteger(64))
      return appendNumber(integer);
    if (integer != static_cast<int32_t>(integer))
      return failure();
    return appendNumber(static_cast<int32_t>(integer));
  }

  Type type;
  int64_t index;
  SmallVector<StringRef> texts;
  SmallVector<char> bytes;
};

} // namespace

FailureOr<TableContents> readTableFile(Operation *op, StringRef text,
                                       const TableFileFormat &format) {
  Column keys(format.keyType, format.keyIndex);
  Column values(format.valueType, format.valueIndex);
  if (failed(keys.check(op, "keys")) || failed(values.check(op, "values")))
    return failure();
  if (format.delimiter.size() != 1)
    return op->emitOpError("expects a delimiter of one character, but got '")
           << format.delimiter << "'";
  int64_t count = 0;
  SmallVector<StringRef> fields;
  while (!text.empty() && (format.vocabSize < 0 || count < format.vocabSize)) {
    auto [line, rest] = text.split('\n');
    text = rest;
    line.consume_back("\r");
    fields.clear();
    line.split(fields, format.delimiter[0]);
    if (failed(keys.append(op, line, fields, count, format.offset)) ||
        failed(values.append(op, line, fields, count, format.offset)))
      return failure();
    ++count;
  }
  if (format.vocabSize >= 0 && count < format.vocabSize)
    return op->emitOpError("expects ")
           << format.vocabSize << " lines, but the file has " << count;
  return TableContents{keys.get(count), values.get(count)};
}

} // namespace firn::tfg
