"""Makes an int8 twin of ../package/model.onnx, a QDQ graph with the guard as it is: work/model-int8.onnx. It does not ship (see README.md).

Weights are symmetric int8 by output channel, activations uint8 by tensor, their ranges those of every twelfth training radiograph.
Convolutions and the sums after them are quantised; pooling and the last layers are not. Says how far the logits of the calibration split move.
"""

import numpy as np
import onnx
from onnx import helper, numpy_helper
from sklearn.metrics import roc_auc_score

from calibrate import calibration_set
from dataset import MODEL, WORK, arguments, load
from graph import classifier_nodes, evaluate, logits
from train import inputs

PLAIN = MODEL / "package" / "model.onnx"
TWIN = WORK / "model-int8.onnx"
EVERY = 12


def ranges(graph, x):
    """Least and greatest value by tensor, 0 among them."""
    found = {}

    def seen(name, value):
        low, high = found.get(name, (0.0, 0.0))
        found[name] = min(low, float(value.min())), max(high, float(value.max()))

    for part in x.split(32):
        evaluate(graph, part, seen)
    return found


class Twin:
    """The quantised graph as it is put together, node by node."""

    def __init__(self, graph, extents):
        self.graph, self.extents = graph, extents
        self.stored = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
        self.nodes, self.scales = [], {}
        self.readers = {}
        for node in graph.node:
            for name in node.input:
                self.readers.setdefault(name, []).append(node)

    def constant(self, name, value):
        self.graph.initializer.append(numpy_helper.from_array(value, name))
        return name

    def activation(self, name):
        """The name of the tensor after its way through uint8."""
        if name not in self.scales:
            low, high = self.extents[name]
            scale = np.float32(max(high - low, 1e-6) / 255)
            kept = [self.constant(name + "_scale", np.array(scale)), self.constant(name + "_zero", np.array(round(-low / scale), np.uint8))]
            self.nodes.append(helper.make_node("QuantizeLinear", [name] + kept, [name + "_q"], name + "_q"))
            self.nodes.append(helper.make_node("DequantizeLinear", [name + "_q"] + kept, [name + "_dq"], name + "_dq"))
            self.scales[name] = scale
        return name + "_dq"

    def weights(self, name, value, scale, kind):
        """The name of a constant after its way through whole numbers, by the first axis."""
        kept = [self.constant(name + "_q", np.rint(value / scale.reshape([-1] + [1] * (value.ndim - 1))).astype(kind)),
                self.constant(name + "_scale", scale), self.constant(name + "_zero", np.zeros(len(scale), kind))]
        self.nodes.append(helper.make_node("DequantizeLinear", kept, [name + "_dq"], name + "_dq", axis=0))
        return name + "_dq"

    def add(self, node):
        if node.op_type == "Conv":
            weight, bias = node.input[1:]
            entry = self.activation(node.input[0])
            scale = (np.abs(self.stored[weight]).max(axis=(1, 2, 3)).clip(1e-8) / 127).astype(np.float32)
            node.input[:] = [entry, self.weights(weight, self.stored[weight], scale, np.int8),
                             self.weights(bias, self.stored[bias], scale * self.scales[node.input[0]], np.int32)]
        self.nodes.append(node)
        after = {reader.op_type for reader in self.readers.get(node.output[0], [])}
        if node.op_type == "Relu" or (node.op_type == "Conv" and after != {"Relu"}):
            self.activation(node.output[0])

    def finish(self):
        mine = classifier_nodes(self.graph)
        others = [node for node in self.graph.node if node not in mine]
        for node in mine:
            self.add(node)
        for node in self.nodes:
            if node.op_type not in ("QuantizeLinear", "DequantizeLinear", "Relu"):
                node.input[:] = [name + "_dq" if name in self.scales else name for name in node.input]
        del self.graph.node[:]
        self.graph.node.extend(self.nodes + others)
        used = {name for node in self.graph.node for name in node.input}
        kept = [each for each in self.graph.initializer if each.name in used]
        del self.graph.initializer[:]
        self.graph.initializer.extend(kept)


def main():
    data = arguments(__doc__).parse_args().data
    model = onnx.load(str(PLAIN))
    Twin(model.graph, ranges(model.graph, inputs(load(data)["train"]["images"][::EVERY]))).finish()
    onnx.checker.check_model(model)
    onnx.save(model, str(TWIN))
    images, labels, _ = calibration_set(data)
    x = inputs(images)
    plain, twin = logits(PLAIN, x), logits(TWIN, x)
    print(f"{TWIN.stat().st_size} bytes; AUC {roc_auc_score(labels, plain):.4f}, int8 {roc_auc_score(labels, twin):.4f}; "
          f"logits differ by at most {np.abs(plain - twin).max():.3f}")


if __name__ == "__main__":
    main()
