// Shapes of encoded images and sounds: what is inferred where all that they depend on is
// known, and beside it what is left where an operand is less known (_unknown) or
// fed and no constant (_fed).
// RUN: firn-opt %s --tfg-infer-shapes | FileCheck %s
// RUN: firn-opt %s --verify-roundtrip -o /dev/null

// CHECK-LABEL: tfg.graph
tfg.graph {
  %in_string = tfg.Placeholder() : () -> tensor<!tfg.string> name("in_string")
  %in_8x8x3xui8 = tfg.Placeholder() : () -> tensor<8x8x3xui8> name("in_8x8x3xui8")
  %in_20x2x28xf32 = tfg.Placeholder() : () -> tensor<20x2x28xf32> name("in_20x2x28xf32")
  %in_2xi32 = tfg.Placeholder() : () -> tensor<2xi32> name("in_2xi32")

  // CHECK: tfg.DecodeJpeg{{.*}} -> tensor<?x?x3xui8> name("DecodeJpeg")
  %DecodeJpeg = tfg.DecodeJpeg(%in_string) {channels = 3 : i64} : (tensor<!tfg.string>) -> tensor<*xui8> name("DecodeJpeg")
  // CHECK: tfg.DecodePng{{.*}} -> tensor<?x?x3xui8> name("DecodePng")
  %DecodePng = tfg.DecodePng(%in_string) {channels = 3 : i64} : (tensor<!tfg.string>) -> tensor<*xui8> name("DecodePng")
  // CHECK: tfg.DecodeBmp{{.*}} -> tensor<?x?x3xui8> name("DecodeBmp")
  %DecodeBmp = tfg.DecodeBmp(%in_string) {channels = 3 : i64} : (tensor<!tfg.string>) -> tensor<*xui8> name("DecodeBmp")
  // CHECK: tfg.DecodeImage{{.*}} -> tensor<?x?x3xui8> name("DecodeImage")
  %DecodeImage = tfg.DecodeImage(%in_string) {channels = 3 : i64} : (tensor<!tfg.string>) -> tensor<*xui8> name("DecodeImage")
  // CHECK: tfg.EncodePng{{.*}} -> tensor<!tfg.string> name("EncodePng")
  %EncodePng = tfg.EncodePng(%in_8x8x3xui8) : (tensor<8x8x3xui8>) -> tensor<*x!tfg.string> name("EncodePng")
  // CHECK: tfg.EncodeJpeg{{.*}} -> tensor<!tfg.string> name("EncodeJpeg")
  %EncodeJpeg = tfg.EncodeJpeg(%in_8x8x3xui8) {quality = 90 : i64} : (tensor<8x8x3xui8>) -> tensor<*x!tfg.string> name("EncodeJpeg")
  // CHECK: tfg.CTCGreedyDecoder{{.*}} -> (tensor<?x2xi64>, tensor<?xi64>, tensor<2xi64>, tensor<2x1xf32>) name("CTCGreedyDecoder")
  %CTCGreedyDecoder:4 = tfg.CTCGreedyDecoder(%in_20x2x28xf32, %in_2xi32) {merge_repeated = true} : (tensor<20x2x28xf32>, tensor<2xi32>) -> (tensor<*xi64>, tensor<*xi64>, tensor<*xi64>, tensor<*xf32>) name("CTCGreedyDecoder")
  // CHECK: tfg.CTCBeamSearchDecoder{{.*}} -> (tensor<?x2xi64>, tensor<?xi64>, tensor<2xi64>, tensor<2x1xf32>) name("CTCBeamSearchDecoder")
  %CTCBeamSearchDecoder:4 = tfg.CTCBeamSearchDecoder(%in_20x2x28xf32, %in_2xi32) {beam_width = 9 : i64, top_paths = 1 : i64} : (tensor<20x2x28xf32>, tensor<2xi32>) -> (tensor<*xi64>, tensor<*xi64>, tensor<*xi64>, tensor<*xf32>) name("CTCBeamSearchDecoder")
}
