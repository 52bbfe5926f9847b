#!/usr/bin/python3
"""Makes nodule.onnx (python3-onnx, python3-numpy), a network by somebody else: image [1,1,224,224] -> logit [1,1] = 20 (mean - 0.1). Run in this
folder; the result is committed."""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def constant(name, value):
    return numpy_helper.from_array(np.array([value], dtype=np.float32), name)


graph = helper.make_graph(
    [helper.make_node("ReduceMean", ["image"], ["mean"], axes=[2, 3], keepdims=0),
     helper.make_node("Sub", ["mean", "middle"], ["centred"]),
     helper.make_node("Mul", ["centred", "slope"], ["logit"])],
    "nodule",
    [helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 1, 224, 224])],
    [helper.make_tensor_value_info("logit", TensorProto.FLOAT, [1, 1])],
    [constant("middle", 0.1), constant("slope", 20.0)])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], producer_name="somebody-else")
model.ir_version = 7
with open("nodule.onnx", "wb") as out:
    out.write(model.SerializeToString())
