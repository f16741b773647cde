// Lengths of lists come first (they are unknowns of two equations: the number
// of inputs and the number of outputs), then the types by position.
#include "proto/NodeSignature.h"
#include "proto/OpCatalog.h"
#include "proto/TypeMap.h"

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "mlir/IR/Builders.h"

#include <algorithm>
#include <optional>

using namespace mlir;

namespace firn {

using ArgList = google::protobuf::RepeatedPtrField<tf::OpDef::ArgDef>;

bool isListArg(const tf::OpDef::ArgDef &arg) {
  return !arg.number_attr().empty() || !arg.type_list_attr().empty();
}

const tf::AttrValue *findAttr(const tf::OpDef &op, const AttrValueMap &attrs,
                              const std::string &name) {
  auto it = attrs.find(name);
  if (it != attrs.end())
    return &it->second;
  const tf::OpDef::AttrDef *def = findAttrDef(op, name);
  return def && def->has_default_value() ? &def->default_value() : nullptr;
}

//===----------------------------------------------------------------------===//
// Attributes → types
//===----------------------------------------------------------------------===//

/// What DT_FLOAT_REF and its like are above DT_FLOAT.
static constexpr int kFirstReference = 100;

static int listSize(const tf::AttrValue::ListValue &list) {
  return std::max({list.s_size(), list.i_size(), list.f_size(), list.b_size(),
                   list.type_size(), list.shape_size(), list.tensor_size(),
                   list.func_size()});
}

/// Types and strings are of those that the op's definition names.
static absl::Status checkAllowed(const tf::OpDef::AttrDef &def,
                                 absl::string_view kind,
                                 const tf::AttrValue &value) {
  const tf::AttrValue::ListValue &allowed = def.allowed_values().list();
  auto refuse = [&](absl::string_view found, const std::string &names) {
    return absl::InvalidArgumentError(
        absl::StrCat("expects the attribute '", def.name(), "' to be one of ",
                     names, ", found ", found));
  };
  auto checkType = [&](int given) {
    // A reference is of the type that it refers to.
    auto type = static_cast<tf::DataType>(
        given > kFirstReference ? given - kFirstReference : given);
    if (allowed.type_size() == 0 || absl::c_linear_search(allowed.type(), type))
      return absl::OkStatus();
    auto name = [](std::string *text, int type) {
      text->append(tf::DataType_Name(static_cast<tf::DataType>(type)));
    };
    return refuse(tf::DataType_Name(type),
                  absl::StrJoin(allowed.type(), ", ", name));
  };
  auto checkText = [&](const std::string &text) {
    if (allowed.s_size() == 0 || absl::c_linear_search(allowed.s(), text))
      return absl::OkStatus();
    return refuse(absl::StrCat("'", text, "'"),
                  absl::StrJoin(allowed.s(), ", "));
  };
  absl::Status status;
  if (kind == "type")
    status = checkType(value.type());
  if (kind == "string")
    status = checkText(value.s());
  if (absl::StartsWith(kind, "list(")) {
    for (int type : value.list().type())
      status.Update(checkType(type));
    for (const std::string &text : value.list().s())
      status.Update(checkText(text));
  }
  return status;
}

static absl::Status checkAttr(const tf::OpDef::AttrDef &def,
                              const tf::AttrValue &value) {
  std::string kind = attrKind(value);
  bool isAnyList = kind == "list()" && absl::StartsWith(def.type(), "list(");
  if (kind != def.type() && kind != "placeholder" && !isAnyList)
    return absl::InvalidArgumentError(
        absl::StrCat("expects the attribute '", def.name(), "' to be ",
                     def.type(), ", found ", kind.empty() ? "no value" : kind));
  if (kind == "func" && value.func().name().empty())
    return absl::InvalidArgumentError(
        absl::StrCat("the attribute '", def.name(), "' names no function"));
  if (def.has_minimum() && kind == "int" && value.i() < def.minimum())
    return absl::InvalidArgumentError(
        absl::StrCat("expects the attribute '", def.name(), "' to be at least ",
                     def.minimum(), ", found ", value.i()));
  if (def.has_minimum() && absl::StartsWith(kind, "list(") &&
      listSize(value.list()) < def.minimum())
    return absl::InvalidArgumentError(absl::StrCat(
        "expects the attribute '", def.name(), "' to have at least ",
        def.minimum(), def.minimum() == 1 ? " value" : " values", ", found ",
        listSize(value.list())));
  return checkAllowed(def, kind, value);
}

absl::Status checkAttrs(const tf::OpDef &op, const AttrValueMap &attrs) {
  for (const tf::OpDef::AttrDef &def : op.attr()) {
    auto it = attrs.find(def.name());
    if (it == attrs.end()) {
      if (def.has_default_value())
        continue;
      return absl::InvalidArgumentError(absl::StrCat(
          "lacks the attribute '", def.name(), "' of kind ", def.type()));
    }
    absl::Status status = checkAttr(def, it->second);
    if (!status.ok())
      return status;
  }
  return absl::OkStatus();
}

namespace {

/// Expands the arguments of one node.
class SignatureResolver {
public:
  SignatureResolver(const tf::OpDef &op, const AttrValueMap &attrs,
                    MLIRContext *context)
      : op(op), attrs(attrs), context(context) {}

