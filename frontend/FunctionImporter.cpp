// Arguments and results become those of the tfg.func, with what else the
// signature says of them in their attributes. A function that takes or returns
// lists whose length its callers choose has no such form: it is kept as its
// bytes, without a body.
#include "frontend/FunctionImporter.h"
#include "proto/TextForm.h"
#include "proto/TypeMap.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

#include <map>

using namespace mlir;

namespace firn {
namespace {

class FunctionImporter {
public:
  FunctionImporter(tf::FunctionDef &function, ImportContext &shared,
                   OpBuilder &builder)
      : function(function), signature(function.signature()), shared(shared),
        builder(builder) {}

  absl::Status run() {
    if (!hasPlainForm())
      return importRaw();
    absl::Status status = createFunction();
    if (status.ok())
      status = describeArguments();
    if (status.ok())
      status = importBody();
    if (status.ok())
      status = setAttributes();
    return status;
  }

private:
  /// Whether all arguments are single values, and no attribute has a name that
  /// the tfg.func itself uses.
  bool hasPlainForm() const {
    for (const auto *args : {&signature.input_arg(), &signature.output_arg()})
      for (const tf::OpDef::ArgDef &arg : *args)
        if (isListArg(arg))
          return false;
    for (const auto &[name, value] : function.attr())
      for (absl::string_view used :
           {"sym_name", "function_type", "arg_attrs", "res_attrs"})
        if (name == used || absl::StartsWith(name, "tfg."))
          return false;
    return true;
  }

  /// Puts back what was left in the file, for those who keep the message.
  absl::Status completeContents() {
    for (tf::NodeDef &node : *function.mutable_node_def())
      for (auto &[name, value] : *node.mutable_attr()) {
        if (value.tensor().content_in_file() == 0)
          continue;
        tf::TensorProto &tensor = *value.mutable_tensor();
        absl::StatusOr<ArrayRef<char>> content =
            tensorContent(tensor, shared.file);
        if (!content.ok())
          return content.status();
        tensor.set_tensor_content(content->data(), content->size());
        tensor.clear_content_in_file();
      }
    return absl::OkStatus();
  }

  absl::Status importRaw() {
    if (absl::Status status = completeContents(); !status.ok())
      return status;
    auto op = tfg::FuncOp::create(builder, location(), signature.name(),
                                  builder.getFunctionType({}, {}));
    op->setAttr(kRawFunctionAttr, builder.getStringAttr(toBytes(function)));
    OpBuilder body = OpBuilder::atBlockEnd(op.getBodyBlock());
    tfg::ReturnOp::create(body, location(), ValueRange(), ArrayAttr());
    return absl::OkStatus();
  }

  Location location() {
    return tfg::getNodeLoc(shared.context, signature.name());
  }

  absl::Status
  argTypes(const google::protobuf::RepeatedPtrField<tf::OpDef::ArgDef> &args,
           SmallVectorImpl<Type> &types) {
    for (const tf::OpDef::ArgDef &arg : args) {
      Type elementType;
      if (!arg.type_attr().empty()) {
        elementType = tfg::TypeParamType::get(
            shared.context, builder.getStringAttr(arg.type_attr()));
      } else {
        absl::StatusOr<Type> type =
            elementTypeFromProto(arg.type(), shared.context);
        if (!type.ok())
          return type.status();
        elementType = *type;
      }
      if (arg.is_ref() && !isa<tfg::RefType>(elementType))
        elementType = tfg::RefType::get(shared.context, elementType);
      types.push_back(UnrankedTensorType::get(elementType));
    }
    return absl::OkStatus();
  }

  absl::Status createFunction() {
    SmallVector<Type> inputs, outputs;
    absl::Status status = argTypes(signature.input_arg(), inputs);
    if (status.ok())
      status = argTypes(signature.output_arg(), outputs);
    if (status.ok())
      op = tfg::FuncOp::create(builder, location(), signature.name(),
                               builder.getFunctionType(inputs, outputs));
    return status;
  }

  /// What an ArgDef holds besides name and type, as text; empty if nothing.
  static std::string restOfArg(tf::OpDef::ArgDef arg) {
    arg.clear_name();
    arg.clear_type();
    arg.clear_type_attr();
    arg.clear_is_ref();
    return toTextForm(arg);
  }

  absl::Status describeArguments() {
    for (int i = 0; i < signature.input_arg_size(); ++i) {
      const tf::OpDef::ArgDef &arg = signature.input_arg(i);
      op.setArgAttr(i, kArgNameAttr, builder.getStringAttr(arg.name()));
      if (std::string rest = restOfArg(arg); !rest.empty())
        op.setArgAttr(i, kArgDefAttr, builder.getStringAttr(rest));
    }
    for (int i = 0; i < signature.output_arg_size(); ++i) {
      const tf::OpDef::ArgDef &arg = signature.output_arg(i);
      op.setResultAttr(i, kArgNameAttr, builder.getStringAttr(arg.name()));
      if (std::string rest = restOfArg(arg); !rest.empty())
        op.setResultAttr(i, kArgDefAttr, builder.getStringAttr(rest));
    }
    auto noSuchArgument = [&](uint32_t index) {
      return absl::InvalidArgumentError(
          absl::StrCat("attributes are given for argument ", index,
                       ", but it has ", signature.input_arg_size()));
    };
    const uint32_t count = signature.input_arg_size();
    for (const auto &[index, attrs] : function.arg_attr()) {
      if (index >= count)
        return noSuchArgument(index);
      absl::StatusOr<DictionaryAttr> converted =
          attrsFromProto(attrs.attr(), shared.context, shared.file);
      if (!converted.ok())
        return converted.status();
      op.setArgAttr(index, kArgAttrsAttr, *converted);
    }
    for (const auto &[index, id] : function.resource_arg_unique_id()) {
      if (index >= count)
        return noSuchArgument(index);
      op.setArgAttr(index, kArgUniqueIdAttr, builder.getI64IntegerAttr(id));
    }
    return absl::OkStatus();
  }

