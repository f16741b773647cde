// See ProfileReport.h.
#include "tools/firn/ProfileReport.h"

#include "absl/strings/str_cat.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <cstdio>

namespace firn::cli {
namespace {

/// `amount` for each nanosecond, which is giga-units a second.
double rate(int64_t amount, double seconds) {
  return seconds > 0 ? double(amount) / seconds * 1e-9 : 0;
}

} // namespace

void printProfile(const std::vector<OpProfile> &ops) {
  std::vector<const OpProfile *> sorted;
  OpProfile sum;
  for (const OpProfile &op : ops) {
    sorted.push_back(&op);
    sum.seconds += op.seconds;
    sum.operations += op.operations;
    sum.bytes += op.bytes;
  }
  // The ops lie in one array: of equal ones the first comes first.
  std::sort(sorted.begin(), sorted.end(), [](auto *a, auto *b) {
    return a->seconds != b->seconds ? a->seconds > b->seconds : a < b;
  });
  auto line = [&](const OpProfile &op, const std::string &text) {
    std::printf("%10.1f %6.1f %8.1f %8.1f  %s\n", op.seconds * 1e6,
                sum.seconds > 0 ? op.seconds / sum.seconds * 100 : 0,
                rate(op.operations, op.seconds), rate(op.bytes, op.seconds),
                text.c_str());
  };
  std::printf("%10s %6s %8s %8s  %s\n", "us", "%", "GFLOP/s", "GB/s",
              "op (loops, sums in brackets; register tile), node");
  for (const OpProfile *op : sorted)
    line(*op, absl::StrCat(op->summary, ", ", op->node));
  line(sum, absl::StrCat(ops.size(), " ops"));
}

absl::Status writeTrace(const std::string &path,
                        const std::vector<OpProfile> &ops) {
  std::error_code error;
  llvm::raw_fd_ostream stream(path, error);
  if (error)
    return absl::UnavailableError(
        absl::StrCat(path, ": cannot be written: ", error.message()));
  llvm::json::OStream json(stream, 1);
  json.object([&] {
    json.attributeArray("traceEvents", [&] {
      for (const OpProfile &op : ops)
        json.object([&] {
          json.attribute("name", op.summary);
          json.attribute("cat", "op");
          json.attribute("ph", "X");
          json.attribute("ts", op.lastStart * 1e6);
          json.attribute("dur", op.lastDuration * 1e6);
          json.attribute("pid", 1);
          json.attribute("tid", 1);
          json.attributeObject("args", [&] {
            json.attribute("node", op.node);
            json.attribute("operations", op.operations);
            json.attribute("bytes", op.bytes);
          });
        });
    });
    json.attribute("displayTimeUnit", "ns");
  });
  stream.close();
  if (stream.has_error())
    return absl::UnavailableError(
        absl::StrCat(path, ": ", stream.error().message()));
  return absl::OkStatus();
}

} // namespace firn::cli
