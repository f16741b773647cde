// RUN: split-file %s %t
// RUN: firn-opt %t/values.mlir --pass-pipeline='builtin.module(tfg-bind-placeholders{values=keep=0.5,train:0=false,n=-3,list=[1,2,3],fill=2.5,default=7})' | FileCheck %t/values.mlir
// RUN: not firn-opt %t/errors.mlir --pass-pipeline='builtin.module(tfg-bind-placeholders{values=kepe=1})' 2>&1 | FileCheck %t/errors.mlir --check-prefix=NAME
// RUN: not firn-opt %t/errors.mlir --pass-pipeline='builtin.module(tfg-bind-placeholders{values=y=1})' 2>&1 | FileCheck %t/errors.mlir --check-prefix=NODE
// RUN: not firn-opt %t/errors.mlir --pass-pipeline='builtin.module(tfg-bind-placeholders{values=keep=x})' 2>&1 | FileCheck %t/errors.mlir --check-prefix=TEXT
// RUN: not firn-opt %t/errors.mlir --pass-pipeline='builtin.module(tfg-bind-placeholders{values=keep=[1]})' 2>&1 | FileCheck %t/errors.mlir --check-prefix=TEXT
// RUN: not firn-opt %t/errors.mlir --pass-pipeline='builtin.module(tfg-bind-placeholders{values=byte=256})' 2>&1 | FileCheck %t/errors.mlir --check-prefix=RANGE

//--- values.mlir
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: tfg.Const() {value = dense<5.000000e-01> : tensor<f32>} : () -> tensor<f32> name("keep")
  %keep = tfg.Placeholder() : () -> tensor<f32> name("keep")
  // A tensor's name is as good; booleans in words.
  // CHECK: value = dense<false> : tensor<i1>{{.*}} name("train")
  %train = tfg.Placeholder() : () -> tensor<*xi1> name("train")
  // CHECK: value = dense<-3> : tensor<i64>{{.*}} name("n")
  %n = tfg.Placeholder() : () -> tensor<i64> name("n")
  // CHECK: value = dense<[1, 2, 3]> : tensor<3xi32>{{.*}} name("list")
  %list = tfg.Placeholder() : () -> tensor<?xi32> name("list")
  // One value fills a static shape.
  // CHECK: value = dense<2.500000e+00> : tensor<2x2xf32>{{.*}} name("fill")
  %fill = tfg.Placeholder() : () -> tensor<2x2xf32> name("fill")
  // CHECK: value = dense<7> : tensor<i32>{{.*}} name("default")
  %zero = tfg.Const() {value = dense<0> : tensor<i32>} : () -> tensor<i32> name("zero")
  %default = tfg.PlaceholderWithDefault(%zero) {shape = #tfg.shape<[]>} : (tensor<i32>) -> tensor<i32> name("default")
  // What is not named stays.
  // CHECK: tfg.Placeholder() : () -> tensor<f32> name("other")
  %other = tfg.Placeholder() : () -> tensor<f32> name("other")
}

//--- errors.mlir
// NAME: 'kepe=1' cannot be set: the graph has no placeholder 'kepe'{{.*}}'keep'
// NODE: node 'y' (Identity) cannot be set: it is no placeholder
// TEXT: placeholder 'keep' cannot be '{{.*}}': expected a value for 'tensor<f32>'
// RANGE: placeholder 'byte' cannot be '256': expected a value for 'tensor<ui8>'
tfg.graph {
  %keep = tfg.Placeholder() : () -> tensor<f32> name("keep")
  %byte = tfg.Placeholder() : () -> tensor<ui8> name("byte")
  %y = tfg.Identity(%keep) : (tensor<f32>) -> tensor<f32> name("y")
}
