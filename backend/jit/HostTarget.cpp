// See HostTarget.h.
#include "backend/jit/HostTarget.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"

#include "absl/strings/str_cat.h"

namespace firn::jit {

static HostTarget detect() {
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  HostTarget host;
  host.cpu = llvm::sys::getHostCPUName().str();
  llvm::StringMap<bool> flags = llvm::sys::getHostCPUFeatures();
  std::vector<std::string> names;
  for (const auto &flag : flags)
    names.push_back((flag.second ? "+" : "-") + flag.first().str());
  std::sort(names.begin(), names.end());
  for (const std::string &name : names)
    host.features += (host.features.empty() ? "" : ",") + name;
  if (flags.lookup("avx512f") && flags.lookup("avx512vl")) {
    host.vectorBits = 512;
    host.vectorRegisters = 32;
  } else if (flags.lookup("avx")) {
    host.vectorBits = 256;
  } else if (llvm::Triple(llvm::sys::getProcessTriple()).isAArch64()) {
    host.vectorRegisters = 32;
    host.hasFMA = true;
  }
  host.hasFMA |= flags.lookup("fma");
  return host;
}

const HostTarget &HostTarget::get() {
  static const HostTarget host = detect();
  return host;
}

absl::StatusOr<std::unique_ptr<llvm::TargetMachine>>
HostTarget::createMachine(int optLevel) const {
  llvm::Triple triple(llvm::sys::getProcessTriple());
  std::string error;
  const llvm::Target *target =
      llvm::TargetRegistry::lookupTarget(triple, error);
  if (!target)
    return absl::InternalError(
        absl::StrCat("no code generator for ", triple.str(), ": ", error));
  auto level = optLevel <= 0   ? llvm::CodeGenOptLevel::None
               : optLevel == 1 ? llvm::CodeGenOptLevel::Less
               : optLevel == 2 ? llvm::CodeGenOptLevel::Default
                               : llvm::CodeGenOptLevel::Aggressive;
  llvm::TargetOptions options;
  std::unique_ptr<llvm::TargetMachine> machine(target->createTargetMachine(
      triple, cpu, features, options, llvm::Reloc::PIC_, llvm::CodeModel::Small,
      level, /*JIT=*/true));
  if (!machine)
    return absl::InternalError(
        absl::StrCat("cannot generate code for processor ", cpu));
  return machine;
}

} // namespace firn::jit
