// NumPy's broadcasting for routines of several operands: the common shape, and
// a walk over its elements with the position in each operand.
#ifndef FIRN_BACKEND_RUNTIME_ROUTINES_BROADCAST_H
#define FIRN_BACKEND_RUNTIME_ROUTINES_BROADCAST_H

#include "backend/runtime/Shape.h"
#include "backend/runtime/routines/Checks.h"

#include <algorithm>

namespace firn::runtime {

class Broadcast {
public:
  /// Fails if the shapes do not go together.
  static absl::StatusOr<Broadcast>
  of(const std::vector<std::span<const int64_t>> &shapes) {
    Broadcast result;
    size_t rank = 0;
    for (std::span<const int64_t> shape : shapes)
      rank = std::max(rank, shape.size());
    result.dims.assign(rank, 1);
    for (std::span<const int64_t> shape : shapes)
      for (size_t i = 0; i < shape.size(); ++i) {
        int64_t &dim = result.dims[rank - shape.size() + i];
        if (dim != 1 && shape[i] != 1 && shape[i] != dim)
          return cannotBroadcast(shapes);
        if (dim == 1)
          dim = shape[i];
      }
    if (!numElements(result.dims))
      return invalid("the shape ", shapeToString(result.dims), " is too large");
    for (std::span<const int64_t> shape : shapes)
      result.strides.push_back(stridesOf(shape, rank));
    return result;
  }

  const Shape &shape() const { return dims; }

  /// Calls `body(element, positions)` for all elements in order; `positions`
  /// has one for each operand.
  template <typename Body> void forEach(Body body) const {
    int64_t count = *numElements(dims);
    Shape index(dims.size()), positions(strides.size());
    for (int64_t element = 0; element < count; ++element) {
      body(element, positions);
      for (size_t dim = dims.size(); dim-- > 0;) {
        bool wraps = ++index[dim] == dims[dim];
        for (size_t i = 0; i < strides.size(); ++i)
          positions[i] +=
              wraps ? strides[i][dim] * (1 - dims[dim]) : strides[i][dim];
        if (!wraps)
          break;
        index[dim] = 0;
      }
    }
  }

private:
  static absl::Status
  cannotBroadcast(const std::vector<std::span<const int64_t>> &shapes) {
    std::string text;
    for (std::span<const int64_t> shape : shapes)
      absl::StrAppend(&text, text.empty() ? "" : " and ", shapeToString(shape));
    return invalid("expects shapes that broadcast, but got ", text);
  }
  /// Of a dense operand, aligned to the last dimension; 0 where it repeats.
  static Shape stridesOf(std::span<const int64_t> shape, size_t rank) {
    Shape strides(rank);
    int64_t stride = 1;
    for (size_t i = shape.size(); i-- > 0;) {
      strides[rank - shape.size() + i] = shape[i] == 1 ? 0 : stride;
      stride *= shape[i];
    }
    return strides;
  }

  Shape dims;
  std::vector<Shape> strides;
};

} // namespace firn::runtime

#endif // FIRN_BACKEND_RUNTIME_ROUTINES_BROADCAST_H
