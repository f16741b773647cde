// See ObjectLinker.h.
#include "backend/jit/ObjectLinker.h"

#include "backend/runtime/CallContext.h"
#include "backend/runtime/Float16.h"

#include "llvm/ExecutionEngine/Orc/AbsoluteSymbols.h"
#include "llvm/ExecutionEngine/Orc/ExecutionUtils.h"
#include "llvm/ExecutionEngine/Orc/SelfExecutorProcessControl.h"

#include "absl/strings/str_cat.h"

#include <bit>
#include <utility>

using namespace llvm::orc;

namespace firn::jit {

/// LLVM's name for the conversion where the processor has none; compilers'
/// run-time libraries have it only since recently. f16 is how it is passed.
static _Float16 truncateToBFloat16(float value) {
  return std::bit_cast<_Float16>(runtime::BFloat16(value));
}

static absl::Status toStatus(llvm::Error error) {
  return absl::InternalError(absl::StrCat("linking compiled code: ",
                                          llvm::toString(std::move(error))));
}

absl::StatusOr<std::unique_ptr<ObjectLinker>> ObjectLinker::create() {
  std::unique_ptr<ObjectLinker> linker(new ObjectLinker());
  auto control = SelfExecutorProcessControl::Create();
  if (!control)
    return toStatus(control.takeError());
  linker->session = std::make_unique<ExecutionSession>(std::move(*control));
  ExecutionSession &session = *linker->session;
  // What is reported says why a lookup fails, whose own error only says that.
  session.setErrorReporter([messages = &linker->messages](llvm::Error error) {
    absl::StrAppend(messages, "; ", llvm::toString(std::move(error)));
  });
  linker->layer = std::make_unique<ObjectLinkingLayer>(session);
  linker->library = &session.createBareJITDylib("firn");

  SymbolMap symbols;
  auto define = [&](const char *name, auto *address) {
    symbols[session.intern(name)] = {ExecutorAddr::fromPtr(address),
                                     llvm::JITSymbolFlags::Exported |
                                         llvm::JITSymbolFlags::Callable};
  };
  define("firn_launch", runtime::firn_launch);
  define("firn_fail", runtime::firn_fail);
  define("firn_alloc", runtime::firn_alloc);
  define("firn_free", runtime::firn_free);
  define("firn_output", runtime::firn_output);
  define("firn_call", runtime::firn_call);
  define("firn_take", runtime::firn_take);
  define("firn_mark", runtime::firn_mark);
  define("__truncsfbf2", truncateToBFloat16);
  if (llvm::Error error = linker->library->define(absoluteSymbols(symbols)))
    return toStatus(std::move(error));
  auto process = DynamicLibrarySearchGenerator::GetForCurrentProcess('\0');
  if (!process)
    return toStatus(process.takeError());
  linker->library->addGenerator(std::move(*process));
  return linker;
}

ObjectLinker::~ObjectLinker() {
  if (!session)
    return;
  llvm::consumeError(session->endSession());
}

absl::Status ObjectLinker::add(std::unique_ptr<llvm::MemoryBuffer> object) {
  if (llvm::Error error = layer->add(*library, std::move(object)))
    return toStatus(std::move(error));
  return absl::OkStatus();
}

absl::StatusOr<void *> ObjectLinker::lookup(const char *name) {
  auto symbol = session->lookup({library}, name);
  if (!symbol)
    return absl::InternalError(absl::StrCat(
        toStatus(symbol.takeError()).message(), std::exchange(messages, "")));
  return symbol->getAddress().toPtr<void *>();
}

} // namespace firn::jit
