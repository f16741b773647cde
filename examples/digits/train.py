#!/usr/bin/env python3
"""Trains the example's digit classifier and writes it as a SavedModel.

    python3 train.py [OUT_DIR]        # default: saved_model beside this script

A small convolutional network on 16x16 drawings, trained in numpy for a minute on
templates.txt. The SavedModel has what TensorFlow's exporters write: resource
variables, a save/restore sub-graph, and the signature serving_default (images ->
probabilities, classes). The result is part of the project; run this only to change it.
"""
import os
import sys

import numpy as np
import tfwire as w

SIZE = 16
HERE = os.path.dirname(os.path.abspath(__file__))


def read_drawings(path):
    labels, images = [], []
    for line in open(path):
        line = line.rstrip("\n")
        if line.startswith("digit"):
            labels.append(int(line.split()[1]))
            images.append([])
        elif line and not line.startswith("# "):
            images[-1].append([c == "#" for c in line])
    return [np.array(i, np.float32) for i in images], np.array(labels)


def distort(image, rng):
    """Resized, slanted, shifted, with strokes of another width, and soiled."""
    height, width = rng.integers(11, 15), rng.integers(7, 13)
    slant = rng.uniform(-0.35, 0.35)
    top = rng.integers(0, SIZE - height + 1)
    left = (SIZE - width) // 2 + rng.integers(-2, 3)
    out = np.zeros((SIZE, SIZE), np.float32)
    wave, phase = rng.uniform(0, 0.8), rng.uniform(0, 6.28)
    for y in range(height):
        for x in range(width):
            sy = (y + 0.5) / height * image.shape[0]
            sx = (x + 0.5) / width * image.shape[1] + wave * np.sin(phase + y / 2.5)
            column = int(left + x + round(slant * (height / 2 - y)))
            if 0 <= column < SIZE:
                out[top + y, column] = max(out[top + y, column],
                                           image[int(sy), min(max(int(sx), 0), image.shape[1] - 1)])
    if rng.random() < 0.25:
        out[:, 1:] = np.maximum(out[:, 1:], out[:, :-1])
    flips = rng.random(out.shape) < 0.01
    out[flips] = 1 - out[flips]
    return out


def patches(x):
    """3x3 patches with SAME padding: [n, h, w, 9 * c], taps outermost."""
    n, h, wd, c = x.shape
    padded = np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
    return np.concatenate([padded[:, i:i + h, j:j + wd] for i in range(3) for j in range(3)], -1)


