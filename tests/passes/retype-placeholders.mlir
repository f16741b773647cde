// RUN: firn-opt %s --tfg-retype-placeholders="type=ui8 shape=1x?x3" | FileCheck %s
// RUN: firn-opt %s --tfg-retype-placeholders="names=b types=f16 shapes=[]" | FileCheck %s --check-prefix=ONE
// RUN: not firn-opt %s --tfg-retype-placeholders="type=floaty" 2>&1 | FileCheck %s --check-prefix=TYPE
// RUN: not firn-opt %s --tfg-retype-placeholders="shape=1xa" 2>&1 | FileCheck %s --check-prefix=SHAPE

// TYPE: 'floaty' is no type
// SHAPE: '1xa' is no shape: expected dimensions like 1x?x3
// CHECK-LABEL: tfg.graph
tfg.graph {
  // CHECK: {shape = #tfg.shape<[1, ?, 3]>, tfg.feed_index = 0 : i64} : () -> tensor<1x?x3xui8> name("a")
  // ONE: tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<*xf32> name("a")
  %a = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<*xf32> name("a")
  // CHECK: -> tensor<1x?x3xui8> name("b")
  // ONE: {shape = #tfg.shape<[]>, tfg.feed_index = 1 : i64} : () -> tensor<f16> name("b")
  %b = tfg.Placeholder() {tfg.feed_index = 1 : i64} : () -> tensor<2xf32> name("b")
  // No input: it stays.
  // CHECK: tfg.Placeholder() : () -> tensor<2xf32> name("c")
  %c = tfg.Placeholder() : () -> tensor<2xf32> name("c")
}
