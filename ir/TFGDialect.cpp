//===- TFGDialect.cpp - registration, types and attributes ----------------===//

#include "ir/TFGDialect.h"
#include "ir/TFGOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace firn::tfg;

#include "ir/TFGDialect.cpp.inc"

#define GET_TYPEDEF_CLASSES
#include "ir/TFGTypes.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "ir/TFGAttrs.cpp.inc"

void TFGDialect::initialize() {
  registerTypes();
  registerAttributes();
  registerFamilies();
}

void TFGDialect::registerTypes() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "ir/TFGTypes.cpp.inc"
      >();
}

void TFGDialect::registerAttributes() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "ir/TFGAttrs.cpp.inc"
      >();
}

Operation *TFGDialect::materializeConstant(OpBuilder &builder, Attribute value,
                                           Type type, Location loc) {
  auto elements = dyn_cast<TypedAttr>(value);
  if (!elements || !isa<ElementsAttr, RawTensorAttr>(value))
    return nullptr;
  return ConstOp::create(builder, loc, type, elements);
}

ShapeAttr ShapeAttr::getOf(Type type) {
  if (auto ranked = dyn_cast<RankedTensorType>(type))
    return getRanked(type.getContext(), ranked.getShape());
  return getUnranked(type.getContext());
}

Type ShapeAttr::getTensorType(Type elementType) const {
  if (!getHasRank())
    return UnrankedTensorType::get(elementType);
  return RankedTensorType::get(getDims(), elementType);
}

Attribute ShapeAttr::parse(AsmParser &parser, Type) {
  if (parser.parseLess())
    return {};
  if (succeeded(parser.parseOptionalStar())) {
    if (parser.parseGreater())
      return {};
    return getUnranked(parser.getContext());
  }
  SmallVector<int64_t> dims;
  auto parseDim = [&]() -> ParseResult {
    if (succeeded(parser.parseOptionalQuestion())) {
      dims.push_back(ShapedType::kDynamic);
      return success();
    }
    return parser.parseInteger(dims.emplace_back());
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, parseDim) ||
      parser.parseGreater())
    return {};
  return getRanked(parser.getContext(), dims);
}

void ShapeAttr::print(AsmPrinter &printer) const {
  if (!getHasRank()) {
    printer << "<*>";
    return;
  }
  printer << "<[";
  llvm::interleaveComma(getDims(), printer, [&](int64_t dim) {
    if (ShapedType::isDynamic(dim))
      printer << '?';
    else
      printer << dim;
  });
  printer << "]>";
}
