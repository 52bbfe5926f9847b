"""Exports ../guard.onnx: input `image` (N, 1, 160, 160), output `scope_distance` (N, 1)."""

import onnx
import torch

from chest import GUARD
from decide import guard
from preparation import SIZE

FILE = GUARD / "guard.onnx"
VERSION = "1.1.0"


def main():
    names = ["image", "scope_distance"]
    torch.onnx.export(guard(), torch.rand(2, 1, SIZE, SIZE), str(FILE), opset_version=14, input_names=names[:1],
                      output_names=names[1:], dynamic_axes={name: {0: "N"} for name in names})
    model = onnx.load(str(FILE))
    model.producer_name, model.producer_version, model.doc_string = "prelim", VERSION, ""
    onnx.checker.check_model(model)
    onnx.save(model, str(FILE))
    print(f"{FILE.name}: {FILE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
