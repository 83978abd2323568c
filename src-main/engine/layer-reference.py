"""
Outputs of layers by NumPy in float64, written from their definitions, as a fixture of layer-reference.test.ts.
Run: python layer-reference.py > layer-reference.test-data.ts
All numbers are fill(shape, n), value i of it being ((37 i + 11 n) mod 23 - 11) / 16: the input is n = 0, another
n = 50, the layer's weights in their order n = 1, 2, ...
"""

import json
import math

import numpy as np


def fill(shape, n):
    count = math.prod(shape)
    return np.array([((37 * i + 11 * n) % 23 - 11) / 16 for i in range(count)]).reshape(shape)


def weights(*shapes):
    return [fill(shape, n + 1) for n, shape in enumerate(shapes)]


def gelu(x):
    return x * (1 + np.vectorize(math.erf)(x / math.sqrt(2))) / 2


def layer_norm(x, gamma, beta, epsilon):
    mean = x.mean(-1, keepdims=True)
    return gamma * (x - mean) / np.sqrt(x.var(-1, keepdims=True) + epsilon) + beta


def attention(x, w, heads, causal, memory=None):
    query_kernel, query_bias, key_kernel, value_kernel, value_bias, output_kernel, output_bias = w
    m = x if memory is None else memory
    q, k, v = x @ query_kernel + query_bias, m @ key_kernel, m @ value_kernel + value_bias
    size = q.shape[-1] // heads
    mixed = np.zeros_like(q)
    for example in range(x.shape[0]):
        for head in range(heads):
            part = slice(head * size, (head + 1) * size)
            for step in range(x.shape[1]):
                seen = step + 1 if causal else m.shape[1]
                scores = k[example, :seen, part] @ q[example, step, part] / math.sqrt(size)
                shares = np.exp(scores) / np.exp(scores).sum()
                mixed[example, step, part] = shares @ v[example, :seen, part]
    return mixed @ output_kernel + output_bias


def attention_shapes(features, width, memory=None):
    asked = (memory or features, width)
    return [(features, width), (width,), asked, asked, (width,), (width, features), (features,)]


def transformer_block(x, w, heads, causal):
    first, second = w[0:2], w[9:11]
    inner_kernel, inner_bias, outer_kernel, outer_bias = w[11:]
    middle = x + attention(layer_norm(x, *first, 1e-6), w[2:9], heads, causal)
    return middle + gelu(layer_norm(middle, *second, 1e-6) @ inner_kernel + inner_bias) @ outer_kernel + outer_bias


def decoder_block(x, memory, w, heads, causal):
    inner_kernel, inner_bias, outer_kernel, outer_bias = w[20:]
    middle = x + attention(layer_norm(x, *w[0:2], 1e-6), w[2:9], heads, causal)
    late = middle + attention(layer_norm(middle, *w[9:11], 1e-6), w[11:18], heads, False, memory)
    return late + gelu(layer_norm(late, *w[18:20], 1e-6) @ inner_kernel + inner_bias) @ outer_kernel + outer_bias


def lstm(x, kernel, recurrent, bias):
    h = c = np.zeros((x.shape[0], recurrent.shape[0]))
    outputs = []
    for step in range(x.shape[1]):
        i, f, g, o = np.split(x[:, step] @ kernel + h @ recurrent + bias, 4, axis=1)
        sigmoid = lambda z: 1 / (1 + np.exp(-z))
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        outputs.append(h)
    return np.stack(outputs, 1)