  absl::Status expand(const ArgList &args, SmallVectorImpl<Type> &types,
                      SmallVectorImpl<ArgRange> &ranges) {
    for (const tf::OpDef::ArgDef &arg : args) {
      unsigned begin = types.size();
      absl::Status status = arg.type_list_attr().empty()
                                ? expandArray(arg, types)
                                : expandTypeList(arg, types);
      if (!status.ok())
        return status;
      ranges.push_back({&arg, begin, unsigned(types.size() - begin)});
    }
    return absl::OkStatus();
  }

private:
  absl::StatusOr<const tf::AttrValue *>
  attribute(const std::string &name, tf::AttrValue::ValueCase kind) {
    const tf::AttrValue *value = findAttr(op, attrs, name);
    if (!value)
      return absl::InvalidArgumentError(
          absl::StrCat("lacks the attribute '", name, "'"));
    if (value->value_case() != kind &&
        value->value_case() != tf::AttrValue::kPlaceholder)
      return absl::InvalidArgumentError(
          absl::StrCat("the attribute '", name, "' is ", attrKind(*value),
                       ", which cannot tell the type of an argument"));
    return value;
  }

  absl::StatusOr<Type> makeType(int dtype, bool isRef) {
    absl::StatusOr<Type> type =
        elementTypeFromProto(static_cast<tf::DataType>(dtype), context);
    if (type.ok() && isRef && !isa<tfg::RefType>(*type))
      return Type(tfg::RefType::get(context, *type));
    return type;
  }

  absl::StatusOr<Type> elementType(const tf::OpDef::ArgDef &arg) {
    if (arg.type_attr().empty())
      return makeType(arg.type(), arg.is_ref());
    absl::StatusOr<const tf::AttrValue *> value =
        attribute(arg.type_attr(), tf::AttrValue::kType);
    if (!value.ok())
      return value.status();
    if ((*value)->value_case() == tf::AttrValue::kType)
      return makeType((*value)->type(), arg.is_ref());
    Type type = tfg::TypeParamType::get(
        context, StringAttr::get(context, (*value)->placeholder()));
    return arg.is_ref() ? Type(tfg::RefType::get(context, type)) : type;
  }

  absl::StatusOr<int64_t> arrayLength(const tf::OpDef::ArgDef &arg) {
    if (arg.number_attr().empty())
      return 1;
    absl::StatusOr<const tf::AttrValue *> value =
        attribute(arg.number_attr(), tf::AttrValue::kI);
    if (!value.ok())
      return value.status();
    if ((*value)->value_case() == tf::AttrValue::kPlaceholder)
      return absl::UnimplementedError("a list's length is a parameter");
    int64_t length = (*value)->i();
    if (length < 0 || length > kMaxListLength)
      return absl::InvalidArgumentError(
          absl::StrCat("the attribute '", arg.number_attr(), "' is ", length,
                       ", expected a length between 0 and ", kMaxListLength));
    return length;
  }

  absl::Status expandArray(const tf::OpDef::ArgDef &arg,
                           SmallVectorImpl<Type> &types) {
    absl::StatusOr<Type> type = elementType(arg);
    if (!type.ok())
      return type.status();
    absl::StatusOr<int64_t> length = arrayLength(arg);
    if (!length.ok())
      return length.status();
    types.append(*length, *type);
    return absl::OkStatus();
  }

