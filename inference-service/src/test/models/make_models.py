#!/usr/bin/python3
"""Makes the small ONNX graphs of the tests (python3-onnx, python3-numpy). Run in this folder; the results are committed.

brightness.onnx    image [1,1,16,16] -> logit [1,1] = 10 (mean - 0.5), scope_distance [1] = 1 - (max - min): an image of one shade is out of scope
mapped.onnx        the same signature, and cam [1,1,16,16] = 10 (image - 0.5), whose mean is logit
not-a-number.onnx  the same signature; logit is always NaN
other-outputs.onnx the same input; its only output is called "score"
external.onnx      refers to weights in another file
custom.onnx        uses an operator of an unknown domain
endless.onnx       the same signature as brightness.onnx; does not end for an image with a value above one half
voxels.onnx        volume [1,1,4,4,4] -> bright [1,4,4,4], 1 above one half, as float, int32, int64, uint8 and int8; scores [1,2,4,4,4]
two-shapes.onnx    the same signature; logit is [1,2] for an image with a value above one half
slow.onnx          the same signature; computes for a second or so over an image with a value above one half

With a free batch axis, image [n,1,16,16] -> logit [n,1], scope_distance [n]:
brightness-batch.onnx  as brightness.onnx
endless-batch.onnx     does not end for a batch with a value above one half in it
leaky-nan.onnx         every logit of a batch with a value above one half in it is NaN
mixing.onnx            takes the mean of the batch off each logit
hungry.onnx            wants 14 GB for a batch with a value of one in it

And ../../main/resources/io/prelim/inference/runtime/probe.onnx gives back its input of one value.
"""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

S = 16
IMAGE = helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 1, S, S])
LOGIT = helper.make_tensor_value_info("logit", TensorProto.FLOAT, [1, 1])
SCOPE = helper.make_tensor_value_info("scope_distance", TensorProto.FLOAT, [1])


def constant(name, value):
    return numpy_helper.from_array(np.array(value, dtype=np.float32), name)


def nodes(tail):
    return [
        helper.make_node("ReduceMean", ["image"], ["mean"], axes=[2, 3], keepdims=0),
        helper.make_node("ReduceMax", ["image"], ["high"], axes=[1, 2, 3], keepdims=0),
        helper.make_node("ReduceMin", ["image"], ["low"], axes=[1, 2, 3], keepdims=0),
        helper.make_node("Sub", ["high", "low"], ["span"]),
        helper.make_node("Sub", ["one", "span"], ["scope_distance"]),
        helper.make_node("Sub", ["mean", "half"], ["centred"]),
    ] + tail


def save(name, graph, domains=()):
    opsets = [helper.make_opsetid("", 13)] + [helper.make_opsetid(d, 1) for d in domains]
    model = helper.make_model(graph, opset_imports=opsets, producer_name="prelim-tests")
    model.ir_version = 7
    with open(name, "wb") as out:
        out.write(model.SerializeToString())


CONSTANTS = [constant("one", [1.0]), constant("half", [0.5]), constant("ten", [10.0])]
save("brightness.onnx", helper.make_graph(
    nodes([helper.make_node("Mul", ["centred", "ten"], ["logit"])]), "brightness", [IMAGE], [LOGIT, SCOPE], CONSTANTS))
save("mapped.onnx", helper.make_graph(
    nodes([helper.make_node("Mul", ["centred", "ten"], ["logit"]), helper.make_node("Sub", ["image", "half"], ["centred_image"]),
           helper.make_node("Mul", ["centred_image", "ten"], ["cam"])]), "mapped", [IMAGE],
    [LOGIT, SCOPE, helper.make_tensor_value_info("cam", TensorProto.FLOAT, [1, 1, S, S])], CONSTANTS))
save("not-a-number.onnx", helper.make_graph(
    nodes([helper.make_node("Sub", ["centred", "centred"], ["zero"]),
           helper.make_node("Div", ["zero", "zero"], ["logit"])]), "nan", [IMAGE], [LOGIT, SCOPE], CONSTANTS))
