"""Writes package/card.yaml (CHAI applied model card 0.2): the prose here, the figures from validation.json and guard.json."""

import json

from dataset import MODEL
from evaluate import REPORT

CARD = """\
schema: prelim.card/1
card: CHAI applied model card 0.2
clearance: none
region: []
expires: 2027-11-30
population: {{ ageYears: [1, 5] }}

BasicInfo:
  name: Paediatric chest radiograph, pneumonia
  id: chest-pneumonia-paediatric
  developer: Project Prelim
  contact: the issue tracker of the project

ReleaseInfo:
  version: 1.0.0
  stage: research
  date: 2026-11-24
  globalAvailability: none; not placed on the market anywhere
  regulatoryApproval: none

ModelSummary:
  summary: >-
    Tells a frontal chest radiograph of a child aged 1 to 5 years that shows pneumonia from a normal one, and abstains from images that are
    not like the frontal chest radiographs it was trained on.
  keywords: [chest radiograph, pneumonia, paediatric, research only]
  modelType: two small residual networks trained from scratch from different seeds, mean of their logits; Platt calibration
  input: one frontal radiograph, grey, squashed to 160 x 160
  output: probability of pneumonia, distance from the training images, class activation map

UsesAndDirections:
  intendedUse: research and demonstration of the drafting of preliminary reports; never for the care of a patient
  primaryUsers: developers and researchers
  howToUse: as a shadow, or with its findings marked as research
  targetPopulation: children of 1 to 5 years, anteroposterior or posteroanterior view
  outOfScope:
    - adults, infants under one year, and children over five
    - lateral and decubitus views, other body parts, images rotated, cropped or inverted
    - any finding other than pneumonia; a low probability does not mean a normal radiograph

Warnings:
  knownRisksAndLimitations:
    - Trained on one hospital and one archive; expect a loss of accuracy elsewhere.
    - Labels come from readers of the radiograph alone, without microbiology or follow-up.
    - Normal and pneumonia differ in acquisition too (aspect ratio 1.22 and 1.53 on average before squashing); the network may use this.
    - The images were JPEG files of 8 bits that had been resized; the chain of a detector was not seen.
    - "{shift}"
    - "{floor}"
    - "{guard}"
    - Adult frontal chest radiographs pass the guard (both of two that were tried); the age must be checked by whoever selects the study.
  clinicalRiskLevel: high if used for care, for which it is not meant

TrustIngredients:
  developmentDataset:
    source: Kermany, Zhang, Goldbaum. Labeled Optical Coherence Tomography (OCT) and Chest X-Ray Images for Classification. Mendeley Data, v2
    doi: 10.17632/rscbjbr9sj.2
    licence: CC BY 4.0
    population: children of 1 to 5 years, Guangzhou Women and Children's Medical Center, routine care
    used: >-
      3589 of the official training radiographs (2816 training, 230 validation, 543 calibration), 745 of them in a second resolution as well;
      split by patient number, numbers that occur in the test half left out
  biasMitigation: classes weigh the same in training and calibration; varied pose, sharpness, grey curve, recompression; age and sex are not in the data
  transparency: training, calibration and evaluation scripts with fixed seeds are in the project
  maintenance: to be trained anew or withdrawn by the expiry date
  ethicalReview: public data without identity; none sought
  fundingAndConflicts: none

KeyMetrics:
  Usefulness:
    data: {data}
    threshold: {threshold}
    thresholdRule: {rule}
    auc: {auc}
    accuracy: {accuracy}
    sensitivity: {sensitivity}
    specificity: {specificity}
    expectedCalibrationError: {ece}
    reference: "Kermany et al., Cell 2018, whole official test split: AUC 0.968, accuracy 0.928"
    calibrationSplit: {calibration_split}
  Fairness:
    statement: no age, sex or ethnicity is recorded in the data, so no subgroup of patients could be examined
    sensitivityBySubtype: {subtype}
  Safety:
    guardAccepts: {accepts}
    guardRejects: {rejects}
    testHalfAccepted: {test_accepted}
    statement: >-
      the guard was tested on made and public images, not on a clinical stream; the 512 px set contains patients of training, the other two are held out

Resources:
  attribution: >-
    Derived from Kermany, Zhang, Goldbaum, Mendeley Data, doi:10.17632/rscbjbr9sj.2, CC BY 4.0. Changes: resized, normalised, used for training.
  paper: Kermany et al. Identifying Medical Diagnoses and Treatable Diseases by Image-Based Deep Learning. Cell 2018, doi:10.1016/j.cell.2018.02.010
  trainingScripts: inference-service/models/chest-pneumonia-paediatric/training
"""


def interval(figure):
    return f"{figure['value']} (95 % interval {figure['ci95'][0]} to {figure['ci95'][1]})"


def shift_text(report):
    reached, fixed = report["all"], report["calibrationSplit"]
    return (f"Official training and test images differ: with the same threshold sensitivity and specificity were {fixed['sensitivity']} and "
            f"{fixed['specificity']} on held-out training patients, {reached['sensitivity']['value']} and "
            f"{reached['specificity']['value']} on the test half (74 % of the training images and 62 % of the test images show pneumonia).")


def floor_text(report):
    met = "reached" if report["meetsFloor"] else "NOT reached"
    return f"The published AUC of {report['floorAuc']} was {met}: {interval(report['all']['auc'])}."


def guard_text(guard):
    dicom = guard.get("dicom", {"images": 0, "rejected": 0, "accepted": []})
    return (f"The guard rejected {dicom['rejected']} of {dicom['images']} assorted DICOM images (CT, MR, US, limbs, a dog, one frontal chest); "
            f"rates by kind are under Safety.")


def main():
    report = json.loads(REPORT.read_text())
    guard = json.loads((MODEL / "training" / "guard.json").read_text())
    decisions = json.loads((MODEL / "training" / "decisions.json").read_text())
    whole = report["all"]
    text = CARD.format(
        shift=shift_text(report), floor=floor_text(report), guard=guard_text(guard), data=json.dumps(report["data"]),
        threshold=report["threshold"], rule=json.dumps(decisions["threshold_rule"]),
        **{key: json.dumps(whole[key]) for key in ("auc", "accuracy", "sensitivity", "specificity", "ece")},
        calibration_split=json.dumps(report["calibrationSplit"]), subtype=json.dumps(report["sensitivityBySubtype"]),
        accepts=json.dumps(guard["accepted"]), rejects=json.dumps(guard["rejected"]),
        test_accepted=json.dumps(report["scope"]["accepted"]))
    (REPORT.parent / "card.yaml").write_text(text)


if __name__ == "__main__":
    main()
