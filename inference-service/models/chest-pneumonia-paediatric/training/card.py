"""Writes package/card.yaml (CHAI applied model card 0.2): the prose here, the figures from validation.json and the guard's evaluation."""

import json

from calibrate import GUARD
from dataset import MODEL
from evaluate import GOALS, REPORT
from export import VERSION

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
  version: {version}
  stage: research
  date: 2026-11-27
  globalAvailability: none; not placed on the market anywhere
  regulatoryApproval: none

ModelSummary:
  summary: >-
    Tells a frontal chest radiograph of a child aged 1 to 5 years that shows pneumonia from a normal one, and abstains from images that are
    not like the frontal chest radiographs it was trained on.
  keywords: [chest radiograph, pneumonia, paediatric, research only]
  modelType: two small residual networks trained from different seeds, mean of their logits; Platt calibration
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
    - "{width}"
    - The images were JPEG files of 8 bits that had been resized; the chain of a detector was not seen.
    - "{shift}"
    - "{floor}"
    - "{goals}"
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
  biasMitigation: classes weigh the same in training and calibration, and are given the same widths; varied pose, sharpness, grey curve, recompression; age and sex are not in the data
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
    guardRefusesRadiographs: {refuses}
    guardRejectsUnseenKinds: {rejects}
    testHalfAccepted: {test_accepted}
    statement: the guard was tested on made and public images, not on a clinical stream; its own card is in frontal-chest-guard

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


def goals_text(report):
    reached = report["all"]
    area = "reached" if reached["auc"]["value"] >= GOALS["auc"] else "NOT reached"
    error = "reached" if reached["ece"] <= GOALS["ece"] else "NOT reached"
    return (f"Goals for this version: AUC {GOALS['auc']} was {area} ({reached['auc']['value']}), calibration error {GOALS['ece']} was {error} "
            f"({reached['ece']}). It is look {report['lookAtThisHalf']} of the project at this half; version 1.0.0 gave AUC "
            f"{report['earlierLooks'][0]['auc']}.")


def width_text(shifts):
    turned = shifts["auc"]["aspect turned round, cropped"]
    return (f"Normal and pneumonia differ in acquisition too (width over height 1.22 and 1.53 on average before squashing). With that turned "
            f"round the validation AUC was {turned['1.0.0']} for version 1.0.0 and is {turned['this']} now.")


def guard_text(guard):
    rejected = guard["rejectedUnseenAll"]
    return f"The guard rejected {rejected['rate']:.1%} of {rejected['images']} images of kinds it had not met in training, and refused {guard['falseRefusalAll']['rate']:.2%} of {guard['falseRefusalAll']['images']} radiographs of held-out patients (goal 1 %); rates by kind are under Safety."


def main():
    report = json.loads(REPORT.read_text())
    guard = json.loads((GUARD / "evaluation.json").read_text())
    shifts = json.loads((MODEL / "training" / "shifts.json").read_text())
    decisions = json.loads((MODEL / "training" / "decisions.json").read_text())
    whole = report["all"]
    split = {key: value for key, value in report["calibrationSplit"].items() if key != "renderings"}
    text = CARD.format(
        version=VERSION, shift=shift_text(report), floor=floor_text(report), goals=goals_text(report), width=width_text(shifts),
        guard=guard_text(guard), data=json.dumps(report["data"]), threshold=report["threshold"], rule=json.dumps(decisions["threshold_rule"]),
        **{key: json.dumps(whole[key]) for key in ("auc", "accuracy", "sensitivity", "specificity", "ece")},
        calibration_split=json.dumps(split), subtype=json.dumps(report["sensitivityBySubtype"]),
        refuses=json.dumps(guard["falseRefusal"]), rejects=json.dumps(guard["rejectedUnseen"]),
        test_accepted=json.dumps(report["scope"]["accepted"]))
    (REPORT.parent / "card.yaml").write_text(text)


if __name__ == "__main__":
    main()
