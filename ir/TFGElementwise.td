//===- TFGElementwise.td - classes of ops that work element by element -----===//
//
// Shapes, verification and the form of the arguments are those of the class; an
// op's definition says what it computes. Their folds share ir/ElementwiseFold.h,
// their lowering backend/jit/lowering/ElementwiseToLinalg.cpp.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGELEMENTWISE_TD
#define FIRN_IR_TFGELEMENTWISE_TD

include "ir/TFGBase.td"

// Data operands (and the result, for the second) have one element type.
def TFG_SameOperandElementType : NativeOpTrait<"SameOperandElementType"> {
  let cppNamespace = "::firn::tfg";
}
def TFG_SameElementType : NativeOpTrait<"SameElementType"> {
  let cppNamespace = "::firn::tfg";
}

// The result has the broadcast shape of the operands.
class TFG_Elementwise<string name, list<Trait> traits>
    : TFG_Node<name, !listconcat([Pure, TFG_InferShapes], traits), [{
        ::llvm::LogicalResult $cppClass::inferShapes(
            const ::firn::tfg::ShapeInference &,
            ::llvm::SmallVectorImpl<::mlir::Type> &results) {
          return ::firn::tfg::inferBroadcast(*this, results);
        }
      }]>;

// y = f(x).
class TFG_Unary<string name, string what, list<Trait> traits = [TFG_SameElementType]>
    : TFG_Elementwise<name, traits> {
  let summary = what;
  let description = what # [{, element by element.

    ```mlir
    %y = tfg.}] # name # [{(%x) : (tensor<2x3xf32>) -> tensor<2x3xf32> name("y")
    ```
  }];
  let arguments = (ins TFG_Tensor:$x, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$y);
}

// As TFG_Unary, with the argument names of activation functions.
class TFG_Activation<string name, string what>
    : TFG_Elementwise<name, [TFG_SameElementType]> {
  let summary = what;
  let description = what # [{, element by element.

    ```mlir
    %y = tfg.}] # name # [{(%x) : (tensor<2x3xf32>) -> tensor<2x3xf32> name("y")
    ```
  }];
  let arguments = (ins TFG_Tensor:$features, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$activations);
}

// z = f(x, y), with broadcasting.
class TFG_Binary<string name, string what, list<Trait> traits = [TFG_SameElementType]>
    : TFG_Elementwise<name, traits> {
  let summary = what;
  let description = what # [{, element by element; the inputs are broadcast.

    ```mlir
    %z = tfg.}] # name # [{(%x, %y) : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32> name("z")
    ```
  }];
  let arguments = (ins TFG_Tensor:$x, TFG_Tensor:$y, Variadic<TFG_Control>:$ctls);
  let results = (outs TFG_Tensor:$z);
}

#endif // FIRN_IR_TFGELEMENTWISE_TD
