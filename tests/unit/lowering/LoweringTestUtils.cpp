// See LoweringTestUtils.h.
#include "tests/unit/lowering/LoweringTestUtils.h"

#include "backend/jit/lowering/TFGToLinalg.h"
#include "ir/TFGDialect.h"
#include "mlir/Parser/Parser.h"

namespace firn::jit::test {

Compiled compileGraph(const std::string &nodes) {
  Compiled result;
  result.context = std::make_unique<mlir::MLIRContext>(
      mlir::MLIRContext::Threading::DISABLED);
  loadDialects(*result.context);
  result.context->loadDialect<tfg::TFGDialect>();
  auto module = mlir::parseSourceString<mlir::ModuleOp>(
      "module { tfg.graph {\n" + nodes + "\n} }", result.context.get());
  EXPECT_TRUE(module) << "the test's graph does not parse:\n" << nodes;
  if (!module)
    return result;
  bool lowered = succeeded(lowerToLinalg(*module));
  EXPECT_TRUE(lowered) << nodes;
  if (!lowered)
    return result;
  auto native = NativeModule::compile(*module, {});
  EXPECT_TRUE(native.ok()) << native.status() << "\n" << nodes;
  if (native.ok())
    result.module = *std::move(native);
  return result;
}

std::string feed(const std::string &name, int index, const std::string &type) {
  return "%" + name +
         " = tfg.Placeholder() {tfg.feed_index = " + std::to_string(index) +
         " : i64, tfg.feed_name = \"" + name + "\"} : () -> tensor<" + type +
         "> name(\"" + name + "\")\n";
}

std::string constant(const std::string &name, const std::string &type,
                     const std::string &value) {
  return "%" + name + " = tfg.Const() {value = dense<" + value + "> : tensor<" +
         type + ">} : () -> tensor<" + type + "> name(\"" + name + "\")\n";
}

std::string toText(const Tensor &tensor) {
  // The bytes in hexadecimal, which is one of the forms of dense<…>.
  static const char digits[] = "0123456789ABCDEF";
  std::string text = "\"0x";
  auto span = tensor.values<float>();
  const auto *bytes = reinterpret_cast<const unsigned char *>(span.data());
  for (size_t i = 0; i < span.size_bytes(); ++i) {
    text += digits[bytes[i] >> 4];
    text += digits[bytes[i] & 15];
  }
  return text + "\"";
}

} // namespace firn::jit::test
