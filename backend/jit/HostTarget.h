// The machine that code is generated for: this one, or an older one of its kind
// that FIRN_TARGET_CPU names (x86-64, x86-64-v3, …), so that the same code runs
// on several machines.
#ifndef FIRN_BACKEND_JIT_HOSTTARGET_H
#define FIRN_BACKEND_JIT_HOSTTARGET_H

#include "llvm/Target/TargetMachine.h"

#include "absl/status/statusor.h"

#include <memory>
#include <string>

namespace firn::jit {

/// Facts of the processor that shape generated code.
struct HostTarget {
  std::string cpu;
  std::string features;
  /// Bits of the widest vector register with fast arithmetic: 128, 256, 512.
  unsigned vectorBits = 128;
  /// Number of those registers.
  unsigned vectorRegisters = 16;
  bool hasFMA = false;
  /// Converts vectors of f32 to bfloat16.
  bool hasBFloat16 = false;
  /// Why FIRN_TARGET_CPU cannot be followed; code is generated for nothing
  /// then.
  std::string error;

  /// Found once.
  static const HostTarget &get();

  /// A new machine for generating position-independent code at `optLevel` 0–3.
  absl::StatusOr<std::unique_ptr<llvm::TargetMachine>>
  createMachine(int optLevel) const;
};

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_HOSTTARGET_H
