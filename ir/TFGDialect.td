//===- TFGDialect.td - the tfg dialect, its types and attributes ----------===//
//
// What a TensorFlow graph is made of besides its nodes: the element types that
// builtin types lack, and the attribute kinds of a NodeDef.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGDIALECT_TD
#define FIRN_IR_TFGDIALECT_TD

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"
include "mlir/IR/OpBase.td"

def TFG_Dialect : Dialect {
  let name = "tfg";
  let summary = "TensorFlow graphs, without loss";
  let description = [{
    A module of this dialect holds one TensorFlow graph (`tfg.graph`), its
    function library (`tfg.func`), its signatures and the values of its
    variables. Every node is an operation: an op that Firn understands is a
    registered op with TensorFlow's own name (`tfg.MatMul`), every other one is
    `tfg.node`. Node names are locations, so that CSE and folding are free to
    work, and are printed in plain text.
  }];
  let cppNamespace = "::firn::tfg";
  let useDefaultAttributePrinterParser = 1;
  let useDefaultTypePrinterParser = 1;
  let hasConstantMaterializer = 1;
  let hasOperationAttrVerify = 0;
  let extraClassDeclaration = [{
    /// Prefix of the discardable attributes that hold what is not an attribute
    /// of the NodeDef: its device, its debug information.
    static constexpr llvm::StringLiteral kDeviceAttr = "tfg.device";
    static constexpr llvm::StringLiteral kDebugInfoAttr = "tfg.debug_info";
    static constexpr llvm::StringLiteral kFullTypeAttr = "tfg.experimental_type";
    /// On a Placeholder: it is an input of the selected signature. Its
    /// position and its key there.
    static constexpr llvm::StringLiteral kFeedIndexAttr = "tfg.feed_index";
    static constexpr llvm::StringLiteral kFeedNameAttr = "tfg.feed_name";
  private:
    void registerTypes();
    void registerAttributes();
    void registerFamilies();
  public:
    /// Registers the ops of one family (its generated Register file calls this).
    template <typename... Ops> void addFamily() { addOperations<Ops...>(); }
  }];
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

class TFG_Type<string name, string typeMnemonic, list<Trait> traits = []>
    : TypeDef<TFG_Dialect, name, traits> {
  let mnemonic = typeMnemonic;
}

// An element type without parameters, usable inside tensor<...>.
class TFG_ElementType<string name, string typeMnemonic, string what>
    : TFG_Type<name, typeMnemonic> {
  let summary = what;
}

def TFG_ControlType : TFG_Type<"Control", "control"> {
  let summary = "a control edge";
  let description = "Orders two nodes without passing a value.";
}

def TFG_StringType : TFG_ElementType<"String", "string", "DT_STRING">;
def TFG_ResourceType : TFG_ElementType<"Resource", "resource", "DT_RESOURCE">;
def TFG_VariantType : TFG_ElementType<"Variant", "variant", "DT_VARIANT">;
def TFG_QInt8Type : TFG_ElementType<"QInt8", "qint8", "DT_QINT8">;
def TFG_QUInt8Type : TFG_ElementType<"QUInt8", "quint8", "DT_QUINT8">;
def TFG_QInt16Type : TFG_ElementType<"QInt16", "qint16", "DT_QINT16">;
def TFG_QUInt16Type : TFG_ElementType<"QUInt16", "quint16", "DT_QUINT16">;
def TFG_QInt32Type : TFG_ElementType<"QInt32", "qint32", "DT_QINT32">;
def TFG_UnknownType : TFG_ElementType<"Unknown", "unknown",
    "element type of a value that no op catalog knows">;

def TFG_RefType : TFG_Type<"Ref", "ref"> {
  let summary = "element type of a reference to a TF1 variable (DT_FLOAT_REF …)";
  let parameters = (ins "::mlir::Type":$elementType);
  let assemblyFormat = "`<` $elementType `>`";
}

def TFG_TypeParamType : TFG_Type<"TypeParam", "type_param"> {
  let summary = "element type of a polymorphic function's argument";
  let parameters = (ins "::mlir::StringAttr":$attribute);
  let assemblyFormat = "`<` $attribute `>`";
}

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

class TFG_Attr<string name, string attrMnemonic, list<Trait> traits = []>
    : AttrDef<TFG_Dialect, name, traits> {
  let mnemonic = attrMnemonic;
}

def TFG_ShapeAttr : TFG_Attr<"Shape", "shape"> {
  let summary = "AttrValue.shape";
  let description = [{
    `#tfg.shape<[2,?]>`, `#tfg.shape<[]>` (a scalar), `#tfg.shape<*>` (unknown
    rank). An unknown dimension is `ShapedType::kDynamic`.
  }];
  let parameters = (ins "bool":$hasRank, ArrayRefParameter<"int64_t">:$dims);
  let hasCustomAssemblyFormat = 1;
  let extraClassDeclaration = [{
    static ShapeAttr getUnranked(::mlir::MLIRContext *context) {
      return get(context, false, {});
    }
    static ShapeAttr getRanked(::mlir::MLIRContext *context,
                               ::llvm::ArrayRef<int64_t> dims) {
      return get(context, true, dims);
    }
    /// The shape of a ranked or unranked tensor type.
    static ShapeAttr getOf(::mlir::Type tensorType);
    /// tensor<dims x elementType>, or tensor<* x elementType>.
    ::mlir::Type getTensorType(::mlir::Type elementType) const;
  }];
}

def TFG_FuncAttr : TFG_Attr<"Func", "func"> {
  let summary = "AttrValue.func: a function's name and the attributes it is called with";
  let parameters = (ins "::mlir::FlatSymbolRefAttr":$name,
                        "::mlir::DictionaryAttr":$attrs);
  let assemblyFormat = "`<` $name `,` $attrs `>`";
}

def TFG_PlaceholderAttr : TFG_Attr<"Placeholder", "placeholder"> {
  let summary = "AttrValue.placeholder: an attribute of the enclosing function";
  let parameters = (ins "::mlir::StringAttr":$name);
  let assemblyFormat = "`<` $name `>`";
}

def TFG_RawTensorAttr : TFG_Attr<"RawTensor", "raw_tensor", [TypedAttrInterface]> {
  let summary = "a TensorProto that has no values to show";
  let description = [{
    Resource handles, variants and other tensors that MLIR cannot hold: the
    serialised TensorProto, carried through unchanged.
  }];
  let parameters = (ins AttributeSelfTypeParameter<"">:$type,
                        "::mlir::StringAttr":$data);
  let assemblyFormat = "`<` $data `>`";
}

#endif // FIRN_IR_TFGDIALECT_TD
