"""What follows a product in the graph optimiser's ops, in numpy."""
import numpy as np

from kit.images import normalize
from kit.values import sample

ACTIVATIONS = {
    "Relu": lambda x: np.maximum(x, 0), "Relu6": lambda x: np.clip(x, 0, 6),
    "Elu": lambda x: np.where(x > 0, x, np.expm1(np.minimum(x, 0))), "Tanh": np.tanh,
    "Sigmoid": lambda x: 1 / (1 + np.exp(-x)), "LeakyRelu": lambda x: np.where(x > 0, x, x * np.float64(0.25)),
}
CHAINS = [[], ["BiasAdd"]] + [["BiasAdd", name] for name in ACTIVATIONS] + [
    ["BiasAdd", "Add"], ["BiasAdd", "Add", "Relu"], ["FusedBatchNorm"], ["FusedBatchNorm", "Relu6"]]


def check_chains(op, product, inputs, out_shape, first=False, chains=None, **attributes):
    """Every chain behind `product(*inputs)`, in double; channels are the last dimension, or the
    second if `first` (which `product` sees to)."""
    channels = out_shape[1] if first else out_shape[-1]
    own = (1, channels) + (1,) * (len(out_shape) - 2) if first else (channels,)
    for chain in chains or CHAINS:
        dtype = inputs[0].dtype
        args = []
        for part in chain:
            if part == "BiasAdd":
                args.append(sample(dtype, (channels,), 3))
            elif part == "Add":
                args.append(sample(dtype, out_shape, 4))
            elif part == "FusedBatchNorm":
                args += [sample(dtype, (channels,), seed) for seed in (5, 6, 7)]
                args.append(sample(dtype, (channels,), 8, low=1))

        def expected(*values):
            *sources, rest = values
            rest = [np.asarray(value, np.float64) for value in rest] if isinstance(rest, list) else []
            y = product(*[np.asarray(source, np.float64) for source in sources])
            for part in chain:
                if part == "BiasAdd":
                    y = y + rest.pop(0).reshape(own)
                elif part == "Add":
                    y = y + rest.pop(0)
                elif part == "FusedBatchNorm":
                    scale, offset, mean, variance = [rest.pop(0).reshape(own) for _ in range(4)]
                    y = normalize(y, scale, offset, mean, variance, 0.001)
                else:
                    y = ACTIVATIONS[part](y)
            return y
        op([*inputs, tuple(args)], expected, dtype=dtype, num_args=len(args), fused_ops=chain,
           epsilon=0.001, leakyrelu_alpha=0.25, rtol=2e-5 if dtype == "float" else None, atol=2e-5, **attributes)
