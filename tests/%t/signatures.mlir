tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<*xf32> name("x")
  %sum = tfg.node "Sum"(%x) : (tensor<*xf32>) -> tensor<?xf32> name("sum")
  %s:2 = tfg.node "Split"(%x) : (tensor<*xf32>) -> (tensor<*xf32>, tensor<*xf32>) name("split")
  %out = tfg.node "Add"(%sum, %s#1) : (tensor<?xf32>, tensor<*xf32>) -> tensor<?xf32> name("out")
  %unused = tfg.Placeholder() : () -> tensor<4xf32> name("unused")
  %b = tfg.node "PlaceholderWithDefault"() : () -> tensor<4xf32> name("b")
  %group = tfg.NoOp() : () -> !tfg.control name("group")
}
tfg.signature @serving_default method "tensorflow/serving/predict"
  inputs [{key = "bias", tensor = "b:0", type = tensor<4xf32>},
          {key = "image", tensor = "x:0", type = tensor<?x4xf32>}]
  outputs [{key = "total", tensor = "sum:0", type = tensor<?xf32>}]
tfg.signature @other method "m"
  inputs [{key = "image", tensor = "x:0", type = tensor<*xf32>}]
  outputs [{key = "parts", tensor = "split:1", type = tensor<*xf32>}]
tfg.signature @__init method "" inputs [] outputs []