  absl::Status importBody() {
    BodyImporter body(shared, op.getBodyBlock(), InputSyntax::Function);
    for (int i = 0; i < signature.input_arg_size(); ++i) {
      absl::Status status =
          body.addArgument(signature.input_arg(i).name(), op.getArgument(i));
      if (!status.ok())
        return status;
    }
    absl::Status status = body.importNodes(*function.mutable_node_def());
    if (!status.ok())
      return status;
    function.clear_node_def();
    return createReturn(body);
  }

  absl::Status createReturn(BodyImporter &body) {
    SmallVector<Value> values;
    for (const tf::OpDef::ArgDef &output : signature.output_arg()) {
      auto ret = function.ret().find(output.name());
      if (ret == function.ret().end())
        return absl::InvalidArgumentError(
            absl::StrCat("the output '", output.name(), "' is not returned"));
      absl::StatusOr<Value> value = body.resolve(ret->second);
      if (!value.ok())
        return atOutput(output.name(), value.status());
      absl::Status status = checkReturnType(values.size(), *value);
      if (!status.ok())
        return atOutput(output.name(), status);
      values.push_back(*value);
    }
    if (function.ret_size() != signature.output_arg_size())
      return absl::InvalidArgumentError(absl::StrCat(
          "returns ", function.ret_size(), " values, the signature has ",
          signature.output_arg_size()));
    SmallVector<StringRef> controlNames;
    absl::Status status = addControlResults(body, values, controlNames);
    if (!status.ok())
      return status;
    OpBuilder end = OpBuilder::atBlockEnd(op.getBodyBlock());
    tfg::ReturnOp::create(end, op.getLoc(), values,
                          controlNames.empty()
                              ? ArrayAttr()
                              : builder.getStrArrayAttr(controlNames));
    return absl::OkStatus();
  }

  static absl::Status atOutput(absl::string_view name,
                               const absl::Status &status) {
    return absl::Status(
        status.code(), absl::StrCat("output '", name, "': ", status.message()));
  }

  absl::Status checkReturnType(unsigned index, Value value) {
    Type want = withoutRef(
        cast<TensorType>(op.getResultTypes()[index]).getElementType());
    Type actual =
        withoutRef(cast<TensorType>(value.getType()).getElementType());
    if (want == actual || isa<tfg::UnknownType, tfg::TypeParamType>(want) ||
        isa<tfg::UnknownType, tfg::TypeParamType>(actual))
      return absl::OkStatus();
    return absl::InvalidArgumentError(
        "the type of the returned value is not that of the signature");
  }

  /// Control results in the order of the signature, others after them by name.
  absl::Status addControlResults(BodyImporter &body,
                                 SmallVectorImpl<Value> &values,
                                 SmallVectorImpl<StringRef> &names) {
    std::map<std::string, std::string> left(function.control_ret().begin(),
                                            function.control_ret().end());
    std::vector<std::pair<std::string, std::string>> ordered;
    for (const std::string &name : signature.control_output()) {
      auto it = left.find(name);
      if (it == left.end())
        return absl::InvalidArgumentError(
            absl::StrCat("the control output '", name, "' is not returned"));
      ordered.push_back(*it);
      left.erase(it);
    }
    ordered.insert(ordered.end(), left.begin(), left.end());
    for (const auto &[name, node] : ordered) {
      absl::StatusOr<Value> control = body.resolveControl(node);
      if (!control.ok())
        return atOutput(name, control.status());
      values.push_back(*control);
      names.push_back(builder.getStringAttr(name).getValue());
    }
    return absl::OkStatus();
  }

  absl::Status setAttributes() {
    absl::StatusOr<DictionaryAttr> attrs =
        attrsFromProto(function.attr(), shared.context, shared.file);
    if (!attrs.ok())
      return attrs.status();
    for (NamedAttribute attr : *attrs)
      op->setDiscardableAttr(attr.getName(), attr.getValue());
    tf::OpDef rest = signature;
    rest.clear_name();
    rest.clear_input_arg();
    rest.clear_output_arg();
    if (rest.control_output_size() == function.control_ret_size())
      rest.clear_control_output();
    if (std::string text = toTextForm(rest); !text.empty())
      op->setDiscardableAttr(kSignatureAttr, builder.getStringAttr(text));
    return absl::OkStatus();
  }

  tf::FunctionDef &function;
  const tf::OpDef &signature;
  ImportContext &shared;
  OpBuilder &builder;
  tfg::FuncOp op;
};

} // namespace

absl::Status importFunction(tf::FunctionDef &function, ImportContext &shared,
                            OpBuilder &builder) {
  absl::Status status = FunctionImporter(function, shared, builder).run();
  if (status.ok())
    return status;
  return absl::Status(status.code(),
                      absl::StrCat("function '", function.signature().name(),
                                   "': ", status.message()));
}

} // namespace firn
