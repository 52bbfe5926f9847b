"""Writes ../card.yaml (CHAI applied model card 0.2): the prose here, the figures from evaluation.json."""

import json

from chest import GUARD
from evaluate import REPORT
from export import VERSION

CARD = """\
schema: prelim.card/1
card: CHAI applied model card 0.2
clearance: none
region: []
expires: 2027-11-30

BasicInfo:
  name: Frontal-chest guard
  id: frontal-chest-guard
  developer: Project Prelim
  contact: the issue tracker of the project

ReleaseInfo:
  version: {version}
  stage: research
  date: 2026-11-27
  globalAvailability: none; not placed on the market anywhere
  regulatoryApproval: none

ModelSummary:
  summary: Says how little an image looks like an upright frontal chest radiograph, so that another model can abstain from it.
  keywords: [chest radiograph, out of distribution, research only]
  modelType: >-
    the largest of three scaled distances: what 48 principal components leave over, the length of their coefficients, a small network
  input: one frontal radiograph, grey, squashed to 160 x 160, percentiles 0.5 and 99.5 to 0 and 1
  output: scope_distance; refused above {threshold}

UsesAndDirections:
  intendedUse: the scope output of research models of the chest; never the care of a patient by itself
  primaryUsers: developers and researchers
  howToUse: merged into a classifier of the same input
  targetPopulation: children of 1 to 5 years
  outOfScope: age, and anything within a chest that is none of the classifier's; adults' chests may pass

Warnings:
  knownRisksAndLimitations:
    - Trained on one hospital's radiographs; radiographs of other detectors may be refused more often.
    - "Classes it has not met in training are rejected at {all_rejected} of {all_images} images; by class under KeyMetrics."
    - "{goal}"
    - True lateral views were not at hand; halves and folded chests stand for them.
  clinicalRiskLevel: low; a refusal costs a draft, an acceptance lets the classifier answer

TrustIngredients:
  developmentDataset:
    source: Kermany, Zhang, Goldbaum. Labeled Optical Coherence Tomography (OCT) and Chest X-Ray Images for Classification. Mendeley Data, v2
    doi: 10.17632/rscbjbr9sj.2
    licence: CC BY 4.0
    used: the training patients of chest-pneumonia-paediatric, and negatives made from them and from formulas
  transparency: scripts with fixed seeds are in the project

KeyMetrics:
  falseRefusal: {refusal}
  falseRefusalAll: {refusal_all}
  rejectedUnseen: {rejected}
  rejectedUnseenAll: {rejected_all}

Resources:
  attribution: >-
    Derived from Kermany, Zhang, Goldbaum, Mendeley Data, doi:10.17632/rscbjbr9sj.2, CC BY 4.0. Changes: resized, normalised, used for training.
  trainingScripts: inference-service/models/frontal-chest-guard/training
"""

GOAL = {"rejected": 0.98, "refused": 0.01}


def goal_text(report):
    short = [name for name, each in report["rejectedUnseen"].items() if each["rate"] < GOAL["rejected"]]
    refused = report["falseRefusalAll"]["rate"]
    kinds = "every class reaches it" if not short else "short of it: " + ", ".join(f"{name} {report['rejectedUnseen'][name]['rate']}" for name in short)
    met = "met" if refused <= GOAL["refused"] else "NOT met"
    return (f"Goal of {GOAL['rejected']} rejection by class: {kinds}. Goal of at most {GOAL['refused']} false refusal of held-out patients: "
            f"{met} ({refused}).")


def main():
    report = json.loads(REPORT.read_text())
    text = CARD.format(
        version=VERSION, threshold=report["threshold"], goal=goal_text(report), all_rejected=report["rejectedUnseenAll"]["rate"],
        all_images=report["rejectedUnseenAll"]["images"], refusal=json.dumps(report["falseRefusal"]),
        refusal_all=json.dumps(report["falseRefusalAll"]), rejected=json.dumps(report["rejectedUnseen"]),
        rejected_all=json.dumps(report["rejectedUnseenAll"]))
    (GUARD / "card.yaml").write_text(text)


if __name__ == "__main__":
    main()
