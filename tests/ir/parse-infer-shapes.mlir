// Shapes of parsed examples: what is inferred where all that they depend on is
// known, and beside it what is left where an operand is less known (_unknown) or
// fed and no constant (_fed).
// RUN: firn-opt %s --tfg-infer-shapes | FileCheck %s
// RUN: firn-opt %s --verify-roundtrip -o /dev/null

// CHECK-LABEL: tfg.graph
tfg.graph {
  %in_2xstring = tfg.Placeholder() : () -> tensor<2x!tfg.string> name("in_2xstring")
  %in_1xf32 = tfg.Placeholder() : () -> tensor<1xf32> name("in_1xf32")
  %in_0xstring = tfg.Placeholder() : () -> tensor<0x!tfg.string> name("in_0xstring")
  %in_nxstring = tfg.Placeholder() : () -> tensor<?x!tfg.string> name("in_nxstring")

  // CHECK: tfg.DecodeCSV{{.*}} -> (tensor<2xf32>, tensor<2x!tfg.string>) name("DecodeCSV")
  %DecodeCSV:2 = tfg.DecodeCSV(%in_2xstring, %in_1xf32, %in_0xstring) : (tensor<2x!tfg.string>, tensor<1xf32>, tensor<0x!tfg.string>) -> (tensor<*xf32>, tensor<*x!tfg.string>) name("DecodeCSV")
  // CHECK: tfg.DecodeCSV{{.*}} -> (tensor<?xf32>, tensor<?x!tfg.string>) name("DecodeCSV_unknown")
  %DecodeCSV_unknown:2 = tfg.DecodeCSV(%in_nxstring, %in_1xf32, %in_0xstring) : (tensor<?x!tfg.string>, tensor<1xf32>, tensor<0x!tfg.string>) -> (tensor<*xf32>, tensor<*x!tfg.string>) name("DecodeCSV_unknown")
}
