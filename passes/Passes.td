//===- Passes.td - the passes over tfg modules ----------------------------===//
//
// Every pass with its options, its statistics, and the IR before and after. One
// name, four places: ClearDevicesPass, passes/ClearDevices.cpp,
// --tfg-clear-devices, tests/passes/clear-devices.mlir.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_PASSES_PASSES_TD
#define FIRN_PASSES_PASSES_TD

include "mlir/Pass/PassBase.td"

def ClearDevicesPass : Pass<"tfg-clear-devices", "::mlir::ModuleOp"> {
  let summary = "Forget where nodes were placed";
  let description = [{
    Removes the device of every node, in the main graph and in functions, and
    the colocation constraints (`_class = ["loc:@…"]`), which name nodes that
    later passes may remove. Other entries of `_class` stay.

    ```mlir
    // before
    %y = tfg.Identity(%x) {_class = ["loc:@w"], tfg.device = "/gpu:0"} : (tensor<f32>) -> tensor<f32>
    // after
    %y = tfg.Identity(%x) : (tensor<f32>) -> tensor<f32>
    ```
  }];
  let statistics = [
    Statistic<"numDevices", "devices", "Number of devices removed">,
    Statistic<"numColocations", "colocations", "Number of colocation constraints removed">,
  ];
}

#endif // FIRN_PASSES_PASSES_TD