def region_pooling(x, boxes, rows, columns, samples):
    """RoIAlign sample by sample: four neighbours by their distances, places beyond the outermost middles moved onto them."""
    batch, height, width, channels = x.shape
    y = np.zeros((batch, boxes.shape[1], rows, columns, channels))

    def neighbours(place, size):
        at = min(max(place * size - 0.5, 0), size - 1)
        low = math.floor(at)
        return [(low, 1 - at + low), (min(low + 1, size - 1), at - low)]

    for example in range(batch):
        for box, (top, left, bottom, right) in enumerate(boxes[example]):
            for i in range(rows * samples):
                for j in range(columns * samples):
                    down = neighbours(top + (bottom - top) * (i + 0.5) / (rows * samples), height)
                    across = neighbours(left + (right - left) * (j + 0.5) / (columns * samples), width)
                    for row, share in down:
                        for column, part in across:
                            value = x[example, row, column] * share * part / samples**2
                            y[example, box, i // samples, j // samples] += value
    return y


def depthwise(x, kernel, stride):
    size, _, channels, multiplier = kernel.shape
    batch, height, width, _ = x.shape
    rows, columns = (height - size) // stride + 1, (width - size) // stride + 1
    y = np.zeros((batch, rows, columns, channels * multiplier))
    for row in range(rows):
        for column in range(columns):
            window = x[:, row * stride : row * stride + size, column * stride : column * stride + size]
            for channel in range(channels):
                for part in range(multiplier):
                    product = window[..., channel] * kernel[:, :, channel, part]
                    y[:, row, column, channel * multiplier + part] = product.sum((1, 2))
    return y


def transposed(x, kernel, stride, same):
    """Each value of the input puts the kernel, times itself, onto the output; same: cut to stride times the input."""
    size, _, filters, _ = kernel.shape
    batch, height, width, _ = x.shape
    full = np.zeros((batch, (height - 1) * stride + size, (width - 1) * stride + size, filters))
    for row in range(height):
        for column in range(width):
            placed = np.einsum("bc,hwfc->bhwf", x[:, row, column], kernel)
            full[:, row * stride : row * stride + size, column * stride : column * stride + size] += placed
    if not same:
        return full
    before = (size - stride) // 2
    return full[:, before : before + height * stride, before : before + width * stride]


def cases():
    sequence, picture = (2, 3, 4), (2, 5, 4, 2)
    x, p = fill(sequence, 0), fill(picture, 0)
    yield "layer-normalization", {"epsilon": 1e-3}, sequence, layer_norm(x, *weights((4,), (4,)), 1e-3)
    yield "activation", {"activation": "gelu"}, sequence, gelu(x)
    for causal in (False, True):
        fields = {"heads": 2, "headSize": 3, "causal": causal}
        y = attention(x, weights(*attention_shapes(4, 6)), 2, causal)
        yield "multi-head-attention", fields, sequence, y
    block = [(4,), (4,), *attention_shapes(4, 4), (4,), (4,), (4, 5), (5,), (5, 4), (4,)]
    for causal in (False, True):
        fields = {"heads": 2, "feedForward": 5, "activation": "gelu", "causal": causal, "dropout": 0}
        yield "transformer-block", fields, sequence, transformer_block(x, weights(*block), 2, causal)
    memory = fill((2, 2, 3), 50)
    y = attention(x, weights(*attention_shapes(4, 6, 3)), 2, False, memory)
    yield "cross-attention", {"heads": 2, "headSize": 3}, [sequence, memory.shape], y
    block = [(4,), (4,), *attention_shapes(4, 4), (4,), (4,), *attention_shapes(4, 4, 3), (4,), (4,)]
    for causal in (False, True):
        fields = {"heads": 2, "feedForward": 5, "activation": "gelu", "causal": causal, "dropout": 0}
        y = decoder_block(x, memory, weights(*block, (4, 5), (5,), (5, 4), (4,)), 2, causal)
        yield "decoder-block", fields, [sequence, memory.shape], y
    w = weights(*(2 * [(4, 8), (2, 8), (8,)]))
    y = np.concatenate([lstm(x, *w[:3]), lstm(x[:, ::-1], *w[3:])[:, ::-1]], -1)
    yield "bidirectional", {"cell": "lstm", "units": 2, "everyStep": True}, sequence, y
    boxes = fill((2, 3, 4), 50)
    fields = {"rows": 2, "columns": 3, "samples": 2}
    yield "roi-pooling", fields, [picture, boxes.shape], region_pooling(p, boxes, 2, 3, 2)
    kernel, bias = weights((3, 3, 2, 2), (4,))
    fields = {"kernelSize": 3, "depthMultiplier": 2, "stride": 1, "padding": "valid", "activation": "linear"}
    yield "depthwise-conv2d", fields, picture, depthwise(p, kernel, 1) + bias
    kernel, mix, bias = weights((3, 3, 2, 2), (1, 1, 4, 3), (3,))
    yield "separable-conv2d", {**fields, "filters": 3}, picture, depthwise(p, kernel, 1) @ mix[0, 0] + bias
    for same in (False, True):
        kernel, bias = weights((3, 3, 3, 2), (3,))
        form = {"filters": 3, "kernelSize": 3, "stride": 2, "padding": "same" if same else "valid"}
        y = transposed(p, kernel, 2, same) + bias
        yield "conv2d-transpose", {**form, "activation": "linear"}, picture, y


print("/** Made by layer-reference.py, which says what the numbers are. */")
print("import type { FieldValues } from '../contract';")
print("export const layerReferences: readonly {")
print("  readonly layer: string; readonly fields: FieldValues;")
print("  readonly inputShapes: number[][]; readonly shape: number[]; readonly y: number[];")
print("}[] = [")
for layer, values, shape, y in cases():
    shapes = shape if isinstance(shape, list) else [shape]
    numbers = [float(f"{value:.7g}") for value in y.ravel()]
    print(json.dumps({"layer": layer, "fields": values, "inputShapes": shapes, "shape": y.shape, "y": numbers}) + ",")
print("];")
