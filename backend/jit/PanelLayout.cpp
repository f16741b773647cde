// See PanelLayout.h.
#include "backend/jit/PanelLayout.h"

#include "backend/jit/VectorCode.h"

#include <cstring>

using namespace mlir;

namespace firn::jit {

int64_t PanelLayout::numElements() const {
  int64_t count = llvm::divideCeil(lane.extent, width) * width;
  for (const Dim &dim : outer)
    count *= dim.extent;
  for (const Dim &dim : inner)
    count *= dim.extent;
  return count;
}

SmallVector<PanelLayout> usePanels(KernelSpec &spec, const Tiling &tiling) {
  SmallVector<PanelLayout> layouts;
  for (unsigned number : tiling.packed) {
    Access &access = spec.stages[0].inputs[number];
    PanelLayout layout;
    layout.argument = access.argument;
    layout.element = access.element;
    layout.offset = access.offset;
    layout.width = tiling.lanes * tiling.vectors;
    auto dimOf = [&](int loop) {
      return PanelLayout::Dim{spec.loops[loop].extent, access.strides[loop]};
    };
    layout.lane = dimOf(tiling.lane);
    for (int loop : tiling.order)
      if (loop != tiling.lane && access.strides[loop] != 0)
        layout.outer.push_back(dimOf(loop));
    // From the inside out: the strides of the new layout.
    int64_t next = layout.width;
    SmallVector<int64_t> strides(spec.loops.size(), 0);
    for (int loop : llvm::reverse(tiling.reductions)) {
      if (access.strides[loop] == 0)
        continue;
      layout.inner.insert(layout.inner.begin(), dimOf(loop));
      strides[loop] = next;
      next *= spec.loops[loop].extent;
    }
    access.panelStride = next / layout.width;
    strides[tiling.lane] = 1;
    next *= llvm::divideCeil(layout.lane.extent, layout.width);
    for (int loop : llvm::reverse(tiling.order)) {
      if (loop == tiling.lane || access.strides[loop] == 0)
        continue;
      strides[loop] = next;
      next *= spec.loops[loop].extent;
    }
    access.strides = strides;
    access.offset = 0;
    layouts.push_back(std::move(layout));
  }
  return layouts;
}

static void packRow(const char *source, char *target, const PanelLayout &layout,
                    int64_t first, int64_t bytes) {
  int64_t count = std::min(layout.width, layout.lane.extent - first);
  if (layout.lane.stride == 1) {
    std::memcpy(target, source + first * bytes, count * bytes);
    return;
  }
  for (int64_t lane = 0; lane < count; ++lane)
    std::memcpy(target + lane * bytes,
                source + (first + lane) * layout.lane.stride * bytes, bytes);
}

void packPanels(const void *from, void *to, const PanelLayout &layout) {
  int64_t bytes = bytesOf(layout.element);
  std::memset(to, 0, layout.numElements() * bytes);
  auto *source = static_cast<const char *>(from) + layout.offset * bytes;
  auto *target = static_cast<char *>(to);
  SmallVector<PanelLayout::Dim> dims(layout.outer);
  int64_t panels = llvm::divideCeil(layout.lane.extent, layout.width);
  dims.push_back({panels, layout.width * layout.lane.stride});
  llvm::append_range(dims, layout.inner);
  SmallVector<int64_t> index(dims.size(), 0);
  int64_t panelDim = layout.outer.size();
  while (true) {
    int64_t offset = 0;
    for (auto [dim, position] : llvm::enumerate(index))
      if (int64_t(dim) != panelDim)
        offset += position * dims[dim].stride;
    packRow(source + offset * bytes, target, layout,
            index[panelDim] * layout.width, bytes);
    target += layout.width * bytes;
    int64_t dim = int64_t(dims.size()) - 1;
    while (dim >= 0 && ++index[dim] == dims[dim].extent)
      index[dim--] = 0;
    if (dim < 0)
      return;
  }
}

} // namespace firn::jit
