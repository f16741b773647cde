//===- TFGBase.td - what every op family's file includes ------------------===//
//
// The base class of node ops and the constraints and attribute kinds that their
// definitions use. A family file includes this and nothing else of ours.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGBASE_TD
#define FIRN_IR_TFGBASE_TD

include "ir/TFGDialect.td"
include "ir/TFGInterfaces.td"
include "mlir/IR/BuiltinAttributes.td"
include "mlir/IR/OpBase.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

// A structure op: module level, or not a node.
class TFG_Op<string mnemonic, list<Trait> traits = []>
    : Op<TFG_Dialect, mnemonic, traits>;

def TFG_Control : Type<CPred<"::llvm::isa<::firn::tfg::ControlType>($_self)">,
                       "control edge", "::firn::tfg::ControlType">,
                  BuildableType<"$_builder.getType<::firn::tfg::ControlType>()">;

// Any tensor, ranked or not, of any element type.
def TFG_Tensor : Type<CPred<"::llvm::isa<::mlir::TensorType>($_self)">,
                      "tensor", "::mlir::TensorType">;
def TFG_TensorOrControl : AnyTypeOf<[TFG_Tensor, TFG_Control]>;

// A node. Parsing and printing are shared by all (ir/NodeSyntax.h):
//
//   %y = tfg.MatMul(%a, %b) [%ctl] {transpose_b = true}
//        : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<2x4xf32> name("dense/MatMul")
//
// Arguments: the data inputs, then `Variadic<TFG_Control>:$ctls`; an op with a list
// argument declares one `Variadic<TFG_TensorOrControl>:$args` instead. Results: the
// outputs; none: `TFG_Control:$ctl`.
// `definitions` is C++ that all ops of a subclass share ($cppClass: the op).
class TFG_Node<string mnemonic, list<Trait> traits = [], string definitions = "">
    : TFG_Op<mnemonic, !listconcat([TFG_NodeOpInterface], traits)> {
  let hasCustomAssemblyFormat = 1;
  let extraClassDefinition = [{
    ::mlir::ParseResult $cppClass::parse(::mlir::OpAsmParser &parser,
                                         ::mlir::OperationState &state) {
      return ::firn::tfg::parseNode(parser, state);
    }
    void $cppClass::print(::mlir::OpAsmPrinter &printer) {
      ::firn::tfg::printNode(*this, printer);
    }
  }] # definitions;
}

def TFG_InferShapes : DeclareOpInterfaceMethods<TFG_InferShapesOpInterface>;

//===----------------------------------------------------------------------===//
// Attribute kinds: those of a NodeDef
//===----------------------------------------------------------------------===//

def TFG_IntListAttr : TypedArrayAttrBase<I64Attr, "list(int)">;
def TFG_FloatListAttr : TypedArrayAttrBase<F32Attr, "list(float)">;
def TFG_BoolListAttr : TypedArrayAttrBase<BoolAttr, "list(bool)">;
def TFG_StringListAttr : TypedArrayAttrBase<StrAttr, "list(string)">;
def TFG_TypeListAttr : TypedArrayAttrBase<TypeAttr, "list(type)">;
def TFG_Shape : Attr<CPred<"::llvm::isa<::firn::tfg::ShapeAttr>($_self)">, "shape"> {
  let storageType = "::firn::tfg::ShapeAttr";
  let returnType = "::firn::tfg::ShapeAttr";
  let convertFromStorage = "$_self";
}
def TFG_ShapeListAttr : TypedArrayAttrBase<TFG_Shape, "list(shape)">;
def TFG_Func : Attr<CPred<"::llvm::isa<::firn::tfg::FuncAttr>($_self)">, "function"> {
  let storageType = "::firn::tfg::FuncAttr";
  let returnType = "::firn::tfg::FuncAttr";
  let convertFromStorage = "$_self";
}
def TFG_FuncListAttr : TypedArrayAttrBase<TFG_Func, "list(func)">;
// The value of a Const: any elements attribute, or #tfg.raw_tensor.
def TFG_TensorValue : Attr<CPred<"::llvm::isa<::mlir::ElementsAttr, ::firn::tfg::RawTensorAttr>($_self)">,
                           "tensor value"> {
  let storageType = "::mlir::TypedAttr";
  let returnType = "::mlir::TypedAttr";
  let convertFromStorage = "$_self";
}

// Attributes with the default that the OpDef gives; absent stays absent.
class TFG_DefaultInt<string value> : DefaultValuedOptionalAttr<I64Attr, value>;
class TFG_DefaultFloat<string value> : DefaultValuedOptionalAttr<F32Attr, "::llvm::APFloat(" # value # ")">;
class TFG_DefaultBool<string value> : DefaultValuedOptionalAttr<BoolAttr, value>;
class TFG_DefaultStr<string value> : DefaultValuedOptionalAttr<StrAttr, value>;

#endif // FIRN_IR_TFGBASE_TD
