//===- EinsumEquation.cpp - the labels of an einsum
//------------------------===//
//
// Labels are first collected by name: a letter, or the distance from the end
// for a dimension of `...`. They are numbered once the output is read.
//
//===----------------------------------------------------------------------===//

#include "ir/EinsumEquation.h"
#include "ir/ShapeInference.h"

using namespace mlir;

namespace firn::tfg {

/// Letters are themselves; the n-th dimension of `...` from its end is
/// kEllipsis + n.
static constexpr int kEllipsis = 256;

/// The names of the dimensions of a term. `numBroadcast`: how many dimensions
/// `...` stands for.
static FailureOr<SmallVector<int>> readTerm(Operation *op, StringRef term,
                                            int64_t numBroadcast) {
  SmallVector<int> names;
  bool hasEllipsis = false;
  while (!term.empty()) {
    if (term.consume_front("...")) {
      if (hasEllipsis)
        return op->emitOpError("has two '...' in one term of its equation");
      hasEllipsis = true;
      for (int64_t i = numBroadcast; i > 0; --i)
        names.push_back(kEllipsis + int(i - 1));
      continue;
    }
    char label = term.front();
    term = term.drop_front();
    if (label == ' ')
      continue;
    if (!llvm::isAlpha(label))
      return op->emitOpError("expects letters in its equation, but got '")
             << label << "'";
    names.push_back(label);
  }
  return names;
}

static int64_t countLetters(StringRef term) {
  return llvm::count_if(term, [](char c) { return llvm::isAlpha(c); });
}

/// The output's names if the equation has no arrow: all that appear once, in
/// alphabetical order, after `...`.
static SmallVector<int> implicitOutput(ArrayRef<SmallVector<int>> inputs,
                                       int64_t numBroadcast) {
  llvm::SmallVector<int> counts(kEllipsis, 0), output;
  for (const SmallVector<int> &names : inputs)
    for (int name : names)
      if (name < kEllipsis)
        ++counts[name];
  for (int64_t i = numBroadcast; i > 0; --i)
    output.push_back(kEllipsis + int(i - 1));
  for (int name = 0; name < kEllipsis; ++name)
    if (counts[name] == 1)
      output.push_back(name);
  return output;
}

FailureOr<EinsumEquation> parseEinsum(Operation *op, StringRef text,
                                      ArrayRef<int64_t> ranks) {
  auto [left, right] = text.split("->");
  bool hasArrow = text.contains("->");
  SmallVector<StringRef> terms;
  left.split(terms, ',');
  if (terms.size() != ranks.size())
    return op->emitOpError("expects as many terms in its equation as inputs");
  int64_t numBroadcast = 0;
  SmallVector<SmallVector<int>> inputs;
  for (auto [term, rank] : llvm::zip(terms, ranks)) {
    int64_t rest = rank - countLetters(term);
    if (rest < 0 || (rest > 0 && !term.contains("...")))
      return op->emitOpError("expects a tensor of rank ")
             << countLetters(term) << " for '" << term << "', but got rank "
             << rank;
    FailureOr<SmallVector<int>> names =
        readTerm(op, term, term.contains("...") ? rest : 0);
    if (failed(names))
      return failure();
    numBroadcast = std::max(numBroadcast, rest);
    inputs.push_back(*names);
  }
  SmallVector<int> output;
  if (hasArrow) {
    FailureOr<SmallVector<int>> names = readTerm(op, right, numBroadcast);
    if (failed(names))
      return failure();
    output = *names;
  } else {
    output = implicitOutput(inputs, numBroadcast);
  }

  EinsumEquation equation;
  SmallVector<int> numbers;
  for (int name : output) {
    if (llvm::is_contained(numbers, name))
      return op->emitOpError("names a label twice in its output");
    numbers.push_back(name);
  }
  equation.numOutputLabels = numbers.size();
  for (const SmallVector<int> &names : inputs) {
    SmallVector<unsigned> &labels = equation.inputs.emplace_back();
    for (int name : names) {
      auto *it = llvm::find(numbers, name);
      labels.push_back(it - numbers.begin());
      if (it == numbers.end())
        numbers.push_back(name);
    }
  }
  equation.numLabels = numbers.size();
  for (int name : numbers)
    equation.isBroadcast.push_back(name >= kEllipsis);
  return equation;
}

FailureOr<SmallVector<int64_t>>
getLabelSizes(Operation *op, const EinsumEquation &equation,
              ArrayRef<ArrayRef<int64_t>> shapes) {
  // -1: not seen yet; a label of the output alone stays so.
  SmallVector<int64_t> sizes(equation.numLabels, -1);
  for (auto [labels, shape] : llvm::zip(equation.inputs, shapes))
    for (auto [label, size] : llvm::zip(labels, shape)) {
      int64_t &known = sizes[label];
      if (known == -1 || ShapedType::isDynamic(known) ||
          (known == 1 && equation.isBroadcast[label]))
        known = known != -1 && ShapedType::isDynamic(size) ? known : size;
      else if (!ShapedType::isDynamic(size) && size != known &&
               !(size == 1 && equation.isBroadcast[label]))
        return op->emitOpError("expects dimensions of one label to be equal, "
                               "but got ")
               << known << " and " << size;
    }
  if (llvm::is_contained(sizes, -1))
    return op->emitOpError("has a label in its output that no input has");
  return sizes;
}

} // namespace firn::tfg
