"""Writes both cards (CHAI applied model card 0.2): prose from training/card.yaml.in, figures from the evaluations.

`python3 cards.py` from this folder, once both evaluations are there.
"""

import json
import pathlib
import string

MODELS = pathlib.Path(__file__).resolve().parent
CHEST = MODELS / "chest-pneumonia-paediatric"
GUARD = MODELS / "frontal-chest-guard"
GUARD_GOALS = {"rejected": 0.98, "refused": 0.01}

SHARED = {
    "preamble": "schema: prelim.card/1\ncard: CHAI applied model card 0.2\nclearance: none\nregion: []\nexpires: 2027-11-30",
    "developer": "developer: Project Prelim\n  contact: the issue tracker of the project",
    "release": "stage: research\n  date: 2026-11-27\n  globalAvailability: none; not placed on the market anywhere\n"
               "  regulatoryApproval: none",
    "source": "source: Kermany, Zhang, Goldbaum. Labeled Optical Coherence Tomography (OCT) and Chest X-Ray Images for Classification. "
              "Mendeley Data, v2\n    doi: 10.17632/rscbjbr9sj.2\n    licence: CC BY 4.0",
    "attribution": "attribution: >-\n    Derived from Kermany, Zhang, Goldbaum, Mendeley Data, doi:10.17632/rscbjbr9sj.2, CC BY 4.0. "
                   "Changes: resized, normalised, used for training."}


def read(path):
    return json.loads(path.read_text())


def write(template, path, **figures):
    """Fills the template in; what is no text is written as JSON, which YAML reads."""
    shown = {key: value if isinstance(value, str) else json.dumps(value) for key, value in figures.items()}
    path.write_text(string.Template(template.read_text()).substitute(SHARED, **shown))


def reached(met):
    return "reached" if met else "NOT reached"


def interval(figure):
    return f"{figure['value']} (95 % interval {figure['ci95'][0]} to {figure['ci95'][1]})"


def refused(group):
    return f"{round(group['rate'] * group['images'])} of {group['images']}"


def guard_goal(report):
    short = [name for name, each in report["rejectedUnseen"].items() if each["rate"] < GUARD_GOALS["rejected"]]
    rate = report["falseRefusalAll"]["rate"]
    kinds = "every kind reaches it" if not short else "short of it: " + ", ".join(
        f"{name} {report['rejectedUnseen'][name]['rate']}" for name in short)
    return (f"Goal of {GUARD_GOALS['rejected']} rejection by kind: {kinds}. Goal of at most {GUARD_GOALS['refused']} false refusal of "
            f"held-out patients: {reached(rate <= GUARD_GOALS['refused'])} ({rate}).")


def guard_looks(report):
    told = "; ".join(f"{each['version']}: false refusal {each['falseRefusal']}, rejection {each['rejectedUnseen']}"
                     for each in report["earlierLooks"])
    return f"Evaluated {report['looks']} times on the same images. Before: {told}."


def guard_summary(report):
    rejected, radiographs = report["rejectedUnseenAll"], report["falseRefusalAll"]
    return (f"The guard rejected {rejected['rate']:.1%} of {rejected['images']} images of kinds it had not met in training, and refused "
            f"{radiographs['rate']:.2%} of {radiographs['images']} radiographs of held-out patients (goal 1 %); rates by kind are under Safety.")


def guard_card():
    report = read(GUARD / "evaluation.json")
    write(GUARD / "training" / "card.yaml.in", GUARD / "card.yaml", version=report["version"], threshold=report["threshold"],
          goal=guard_goal(report), all_rejected=report["rejectedUnseenAll"]["rate"], all_images=report["rejectedUnseenAll"]["images"],
          refusal=report["falseRefusal"], refusal_all=report["falseRefusalAll"], rejected=report["rejectedUnseen"],
          rejected_all=report["rejectedUnseenAll"], adults=refused(report["adults"]), looks=guard_looks(report))


def shift_text(report):
    found, fixed = report["all"], report["calibrationSplit"]
    return (f"Official training and test images differ: with the same threshold sensitivity and specificity were {fixed['sensitivity']} and "
            f"{fixed['specificity']} on held-out training patients, {found['sensitivity']['value']} and {found['specificity']['value']} on "
            "the test half (74 % of the training images and 62 % of the test images show pneumonia).")


def goals_text(report):
    found, goals, floor = report["all"], report["goals"], report["calibrationSplit"]["noiseFloor"]
    return (f"Goals: AUC {goals['auc']} was {reached(found['auc']['value'] >= goals['auc'])} ({found['auc']['value']}), calibration error "
            f"{goals['ece']} was {reached(found['ece'] <= goals['ece'])} ({found['ece']}; exact probabilities would show "
            f"{floor['mean']} on average on so many images, and more than {floor['p95']} one time in twenty).")


def looks_text(report):
    told = "; ".join(f"{each['version']}: AUC {each['auc']}, calibration error {each['ece']}, sensitivity {each['sensitivity']}, "
                     f"specificity {each['specificity']}" for each in report["looks"])
    return f"The project has looked at this half {len(report['looks'])} times. {told}."


def width_text(shifts):
    turned = shifts["auc"]["aspect turned round, cropped"]
    return ("Normal and pneumonia differ in acquisition too (width over height 1.22 and 1.53 on average before squashing). With that turned "
            f"round the validation AUC was {turned['1.0.0']} for version 1.0.0 and is {turned['this']} now.")


def chest_card():
    report, guard = read(CHEST / "package" / "validation.json"), read(GUARD / "evaluation.json")
    decisions, whole = read(CHEST / "training" / "decisions.json"), report["all"]
    split = {key: value for key, value in report["calibrationSplit"].items() if not isinstance(value, dict)}
    write(CHEST / "training" / "card.yaml.in", CHEST / "package" / "card.yaml", version=report["version"], shift=shift_text(report),
          floor=f"The published AUC of {report['floorAuc']} was {reached(report['meetsFloor'])}: {interval(whole['auc'])}.",
          goals=goals_text(report), looks=looks_text(report), width=width_text(read(CHEST / "training" / "shifts.json")),
          guard=guard_summary(guard), data=json.dumps(report["data"]), threshold=report["threshold"],
          rule=json.dumps(decisions["threshold_rule"]), prevalence=f"{decisions['reference_prevalence']:.0%}",
          **{key: whole[key] for key in ("auc", "accuracy", "sensitivity", "specificity", "ece")}, floor_of_error=report["calibrationSplit"]["noiseFloor"],
          calibration_split=split, subtype=report["sensitivityBySubtype"], refuses=guard["falseRefusal"],
          rejects=guard["rejectedUnseen"], adults=refused(guard["adults"]), test_accepted=report["scope"]["accepted"])


if __name__ == "__main__":
    guard_card()
    chest_card()
