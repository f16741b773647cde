// Each kind of value has an attribute of its own, so that the way back needs no
// hint.
#include "proto/AttrMap.h"
#include "proto/TypeMap.h"

#include "absl/strings/str_cat.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace firn {
namespace {

/// Makes attributes of values, remembering the first error.
class AttrReader {
public:
  AttrReader(MLIRContext *context, TensorFile &file)
      : builder(context), file(file) {}

  absl::StatusOr<Attribute> read(const tf::AttrValue &value) {
    Attribute attr = convert(value);
    if (!error.ok())
      return error;
    return attr;
  }

private:
  template <typename T> T take(absl::StatusOr<T> result) {
    if (result.ok())
      return *result;
    if (error.ok())
      error = result.status();
    return {};
  }

  Attribute type(int dtype) {
    Type type = take(elementTypeFromProto(static_cast<tf::DataType>(dtype),
                                          builder.getContext()));
    return type ? TypeAttr::get(type) : TypeAttr();
  }

  Attribute shape(const tf::TensorShapeProto &shape) {
    return take(shapeFromProto(shape, builder.getContext()));
  }

  Attribute tensor(const tf::TensorProto &tensor) {
    return take(tensorFromProto(tensor, builder.getContext(), file));
  }

  Attribute func(const tf::NameAttrList &func) {
    DictionaryAttr attrs =
        take(attrsFromProto(func.attr(), builder.getContext(), file));
    if (!attrs)
      return {};
    return tfg::FuncAttr::get(
        builder.getContext(),
        FlatSymbolRefAttr::get(builder.getContext(), func.name()), attrs);
  }

  Attribute list(const tf::AttrValue::ListValue &list) {
    SmallVector<Attribute> elements;
    for (const std::string &s : list.s())
      elements.push_back(builder.getStringAttr(s));
    for (int64_t i : list.i())
      elements.push_back(builder.getI64IntegerAttr(i));
    for (float f : list.f())
      elements.push_back(builder.getF32FloatAttr(f));
    for (bool b : list.b())
      elements.push_back(builder.getBoolAttr(b));
    for (int dtype : list.type())
      elements.push_back(type(dtype));
    for (const tf::TensorShapeProto &dims : list.shape())
      elements.push_back(shape(dims));
    for (const tf::TensorProto &value : list.tensor())
      elements.push_back(tensor(value));
    for (const tf::NameAttrList &callee : list.func())
      elements.push_back(func(callee));
    return error.ok() ? builder.getArrayAttr(elements) : Attribute();
  }

  Attribute convert(const tf::AttrValue &value) {
    switch (value.value_case()) {
    case tf::AttrValue::kS:
      return builder.getStringAttr(value.s());
    case tf::AttrValue::kI:
      return builder.getI64IntegerAttr(value.i());
    case tf::AttrValue::kF:
      return builder.getF32FloatAttr(value.f());
    case tf::AttrValue::kB:
      return builder.getBoolAttr(value.b());
    case tf::AttrValue::kType:
      return type(value.type());
    case tf::AttrValue::kShape:
      return shape(value.shape());
    case tf::AttrValue::kTensor:
      return tensor(value.tensor());
    case tf::AttrValue::kList:
      return list(value.list());
    case tf::AttrValue::kFunc:
      return func(value.func());
    case tf::AttrValue::kPlaceholder:
      return tfg::PlaceholderAttr::get(
          builder.getContext(), builder.getStringAttr(value.placeholder()));
    case tf::AttrValue::VALUE_NOT_SET:
      return builder.getUnitAttr();
    }
    return builder.getUnitAttr();
  }

  Builder builder;
  TensorFile &file;
  absl::Status error;
};

absl::Status unknownKind(Attribute attr) {
  std::string text;
  llvm::raw_string_ostream(text) << attr;
  if (text.size() > 100)
    text.replace(100, std::string::npos, "…");
  return absl::InvalidArgumentError(
      absl::StrCat("a NodeDef cannot hold the attribute ", text));
}

absl::Status funcToProto(tfg::FuncAttr attr, tf::NameAttrList &func) {
  func.set_name(attr.getName().getValue().str());
  return attrsToProto(attr.getAttrs(), *func.mutable_attr());
}

absl::Status addToList(Attribute attr, tf::AttrValue::ListValue &list) {
  tf::AttrValue value;
  absl::Status status = attrToProto(attr, value);
  if (!status.ok())
    return status;
  switch (value.value_case()) {
  case tf::AttrValue::kS:
    list.add_s(std::move(*value.mutable_s()));
    break;
  case tf::AttrValue::kI:
    list.add_i(value.i());
    break;
  case tf::AttrValue::kF:
    list.add_f(value.f());
    break;
  case tf::AttrValue::kB:
    list.add_b(value.b());
    break;
  case tf::AttrValue::kType:
    list.add_type(value.type());
    break;
  case tf::AttrValue::kShape:
    list.add_shape()->Swap(value.mutable_shape());
    break;
  case tf::AttrValue::kTensor:
    list.add_tensor()->Swap(value.mutable_tensor());
    break;
  case tf::AttrValue::kFunc:
    list.add_func()->Swap(value.mutable_func());
    break;
  default:
    return unknownKind(attr);
  }
  return absl::OkStatus();
}

absl::Status listToProto(ArrayAttr array, tf::AttrValue::ListValue &list) {
  for (Attribute element : array) {
    absl::Status status = addToList(element, list);
    if (!status.ok())
      return status;
  }
  return absl::OkStatus();
}

} // namespace

