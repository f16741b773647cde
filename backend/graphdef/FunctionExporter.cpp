// The way back of frontend/FunctionImporter.cpp.
#include "backend/graphdef/FunctionExporter.h"
#include "backend/graphdef/NodeExporter.h"
#include "proto/TextForm.h"
#include "proto/TypeMap.h"

#include "absl/strings/str_cat.h"
#include "mlir/IR/SymbolTable.h"

using namespace mlir;

namespace firn {
namespace {

class FunctionExporter {
public:
  FunctionExporter(tfg::FuncOp op, const llvm::StringSet<> &functions,
                   tf::FunctionDef &function)
      : op(op), function(function), signature(*function.mutable_signature()),
        names(*op.getBodyBlock(), argumentNames(op)),
        nodes(names, op, functions) {}

  absl::Status run() {
    if (auto text = op->getAttrOfType<StringAttr>(kSignatureAttr)) {
      absl::Status status = fromTextForm(text, signature);
      if (!status.ok())
        return status;
    }
    signature.set_name(op.getName().str());
    absl::Status status = exportArguments();
    if (status.ok())
      status = exportAttributes();
    if (status.ok())
      status = exportBody();
    if (status.ok())
      status = exportReturn();
    return status;
  }

private:
  /// Nodes and arguments share one space of names.
  static SmallVector<StringRef> argumentNames(tfg::FuncOp op) {
    SmallVector<StringRef> names;
    for (unsigned i = 0, e = op.getNumArguments(); i < e; ++i)
      names.push_back(op.getArgName(i));
    return names;
  }

  absl::Status describeArg(Type type, StringRef name, StringAttr rest,
                           tf::OpDef::ArgDef &arg) {
    if (rest) {
      absl::Status status = fromTextForm(rest, arg);
      if (!status.ok())
        return status;
    }
    if (name.empty())
      return absl::InvalidArgumentError("an argument or result has no name");
    arg.set_name(name.str());
    Type elementType = cast<TensorType>(type).getElementType();
    if (isa<tfg::RefType>(elementType))
      arg.set_is_ref(true);
    elementType = withoutRef(elementType);
    if (auto parameter = dyn_cast<tfg::TypeParamType>(elementType)) {
      arg.set_type_attr(parameter.getAttribute().str());
      return absl::OkStatus();
    }
    absl::StatusOr<tf::DataType> dtype = elementTypeToProto(elementType);
    if (!dtype.ok())
      return dtype.status();
    arg.set_type(*dtype);
    return absl::OkStatus();
  }

  absl::Status exportArguments() {
    for (auto [i, type] : llvm::enumerate(op.getArgumentTypes())) {
      absl::Status status =
          describeArg(type, op.getArgName(i),
                      op.getArgAttrOfType<StringAttr>(i, kArgDefAttr),
                      *signature.add_input_arg());
      if (!status.ok())
        return status;
      auto attrs = op.getArgAttrOfType<DictionaryAttr>(i, kArgAttrsAttr);
      if (attrs)
        status = attrsToProto(
            attrs, *(*function.mutable_arg_attr())[i].mutable_attr());
      if (!status.ok())
        return status;
      if (auto id = op.getArgAttrOfType<IntegerAttr>(i, kArgUniqueIdAttr))
        (*function.mutable_resource_arg_unique_id())[i] = id.getInt();
    }
    for (auto [i, type] : llvm::enumerate(op.getResultTypes())) {
      absl::Status status =
          describeArg(type, op.getResultName(i),
                      op.getResultAttrOfType<StringAttr>(i, kArgDefAttr),
                      *signature.add_output_arg());
      if (!status.ok())
        return status;
    }
    return absl::OkStatus();
  }

  absl::Status exportAttributes() {
    for (NamedAttribute attr : op->getDiscardableAttrs()) {
      StringRef name = attr.getName();
      if (name.starts_with("tfg.") ||
          name == SymbolTable::getVisibilityAttrName())
        continue;
      absl::Status status =
          attrToProto(attr.getValue(), (*function.mutable_attr())[name.str()]);
      if (!status.ok())
        return status;
    }
    return absl::OkStatus();
  }

  absl::Status exportBody() {
    for (Operation &inner : *op.getBodyBlock()) {
      auto node = dyn_cast<tfg::NodeOpInterface>(inner);
      if (!node)
        continue;
      absl::Status status = nodes.exportNode(node, *function.add_node_def());
      if (!status.ok())
        return status;
    }
    return absl::OkStatus();
  }

  absl::Status exportReturn() {
    tfg::ReturnOp ret = op.getReturn();
    for (auto [i, value] : llvm::enumerate(ret.getDataOperands())) {
      absl::StatusOr<std::string> spelt = nodes.spellInput(value);
      if (!spelt.ok())
        return spelt.status();
      (*function.mutable_ret())[op.getResultName(i).str()] = *spelt;
    }
    ArrayAttr controlNames = ret.getControlNamesAttr();
    bool hasOwnOrder = signature.control_output_size() > 0;
    for (auto [i, value] : llvm::enumerate(ret.getControlOperands())) {
      std::string source = nodes.controlSource(value);
      std::string name =
          controlNames && i < controlNames.size()
              ? cast<StringAttr>(controlNames[i]).getValue().str()
              : source;
      (*function.mutable_control_ret())[name] = source;
      if (!hasOwnOrder)
        signature.add_control_output(name);
    }
    return absl::OkStatus();
  }

  tfg::FuncOp op;
  tf::FunctionDef &function;
  tf::OpDef &signature;
  NodeNames names;
  NodeExporter nodes;
};

} // namespace

absl::Status exportFunction(tfg::FuncOp op, const llvm::StringSet<> &functions,
                            tf::FunctionDef &function) {
  if (auto raw = op->getAttrOfType<StringAttr>(kRawFunctionAttr)) {
    if (function.ParseFromString(raw.getValue().str()))
      return absl::OkStatus();
    return absl::InvalidArgumentError(absl::StrCat(
        "function '", op.getName().str(), "': its bytes are no FunctionDef"));
  }
  absl::Status status = FunctionExporter(op, functions, function).run();
  if (status.ok())
    return status;
  return absl::Status(
      status.code(),
      absl::StrCat("function '", op.getName().str(), "': ", status.message()));
}

} // namespace firn
