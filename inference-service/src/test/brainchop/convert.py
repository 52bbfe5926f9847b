#!/usr/bin/python3
"""A MeshNet of brainchop (TensorFlow.js layers model) as ONNX, and what it says by plain numpy (python3-onnx, python3-numpy).

    convert.py onnx MODEL-FOLDER SIDE OUT.onnx       volume [1,1,SIDE,SIDE,SIDE] float32 -> labels [1,SIDE,SIDE,SIDE] uint8
    convert.py labels MODEL-FOLDER T1.nii.gz SIDE OUT  the labels of the middle SIDE voxels cubed of a T1 volume, one byte each

Axes are those of the file, first to last, as the network was trained on them. Values are scaled to 0..1 by lowest and highest of the
whole volume. No Keras is needed: what a MeshNet has is Conv3D with "same" padding and dilation, ReLU and ELU; all else is refused.
"""
import gzip
import json
import sys
from pathlib import Path

import numpy as np

ACTIVATIONS = {"linear": None, "relu": "Relu", "elu": "Elu"}


def layers(folder):
    """Convolutions in their order: kernel [k,k,k,in,out], bias, dilation, the activation behind it."""
    model = json.loads((folder / "model.json").read_text())
    weights = {}
    for group in model["weightsManifest"]:
        data, at = b"".join((folder / path).read_bytes() for path in group["paths"]), 0
        for weight in group["weights"]:
            if weight["dtype"] != "float32" or "quantization" in weight:
                sys.exit(f"{weight['name']}: only float32 is read")
            count = int(np.prod(weight["shape"]))
            weights[weight["name"]] = np.frombuffer(data, "<f4", count, at).reshape(weight["shape"])
            at += 4 * count
    result, before = [], None
    for layer in model["modelTopology"]["model_config"]["config"]["layers"]:
        kind, config, name = layer["class_name"], layer["config"], layer["name"]
        sources = [source[0] for node in layer["inbound_nodes"] for source in node]
        if sources != ([] if kind == "InputLayer" else [before]):
            sys.exit(f"{name}: not one layer after the other")
        before = name
        if kind == "Conv3D":
            plain = (config["padding"], config["data_format"], config["strides"]) == ("same", "channels_last", [1, 1, 1])
            dilation = config["dilation_rate"][0]
            # the web page normalises behind layers of that name, which the file does not say
            if not plain or config["dilation_rate"] != [dilation] * 3 or "_gn" in name:
                sys.exit(f"{name}: not a convolution that is read")
            kernel = weights[f"{name}/kernel"]
            bias = weights[f"{name}/bias"] if config["use_bias"] else np.zeros(kernel.shape[-1], np.float32)
            result.append([kernel, bias, dilation, config["activation"]])
        elif kind == "Activation" and result[-1][3] == "linear":
            result[-1][3] = config["activation"]
        elif kind != "InputLayer":
            sys.exit(f"{name}: {kind} is not read")
        if result and result[-1][3] not in ACTIVATIONS:
            sys.exit(f"{name}: activation {result[-1][3]} is not read")
    return result


def to_onnx(folder, side, out):
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    nodes, constants, at = [], [], "volume"
    for i, (kernel, bias, dilation, activation) in enumerate(layers(folder)):
        reach = dilation * (kernel.shape[0] // 2)
        constants += [numpy_helper.from_array(np.ascontiguousarray(kernel.transpose(4, 3, 0, 1, 2)), f"kernel{i}"),
                      numpy_helper.from_array(bias, f"bias{i}")]
        nodes.append(helper.make_node("Conv", [at, f"kernel{i}", f"bias{i}"], [f"conv{i}"], dilations=[dilation] * 3,
                                      kernel_shape=kernel.shape[:3], pads=[reach] * 6))
        at = f"conv{i}"
        if ACTIVATIONS[activation]:
            nodes.append(helper.make_node(ACTIVATIONS[activation], [at], [f"active{i}"]))
            at = f"active{i}"
    nodes += [helper.make_node("ArgMax", [at], ["highest"], axis=1, keepdims=0),
              helper.make_node("Cast", ["highest"], ["labels"], to=TensorProto.UINT8)]
    box = [side] * 3
    graph = helper.make_graph(
        nodes, "meshnet", [helper.make_tensor_value_info("volume", TensorProto.FLOAT, [1, 1] + box)],
        [helper.make_tensor_value_info("labels", TensorProto.UINT8, [1] + box)], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], producer_name="prelim-tests")
    model.ir_version = 7
    onnx.checker.check_model(model)
    out.write_bytes(model.SerializeToString())


def nifti(file):
    """The voxels of a NIfTI-1 file of unsigned bytes, [x, y, z]."""
    data = gzip.decompress(file.read_bytes())
    header = np.frombuffer(data, "<i2", 8, 40)
    if int.from_bytes(data[:4], "little") != 348 or header[0] != 3 or int.from_bytes(data[70:72], "little") != 2:
        sys.exit(f"{file}: not three dimensions of unsigned bytes")
    start = int(np.frombuffer(data, "<f4", 1, 108)[0])
    return np.frombuffer(data, np.uint8, int(np.prod(header[1:4], dtype=int)), start).reshape(header[3:0:-1]).transpose()


def to_labels(folder, t1, side, out):
    voxels = nifti(t1)
    middle = tuple(slice((length - side) // 2, (length - side) // 2 + side) for length in voxels.shape)
    low, high = float(voxels.min()), float(voxels.max())
    value = ((voxels[middle].astype(np.float32) - low) / (high - low))[np.newaxis]
    for kernel, bias, dilation, activation in layers(folder):
        value = convolved(value, kernel, bias, dilation)
        if activation == "relu":
            value = np.maximum(value, 0)
        elif activation == "elu":
            value = np.where(value > 0, value, np.expm1(np.minimum(value, 0)))
    out.write_bytes(np.argmax(value, axis=0).astype(np.uint8).tobytes())


def convolved(value, kernel, bias, dilation):
    """[channels, x, y, z], zeros around it, one x after the other."""
    half, (width, height, depth) = kernel.shape[0] // 2, value.shape[1:]
    reach = half * dilation
    padded = np.pad(value, [(0, 0)] + [(reach, reach)] * 3)
    flat = kernel.reshape(-1, kernel.shape[-1]).T
    result = np.empty((kernel.shape[-1], width, height, depth), np.float32)
    for x in range(width):
        near = np.stack([padded[:, x + i * dilation, j * dilation:j * dilation + height, k * dilation:k * dilation + depth]
                         for i, j, k in np.ndindex(*kernel.shape[:3])])
        result[:, x] = (flat @ near.reshape(flat.shape[1], -1)).reshape(-1, height, depth)
    return result + bias[:, None, None, None]


if __name__ == "__main__":
    what, folder, *rest = sys.argv[1:]
    if what == "onnx":
        to_onnx(Path(folder), int(rest[0]), Path(rest[1]))
    else:
        to_labels(Path(folder), Path(rest[0]), int(rest[1]), Path(rest[2]))
