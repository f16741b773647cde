// Runs a model on zeros and prints what comes out:   predict SAVED_MODEL
#include <firn/Model.h>

#include <algorithm>
#include <iostream>

int main(int argc, char **argv) {
  absl::StatusOr<firn::Model> model =
      firn::Model::load(argc > 1 ? argv[1] : ".");
  absl::StatusOr<firn::SignatureInfo> signature =
      model.ok() ? model->signature() : model.status();
  std::map<std::string, firn::Tensor> inputs;
  for (size_t i = 0; signature.ok() && i < signature->inputs.size(); ++i) {
    firn::TensorInfo input = signature->inputs[i];
    std::replace(input.shape.begin(), input.shape.end(), firn::kDynamicDim,
                 int64_t(1));
    inputs[input.name] = *firn::Tensor::create(input.dtype, input.shape);
  }
  auto outputs = signature.ok() ? model->predict(inputs) : signature.status();
  if (!outputs.ok())
    return std::cerr << outputs.status().message() << '\n', 1;
  for (auto &[name, tensor] : *outputs)
    std::cout << name << ": " << firn::nameOf(tensor.dtype()) << ' '
              << firn::shapeToString(tensor.shape()) << '\n';
}
