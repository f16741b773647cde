// GIF images: frames that each change a part of the one before.
#ifndef FIRN_BACKEND_RUNTIME_ROUTINES_GIFCODEC_H
#define FIRN_BACKEND_RUNTIME_ROUTINES_GIFCODEC_H

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"

#include <string_view>

namespace firn::runtime {

/// Asked once for the memory of frames * height * width * 3 bytes.
using FrameAllocator = absl::FunctionRef<absl::StatusOr<void *>(
    int64_t frames, int64_t height, int64_t width)>;

enum class GifFrames { All, First, Only };

/// The frames as red, green and blue. `Only`: more than one is an error.
absl::Status decodeGif(std::string_view bytes, GifFrames which,
                       FrameAllocator allocate);

} // namespace firn::runtime

#endif // FIRN_BACKEND_RUNTIME_ROUTINES_GIFCODEC_H
