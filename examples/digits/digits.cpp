// Reads drawn digits from a text file, asks the model what they are, and shows
// each drawing with the answer below it:   digits SAVED_MODEL DRAWINGS.txt
#include "api/Model.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <span>
#include <string>
#include <vector>

namespace {

constexpr int64_t kSize = 16;
constexpr size_t kPerRow = 4;

struct Drawing {
  std::string label;
  std::vector<std::string> rows;
};

std::vector<Drawing> readDrawings(const std::string &path) {
  std::vector<Drawing> drawings;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("digit ", 0) == 0)
      drawings.push_back({line.substr(6), {}});
    else if (!drawings.empty() && line.size() == kSize)
      drawings.back().rows.push_back(line);
  }
  std::erase_if(drawings, [](const Drawing &drawing) {
    return drawing.rows.size() != kSize;
  });
  return drawings;
}

/// The drawings as one batch [n, 16, 16, 1]: ink is 1, paper 0.
absl::StatusOr<firn::Tensor> toBatch(const std::vector<Drawing> &drawings) {
  std::vector<float> pixels;
  for (const Drawing &drawing : drawings)
    for (const std::string &row : drawing.rows)
      for (char c : row)
        pixels.push_back(c == '#' ? 1.0f : 0.0f);
  int64_t count = static_cast<int64_t>(drawings.size());
  return firn::Tensor::from<float>({count, kSize, kSize, 1}, pixels);
}

void show(const std::vector<Drawing> &drawings,
          std::span<const int64_t> classes,
          std::span<const float> probabilities) {
  for (size_t first = 0; first < drawings.size(); first += kPerRow) {
    size_t last = std::min(first + kPerRow, drawings.size());
    for (int64_t row = 0; row < kSize; ++row) {
      for (size_t i = first; i < last; ++i)
        std::cout << "  " << drawings[i].rows[row];
      std::cout << '\n';
    }
    for (size_t i = first; i < last; ++i)
      std::printf("  it is %lld (%5.1f %%) ",
                  static_cast<long long>(classes[i]),
                  100 * probabilities[10 * i + classes[i]]);
    std::printf("\n\n");
    std::fflush(stdout);
  }
}

absl::Status run(const char *modelPath, const char *drawingsPath) {
  std::vector<Drawing> drawings = readDrawings(drawingsPath);
  if (drawings.empty())
    return absl::InvalidArgumentError(
        std::string(drawingsPath) +
        ": expected drawings, each 16 lines of 16 characters after a line "
        "`digit N`");
  absl::StatusOr<firn::Model> model = firn::Model::load(modelPath);
  if (!model.ok())
    return model.status();
  absl::StatusOr<firn::Tensor> batch = toBatch(drawings);
  if (!batch.ok())
    return batch.status();
  auto outputs = model->predict({{"images", *std::move(batch)}});
  if (!outputs.ok())
    return outputs.status();

  std::span<const int64_t> classes =
      std::as_const(outputs->at("classes")).values<int64_t>();
  show(drawings, classes,
       std::as_const(outputs->at("probabilities")).values<float>());
  size_t right = 0;
  for (size_t i = 0; i < drawings.size(); ++i)
    right += std::to_string(classes[i]) == drawings[i].label;
  std::cout << right << " of " << drawings.size()
            << " read as they were meant\n";
  return absl::OkStatus();
}

} // namespace

int main(int argc, char **argv) {
  if (argc != 3) {
    std::cerr << "usage: digits SAVED_MODEL DRAWINGS.txt\n";
    return 2;
  }
  absl::Status status = run(argv[1], argv[2]);
  if (!status.ok())
    std::cerr << "digits: " << status.message() << '\n';
  return status.ok() ? 0 : 1;
}
