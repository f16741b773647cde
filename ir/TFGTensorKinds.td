//===- TFGTensorKinds.td - tensors of certain elements, stated shapes -----===//
//
// For families that routines compute: a routine reads memory by the types that
// the verifier has let through. See ir/TensorKinds.h.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGTENSORKINDS_TD
#define FIRN_IR_TFGTENSORKINDS_TD

include "ir/TFGElementwise.td"

class TFG_TensorWith<code condition, string what>
    : Type<And<[TFG_Tensor.predicate, CPred<condition>]>, what, "::mlir::TensorType">;

def TFG_StringTensor : TFG_TensorWith<
    "::firn::tfg::holds<::firn::tfg::StringType>($_self)", "tensor of strings">;
def TFG_ResourceTensor : TFG_TensorWith<
    "::firn::tfg::holds<::firn::tfg::ResourceType>($_self)", "tensor of resources">;
def TFG_FloatTensor : TFG_TensorWith<
    "::firn::tfg::holds<::mlir::Float32Type>($_self)", "tensor of f32">;
def TFG_IndexTensor : TFG_TensorWith<
    "::firn::tfg::holdsIndices($_self)", "tensor of i32 or i64">;
def TFG_Int32Tensor : TFG_TensorWith<
    "::firn::tfg::holdsInteger($_self, 32)", "tensor of i32">;
def TFG_Int64Tensor : TFG_TensorWith<
    "::firn::tfg::holdsInteger($_self, 64)", "tensor of i64">;
def TFG_BoolTensor : TFG_TensorWith<
    "::firn::tfg::holdsInteger($_self, 1)", "tensor of i1">;
def TFG_ByteTensor : TFG_TensorWith<
    "::firn::tfg::holds<::mlir::IntegerType>($_self)", "tensor of integers">;

// The shapes of the results as a C++ list of lists, -1 where the routine decides:
// "{{-1, 2}, {-1}}". It may ask operands: knownDim(getX(), 0).
class TFG_StatedShapes<string name, string shapes, list<Trait> traits = [Pure]>
    : TFG_Node<name, !listconcat([TFG_InferShapes], traits), [{
        ::llvm::LogicalResult $cppClass::inferShapes(
            const ::firn::tfg::ShapeInference &,
            ::llvm::SmallVectorImpl<::mlir::Type> &results) {
          return ::firn::tfg::appendShapes(*this, }] # shapes # [{, results);
        }
      }]>;

#endif // FIRN_IR_TFGTENSORKINDS_TD
