// Shapes of quantised arithmetic: what is inferred where all that they depend on is
// known, and beside it what is left where an operand is less known (_unknown) or
// fed and no constant (_fed).
// RUN: firn-opt %s --tfg-infer-shapes | FileCheck %s
// RUN: firn-opt %s --verify-roundtrip -o /dev/null

// CHECK-LABEL: tfg.graph
tfg.graph {
  %in_2xqint8 = tfg.Placeholder() : () -> tensor<2x!tfg.qint8> name("in_2xqint8")
  %in_f32 = tfg.Placeholder() : () -> tensor<f32> name("in_f32")
  %in_nxqint8 = tfg.Placeholder() : () -> tensor<?x!tfg.qint8> name("in_nxqint8")
  %in_2xqint32 = tfg.Placeholder() : () -> tensor<2x!tfg.qint32> name("in_2xqint32")
  %in_2xquint8 = tfg.Placeholder() : () -> tensor<2x!tfg.quint8> name("in_2xquint8")
  %in_nxquint8 = tfg.Placeholder() : () -> tensor<?x!tfg.quint8> name("in_nxquint8")
  %in_2x3xquint8 = tfg.Placeholder() : () -> tensor<2x3x!tfg.quint8> name("in_2x3xquint8")
  %c_m1_1xi32 = tfg.Const() {value = dense<-1> : tensor<1xi32>} : () -> tensor<1xi32> name("c_m1_1xi32")
  %in_1xi32 = tfg.Placeholder() : () -> tensor<1xi32> name("in_1xi32")

  // CHECK: tfg.Dequantize{{.*}} -> tensor<2xf32> name("Dequantize")
  %Dequantize = tfg.Dequantize(%in_2xqint8, %in_f32, %in_f32) {mode = "SCALED"} : (tensor<2x!tfg.qint8>, tensor<f32>, tensor<f32>) -> tensor<*xf32> name("Dequantize")
  // CHECK: tfg.Dequantize{{.*}} -> tensor<?xf32> name("Dequantize_unknown")
  %Dequantize_unknown = tfg.Dequantize(%in_nxqint8, %in_f32, %in_f32) {mode = "SCALED"} : (tensor<?x!tfg.qint8>, tensor<f32>, tensor<f32>) -> tensor<*xf32> name("Dequantize_unknown")
  // CHECK: tfg.RequantizationRange{{.*}} -> (tensor<f32>, tensor<f32>) name("RequantizationRange")
  %RequantizationRange:2 = tfg.RequantizationRange(%in_2xqint32, %in_f32, %in_f32) : (tensor<2x!tfg.qint32>, tensor<f32>, tensor<f32>) -> (tensor<*xf32>, tensor<*xf32>) name("RequantizationRange")
  // CHECK: tfg.QuantizedRelu{{.*}} -> (tensor<2x!tfg.quint8>, tensor<f32>, tensor<f32>) name("QuantizedRelu")
  %QuantizedRelu:3 = tfg.QuantizedRelu(%in_2xquint8, %in_f32, %in_f32) : (tensor<2x!tfg.quint8>, tensor<f32>, tensor<f32>) -> (tensor<*x!tfg.quint8>, tensor<*xf32>, tensor<*xf32>) name("QuantizedRelu")
  // CHECK: tfg.QuantizedRelu{{.*}} -> (tensor<?x!tfg.quint8>, tensor<f32>, tensor<f32>) name("QuantizedRelu_unknown")
  %QuantizedRelu_unknown:3 = tfg.QuantizedRelu(%in_nxquint8, %in_f32, %in_f32) : (tensor<?x!tfg.quint8>, tensor<f32>, tensor<f32>) -> (tensor<*x!tfg.quint8>, tensor<*xf32>, tensor<*xf32>) name("QuantizedRelu_unknown")
  // CHECK: tfg.QuantizedReshape{{.*}} -> (tensor<6x!tfg.quint8>, tensor<f32>, tensor<f32>) name("QuantizedReshape")
  %QuantizedReshape:3 = tfg.QuantizedReshape(%in_2x3xquint8, %c_m1_1xi32, %in_f32, %in_f32) : (tensor<2x3x!tfg.quint8>, tensor<1xi32>, tensor<f32>, tensor<f32>) -> (tensor<*x!tfg.quint8>, tensor<*xf32>, tensor<*xf32>) name("QuantizedReshape")
  // CHECK: tfg.QuantizedReshape{{.*}} -> (tensor<?x!tfg.quint8>, tensor<f32>, tensor<f32>) name("QuantizedReshape_fed")
  %QuantizedReshape_fed:3 = tfg.QuantizedReshape(%in_2x3xquint8, %in_1xi32, %in_f32, %in_f32) : (tensor<2x3x!tfg.quint8>, tensor<1xi32>, tensor<f32>, tensor<f32>) -> (tensor<*x!tfg.quint8>, tensor<*xf32>, tensor<*xf32>) name("QuantizedReshape_fed")

  // Windows have the shapes of the float ops; what is not known of the image or the filter is not known of them.
  %image = tfg.Placeholder() : () -> tensor<1x9x8x3x!tfg.quint8> name("image")
  %any = tfg.Placeholder() : () -> tensor<*x!tfg.quint8> name("any")
  %filter = tfg.Placeholder() : () -> tensor<3x3x3x5x!tfg.quint8> name("filter")
  // CHECK: tfg.QuantizedConv2D{{.*}} -> (tensor<1x5x4x5x!tfg.qint32>, tensor<f32>, tensor<f32>) name("same")
  %same:3 = tfg.QuantizedConv2D(%image, %filter, %in_f32, %in_f32, %in_f32, %in_f32) {padding = "SAME", strides = [1, 2, 2, 1]} : (tensor<1x9x8x3x!tfg.quint8>, tensor<3x3x3x5x!tfg.quint8>, tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>) -> (tensor<*x!tfg.qint32>, tensor<*xf32>, tensor<*xf32>) name("same")
  // CHECK: tfg.QuantizedConv2D{{.*}} -> (tensor<1x7x6x5x!tfg.qint32>, tensor<f32>, tensor<f32>) name("valid")
  %valid:3 = tfg.QuantizedConv2D(%image, %filter, %in_f32, %in_f32, %in_f32, %in_f32) {padding = "VALID", strides = [1, 1, 1, 1]} : (tensor<1x9x8x3x!tfg.quint8>, tensor<3x3x3x5x!tfg.quint8>, tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>) -> (tensor<*x!tfg.qint32>, tensor<*xf32>, tensor<*xf32>) name("valid")
  // CHECK: tfg.QuantizedConv2D{{.*}} -> (tensor<?x?x?x5x!tfg.qint32>, tensor<f32>, tensor<f32>) name("conv_unknown")
  %conv_unknown:3 = tfg.QuantizedConv2D(%any, %filter, %in_f32, %in_f32, %in_f32, %in_f32) {padding = "VALID", strides = [1, 1, 1, 1]} : (tensor<*x!tfg.quint8>, tensor<3x3x3x5x!tfg.quint8>, tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>) -> (tensor<*x!tfg.qint32>, tensor<*xf32>, tensor<*xf32>) name("conv_unknown")
  // CHECK: tfg.QuantizedMaxPool{{.*}} -> (tensor<1x4x4x3x!tfg.quint8>, tensor<f32>, tensor<f32>) name("pool")
  %pool:3 = tfg.QuantizedMaxPool(%image, %in_f32, %in_f32) {ksize = [1, 2, 2, 1], padding = "VALID", strides = [1, 2, 2, 1]} : (tensor<1x9x8x3x!tfg.quint8>, tensor<f32>, tensor<f32>) -> (tensor<*x!tfg.quint8>, tensor<*xf32>, tensor<*xf32>) name("pool")
  // CHECK: tfg.QuantizedAvgPool{{.*}} -> (tensor<?x?x?x?x!tfg.quint8>, tensor<f32>, tensor<f32>) name("pool_unknown")
  %pool_unknown:3 = tfg.QuantizedAvgPool(%any, %in_f32, %in_f32) {ksize = [1, 2, 2, 1], padding = "SAME", strides = [1, 2, 2, 1]} : (tensor<*x!tfg.quint8>, tensor<f32>, tensor<f32>) -> (tensor<*x!tfg.quint8>, tensor<*xf32>, tensor<*xf32>) name("pool_unknown")
  %size = tfg.Const() {value = dense<[4, 6]> : tensor<2xi32>} : () -> tensor<2xi32> name("size")
  %in_2xi32 = tfg.Placeholder() : () -> tensor<2xi32> name("in_2xi32")
  // CHECK: tfg.QuantizedResizeBilinear{{.*}} -> (tensor<1x4x6x3x!tfg.quint8>, tensor<f32>, tensor<f32>) name("resize")
  %resize:3 = tfg.QuantizedResizeBilinear(%image, %size, %in_f32, %in_f32) : (tensor<1x9x8x3x!tfg.quint8>, tensor<2xi32>, tensor<f32>, tensor<f32>) -> (tensor<*x!tfg.quint8>, tensor<*xf32>, tensor<*xf32>) name("resize")
  // CHECK: tfg.QuantizedResizeBilinear{{.*}} -> (tensor<1x?x?x3x!tfg.quint8>, tensor<f32>, tensor<f32>) name("resize_fed")
  %resize_fed:3 = tfg.QuantizedResizeBilinear(%image, %in_2xi32, %in_f32, %in_f32) : (tensor<1x9x8x3x!tfg.quint8>, tensor<2xi32>, tensor<f32>, tensor<f32>) -> (tensor<*x!tfg.quint8>, tensor<*xf32>, tensor<*xf32>) name("resize_fed")
}
