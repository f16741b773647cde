// RUN: firn-opt %s --split-input-file --tfg-decompose-recurrent-cells | FileCheck %s

// A GRU's gates from one product; the candidate from another.
// CHECK-LABEL: tfg.graph
// CHECK-DAG: %[[X:.*]] = tfg.Placeholder() {{.*}} name("x")
// CHECK-DAG: %[[H:.*]] = tfg.Placeholder() {{.*}} name("h")
// CHECK: %[[XH:.*]] = tfg.ConcatV2(%[[X]], %[[H]], %{{.*}})
// CHECK: %[[P:.*]] = tfg.MatMul(%[[XH]], %{{.*}})
// CHECK: %[[B:.*]] = tfg.AddV2(%[[P]], %{{.*}})
// CHECK: %[[G:.*]] = tfg.Sigmoid(%[[B]])
// CHECK: %[[RU:.*]]:2 = tfg.Split(%{{.*}}, %[[G]])
// CHECK: tfg.Mul(%[[H]], %[[RU]]#0)
// CHECK: tfg.Tanh
// CHECK: tfg.Sub(%{{.*}}, %[[RU]]#1)
// CHECK-NOT: GRUBlockCell
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<2x5xf32> name("x")
  %h = tfg.Placeholder() : () -> tensor<2x3xf32> name("h")
  %w = tfg.Placeholder() : () -> tensor<8x6xf32> name("w")
  %v = tfg.Placeholder() : () -> tensor<8x3xf32> name("v")
  %b = tfg.Placeholder() : () -> tensor<6xf32> name("b")
  %c = tfg.Placeholder() : () -> tensor<3xf32> name("c")
  %y:4 = tfg.GRUBlockCell(%x, %h, %w, %v, %b, %c) : (tensor<2x5xf32>, tensor<2x3xf32>, tensor<8x6xf32>, tensor<8x3xf32>, tensor<6xf32>, tensor<3xf32>) -> (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>) name("y")
  tfg.fetch %y#3 ["y"] : tensor<2x3xf32>
}

// -----

// A sequence becomes a loop; of its outputs it keeps the one that is used.
// CHECK-LABEL: tfg.graph
// CHECK: tfg.StatelessWhile({{.*}}) {{.*}} : (tensor<i32>, tensor<i32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<4x2x3xf32>, tensor<4x2x12xf32>, {{.*}}name("y")
// CHECK: tfg.func @block_lstm_body
// CHECK: tfg._SetElement
// CHECK-NOT: tfg._SetElement
tfg.graph {
  %n = tfg.Placeholder() : () -> tensor<i64> name("n")
  %x = tfg.Placeholder() : () -> tensor<4x2x5xf32> name("x")
  %h = tfg.Placeholder() : () -> tensor<2x3xf32> name("h")
  %w = tfg.Placeholder() : () -> tensor<8x12xf32> name("w")
  %c = tfg.Placeholder() : () -> tensor<3xf32> name("c")
  %b = tfg.Placeholder() : () -> tensor<12xf32> name("b")
  %y:7 = tfg.BlockLSTM(%n, %x, %h, %h, %w, %c, %c, %c, %b) : (tensor<i64>, tensor<4x2x5xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<8x12xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<12xf32>) -> (tensor<4x2x3xf32>, tensor<4x2x3xf32>, tensor<4x2x3xf32>, tensor<4x2x3xf32>, tensor<4x2x3xf32>, tensor<4x2x3xf32>, tensor<4x2x3xf32>) name("y")
  tfg.fetch %y#6 ["y"] : tensor<4x2x3xf32>
}

// -----

// A number of steps that is not known: it stays.
// CHECK-LABEL: tfg.graph
// CHECK: tfg.BlockLSTM
tfg.graph {
  %n = tfg.Placeholder() : () -> tensor<i64> name("n")
  %x = tfg.Placeholder() : () -> tensor<?x2x5xf32> name("x")
  %h = tfg.Placeholder() : () -> tensor<2x3xf32> name("h")
  %w = tfg.Placeholder() : () -> tensor<8x12xf32> name("w")
  %c = tfg.Placeholder() : () -> tensor<3xf32> name("c")
  %b = tfg.Placeholder() : () -> tensor<12xf32> name("b")
  %y:7 = tfg.BlockLSTM(%n, %x, %h, %h, %w, %c, %c, %c, %b) : (tensor<i64>, tensor<?x2x5xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<8x12xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<12xf32>) -> (tensor<?x2x3xf32>, tensor<?x2x3xf32>, tensor<?x2x3xf32>, tensor<?x2x3xf32>, tensor<?x2x3xf32>, tensor<?x2x3xf32>, tensor<?x2x3xf32>) name("y")
  tfg.fetch %y#6 ["y"] : tensor<?x2x3xf32>
}
