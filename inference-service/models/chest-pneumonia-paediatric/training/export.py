"""Exports one ONNX graph, the guard merged into it, and writes manifest.yaml beside it, from work/ and decisions.json."""

import hashlib
import json
import sys

import onnx
import torch

from calibrate import DECISIONS, GUARD, ensemble
from dataset import MODEL
from preparation import HIGH, LOW, SIZE

PACKAGE = MODEL / "package"
VERSION = "1.2.0"

MANIFEST = """\
schema: prelim.model/1
id: chest-pneumonia-paediatric
version: {version}
name: Paediatric chest radiograph, pneumonia
model: {{ file: model.onnx, sha256: {sha256} }}
input:
  name: image
  layout: NCHW
  shape: [1, {size}, {size}]
  preparation:
    kind: single-frame
    colour: grey
    resize: {{ mode: squash, interpolation: bilinear-antialias, width: {size}, height: {size} }}
    intensity: {{ kind: percentile, low: {low}, high: {high} }}
outputs:
  finding: {{ name: logit, activation: sigmoid }}
  scope: {{ name: scope_distance, threshold: {scope_threshold}, direction: accept-below, reason: "not a frontal chest radiograph as seen in training" }}
  saliency: {{ name: cam }}
findings:
  - id: pneumonia
    output: logit
    index: 0
    code: {{ scheme: SCT, value: "233604007", meaning: Pneumonia }}
    site: {{ scheme: SCT, value: "39607008", meaning: Lung }}
    calibration: {{ method: platt, slope: {slope}, intercept: {intercept} }}   # p = sigmoid(slope * logit + intercept)
    x-referencePrevalence: {reference_prevalence}   # elsewhere the logit of p moves by the difference of the log odds
    threshold: {threshold}   # on p: {threshold_rule}
    urgent: false
selection:   # all must hold
  modality: [CR, DX, OT]   # OT: radiographs wrapped as secondary capture; the scope guard judges the pixels
  bodyPart: {{ anyOf: [CHEST, THORAX], absentAllowed: true }}
  viewPosition: {{ anyOf: [AP, PA], absentAllowed: true }}
  ageBand: {{ anyOf: ["1-5"], absentAllowed: true }}   # the population of the card
  maxImages: 4
  burnedInAccepted: false
limits: {{ deadlineSeconds: 30, maxPixels: 67108864 }}
"""


def export(path):
    sys.path.append(str(GUARD / "training"))
    from merge import merged
    names = ["logit", "cam"]
    torch.onnx.export(ensemble(), torch.rand(2, 1, SIZE, SIZE), str(path), opset_version=14, input_names=["image"],
                      output_names=names, dynamic_axes={name: {0: "N"} for name in ["image"] + names})
    model = merged(onnx.load(str(path)), onnx.load(str(GUARD / "guard.onnx")))
    model.producer_name, model.producer_version, model.doc_string = "prelim", VERSION, ""
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def main():
    path = PACKAGE / "model.onnx"
    PACKAGE.mkdir(exist_ok=True)
    export(path)
    decisions = json.loads(DECISIONS.read_text())
    text = MANIFEST.format(version=VERSION, sha256=hashlib.sha256(path.read_bytes()).hexdigest(), size=SIZE, low=LOW, high=HIGH,
                           **decisions["calibration"], **{k: v for k, v in decisions.items() if k not in ("calibration",)})
    (PACKAGE / "manifest.yaml").write_text(text)
    print(f"{path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
