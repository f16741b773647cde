// See HostTarget.h.
#include "backend/jit/HostTarget.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"

#include "absl/strings/str_cat.h"

#include <cstdlib>

namespace firn::jit {

namespace {

using Has = llvm::function_ref<bool(llvm::StringRef)>;

/// What the features of a processor say of its vectors.
void setVectors(HostTarget &host, Has has) {
  if (has("avx512f") && has("avx512vl")) {
    host.vectorBits = 512;
    host.vectorRegisters = 32;
  } else if (has("avx")) {
    host.vectorBits = 256;
  } else if (llvm::Triple(llvm::sys::getProcessTriple()).isAArch64()) {
    host.vectorRegisters = 32;
    host.hasFMA = true;
  }
  host.hasFMA |= has("fma");
  host.hasBFloat16 = has("avx512bf16");
}

/// The processor that the user names, if this one can run its code.
void choose(HostTarget &host, const std::string &name,
            const llvm::StringMap<bool> &ownFeatures) {
  std::string error;
  llvm::Triple triple(llvm::sys::getProcessTriple());
  const llvm::Target *target =
      llvm::TargetRegistry::lookupTarget(triple, error);
  std::unique_ptr<llvm::MCSubtargetInfo> info(
      target ? target->createMCSubtargetInfo(triple, "", "") : nullptr);
  if (!info || !info->isCPUStringValid(name)) {
    host.error = absl::StrCat("FIRN_TARGET_CPU=", name,
                              " is no processor that LLVM knows");
    return;
  }
  info.reset(target->createMCSubtargetInfo(triple, name, ""));
  auto has = [&](llvm::StringRef feature) {
    return info->checkFeatures(("+" + feature).str());
  };
  for (llvm::StringRef feature : {"sse4.2", "avx", "avx2", "fma", "avx512f",
                                  "avx512bw", "avx512vl", "avx512dq"})
    if (has(feature) && !ownFeatures.lookup(feature)) {
      host.error = absl::StrCat("FIRN_TARGET_CPU=", name, " has ",
                                feature.str(), ", and this processor has not");
      return;
    }
  host.cpu = name;
  host.features.clear();
  setVectors(host, has);
}

HostTarget detect() {
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  HostTarget host;
  llvm::StringMap<bool> flags = llvm::sys::getHostCPUFeatures();
  if (const char *name = std::getenv("FIRN_TARGET_CPU"); name && *name) {
    choose(host, name, flags);
    return host;
  }
  host.cpu = llvm::sys::getHostCPUName().str();
  std::vector<std::string> names;
  for (const auto &flag : flags)
    names.push_back((flag.second ? "+" : "-") + flag.first().str());
  std::sort(names.begin(), names.end());
  for (const std::string &name : names)
    host.features += (host.features.empty() ? "" : ",") + name;
  setVectors(host,
             [&](llvm::StringRef feature) { return flags.lookup(feature); });
  return host;
}

} // namespace

const HostTarget &HostTarget::get() {
  static const HostTarget host = detect();
  return host;
}

absl::StatusOr<std::unique_ptr<llvm::TargetMachine>>
HostTarget::createMachine(int optLevel) const {
  if (!error.empty())
    return absl::InvalidArgumentError(error);
  llvm::Triple triple(llvm::sys::getProcessTriple());
  std::string missing;
  const llvm::Target *target =
      llvm::TargetRegistry::lookupTarget(triple, missing);
  if (!target)
    return absl::InternalError(
        absl::StrCat("no code generator for ", triple.str(), ": ", missing));
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
