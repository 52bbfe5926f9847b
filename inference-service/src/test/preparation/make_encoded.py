#!/usr/bin/python3
"""Encodes images of the preparation tests with DCMTK and GDCM (dcmtk, libgdcm-tools), without loss but for baseline. Committed.

encoded/<case>.<syntax>: the value of Pixel Data; encoded/index.json: what the encoded object says of it.
"""
import json
import os
import struct
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = ["grey8-down", "grey12-inverted", "signed16-rescaled", "rgb-interleaved"]
ENCODERS = {
    "rle": ["dcmcrle"],
    "jpeg": ["dcmcjpeg", "+e1"],
    "jpegls": ["dcmcjpls", "+el"],
    "jpeg2000": ["gdcmconv", "--j2k"],
    "baseline": ["dcmcjpeg", "+eb", "+cy", "+q", "95"],
}
LONG = (b"OB", b"OW", b"SQ", b"UN", b"UT")


def element(group, number, vr, value):
    value += (b" " if vr in (b"CS", b"DS", b"IS") else b"\0") * (len(value) % 2)
    head = struct.pack("<HH", group, number) + vr
    return head + (b"\0\0" + struct.pack("<I", len(value)) if vr in LONG else struct.pack("<H", len(value))) + value


def us(group, number, value):
    return element(group, number, b"US", struct.pack("<H", value))


def plain(case, pixels):
    sop_class, instance = b"1.2.840.10008.5.1.4.1.1.1.1", b"1.2.826.0.1.3680043.9.3.1"
    meta = (element(2, 1, b"OB", b"\0\1") + element(2, 2, b"UI", sop_class) + element(2, 3, b"UI", instance)
            + element(2, 0x10, b"UI", b"1.2.840.10008.1.2.1") + element(2, 0x12, b"UI", b"1.2.826.0.1.3680043.9.3"))
    colour = us(0x28, 6, case["planarConfiguration"]) if case["samplesPerPixel"] > 1 else b""
    data = (element(8, 0x16, b"UI", sop_class) + element(8, 0x18, b"UI", instance) + element(8, 0x60, b"CS", b"DX")
            + element(0x20, 0xD, b"UI", b"1.2.826.0.1.3680043.9.3.2") + element(0x20, 0xE, b"UI", b"1.2.826.0.1.3680043.9.3.3")
            + us(0x28, 2, case["samplesPerPixel"]) + element(0x28, 4, b"CS", case["photometricInterpretation"].encode()) + colour
            + us(0x28, 0x10, case["rows"]) + us(0x28, 0x11, case["columns"]) + us(0x28, 0x100, case["bitsAllocated"])
            + us(0x28, 0x101, case["bitsStored"]) + us(0x28, 0x102, case["highBit"]) + us(0x28, 0x103, case["pixelRepresentation"])
            + element(0x7FE0, 0x10, b"OB" if case["bitsAllocated"] == 8 else b"OW", pixels))
    return b"\0" * 128 + b"DICM" + element(2, 0, b"UL", struct.pack("<I", len(meta))) + meta + data


def read(path):
    """Elements of the top level up to pixel data, explicit VR little endian; sequences are stepped over by their length."""
    data = open(path, "rb").read()
    at, found = 132, {}
    while True:
        group, number = struct.unpack_from("<HH", data, at)
        vr = data[at + 4:at + 6]
        if vr in LONG:
            length, at = struct.unpack_from("<I", data, at + 8)[0], at + 12
        else:
            length, at = struct.unpack_from("<H", data, at + 6)[0], at + 8
        if (group, number) == (0x7FE0, 0x10):
            return found, data[at:]
        if length == 0xFFFFFFFF:
            length = data.index(b"\xFE\xFF\xDD\xE0", at) + 8 - at
        found[group, number] = data[at:at + length]
        at += length


index = []
with tempfile.TemporaryDirectory() as folder:
    for case in json.load(open(os.path.join(HERE, "index.json"))):
        if case["name"] not in CASES:
            continue
        source, target = os.path.join(folder, "plain.dcm"), os.path.join(folder, "encoded.dcm")
        with open(source, "wb") as out:
            out.write(plain(case, open(os.path.join(HERE, case["name"] + ".pixels"), "rb").read()))
        for kind, command in ENCODERS.items():
            if kind == "baseline" and case["bitsAllocated"] > 8:
                continue
            subprocess.run(command + [source, target], check=True)
            found, value = read(target)
            name = case["name"] + "." + kind
            with open(os.path.join(HERE, "encoded", name), "wb") as out:
                out.write(value)
            index.append(dict(
                name=case["name"], file=name, transferSyntax=found[2, 0x10].rstrip(b"\0").decode(),
                photometricInterpretation=found[0x28, 4].decode().strip(),
                planarConfiguration=struct.unpack("<H", found.get((0x28, 6), b"\0\0"))[0],
                bitsStored=struct.unpack("<H", found[0x28, 0x101])[0], highBit=struct.unpack("<H", found[0x28, 0x102])[0]))
with open(os.path.join(HERE, "encoded", "index.json"), "w") as out:
    json.dump(index, out, indent=1)
    out.write("\n")
