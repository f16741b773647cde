// RUN: firn-opt %s --tfg-freeze-requantization-ranges="nodes=y/range mins=-1.5 maxes=2.0" | FileCheck %s
// RUN: not firn-opt %s --tfg-freeze-requantization-ranges="nodes=y/rang mins=-1.5 maxes=2.0" 2>&1 | FileCheck %s --check-prefix=NAME
// RUN: not firn-opt %s --tfg-freeze-requantization-ranges="nodes=y/range mins=3 maxes=2.0" 2>&1 | FileCheck %s --check-prefix=RANGE
// RUN: not firn-opt %s --tfg-freeze-requantization-ranges="nodes=y/range mins=1" 2>&1 | FileCheck %s --check-prefix=COUNT

// NAME: the graph has no RequantizationRange 'y/rang'
// RANGE: the range of node 'y/range' is [{{.*}}], which is none
// COUNT: expected a lower and an upper end for each of 1 nodes, found 1 and 0

// CHECK-LABEL: tfg.graph
tfg.graph {
  %q = tfg.Placeholder() : () -> tensor<4x!tfg.qint32> name("q")
  %a = tfg.Placeholder() : () -> tensor<f32> name("a")
  // CHECK: %[[MIN:.*]] = tfg.Const() {value = dense<-1.500000e+00> : tensor<f32>} : {{.*}} name("y/range/frozen_min")
  // CHECK: %[[MAX:.*]] = tfg.Const() {value = dense<2.000000e+00> : tensor<f32>} : {{.*}} name("y/range/frozen_max")
  %r:2 = tfg.RequantizationRange(%q, %a, %a) : (tensor<4x!tfg.qint32>, tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<f32>) name("y/range")
  // CHECK: tfg.Requantize(%{{.*}}, %{{.*}}, %{{.*}}, %[[MIN]], %[[MAX]])
  %n:3 = tfg.Requantize(%q, %a, %a, %r#0, %r#1) : (tensor<4x!tfg.qint32>, tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>) -> (tensor<4x!tfg.quint8>, tensor<f32>, tensor<f32>) name("n")
  // One that nobody measured is found when it runs.
  // CHECK: tfg.RequantizationRange({{.*}} name("other")
  %o:2 = tfg.RequantizationRange(%q, %a, %a) : (tensor<4x!tfg.qint32>, tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<f32>) name("other")
}