def pool(x):
    n, h, wd, c = x.shape
    view = x.reshape(n, h // 2, 2, wd // 2, 2, c)
    out = view.max((2, 4))
    mask = view == out[:, :, None, :, None]
    return out, mask / mask.sum((2, 4), keepdims=True)


def forward(p, x):
    cache = {}
    for i in (1, 2):
        cache["p%d" % i] = patches(x)
        y = cache["p%d" % i] @ p["conv%d/kernel" % i].reshape(-1, p["conv%d/kernel" % i].shape[-1])
        y = y + p["conv%d/bias" % i]
        cache["r%d" % i] = y > 0
        x, cache["m%d" % i] = pool(np.maximum(y, 0))
    cache["shape"] = x.shape
    cache["flat"] = x.reshape(len(x), -1)
    logits = cache["flat"] @ p["dense/kernel"] + p["dense/bias"]
    e = np.exp(logits - logits.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True), cache


def backward(p, cache, error):
    g = {"dense/kernel": cache["flat"].T @ error, "dense/bias": error.sum(0)}
    d = (error @ p["dense/kernel"].T).reshape(cache["shape"])
    for i in (2, 1):
        n, h, wd, c = d.shape
        d = (d[:, :, None, :, None] * cache["m%d" % i]).reshape(n, 2 * h, 2 * wd, c)
        d = d * cache["r%d" % i]
        kernel = p["conv%d/kernel" % i]
        rows = cache["p%d" % i].reshape(-1, kernel[..., 0].size)
        g["conv%d/kernel" % i] = (rows.T @ d.reshape(-1, c)).reshape(kernel.shape)
        g["conv%d/bias" % i] = d.sum((0, 1, 2))
        if i == 2:
            dp = (d @ kernel.reshape(-1, c).T).reshape(n, 2 * h, 2 * wd, 9, -1)
            padded = np.zeros((n, 2 * h + 2, 2 * wd + 2, dp.shape[-1]), np.float32)
            for t in range(9):
                padded[:, t // 3:t // 3 + 2 * h, t % 3:t % 3 + 2 * wd] += dp[:, :, :, t]
            d = padded[:, 1:-1, 1:-1]
    return g


def train(rng, steps=1500, batch=64):
    images, labels = read_drawings(os.path.join(HERE, "templates.txt"))
    p = {"conv1/kernel": rng.normal(0, 0.4, (3, 3, 1, 8)), "conv1/bias": np.zeros(8),
         "conv2/kernel": rng.normal(0, 0.17, (3, 3, 8, 16)), "conv2/bias": np.zeros(16),
         "dense/kernel": rng.normal(0, 0.06, (256, 10)), "dense/bias": np.zeros(10)}
    p = {k: v.astype(np.float32) for k, v in p.items()}
    m = {k: np.zeros_like(v) for k, v in p.items()}
    v = {k: np.zeros_like(x) for k, x in p.items()}
    for step in range(1, steps + 1):
        pick = rng.integers(0, len(images), batch)
        x = np.stack([distort(images[i], rng) for i in pick])[..., None]
        probabilities, cache = forward(p, x)
        error = (probabilities - np.eye(10)[labels[pick]]).astype(np.float32) / batch
        rate = 3e-3 * (1 - step / (steps + 1))
        for k, g in backward(p, cache, error).items():  # Adam
            m[k] = 0.9 * m[k] + 0.1 * g
            v[k] = 0.999 * v[k] + 0.001 * g * g
            p[k] -= rate * (m[k] / (1 - 0.9 ** step)) / (np.sqrt(v[k] / (1 - 0.999 ** step)) + 1e-8)
    return p


F32 = ("type", w.DT_FLOAT)


def graph_nodes(p):
    def const(name, array):
        return w.node(name, "Const", dtype=("type", w.NUMPY_DTYPES[array.dtype.name]),
                      value=("tensor", w.tensor(array)))

    def strings(name, values, scalar=False):
        return w.node(name, "Const", dtype=("type", w.DT_STRING),
                      value=("tensor", w.string_tensor(values, scalar)))

    nodes = [w.node("images", "Placeholder", dtype=F32,
                    shape=("shape", w.shape([-1, SIZE, SIZE, 1])))]
    for name in sorted(p):
        nodes += [w.node(name, "VarHandleOp", dtype=F32, shape=("shape", w.shape(p[name].shape)),
                         shared_name=("s", name), container=("s", "")),
                  w.node(name + "/Read", "ReadVariableOp", [name], dtype=F32)]
    x = "images"
    for i in (1, 2):
        base = "conv%d/" % i
        nodes += [
            w.node(base + "Conv2D", "Conv2D", [x, base + "kernel/Read"], T=F32,
                   strides=("list(int)", [1, 1, 1, 1]), padding=("s", "SAME"),
                   data_format=("s", "NHWC"), dilations=("list(int)", [1, 1, 1, 1])),
            w.node(base + "BiasAdd", "BiasAdd", [base + "Conv2D", base + "bias/Read"], T=F32),
            w.node(base + "Relu", "Relu", [base + "BiasAdd"], T=F32),
            w.node("pool%d" % i, "MaxPool", [base + "Relu"], T=F32, padding=("s", "VALID"),
                   ksize=("list(int)", [1, 2, 2, 1]), strides=("list(int)", [1, 2, 2, 1]))]
        x = "pool%d" % i
    nodes += [
        const("flatten/shape", np.array([-1, 256], np.int32)),
        w.node("flatten", "Reshape", [x, "flatten/shape"], T=F32, Tshape=("type", w.DT_INT32)),
        w.node("dense/MatMul", "MatMul", ["flatten", "dense/kernel/Read"], T=F32),
        w.node("dense/BiasAdd", "BiasAdd", ["dense/MatMul", "dense/bias/Read"], T=F32),
        w.node("probabilities", "Softmax", ["dense/BiasAdd"], T=F32),
        const("classes/dimension", np.array(1, np.int32)),
        w.node("classes", "ArgMax", ["probabilities", "classes/dimension"], T=F32,
               Tidx=("type", w.DT_INT32), output_type=("type", w.DT_INT64))]

    names = sorted(p)
    nodes += [strings("save/filename", ["model"], True), strings("save/names", names),
              strings("save/slices", [""] * len(names)),
              w.node("save/RestoreV2", "RestoreV2", ["save/filename", "save/names", "save/slices"],
                     dtypes=("list(type)", [w.DT_FLOAT] * len(names)))]
    for i, name in enumerate(names):
        nodes += [w.node("save/Identity_%d" % i, "Identity", ["save/RestoreV2:%d" % i], T=F32),
                  w.node("save/Assign_%d" % i, "AssignVariableOp",
                         [name, "save/Identity_%d" % i], dtype=F32)]
    nodes.append(w.node("save/restore_all", "NoOp",
                        ["^save/Assign_%d" % i for i in range(len(names))]))
    return nodes


def tensor_info(name, dtype, dims):
    return [(1, name), (2, dtype), (3, w.shape(dims))]


def saved_model(p):
    signature = [
        (1, [(1, "images"), (2, tensor_info("images:0", w.DT_FLOAT, [-1, SIZE, SIZE, 1]))]),
        (2, [(1, "classes"), (2, tensor_info("classes:0", w.DT_INT64, [-1]))]),
        (2, [(1, "probabilities"), (2, tensor_info("probabilities:0", w.DT_FLOAT, [-1, 10]))]),
        (3, "tensorflow/serving/predict")]
    graph = [(1, n) for n in graph_nodes(p)] + [(4, [(1, 1395)])]
    saver = [(1, "save/filename:0"), (3, "save/restore_all"), (7, 2)]
    return w.message([(1, 1), (2, [(1, [(4, "serve")]), (2, graph), (3, saver),
                                   (5, [(1, "serving_default"), (2, signature)])])])


def main():
    out = sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "saved_model")
    p = train(np.random.default_rng(7))
    images, labels = read_drawings(os.path.join(HERE, "digits.txt"))
    probabilities, _ = forward(p, np.stack(images)[..., None])
    for label, row in zip(labels, probabilities):
        print("drawn %d: read as %d with %5.1f %%" % (label, row.argmax(), 100 * row.max()))
    os.makedirs(os.path.join(out, "variables"), exist_ok=True)
    w.write_bundle(os.path.join(out, "variables", "variables"), p)
    with open(os.path.join(out, "saved_model.pb"), "wb") as file:
        file.write(saved_model(p))


if __name__ == "__main__":
    main()