  absl::Status expandTypeList(const tf::OpDef::ArgDef &arg,
                              SmallVectorImpl<Type> &types) {
    absl::StatusOr<const tf::AttrValue *> value =
        attribute(arg.type_list_attr(), tf::AttrValue::kList);
    if (!value.ok())
      return value.status();
    if ((*value)->value_case() == tf::AttrValue::kPlaceholder)
      return absl::UnimplementedError("a list of types is a parameter");
    for (int dtype : (*value)->list().type()) {
      absl::StatusOr<Type> type = makeType(dtype, arg.is_ref());
      if (!type.ok())
        return type.status();
      types.push_back(*type);
    }
    return absl::OkStatus();
  }

  const tf::OpDef &op;
  const AttrValueMap &attrs;
  MLIRContext *context;
};

} // namespace

absl::Status resolveSignature(const tf::OpDef &op, const AttrValueMap &attrs,
                              MLIRContext *context, NodeSignature &signature) {
  SignatureResolver resolver(op, attrs, context);
  absl::Status status =
      resolver.expand(op.input_arg(), signature.inputs, signature.inputArgs);
  if (status.ok())
    status = resolver.expand(op.output_arg(), signature.outputs,
                             signature.outputArgs);
  return status;
}

//===----------------------------------------------------------------------===//
// Types → attributes
//===----------------------------------------------------------------------===//

namespace {

using StoredFn = llvm::function_ref<Attribute(StringRef)>;

/// The name of the attribute that a list's length follows from.
const std::string &lengthAttr(const tf::OpDef::ArgDef &arg) {
  return arg.number_attr().empty() ? arg.type_list_attr() : arg.number_attr();
}

/// Lengths of the argument lists of a node, by attribute.
class ListLengths {
public:
  ListLengths(const tf::OpDef &op, StoredFn stored) : op(op) {
    for (const ArgList *args : {&op.input_arg(), &op.output_arg()})
      for (const tf::OpDef::ArgDef &arg : *args)
        if (isListArg(arg) && !find(lengthAttr(arg)))
          lengths.push_back({lengthAttr(arg), read(stored(lengthAttr(arg)))});
  }

  /// Solves for the unknown lengths as far as they are determined.
  absl::Status solve(size_t numInputs, size_t numOutputs) {
    // What one side determines may help the other: three rounds suffice for
    // two.
    for (int round = 0; round < 3; ++round)
      if (!solveSide(op.input_arg(), numInputs) ||
          !solveSide(op.output_arg(), numOutputs))
        return absl::InvalidArgumentError(
            absl::StrCat("has ", numInputs, " inputs and ", numOutputs,
                         " outputs, which do not fit the op ", op.name()));
    return absl::OkStatus();
  }

  std::optional<int64_t> get(const tf::OpDef::ArgDef &arg) {
    return isListArg(arg) ? *find(lengthAttr(arg)) : 1;
  }

  /// Places the arguments of one side; false if a length is not known.
  bool place(const ArgList &args, SmallVectorImpl<ArgRange> &ranges) {
    unsigned begin = 0;
    for (const tf::OpDef::ArgDef &arg : args) {
      std::optional<int64_t> length = get(arg);
      if (!length)
        return false;
      ranges.push_back({&arg, begin, unsigned(*length)});
      begin += *length;
    }
    return true;
  }

  using Length = std::pair<StringRef, std::optional<int64_t>>;
  ArrayRef<Length> all() const { return lengths; }

private:
  std::optional<int64_t> *find(StringRef name) {
    for (Length &length : lengths)
      if (length.first == name)
        return &length.second;
    return nullptr;
  }

  static std::optional<int64_t> read(Attribute attr) {
    if (auto array = dyn_cast_or_null<ArrayAttr>(attr))
      return array.size();
    auto integer = dyn_cast_or_null<IntegerAttr>(attr);
    if (!integer || integer.getInt() < 0 || integer.getInt() > kMaxListLength)
      return std::nullopt;
    return integer.getInt();
  }