save("other-outputs.onnx", helper.make_graph(
    [helper.make_node("ReduceMean", ["image"], ["score"], axes=[2, 3], keepdims=0)], "other", [IMAGE],
    [helper.make_tensor_value_info("score", TensorProto.FLOAT, [1, 1])]))

BRIGHT = [helper.make_node("Greater", ["high", "half"], ["bright"]), helper.make_node("Squeeze", ["bright"], ["go_on"])]
body = helper.make_graph(
    [helper.make_node("Identity", ["going"], ["going_on"]), helper.make_node("Add", ["before", "one"], ["after"])], "body",
    [helper.make_tensor_value_info("round", TensorProto.INT64, []), helper.make_tensor_value_info("going", TensorProto.BOOL, []),
     helper.make_tensor_value_info("before", TensorProto.FLOAT, [1, 1])],
    [helper.make_tensor_value_info("going_on", TensorProto.BOOL, []), helper.make_tensor_value_info("after", TensorProto.FLOAT, [1, 1])])
save("endless.onnx", helper.make_graph(
    nodes(BRIGHT + [helper.make_node("Loop", ["", "go_on", "centred"], ["logit"], body=body)]), "endless", [IMAGE], [LOGIT, SCOPE],
    CONSTANTS[:2]))


def branch(name, copies):
    return helper.make_graph(
        [helper.make_node("Concat", ["centred"] * copies, [name], axis=1)], name, [],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, copies])])


save("two-shapes.onnx", helper.make_graph(
    nodes(BRIGHT + [helper.make_node("If", ["go_on"], ["logit"], then_branch=branch("long", 2), else_branch=branch("short", 1))]),
    "two-shapes", [IMAGE], [helper.make_tensor_value_info("logit", TensorProto.FLOAT, [1, None]), SCOPE], CONSTANTS[:2]))

TYPES = {"float": TensorProto.FLOAT, "int32": TensorProto.INT32, "int64": TensorProto.INT64, "uint8": TensorProto.UINT8,
         "int8": TensorProto.INT8}
save("voxels.onnx", helper.make_graph(
    [helper.make_node("Greater", ["volume", "half"], ["bright"]),
     helper.make_node("Squeeze", ["bright", "channel"], ["voxels"]),
     helper.make_node("Sub", ["one", "volume"], ["darkness"]),
     helper.make_node("Concat", ["darkness", "volume"], ["scores"], axis=1)]
    + [helper.make_node("Cast", ["voxels"], [f"bright_{name}"], to=to) for name, to in TYPES.items()], "voxels",
    [helper.make_tensor_value_info("volume", TensorProto.FLOAT, [1, 1, 4, 4, 4])],
    [helper.make_tensor_value_info(f"bright_{name}", to, [1, 4, 4, 4]) for name, to in TYPES.items()]
    + [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, 2, 4, 4, 4])],
    CONSTANTS[:2] + [numpy_helper.from_array(np.array([1], dtype=np.int64), "channel")]))

external = TensorProto()
external.name = "ten"
external.data_type = TensorProto.FLOAT
external.dims.append(1)
external.data_location = TensorProto.EXTERNAL
entry = external.external_data.add()
entry.key, entry.value = "location", "weights.bin"
save("external.onnx", helper.make_graph(
    nodes([helper.make_node("Mul", ["centred", "ten"], ["logit"])]), "external", [IMAGE], [LOGIT, SCOPE],
    CONSTANTS[:2] + [external]))
save("custom.onnx", helper.make_graph(
    nodes([helper.make_node("Mystery", ["centred"], ["logit"], domain="com.example")]), "custom", [IMAGE], [LOGIT, SCOPE],
    CONSTANTS[:2]), ["com.example"])


