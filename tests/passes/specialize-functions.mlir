// RUN: firn-opt %s --tfg-specialize-functions | FileCheck %s

// CHECK-LABEL: tfg.graph
tfg.graph {
  %c = tfg.Placeholder() : () -> tensor<i1> name("c")
  %x = tfg.Placeholder() : () -> tensor<2x3xf32> name("x")
  %axis = tfg.Const() {value = dense<1> : tensor<i32>} : () -> tensor<i32> name("axis")
  // Each branch has a function of its own.
  // CHECK: tfg.StatelessIf{{.*}}else_branch = #tfg.func<@[[ELSE:.*]], {}>, then_branch = #tfg.func<@sum, {}>
  %y = tfg.StatelessIf(%c, %x, %axis) {then_branch = #tfg.func<@sum, {}>, else_branch = #tfg.func<@sum, {}>} : (tensor<i1>, tensor<2x3xf32>, tensor<i32>) -> tensor<*xf32> name("y")
  // A loop's step is the same in all iterations, its counter is not.
  %s = tfg.While(%axis) {body = #tfg.func<@spin, {}>, cond = #tfg.func<@always, {}>} : (tensor<i32>) -> tensor<i32> name("s")
  %w:3 = tfg.While(%axis, %axis, %x) {body = #tfg.func<@body, {}>, cond = #tfg.func<@cond, {}>} : (tensor<i32>, tensor<i32>, tensor<2x3xf32>) -> (tensor<i32>, tensor<i32>, tensor<2x3xf32>) name("w")
}

// CHECK: tfg.func @sum(%{{.*}}: tensor<2x3xf32>, %{{.*}}: tensor<i32>)
// CHECK-NEXT: %[[AXIS1:.*]] = tfg.Const() {value = dense<1> : tensor<i32>}
// CHECK-NEXT: tfg.Sum(%{{.*}}, %[[AXIS1]])
// CHECK: tfg.func @[[ELSE]](%{{.*}}: tensor<2x3xf32>, %{{.*}}: tensor<i32>)
// CHECK-NEXT: %[[AXIS:.*]] = tfg.Const() {value = dense<1> : tensor<i32>}
// CHECK-NEXT: tfg.Sum(%{{.*}}, %[[AXIS]])
tfg.func @sum(%x: tensor<2x3xf32>, %axis: tensor<i32>) -> tensor<*xf32> {
  %0 = tfg.Sum(%x, %axis) : (tensor<2x3xf32>, tensor<i32>) -> tensor<*xf32> name("sum")
  tfg.return %0 : tensor<*xf32>
}

// CHECK: tfg.func @body(%[[I:.*]]: tensor<i32>, %[[STEP:.*]]: tensor<i32>, %[[X:.*]]: tensor<2x3xf32>)
// CHECK-NEXT: %[[ONE:.*]] = tfg.Const() {value = dense<1> : tensor<i32>}
// CHECK-NEXT: %[[NEXT:.*]] = tfg.AddV2(%[[I]], %[[ONE]])
// CHECK-NEXT: tfg.return %[[NEXT]], %[[STEP]], %[[X]]
tfg.func @body(%i: tensor<i32>, %step: tensor<i32>, %x: tensor<2x3xf32>) -> (tensor<i32>, tensor<i32>, tensor<2x3xf32>) {
  %0 = tfg.AddV2(%i, %step) : (tensor<i32>, tensor<i32>) -> tensor<i32> name("next")
  tfg.return %0, %step, %x : tensor<i32>, tensor<i32>, tensor<2x3xf32>
}

// CHECK: tfg.func @cond(%[[J:.*]]: tensor<i32>, %{{.*}}: tensor<i32>, %{{.*}}: tensor<2x3xf32>)
// CHECK-NEXT: %[[LIMIT:.*]] = tfg.Const() {value = dense<1> : tensor<i32>}
// CHECK-NEXT: tfg.Less(%[[J]], %[[LIMIT]])
tfg.func @cond(%i: tensor<i32>, %step: tensor<i32>, %x: tensor<2x3xf32>) -> tensor<i1> {
  %0 = tfg.Less(%i, %step) : (tensor<i32>, tensor<i32>) -> tensor<i1> name("less")
  tfg.return %0 : tensor<i1>
}

// What a cycle of Identities gives is no argument.
// CHECK: tfg.func @spin(%[[I:.*]]: tensor<i32>)
// CHECK-NEXT: tfg.Identity
// CHECK-NEXT: tfg.Identity
tfg.func @spin(%i: tensor<i32>) -> tensor<i32> {
  %a = tfg.Identity(%b) : (tensor<i32>) -> tensor<i32> name("a")
  %b = tfg.Identity(%a) : (tensor<i32>) -> tensor<i32> name("b")
  tfg.return %a : tensor<i32>
}
tfg.func @always(%i: tensor<i32>) -> tensor<i1> {
  %p = tfg.Const() {value = dense<true> : tensor<i1>} : () -> tensor<i1> name("p")
  tfg.return %p : tensor<i1>
}