  /// total = known lengths + coefficient × unknown length, if it is one
  /// unknown.
  bool solveSide(const ArgList &args, int64_t total) {
    StringRef unknown;
    int64_t known = 0, coefficient = 0;
    for (const tf::OpDef::ArgDef &arg : args) {
      if (std::optional<int64_t> length = get(arg)) {
        known += *length;
      } else if (unknown.empty() || unknown == lengthAttr(arg)) {
        unknown = lengthAttr(arg);
        ++coefficient;
      } else {
        return known <= total;
      }
    }
    if (!coefficient)
      return known == total;
    if (known > total || (total - known) % coefficient != 0)
      return false;
    *find(unknown) = (total - known) / coefficient;
    return true;
  }

  const tf::OpDef &op;
  SmallVector<Length> lengths;
};

/// Collects the types of one side's arguments.
class TypeDeriver {
public:
  TypeDeriver(MLIRContext *context, StoredFn stored, DerivedAttrs &derived)
      : builder(context), stored(stored), derived(derived) {}

  void side(ArrayRef<ArgRange> ranges, ArrayRef<Type> types) {
    for (const ArgRange &range : ranges) {
      ArrayRef<Type> values = types.slice(range.begin, range.size);
      if (!range.arg->type_list_attr().empty())
        typeList(range.arg->type_list_attr(), values);
      else if (!range.arg->type_attr().empty())
        singleType(range.arg->type_attr(), values);
    }
  }

  void add(StringRef name, Attribute attr) {
    for (auto &entry : derived)
      if (entry.first == name)
        return;
    derived.emplace_back(name, attr);
  }

private:
  void singleType(StringRef name, ArrayRef<Type> values) {
    if (stored(name))
      return;
    for (Type value : values) {
      Type type = withoutRef(value);
      if (isa<tfg::UnknownType>(type))
        continue;
      if (auto parameter = dyn_cast<tfg::TypeParamType>(type))
        return add(name, tfg::PlaceholderAttr::get(builder.getContext(),
                                                   parameter.getAttribute()));
      return add(name, TypeAttr::get(type));
    }
  }

  void typeList(StringRef name, ArrayRef<Type> values) {
    if (stored(name))
      return;
    SmallVector<Attribute> types;
    for (Type value : values) {
      Type type = withoutRef(value);
      if (isa<tfg::UnknownType, tfg::TypeParamType>(type))
        return;
      types.push_back(TypeAttr::get(type));
    }
    add(name, builder.getArrayAttr(types));
  }

  Builder builder;
  StoredFn stored;
  DerivedAttrs &derived;
};

} // namespace

absl::Status deriveAttrs(const tf::OpDef &op, ArrayRef<Type> inputs,
                         ArrayRef<Type> outputs, StoredFn stored,
                         MLIRContext *context, DerivedAttrs &derived) {
  ListLengths lengths(op, stored);
  absl::Status status = lengths.solve(inputs.size(), outputs.size());
  if (!status.ok())
    return status;
  TypeDeriver types(context, stored, derived);
  for (auto [inputSide, values] : {std::pair(true, inputs), {false, outputs}}) {
    SmallVector<ArgRange> ranges;
    if (lengths.place(inputSide ? op.input_arg() : op.output_arg(), ranges))
      types.side(ranges, values);
  }
  for (const ListLengths::Length &length : lengths.all()) {
    const tf::OpDef::AttrDef *def = findAttrDef(op, length.first.str());
    if (length.second && def && def->type() == "int" && !stored(length.first))
      types.add(length.first,
                Builder(context).getI64IntegerAttr(*length.second));
  }
  return absl::OkStatus();
}

absl::Status resolveOutputArgs(const tf::OpDef &op, size_t numInputs,
                               size_t numOutputs, StoredFn stored,
                               SmallVectorImpl<ArgRange> &outputArgs) {
  ListLengths lengths(op, stored);
  absl::Status status = lengths.solve(numInputs, numOutputs);
  if (!status.ok())
    return status;
  if (!lengths.place(op.output_arg(), outputArgs))
    return absl::InvalidArgumentError(absl::StrCat(
        "cannot tell the outputs of the op ", op.name(), " apart"));
  return absl::OkStatus();
}

bool isDerivedAttr(const tf::OpDef &op, absl::string_view name) {
  for (const ArgList *args : {&op.input_arg(), &op.output_arg()})
    for (const tf::OpDef::ArgDef &arg : *args)
      if (arg.type_attr() == name || arg.number_attr() == name ||
          arg.type_list_attr() == name)
        return true;
  return false;
}

} // namespace firn
