// `firn show` for people: sections with aligned columns.
#include "tools/firn/DescriptionText.h"
#include "tools/firn/Terminal.h"

#include <algorithm>

namespace firn::cli {
namespace {

/// Rows beyond this are counted and not shown; --json has them all.
constexpr size_t kMostRows = 40;

using Row = std::vector<std::string>;

std::string typeText(DType dtype) { return std::string(nameOf(dtype)); }

std::string shapeText(const TensorInfo &info) {
  return info.hasRank ? shapeToString(info.shape) : "any shape";
}

/// The number of characters that a terminal shows (UTF-8 tails do not count).
size_t width(const std::string &text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

void append(std::string &text, const std::string &title,
            const std::vector<Row> &rows, const std::string &indent) {
  if (rows.empty())
    return;
  text += indent + title + "\n";
  size_t shown = std::min(rows.size(), kMostRows);
  std::vector<size_t> widths;
  for (size_t i = 0; i < shown; ++i) {
    widths.resize(std::max(widths.size(), rows[i].size()));
    for (size_t c = 0; c < rows[i].size(); ++c)
      widths[c] = std::max(widths[c], width(rows[i][c]));
  }
  for (size_t i = 0; i < shown; ++i) {
    std::string line = indent + "  ";
    for (size_t c = 0; c < rows[i].size(); ++c) {
      line += rows[i][c];
      if (c + 1 < rows[i].size())
        line.append(widths[c] - width(rows[i][c]) + 2, ' ');
    }
    text += line + "\n";
  }
  if (rows.size() > shown)
    text += indent + "  and " + std::to_string(rows.size() - shown) +
            " more (--json shows all)\n";
}

std::vector<Row> tensorRows(const std::vector<TensorInfo> &tensors) {
  std::vector<Row> rows;
  for (const TensorInfo &info : tensors) {
    Row row{info.name, typeText(info.dtype), shapeText(info)};
    if (info.tensor != info.name)
      row.push_back("= " + info.tensor);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<Row> variableRows(const ModelDescription &description,
                              int64_t &total) {
  std::vector<Row> rows;
  for (const VariableInfo &variable : description.variables) {
    total += variable.bytes;
    rows.push_back(
        {variable.name, typeText(variable.dtype), shapeToString(variable.shape),
         variable.hasValue ? sizeText(static_cast<double>(variable.bytes))
                           : "no value"});
  }
  return rows;
}

std::vector<Row> countRows(const std::map<std::string, int64_t> &counts) {
  std::vector<std::pair<std::string, int64_t>> sorted(counts.begin(),
                                                      counts.end());
  std::sort(sorted.begin(), sorted.end(), [](auto &a, auto &b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  std::vector<Row> rows;
  for (auto &[name, count] : sorted)
    rows.push_back({name, std::to_string(count)});
  return rows;
}

std::string tagsText(const std::vector<std::vector<std::string>> &metaGraphs) {
  std::string text;
  for (const std::vector<std::string> &tags : metaGraphs) {
    text += text.empty() ? "" : "; ";
    for (size_t i = 0; i < tags.size(); ++i)
      text += (i ? "," : "") + tags[i];
  }
  return text;
}

} // namespace

std::string descriptionTable(const std::string &path,
                             const ModelDescription &description) {
  std::string text = path + ": " + description.format + ", " +
                     countText(description.nodes, "node") + ", producer " +
                     std::to_string(description.producer);
  if (!description.tensorflowVersion.empty())
    text += " (TensorFlow " + description.tensorflowVersion + ")";
  text += "\n";
  if (std::string tags = tagsText(description.tags); !tags.empty())
    text += "tags: " + tags + "\n";
  for (const SignatureInfo &signature : description.signatures) {
    text += "signature " + signature.key;
    if (!signature.methodName.empty())
      text += " (" + signature.methodName + ")";
    text += "\n";
    append(text, "inputs", tensorRows(signature.inputs), "  ");
    append(text, "outputs", tensorRows(signature.outputs), "  ");
  }
  bool isSigned = !description.signatures.empty();
  append(text, isSigned ? "placeholders" : "inputs",
         tensorRows(description.inputs), "");
  append(text, isSigned ? "not consumed by any node" : "outputs",
         tensorRows(description.outputs), "");
  int64_t total = 0;
  std::vector<Row> variables = variableRows(description, total);
  append(text,
         "variables: " + std::to_string(variables.size()) + ", " +
             sizeText(static_cast<double>(total)),
         variables, "");
  append(text, "ops", countRows(description.ops), "");
  append(text, "devices", countRows(description.devices), "");
  std::vector<Row> functions;
  for (const FunctionInfo &function : description.functions)
    functions.push_back({function.name, countText(function.nodes, "node")});
  append(text, "functions: " + std::to_string(functions.size()), functions, "");
  return text;
}

} // namespace firn::cli
