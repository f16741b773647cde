// A recursive-descent parser, one function for each element of the notation.
// The text is our own, so an error is a mistake in OpCatalog.txt; the unit test
// reads every line.
#include "proto/OpCatalogParser.h"

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

#include <limits>

namespace firn {

tf::DataType dtypeFromSignatureName(absl::string_view name) {
  tf::DataType dtype = tf::DT_INVALID;
  if (!tf::DataType_Parse(absl::StrCat("DT_", absl::AsciiStrToUpper(name)),
                          &dtype))
    return tf::DT_INVALID;
  return dtype;
}

namespace {

/// What is left of the line, and whether all went well so far.
class SignatureParser {
public:
  SignatureParser(absl::string_view line, const DTypeSets &sets)
      : line(line), rest(line), sets(sets) {}

  absl::Status parse(tf::OpDef &op) {
    op.set_name(std::string(word()));
    args(*op.mutable_input_arg());
    if (consume("->"))
      args(*op.mutable_output_arg());
    while (ok && consume(";"))
      consume("!") ? flag(op) : attribute(*op.add_attr());
    resolveTypes(op, *op.mutable_input_arg());
    resolveTypes(op, *op.mutable_output_arg());
    skipSpace();
    if (ok && rest.empty() && !op.name().empty())
      return absl::OkStatus();
    return absl::InternalError(absl::StrCat("op catalog: cannot read '", line,
                                            "' from '", rest, "' on"));
  }

private:
  void skipSpace() {
    while (absl::ConsumePrefix(&rest, " "))
      ;
  }

  bool consume(absl::string_view token) {
    skipSpace();
    return absl::ConsumePrefix(&rest, token);
  }

  void expect(absl::string_view token) { ok = consume(token) && ok; }

  /// Letters, digits and what numbers and names need besides.
  absl::string_view word() {
    skipSpace();
    size_t size = 0;
    while (size < rest.size() &&
           (absl::ascii_isalnum(rest[size]) || rest[size] == '_' ||
            rest[size] == '-' || rest[size] == '+' ||
            (rest[size] == '.' && rest.substr(size, 3) != "...")))
      ++size;
    absl::string_view result = rest.substr(0, size);
    rest.remove_prefix(size);
    ok = ok && size > 0;
    return result;
  }

  std::string quoted() {
    expect("\"");
    std::string result;
    while (ok && !absl::ConsumePrefix(&rest, "\"")) {
      if (rest.empty()) {
        ok = false;
        break;
      }
      char c = rest[0];
      rest.remove_prefix(1);
      if (c == '\\' && !rest.empty()) {
        c = rest[0] == 'n' ? '\n' : rest[0] == 't' ? '\t' : rest[0];
        rest.remove_prefix(1);
      }
      result += c;
    }
    return result;
  }

  int64_t integer() {
    int64_t value = 0;
    ok = absl::SimpleAtoi(word(), &value) && ok;
    return value;
  }

  float real() {
    float value = 0;
    ok = absl::SimpleAtof(word(), &value) && ok;
    return value;
  }

  bool boolean() {
    absl::string_view value = word();
    ok = ok && (value == "true" || value == "false");
    return value == "true";
  }

  tf::DataType dtype() {
    tf::DataType value = dtypeFromSignatureName(word());
    ok = ok && value != tf::DT_INVALID;
    return value;
  }

  void args(google::protobuf::RepeatedPtrField<tf::OpDef::ArgDef> &list) {
    expect("(");
    if (consume(")"))
      return;
    do {
      tf::OpDef::ArgDef &arg = *list.Add();
      arg.set_name(std::string(word()));
      bool isRef = consume("&");
      absl::string_view type = word();
      if (consume("*")) {
        arg.set_number_attr(std::string(type));
        isRef = consume("&");
        type = word();
      }
      arg.set_is_ref(isRef);
      // Whether it names an attribute is known when the attributes are read.
      if (consume("..."))
        arg.set_type_list_attr(std::string(type));
      else
        arg.set_type_attr(std::string(type));
    } while (ok && consume(","));
    expect(")");
  }

