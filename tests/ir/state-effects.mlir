// What CSE and DCE may do to variables.
// RUN: firn-opt %s --cse --canonicalize | FileCheck %s

// CHECK-LABEL: tfg.graph
tfg.graph {
  // The shape of a variable is a constant if its handle says it.
  // CHECK: Const() {value = dense<[2, 3]> : tensor<2xi32>}{{.*}}name("s")
  // Handles are named by their nodes: equal ones stay two, an unused one goes.
  // CHECK: VarHandleOp{{.*}}name("v")
  // CHECK: VarHandleOp{{.*}}name("w")
  // CHECK-NOT: name("unused")
  %v = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[2,3]>} : () -> tensor<!tfg.resource> name("v")
  %w = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[2,3]>} : () -> tensor<!tfg.resource> name("w")
  %u = tfg.VarHandleOp() {dtype = f32, shape = #tfg.shape<[2,3]>} : () -> tensor<!tfg.resource> name("unused")
  // Two reads that wait for the same nodes are one; one that waits for more
  // stays, one that nobody uses goes.
  // CHECK: ReadVariableOp{{.*}}name("r1")
  // CHECK-NOT: name("r2")
  // CHECK: AssignVariableOp{{.*}}name("write")
  // CHECK: ReadVariableOp{{.*}}name("r3")
  // CHECK-NOT: name("r4")
  %r1 = tfg.ReadVariableOp(%v) : (tensor<!tfg.resource>) -> tensor<2x3xf32> name("r1")
  %r2 = tfg.ReadVariableOp(%v) : (tensor<!tfg.resource>) -> tensor<2x3xf32> name("r2")
  %c = tfg.AssignVariableOp(%w, %r1) : (tensor<!tfg.resource>, tensor<2x3xf32>) -> !tfg.control name("write")
  %r3 = tfg.ReadVariableOp(%v) [%c] : (tensor<!tfg.resource>) -> tensor<2x3xf32> name("r3")
  %r4 = tfg.ReadVariableOp(%w) : (tensor<!tfg.resource>) -> tensor<2x3xf32> name("r4")
  %s = tfg.VariableShape(%v) : (tensor<!tfg.resource>) -> tensor<2xi32> name("s")
  tfg.fetch %r1, %r2, %r3, %s ["a", "b", "c", "d"] : tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2xi32>
}
