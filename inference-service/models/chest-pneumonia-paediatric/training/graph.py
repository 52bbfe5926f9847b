"""Runs the exported classifier's ONNX graph, plain or quantised, node by node in torch: there is no ONNX Runtime in the environment."""

import onnx
import torch
import torch.nn.functional as F
from onnx import helper, numpy_helper

GUARD_NODES = "guard/"


def attributes(node):
    return {each.name: helper.get_attribute_value(each) for each in node.attribute}


def channelwise(value, like, axis):
    return value.reshape([-1 if i == axis else 1 for i in range(like.dim())]) if value.dim() else value


def convolution(x, weight, bias=None, *, strides, pads, **_):
    return F.conv2d(x, weight, bias, strides, pads[:2])


def quantised(x, scale, zero, **_):
    low, high = (0, 255) if zero.dtype == torch.uint8 else (-128, 127)
    return (torch.round(x / scale) + zero.float()).clamp(low, high)


def dequantised(x, scale, zero, axis=1, **_):
    return (x.float() - channelwise(zero.float(), x, axis)) * channelwise(scale, x, axis)


OPERATORS = {
    "Conv": convolution,
    "Relu": lambda x: torch.relu(x),
    "Pad": lambda x, pads, **_: F.pad(x, [int(side) for side in pads.view(2, -1).t().flip(0).flatten()]),
    "AveragePool": lambda x, kernel_shape, strides, **_: F.avg_pool2d(x, kernel_shape, strides),
    "Add": torch.add, "Sub": torch.sub, "Mul": torch.mul, "Div": torch.div,
    "ReduceMean": lambda x, axes, keepdims=1: x.mean(dim=list(axes), keepdim=bool(keepdims)),
    "ReduceSum": lambda x, axes, keepdims=1: x.sum(dim=[int(a) for a in axes], keepdim=bool(keepdims)),
    "Gemm": lambda x, weight, bias, **_: x @ weight.t() + bias,
    "Constant": lambda value: torch.from_numpy(numpy_helper.to_array(value).copy()),
    "Identity": lambda x: x,
    "QuantizeLinear": quantised, "DequantizeLinear": dequantised}


def classifier_nodes(graph):
    return [node for node in graph.node if not node.name.startswith(GUARD_NODES)]


def evaluate(graph, x, seen=lambda name, value: None):
    """The classifier's values by name for prepared inputs (N, 1, 160, 160); `seen` is told of each as it is made."""
    values = {each.name: torch.from_numpy(numpy_helper.to_array(each).copy()) for each in graph.initializer}
    values[graph.input[0].name] = x
    seen(graph.input[0].name, x)
    with torch.no_grad():
        for node in classifier_nodes(graph):
            name = node.output[0]
            values[name] = OPERATORS[node.op_type](*(values[each] for each in node.input), **attributes(node))
            seen(name, values[name])
    return values


def logits(path, x):
    """Logits (N,) as float64."""
    graph = onnx.load(str(path)).graph
    return torch.cat([evaluate(graph, part)["logit"] for part in x.split(32)]).squeeze(1).double().numpy()
