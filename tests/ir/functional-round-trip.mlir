// Calls, branches, loops and the control flow of TF1 print and parse.
// RUN: firn-opt %s --verify-roundtrip -o /dev/null

tfg.func @double(%x: tensor<*xf32>) -> (tensor<*xf32>) {
  tfg.return %x : tensor<*xf32>
}
tfg.func @less(%x: tensor<*xf32>) -> (tensor<i1>) {
  %p = tfg.Const() {value = dense<true> : tensor<i1>} : () -> tensor<i1> name("p")
  tfg.return %p : tensor<i1>
}
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<4xf32> name("x")
  %p = tfg.Placeholder() : () -> tensor<i1> name("p")
  %i = tfg.Placeholder() : () -> tensor<i32> name("i")
  %a = tfg.PartitionedCall(%x) {f = #tfg.func<@double, {}>} : (tensor<4xf32>) -> tensor<4xf32> name("a")
  %b = tfg.If(%p, %x) {then_branch = #tfg.func<@double, {}>, else_branch = #tfg.func<@double, {T = f32}>} : (tensor<i1>, tensor<4xf32>) -> tensor<4xf32> name("b")
  %c = tfg.StatelessCase(%i, %x) {branches = [#tfg.func<@double, {}>, #tfg.func<@double, {}>]} : (tensor<i32>, tensor<4xf32>) -> tensor<4xf32> name("c")
  %d = tfg.While(%x) {cond = #tfg.func<@less, {}>, body = #tfg.func<@double, {}>, output_shapes = [#tfg.shape<[4]>]} : (tensor<4xf32>) -> tensor<4xf32> name("d")
  // The cycle of a loop needs no declaration first.
  %enter = tfg.Enter(%x) {frame_name = "loop"} : (tensor<4xf32>) -> tensor<4xf32> name("enter")
  %merge, %index = tfg.Merge(%enter, %next) : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<i32>) name("merge")
  %cond = tfg.LoopCond(%p) : (tensor<i1>) -> tensor<i1> name("cond")
  %out, %again = tfg.Switch(%merge, %cond) : (tensor<4xf32>, tensor<i1>) -> (tensor<4xf32>, tensor<4xf32>) name("switch")
  %next = tfg.NextIteration(%again) : (tensor<4xf32>) -> tensor<4xf32> name("next")
  %exit = tfg.Exit(%out) : (tensor<4xf32>) -> tensor<4xf32> name("exit")
  %t = tfg.ControlTrigger() : () -> !tfg.control name("t")
}
