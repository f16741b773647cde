// Object files → code in this process (LLVM's ORC with JITLink).
#ifndef FIRN_BACKEND_JIT_OBJECTLINKER_H
#define FIRN_BACKEND_JIT_OBJECTLINKER_H

#include "llvm/ExecutionEngine/Orc/Core.h"
#include "llvm/ExecutionEngine/Orc/ObjectLinkingLayer.h"
#include "llvm/Support/MemoryBuffer.h"

#include "absl/status/statusor.h"

#include <memory>
#include <string>

namespace firn::jit {

/// Linked code; it lives as long as this object.
class ObjectLinker {
public:
  static absl::StatusOr<std::unique_ptr<ObjectLinker>> create();
  ~ObjectLinker();

  /// Adds an object; symbols are resolved among the objects, to the runtime
  /// and to the C library.
  absl::Status add(std::unique_ptr<llvm::MemoryBuffer> object);

  /// The address of a function.
  absl::StatusOr<void *> lookup(const char *name);

private:
  ObjectLinker() = default;
  /// Errors that the session reported. It outlives the session.
  std::string messages;
  std::unique_ptr<llvm::orc::ExecutionSession> session;
  std::unique_ptr<llvm::orc::ObjectLinkingLayer> layer;
  llvm::orc::JITDylib *library = nullptr;
};

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_OBJECTLINKER_H
