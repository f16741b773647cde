// RUN: firn-opt --tfg-to-linalg %s --split-input-file | FileCheck %s

// What the body hands on unchanged is not carried; the counter is a scalar.
// CHECK-LABEL: func.func @main
// CHECK-SAME: %[[X:[^:]*]]: tensor<4xf32>, %[[W:[^:]*]]: tensor<4xf32>
// CHECK: %[[ZERO:.*]] = arith.constant 0 : i32
// CHECK: %[[LOOP:.*]]:2 = scf.while (%[[I:.*]] = %[[ZERO]], %[[A:.*]] = %[[X]]) : (i32, tensor<4xf32>) -> (i32, tensor<4xf32>)
// CHECK: %[[GO:.*]] = arith.cmpi slt, %[[I]]
// CHECK: scf.condition(%[[GO]]) %[[I]], %[[A]]
// CHECK: ^bb0(%[[I1:.*]]: i32, %[[A1:.*]]: tensor<4xf32>)
// CHECK: %[[NEXT:.*]] = arith.addi %[[I1]]
// CHECK: %[[SUM:.*]] = linalg.generic {{.*}} ins(%[[A1]], %[[W]]
// CHECK: scf.yield %[[NEXT]], %[[SUM]] : i32, tensor<4xf32>
tfg.graph {
  %x = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<4xf32> name("x")
  %w = tfg.Placeholder() {tfg.feed_index = 1 : i64} : () -> tensor<4xf32> name("w")
  %zero = tfg.Const() {value = dense<0> : tensor<i32>} : () -> tensor<i32> name("zero")
  %l:3 = tfg.StatelessWhile(%zero, %x, %w) {body = #tfg.func<@body, {}>, cond = #tfg.func<@cond, {}>} : (tensor<i32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<i32>, tensor<4xf32>, tensor<4xf32>) name("l")
  tfg.fetch %l#1 ["y"] : tensor<4xf32>
}
tfg.func @body(%i: tensor<i32>, %x: tensor<4xf32>, %w: tensor<4xf32>) -> (tensor<i32>, tensor<4xf32>, tensor<4xf32>) {
  %one = tfg.Const() {value = dense<1> : tensor<i32>} : () -> tensor<i32> name("one")
  %next = tfg.AddV2(%i, %one) : (tensor<i32>, tensor<i32>) -> tensor<i32> name("next")
  %y = tfg.AddV2(%x, %w) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> name("y")
  %same = tfg.Identity(%w) : (tensor<4xf32>) -> tensor<4xf32> name("same")
  tfg.return %next, %y, %same : tensor<i32>, tensor<4xf32>, tensor<4xf32>
}
tfg.func @cond(%i: tensor<i32>, %x: tensor<4xf32>, %w: tensor<4xf32>) -> tensor<i1> {
  %n = tfg.Const() {value = dense<5> : tensor<i32>} : () -> tensor<i32> name("n")
  %go = tfg.Less(%i, %n) : (tensor<i32>, tensor<i32>) -> tensor<i1> name("go")
  tfg.return %go : tensor<i1>
}

// -----

// A number is true if it is not zero; calls within a branch are put in their place.
// CHECK-LABEL: func.func @main
// CHECK-SAME: %[[C:[^:]*]]: tensor<f32>, %[[X:[^:]*]]: tensor<4xf32>
// CHECK: arith.cmpf une
// CHECK: %[[Y:.*]] = scf.if %{{.*}} -> (tensor<4xf32>) {
// CHECK: %[[N:.*]] = linalg.generic {{.*}} ins(%[[X]]
// CHECK: scf.yield %[[N]]
// CHECK: } else {
// CHECK: scf.yield %[[X]]
// CHECK: return %[[Y]]
tfg.graph {
  %c = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<f32> name("c")
  %x = tfg.Placeholder() {tfg.feed_index = 1 : i64} : () -> tensor<4xf32> name("x")
  %y = tfg.If(%c, %x) {then_branch = #tfg.func<@minus, {}>, else_branch = #tfg.func<@same, {}>} : (tensor<f32>, tensor<4xf32>) -> tensor<4xf32> name("y")
  tfg.fetch %y ["y"] : tensor<4xf32>
}
tfg.func @minus(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = tfg.PartitionedCall(%x) {f = #tfg.func<@neg, {}>} : (tensor<4xf32>) -> tensor<4xf32> name("call")
  tfg.return %y : tensor<4xf32>
}
tfg.func @neg(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = tfg.Neg(%x) : (tensor<4xf32>) -> tensor<4xf32> name("neg")
  tfg.return %y : tensor<4xf32>
}
tfg.func @same(%x: tensor<4xf32>) -> tensor<4xf32> {
  tfg.return %x : tensor<4xf32>
}

// -----

// The last branch of a Case is the default.
// CHECK-LABEL: func.func @main
// CHECK: scf.index_switch
// CHECK: case 0 {
// CHECK: linalg.generic
// CHECK: default {
// CHECK-NEXT: scf.yield
tfg.graph {
  %i = tfg.Placeholder() {tfg.feed_index = 0 : i64} : () -> tensor<i32> name("i")
  %x = tfg.Placeholder() {tfg.feed_index = 1 : i64} : () -> tensor<4xf32> name("x")
  %y = tfg.Case(%i, %x) {branches = [#tfg.func<@neg, {}>, #tfg.func<@same, {}>]} : (tensor<i32>, tensor<4xf32>) -> tensor<4xf32> name("y")
  tfg.fetch %y ["y"] : tensor<4xf32>
}
tfg.func @neg(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = tfg.Neg(%x) : (tensor<4xf32>) -> tensor<4xf32> name("neg")
  tfg.return %y : tensor<4xf32>
}
tfg.func @same(%x: tensor<4xf32>) -> tensor<4xf32> {
  tfg.return %x : tensor<4xf32>
}
