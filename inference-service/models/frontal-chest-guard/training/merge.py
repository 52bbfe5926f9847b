"""Adds the guard to a model of the same input: `python3 merge.py MODEL.onnx OUT.onnx`.

The model must take `image` (N, 1, 160, 160), prepared as the manifest of chest-pneumonia-paediatric declares, at opset 14; it gets the
further output `scope_distance`, which its manifest names as `outputs.scope` with the threshold of decisions.json.
"""

import argparse
import pathlib

import onnx
from onnx import compose

GUARD = pathlib.Path(__file__).resolve().parents[1] / "guard.onnx"
PREFIX = "guard/"


def merged(model, guard):
    """The model with the guard's nodes after its own, and the guard's output."""
    if model.opset_import[0].version != guard.opset_import[0].version:
        raise ValueError(f"the guard is of opset {guard.opset_import[0].version}, the model of {model.opset_import[0].version}")
    guard = compose.add_prefix(guard, PREFIX).graph
    entry, exit_ = guard.input[0].name, guard.output[0].name
    names = {entry: model.graph.input[0].name, exit_: exit_[len(PREFIX):]}
    for node in guard.node:
        node.input[:] = [names.get(name, name) for name in node.input]
        node.output[:] = [names.get(name, name) for name in node.output]
    guard.output[0].name = names[exit_]
    model.graph.node.extend(guard.node)
    model.graph.initializer.extend(guard.initializer)
    model.graph.output.extend(guard.output)
    onnx.checker.check_model(model)
    return model


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    chosen = parser.parse_args()
    onnx.save(merged(onnx.load(str(chosen.model)), onnx.load(str(GUARD))), str(chosen.out))


if __name__ == "__main__":
    main()
