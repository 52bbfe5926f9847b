"""Compares DICOM JSON written elsewhere with pydicom's own of the same file, attribute by attribute.

Standard input: lines of DICOM file, JSON to compare, where to write pydicom's JSON; parted by tabs. Standard output, for each
file: F path; D class path of each attribute that differs; OK elements compared, or a line that begins with X, why
pydicom gave up.
"""
import base64
import json
import math
import struct
import sys
import warnings

import pydicom

warnings.simplefilter("ignore")


def number(value):
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def same_number(ours, theirs, vr):
    a, b = number(ours), number(theirs)
    if a is None or b is None:
        return False
    if vr == "FL":
        return struct.pack("<f", a) == struct.pack("<f", b)
    return a == b or (math.isnan(a) and math.isnan(b))


def tidy(value):
    """Without padding and empty groups: null, empty text and an empty name are the same nothing."""
    if isinstance(value, dict):
        return {key: text.rstrip(" \0") for key, text in value.items() if text.rstrip(" \0")} or None
    if isinstance(value, str):
        return value.strip(" \0") or None
    return value


def values(attribute):
    listed = [tidy(value) for value in attribute.get("Value", [])]
    while listed and listed[-1] is None:
        listed.pop()
    return listed


def classify(ours, theirs, little_endian):
    """The name of the difference between two attributes, None when they agree."""
    if ours is None or theirs is None:
        return "only_here" if theirs is None else "only_there"
    if ours == theirs:
        return None
    if ours["vr"] != theirs["vr"]:
        return "vr_resolved" if ours["vr"] == "UN" else "vr_ambiguous" if " or " in theirs["vr"] else "vr"
    vr = ours["vr"]
    if "InlineBinary" in ours or "InlineBinary" in theirs:
        mine = base64.b64decode(ours.get("InlineBinary", ""))
        other = base64.b64decode(theirs.get("InlineBinary", ""))
        if not little_endian and mine != other and sorted(mine) == sorted(other):
            return "big_endian_not_turned"
        return "fragments_delimited" if mine == other[:len(mine)] or other == mine[:len(other)] else "binary"
    mine, other = values(ours), values(theirs)
    if mine == other:
        return "empty_or_padding"
    if vr in ("DS", "IS", "FL", "FD") and len(mine) == len(other):
        if all(same_number(a, b, vr) for a, b in zip(mine, other)):
            return "number_spelled_otherwise"
    return "value"


def compare(ours, theirs, path, little_endian, out):
    count = 0
    for key in sorted(set(ours) | set(theirs)):
        if key.endswith("0000"):
            continue  # group lengths are no part of the model
        count += 1
        mine, other = ours.get(key), theirs.get(key)
        if mine and other and mine["vr"] == other["vr"] == "SQ":
            items, others = mine.get("Value", []), other.get("Value", [])
            if len(items) != len(others):
                out.append("items " + path + key)
            for number_, (a, b) in enumerate(zip(items, others), 1):
                count += compare(a, b, "%s%s[%d]." % (path, key, number_), little_endian, out)
        else:
            name = classify(mine, other, little_endian)
            if name:
                out.append(name + " " + path + key)
    return count


def main():
    for line in sys.stdin:
        dicom, ours, theirs = line.rstrip("\n").split("\t")
        print("F " + dicom)
        try:
            dataset = pydicom.dcmread(dicom, force=True)
            model = json.loads(json.dumps(dataset.to_json_dict()))
            with open(theirs, "w", encoding="utf-8") as out:
                json.dump(model, out)
            with open(ours, encoding="utf-8") as written:
                own = json.load(written)
            differences = []
            count = compare(own, model, "", dataset.is_little_endian, differences)
            for difference in differences:
                print("D " + difference)
            pydicom.Dataset.from_json(own)
            print("OK %d" % count)
        except Exception as e:  # whatever it is, it is pydicom's
            print("X " + type(e).__name__)


main()
