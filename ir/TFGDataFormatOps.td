//===- TFGDataFormatOps.td - dimensions between data formats --------------===//
//
// What TensorFlow's layout optimiser leaves in graphs: numbers that were meant
// for NHWC, translated for NCHW. Computed by routines.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TFGDATAFORMATOPS_TD
#define FIRN_IR_TFGDATAFORMATOPS_TD

include "ir/TFGTensorKinds.td"

class TFG_DataFormat<string name> : TFG_Node<name, [Pure, TFG_InferShapes], [{
        ::llvm::LogicalResult $cppClass::inferShapes(
            const ::firn::tfg::ShapeInference &,
            ::llvm::SmallVectorImpl<::mlir::Type> &results) {
          ::firn::tfg::appendExtended(*this, 0, getX(), {}, results);
          return ::llvm::success();
        }
      }]> {
  let arguments = (ins TFG_IndexTensor:$x, Variadic<TFG_Control>:$ctls,
                       TFG_DefaultStr<"\"NHWC\"">:$src_format,
                       TFG_DefaultStr<"\"NCHW\"">:$dst_format);
  let results = (outs TFG_Tensor:$y);
}
def TFG_DataFormatDimMapOp : TFG_DataFormat<"DataFormatDimMap"> {
  let summary = "numbers of dimensions, in another format";
  let description = [{
    ```mlir
    %y = tfg.DataFormatDimMap(%x) {dst_format = "NCHW", src_format = "NHWC"} : (tensor<2xi32>) -> tensor<2xi32> name("y")
    ```
  }];
}
def TFG_DataFormatVecPermuteOp : TFG_DataFormat<"DataFormatVecPermute"> {
  let summary = "values of dimensions, in the order of another format";
  let description = [{
    One value or a pair for each dimension, or for each but N and C.

    ```mlir
    %y = tfg.DataFormatVecPermute(%x) {dst_format = "NCHW", src_format = "NHWC"} : (tensor<4xi32>) -> tensor<4xi32> name("y")
    ```
  }];
}

#endif // FIRN_IR_TFGDATAFORMATOPS_TD
