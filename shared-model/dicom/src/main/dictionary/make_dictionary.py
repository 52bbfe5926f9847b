#!/usr/bin/python3
"""Writes standard.txt, the data dictionary, from the facts that pydicom's tables hold (Debian: python3-pydicom), and
counts where DCMTK's dictionary (Debian: libdcmtk17, dicom.dic) says otherwise. Attributes that DCMTK alone knows are taken
from there; those that PS3.6 gives no keyword (retired, blank) say nothing and are left out.

    /usr/bin/python3 make_dictionary.py standard.txt /usr/share/libdcmtk17/dicom.dic

One line an attribute, sorted by tag, patterns last: tag, value representations, value multiplicity, keyword, R if retired.
An x in a tag stands for any digit; where the group has one, only even groups are meant (PS3.5 section 7.6).
"""
import re
import sys

from pydicom import __version__, _dicom_dict

# where nothing decides, implicit VR little endian takes OW (PS3.5 annex A.1), and numbers are unsigned
ORDER = {"OB or OW": "OW|OB", "US or SS": "US|SS", "US or OW": "US|OW", "US or SS or OW": "US|SS|OW"}


def rows():
    for tag, (vr, vm, _, retired, keyword) in sorted(_dicom_dict.DicomDictionary.items()):
        if keyword and tag >> 16 != 0xFFFE:  # items and delimiters are structure, not attributes
            yield "%08X" % tag, ORDER.get(vr, vr), vm, keyword, bool(retired)
    for mask, (vr, vm, _, retired, keyword) in sorted(_dicom_dict.RepeatersDictionary.items()):
        tag = mask.upper().replace("X", "x")
        yield tag, ORDER.get(vr, vr), vm, keyword, bool(retired)


def covered(tag, rows):
    """Whether a pattern covers the tag."""
    return any("x" in row[0] and re.fullmatch(row[0].replace("x", "."), tag) for row in rows)


def dcmtk(path):
    vrs = {"ox": "OW|OB", "px": "OW|OB", "xs": "US|SS", "lt": "US|OW", "up": "UL"}
    ranges = {"50": "50xx", "60": "60xx", "7F": "7Fxx"}
    with open(path) as lines:
        for line in lines:
            match = re.match(r"\(([^,]*),([^)]*)\)\t(\S+)\t(\S+)\t(\S+)\t(DICOM\S*)", line)
            if match:
                group, element, vr, name, vm, version = match.groups()
                if "-" in group:
                    group = ranges.get(group[:2].upper(), group)
                if element.upper() == "3100-31FF":
                    element = "31xx"
                retired = name.startswith("RETIRED_")
                tag = (group + element).upper().replace("X", "x")
                yield tag, vrs.get(vr, vr), vm, name.replace("RETIRED_", ""), retired


def compare(own, other):
    """Prints each disagreement, and how many there are of each kind."""
    ours = {row[0]: row for row in own}
    theirs = {row[0]: row for row in other if not row[0].startswith("FFFE")}
    counts = {"in both": len(ours.keys() & theirs.keys())}
    for tag in sorted(ours.keys() ^ theirs.keys()):
        kind = "only here" if tag in ours else "only there"
        counts[kind] = counts.get(kind, 0) + 1
        print(kind, *(ours.get(tag) or theirs.get(tag)))
    for tag in sorted(ours.keys() & theirs.keys()):
        for field, name in ((1, "representation"), (2, "multiplicity"), (3, "keyword"), (4, "retired")):
            if ours[tag][field] != theirs[tag][field]:
                counts[name] = counts.get(name, 0) + 1
                print(name, tag, ours[tag][3], ours[tag][field], "there", theirs[tag][field])
    print(counts)


def main():
    own = list(rows())
    other = list(dcmtk(sys.argv[2]))
    compare(own, other)
    known = {row[0] for row in own}
    own += [row for row in other if not row[0].startswith("FFFE") and row[0] not in known and not covered(row[0], own)]
    own.sort(key=lambda row: ("x" in row[0], row[0]))
    with open(sys.argv[1], "w", encoding="ascii", newline="\n") as out:
        out.write("# The attributes of PS3.6 chapters 6, 7 and 8 and of PS3.7 annex E, by tag; patterns (x: any digit) last.\n")
        out.write("# Made by src/main/dictionary/make_dictionary.py from the tables of pydicom %s and DCMTK.\n" % __version__)
        for tag, vr, vm, keyword, retired in own:
            out.write(" ".join([tag, vr, vm, keyword] + (["R"] if retired else [])) + "\n")


if __name__ == "__main__":
    main()
