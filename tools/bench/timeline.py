"""Where a compiled step's time goes: TensorFlow's own timeline of a saved step graph, summed by op.

    timeline.py FOLDER BATCH STEPS SECONDS LIBRARY

Fills the graph's variables with arbitrary values, runs the call of STEPS steps again and again for SECONDS, and prints one
JSON line: the fastest call, and per op the time its kernels took (two threads work at once, so sums exceed the call).
LIBRARY is the file of this project's own ops, where there is one.
"""
import collections, ctypes, json, os, re, sys, time
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np
import tensorflow as tf
from tensorflow.core.protobuf import saved_model_pb2

tf1 = tf.compat.v1
if os.path.exists(sys.argv[5]) and not ctypes.CDLL(sys.argv[5]).tandem_register():
    sys.exit("The library of our ops could not be registered")
tf1.disable_eager_execution()
folder, batch, steps, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
model = saved_model_pb2.SavedModel()
with open(os.path.join(folder, "saved_model.pb"), "rb") as file:
    model.ParseFromString(file.read())
graph = model.meta_graphs[0].graph_def
place = f"train_{batch}x{steps}"
weights = sum(node.op == "ReadVariableOp" and node.name.startswith(f"{place}/0/read_") for node in graph.node)
random = np.random.default_rng(0)


def value(name, shape, kind):
    if kind != np.float32:
        return random.integers(0, 10, shape).astype(kind)
    is_slot = name.startswith("state_") and int(name[6:]) >= weights
    return np.zeros(shape, np.float32) if is_slot else random.random(shape, np.float32) * 0.1


with tf.Graph().as_default():
    tf.import_graph_def(graph, name="")
    session = tf1.Session()
    rows = 0
    for node in graph.node:
        if node.op != "VarHandleOp":
            continue
        shape = [side.size for side in node.attr["shape"].shape.dim]
        rows = shape[0] if node.name == "targets" else rows
        kind = tf.as_dtype(node.attr["dtype"].type).as_numpy_dtype
        session.run(f"{node.name}/assigned:0", {f"{node.name}/value:0": value(node.name, shape, kind)})
    feeds = {
        f"{place}/rows:0": random.integers(0, rows, (steps, batch)).astype(np.int32),
        # Adam's: powers of beta 1 and 2, rate, beta 1 and 2, epsilon.
        f"{place}/scalars:0": np.tile(np.array([0.5, 0.9, 1e-3, 0.9, 0.999, 1e-7], np.float32), (steps, 1)),
        f"{place}/step:0": np.arange(steps, dtype=np.int32),
    }
    fetch = f"{place}/measured:0"
    call = session.make_callable(fetch, feed_list=list(feeds))
    best, end = 1e9, time.perf_counter() + seconds
    while time.perf_counter() < end:
        began = time.perf_counter()
        call(*feeds.values())
        best = min(best, time.perf_counter() - began)
    options = tf1.RunOptions(trace_level=tf1.RunOptions.FULL_TRACE)
    calls, kernels = [], []
    for turn in range(12):
        metadata = tf1.RunMetadata()
        session.run(fetch, feeds, options=options, run_metadata=metadata)
        nodes = [node for device in metadata.step_stats.dev_stats for node in device.node_stats]
        sums = collections.Counter()
        for node in nodes:
            name = re.sub(r"^\d+_|(?<=update)_\d+$", "", node.node_name.split("/")[-1])
            sums[name] += node.op_end_rel_micros - node.op_start_rel_micros
        calls.append(sums)
        kernels.append(len(nodes))
    # The quietest of the traced calls.
    sums = min(calls, key=lambda one: sum(one.values()))
print(json.dumps({
    "microseconds": round(best * 1e6 / steps), "kernels": round(np.median(kernels) / steps),
    "ops": {name: round(total / steps, 1) for name, total in sums.most_common(10)},
}))