absl::StatusOr<Attribute> attrFromProto(const tf::AttrValue &value,
                                        MLIRContext *context,
                                        TensorFile &file) {
  return AttrReader(context, file).read(value);
}

absl::Status attrToProto(Attribute attr, tf::AttrValue &value) {
  return llvm::TypeSwitch<Attribute, absl::Status>(attr)
      .Case([&](StringAttr s) {
        value.set_s(s.getValue().str());
        return absl::OkStatus();
      })
      .Case([&](IntegerAttr i) {
        if (i.getType().isInteger(1))
          value.set_b(!i.getValue().isZero());
        else if (i.getType().isInteger(64))
          value.set_i(i.getInt());
        else
          return unknownKind(attr);
        return absl::OkStatus();
      })
      .Case([&](FloatAttr f) {
        if (!f.getType().isF32())
          return unknownKind(attr);
        value.set_f(f.getValue().convertToFloat());
        return absl::OkStatus();
      })
      .Case([&](TypeAttr type) {
        absl::StatusOr<tf::DataType> dtype =
            elementTypeToProto(type.getValue());
        if (!dtype.ok())
          return dtype.status();
        value.set_type(*dtype);
        return absl::OkStatus();
      })
      .Case([&](tfg::ShapeAttr shape) {
        shapeToProto(shape, *value.mutable_shape());
        return absl::OkStatus();
      })
      .Case([&](ArrayAttr array) {
        return listToProto(array, *value.mutable_list());
      })
      .Case([&](tfg::FuncAttr func) {
        return funcToProto(func, *value.mutable_func());
      })
      .Case([&](tfg::PlaceholderAttr placeholder) {
        value.set_placeholder(placeholder.getName().str());
        return absl::OkStatus();
      })
      .Case<ElementsAttr, tfg::RawTensorAttr>([&](auto tensor) {
        return tensorToProto(cast<TypedAttr>(Attribute(tensor)),
                             *value.mutable_tensor());
      })
      .Case([&](UnitAttr) {
        value.clear_value();
        return absl::OkStatus();
      })
      .Default([](Attribute attr) { return unknownKind(attr); });
}

absl::StatusOr<DictionaryAttr> attrsFromProto(const AttrValueMap &attrs,
                                              MLIRContext *context,
                                              TensorFile &file) {
  SmallVector<NamedAttribute> entries;
  for (const auto &[name, value] : attrs) {
    if (name.empty())
      return absl::InvalidArgumentError("an attribute has an empty name");
    absl::StatusOr<Attribute> attr = attrFromProto(value, context, file);
    if (!attr.ok())
      return absl::Status(
          attr.status().code(),
          absl::StrCat("attribute '", name, "': ", attr.status().message()));
    entries.emplace_back(StringAttr::get(context, name), *attr);
  }
  return DictionaryAttr::get(context, entries);
}

absl::Status attrsToProto(DictionaryAttr dictionary, AttrValueMap &attrs) {
  for (NamedAttribute entry : dictionary) {
    absl::Status status =
        attrToProto(entry.getValue(), attrs[entry.getName().str()]);
    if (!status.ok())
      return absl::Status(status.code(),
                          absl::StrCat("attribute '", entry.getName().str(),
                                       "': ", status.message()));
  }
  return absl::OkStatus();
}

static std::string listKind(const tf::AttrValue::ListValue &list) {
  std::string kinds;
  auto add = [&](int count, const char *kind) {
    if (count)
      absl::StrAppend(&kinds, kinds.empty() ? "" : ",", kind);
  };
  add(list.s_size(), "string");
  add(list.i_size(), "int");
  add(list.f_size(), "float");
  add(list.b_size(), "bool");
  add(list.type_size(), "type");
  add(list.shape_size(), "shape");
  add(list.tensor_size(), "tensor");
  add(list.func_size(), "func");
  return absl::StrCat("list(", kinds, ")");
}

std::string attrKind(const tf::AttrValue &value) {
  switch (value.value_case()) {
  case tf::AttrValue::kS:
    return "string";
  case tf::AttrValue::kI:
    return "int";
  case tf::AttrValue::kF:
    return "float";
  case tf::AttrValue::kB:
    return "bool";
  case tf::AttrValue::kType:
    return "type";
  case tf::AttrValue::kShape:
    return "shape";
  case tf::AttrValue::kTensor:
    return "tensor";
  case tf::AttrValue::kFunc:
    return "func";
  case tf::AttrValue::kPlaceholder:
    return "placeholder";
  case tf::AttrValue::kList:
    return listKind(value.list());
  case tf::AttrValue::VALUE_NOT_SET:
    return "";
  }
  return "";
}

} // namespace firn