IMAGES = helper.make_tensor_value_info("image", TensorProto.FLOAT, ["n", 1, S, S])
LOGITS = helper.make_tensor_value_info("logit", TensorProto.FLOAT, ["n", 1])
SCOPES = helper.make_tensor_value_info("scope_distance", TensorProto.FLOAT, ["n"])
ANY_BRIGHT = [
    helper.make_node("ReduceMax", ["high"], ["highest"], axes=[0], keepdims=1),
    helper.make_node("Greater", ["highest", "half"], ["bright"]),
    helper.make_node("Squeeze", ["bright"], ["go_on"]),
]


def save_batch(name, tail, constants):
    save(name, helper.make_graph(nodes(tail), name.split(".")[0], [IMAGES], [LOGITS, SCOPES], constants))


def counting(column):
    return helper.make_graph(
        [helper.make_node("Identity", ["going"], ["going_on"]), helper.make_node("Add", ["before", "one"], ["after"])], "body",
        [helper.make_tensor_value_info("round", TensorProto.INT64, []), helper.make_tensor_value_info("going", TensorProto.BOOL, []),
         helper.make_tensor_value_info("before", TensorProto.FLOAT, [column, 1])],
        [helper.make_tensor_value_info("going_on", TensorProto.BOOL, []),
         helper.make_tensor_value_info("after", TensorProto.FLOAT, [column, 1])])


save_batch("brightness-batch.onnx", [helper.make_node("Mul", ["centred", "ten"], ["logit"])], CONSTANTS)
save_batch("endless-batch.onnx", ANY_BRIGHT + [helper.make_node("Loop", ["", "go_on", "centred"], ["logit"], body=counting("n"))],
           CONSTANTS[:2])
save_batch("leaky-nan.onnx", ANY_BRIGHT + [
    helper.make_node("Where", ["go_on", "nan", "nought"], ["leak"]), helper.make_node("Add", ["centred", "leak"], ["logit"])],
    CONSTANTS[:2] + [constant("nan", float("nan")), constant("nought", 0.0)])
save_batch("mixing.onnx", [
    helper.make_node("ReduceMean", ["centred"], ["common"], axes=[0], keepdims=1),
    helper.make_node("Sub", ["centred", "common"], ["apart"]), helper.make_node("Mul", ["apart", "ten"], ["logit"])], CONSTANTS)
save_batch("hungry.onnx", [
    helper.make_node("ReduceMax", ["high"], ["highest"], axes=[0], keepdims=1),
    helper.make_node("Floor", ["highest"], ["whole"]),
    helper.make_node("Mul", ["whole", "many"], ["wanted"]),
    helper.make_node("Add", ["wanted", "one"], ["side"]),
    helper.make_node("Cast", ["side"], ["edge"], to=TensorProto.INT64),
    helper.make_node("Concat", ["edge", "edge"], ["square"], axis=0),
    helper.make_node("ConstantOfShape", ["square"], ["large"]),
    helper.make_node("ReduceMax", ["large"], ["nothing"], keepdims=1),
    helper.make_node("Add", ["centred", "nothing"], ["logit"])], CONSTANTS[:2] + [constant("many", [60000.0])])
save("slow.onnx", helper.make_graph(
    nodes([helper.make_node("Greater", ["high", "half"], ["bright"]),
           helper.make_node("Cast", ["bright"], ["once"], to=TensorProto.INT64),
           helper.make_node("Mul", ["once", "rounds"], ["trips"]),
           helper.make_node("Squeeze", ["trips"], ["count"]),
           helper.make_node("Loop", ["count", "", "centred"], ["counted"], body=counting(1)),
           helper.make_node("Sub", ["counted", "counted"], ["nothing"]),
           helper.make_node("Add", ["centred", "nothing"], ["logit"])]), "slow", [IMAGE], [LOGIT, SCOPE],
    CONSTANTS[:2] + [numpy_helper.from_array(np.array([500_000], dtype=np.int64), "rounds")]))

save("../../main/resources/io/prelim/inference/runtime/probe.onnx", helper.make_graph(
    [helper.make_node("Identity", ["in"], ["out"])], "probe", [helper.make_tensor_value_info("in", TensorProto.FLOAT, [1])],
    [helper.make_tensor_value_info("out", TensorProto.FLOAT, [1])]))