  /// Type names that are no attribute are dtypes.
  void
  resolveTypes(const tf::OpDef &op,
               google::protobuf::RepeatedPtrField<tf::OpDef::ArgDef> &list) {
    for (tf::OpDef::ArgDef &arg : list) {
      if (arg.type_attr().empty())
        continue;
      bool isAttr = false;
      for (const tf::OpDef::AttrDef &attr : op.attr())
        isAttr |= attr.name() == arg.type_attr();
      if (isAttr)
        continue;
      arg.set_type(dtypeFromSignatureName(arg.type_attr()));
      ok = ok && arg.type() != tf::DT_INVALID;
      arg.clear_type_attr();
    }
  }

  void flag(tf::OpDef &op) {
    absl::string_view name = word();
    if (name == "stateful")
      op.set_is_stateful(true);
    else if (name == "commutative")
      op.set_is_commutative(true);
    else if (name == "aggregate")
      op.set_is_aggregate(true);
    else if (name == "uninitialized_input")
      op.set_allows_uninitialized_input(true);
    else if (name == "deprecated")
      op.mutable_deprecation()->set_version(static_cast<int>(integer()));
    else
      ok = false;
  }

  void attribute(tf::OpDef::AttrDef &attr) {
    attr.set_name(std::string(word()));
    std::string kind(word());
    if (kind == "list") {
      expect("(");
      absl::StrAppend(&kind, "(", word(), ")");
      expect(")");
    }
    attr.set_type(kind);
    if (consume(">=")) {
      attr.set_has_minimum(true);
      attr.set_minimum(integer());
    }
    if (consume("{"))
      allowedValues(*attr.mutable_allowed_values()->mutable_list());
    if (consume("="))
      defaultValue(kind, *attr.mutable_default_value());
  }

  void allowedValues(tf::AttrValue::ListValue &list) {
    while (ok && !consume("}")) {
      skipSpace();
      if (!rest.empty() && rest[0] == '"') {
        list.add_s(quoted());
      } else if (consume("@")) {
        auto set = sets.find(word());
        ok = ok && set != sets.end();
        if (ok)
          for (absl::string_view name : absl::StrSplit(set->second, ' '))
            list.add_type(dtypeFromSignatureName(name));
      } else {
        list.add_type(dtype());
      }
    }
  }

  void defaultValue(const std::string &kind, tf::AttrValue &value) {
    if (kind == "int")
      value.set_i(integer());
    else if (kind == "float")
      value.set_f(real());
    else if (kind == "bool")
      value.set_b(boolean());
    else if (kind == "string")
      value.set_s(quoted());
    else if (kind == "type")
      value.set_type(dtype());
    else if (kind == "shape")
      shape(*value.mutable_shape());
    else if (kind == "tensor")
      tensor(*value.mutable_tensor());
    else
      list(kind, *value.mutable_list());
  }

  void shape(tf::TensorShapeProto &shape) {
    if (consume("?")) {
      shape.set_unknown_rank(true);
      return;
    }
    expect("[");
    if (consume("]"))
      return;
    do
      shape.add_dim()->set_size(integer());
    while (ok && consume(","));
    expect("]");
  }

  /// A vector of integers.
  void tensor(tf::TensorProto &tensor) {
    tensor.set_dtype(dtype());
    expect("[");
    do
      tensor.add_int_val(static_cast<int>(integer()));
    while (ok && consume(","));
    expect("]");
    tensor.mutable_tensor_shape()->add_dim()->set_size(tensor.int_val_size());
  }

  void list(absl::string_view kind, tf::AttrValue::ListValue &list) {
    expect("[");
    if (!ok || consume("]"))
      return;
    do {
      if (kind == "list(int)")
        list.add_i(integer());
      else if (kind == "list(float)")
        list.add_f(real());
      else if (kind == "list(string)")
        list.add_s(quoted());
      else if (kind == "list(type)")
        list.add_type(dtype());
      else
        ok = false;
    } while (ok && consume(","));
    expect("]");
  }

  absl::string_view line;
  absl::string_view rest;
  const DTypeSets &sets;
  bool ok = true;
};

} // namespace

absl::Status parseOpSignature(absl::string_view line, const DTypeSets &sets,
                              tf::OpDef &op) {
  return SignatureParser(line, sets).parse(op);
}

} // namespace firn
