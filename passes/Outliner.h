//===- Outliner.h - copy a part of a graph into a function ----------------===//
//
// A branch or the body of a loop is a part of a graph: what some values need,
// up to a border. Who owns the part says where the border is; the outliner
// finds what lies inside, what it captures, and makes the copy.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_PASSES_OUTLINER_H
#define FIRN_PASSES_OUTLINER_H

#include "ir/TFGOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/SetVector.h"

namespace firn::tfg {

/// What a value is to a part of a graph.
struct PartValue {
  enum Kind {
    Inside,   // its node belongs to the part
    Same,     // `source` stands for it
    Argument, // the leading argument `index` of the part
    Outside,  // computed elsewhere, and captured
  };
  Kind kind;
  mlir::Value source;
  unsigned index = 0;
};

/// What a control edge is to a part of a graph.
enum class PartControl { Inside, Outside, Dropped };

class PartBorder {
public:
  virtual ~PartBorder() = default;
  /// Fails, with a diagnostic, where a value cannot be had in the part.
  virtual mlir::FailureOr<PartValue> classify(mlir::Value value) = 0;
  /// An edge from `source`, a node (of a switch: of either output).
  virtual PartControl classifyControl(mlir::Operation *source) = 0;
};

/// The node that a control edge starts from; null if it is an argument.
mlir::Operation *getControlNode(mlir::Value control);

/// A Switch or RefSwitch; its data is operand 0, its predicate operand 1.
bool isSwitch(mlir::Operation *op);
bool isMerge(mlir::Operation *op);

/// Whether a node does more than compute its outputs. A NoOp, a feed, and a
/// loop without effects do not.
bool hasOwnEffect(mlir::Operation *op);

/// The nodes with effects and all that depend on one: the control edges that
/// order something.
llvm::DenseSet<mlir::Operation *> findAfterEffects(mlir::Block &body);

/// "while" of "while/LoopCond": the name that is left of a node's last part;
/// the whole name if it has one part.
llvm::StringRef getScope(mlir::Operation *op);

class Outliner {
public:
  /// `captures` and `controls` grow by what the part takes from outside; parts
  /// whose functions have the same arguments share them.
  Outliner(PartBorder &border, llvm::SetVector<mlir::Value> &captures,
           llvm::SetVector<mlir::Value> &controls)
      : border(border), captures(captures), controls(controls) {}

  /// Adds what `value` needs to the part. Constants are not captured but
  /// copied, so that folding sees them.
  mlir::LogicalResult collect(mlir::Value value);
  /// Adds the source of a control edge, and what it needs.
  mlir::LogicalResult collectControl(mlir::Value control);

  llvm::ArrayRef<mlir::Operation *> getNodes() const {
    return inside.getArrayRef();
  }
  bool hasEffects() const { return llvm::any_of(inside, hasOwnEffect); }

  /// A new function of the part: its arguments are of the types `leading`,
  /// then the captures; it returns what stands for `results`, and waits for
  /// `waits`.
  FuncOp createFunction(mlir::SymbolTable &symbols, llvm::StringRef name,
                        mlir::TypeRange leading,
                        llvm::ArrayRef<mlir::Value> results,
                        llvm::ArrayRef<mlir::Value> waits = {});

  /// Copies the part to where `builder` stands and gives what stands for
  /// `results`; captured values are themselves there.
  llvm::SmallVector<mlir::Value> copy(mlir::OpBuilder &builder,
                                      mlir::ValueRange leading,
                                      llvm::ArrayRef<mlir::Value> results);

private:
  mlir::LogicalResult add(mlir::Value value);
  void addControl(mlir::Value control);
  mlir::LogicalResult drain();
  mlir::FailureOr<PartValue> resolve(mlir::Value value);
  void copyNodes(mlir::OpBuilder &builder);
  mlir::Value lookUp(mlir::Value value);
  mlir::Value lookUpControl(mlir::OpBuilder &builder, mlir::Value control);
  void registerCopies();

  PartBorder &border;
  llvm::SetVector<mlir::Value> &captures;
  llvm::SetVector<mlir::Value> &controls;
  llvm::SetVector<mlir::Operation *> inside;
  llvm::SmallVector<mlir::Operation *> worklist;

  // Of the copy that is being made.
  llvm::SmallVector<mlir::Value> arguments;
  mlir::IRMapping mapping;
  llvm::DenseMap<mlir::Operation *, mlir::Value> copiedControls;
  llvm::SmallVector<mlir::Operation *> copies;
};

} // namespace firn::tfg

#endif // FIRN_PASSES_OUTLINER_H
