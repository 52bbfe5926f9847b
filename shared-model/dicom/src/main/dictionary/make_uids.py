#!/usr/bin/python3
"""Writes uids.txt, the registered UIDs of PS3.6 annex A, from the facts that pydicom's tables hold (Debian:
python3-pydicom), and those registered since.

    /usr/bin/python3 make_uids.py uids.txt

One line a UID, sorted by its components, fields parted by tabs: UID, type, keyword or - where it has none, R if retired else
-, name.
"""
import sys

from pydicom import __version__, _uid_dict

# PS3.6 table A-1 of 2024 and later, which this pydicom does not know yet
SINCE = {
    "1.2.840.10008.1.2.4.110": ("JPEG XL Lossless", "Transfer Syntax", "JPEGXLLossless"),
    "1.2.840.10008.1.2.4.111": ("JPEG XL JPEG Recompression", "Transfer Syntax", "JPEGXLJPEGRecompression"),
    "1.2.840.10008.1.2.4.112": ("JPEG XL", "Transfer Syntax", "JPEGXL"),
    "1.2.840.10008.1.2.4.201": (
        "High-Throughput JPEG 2000 Image Compression (Lossless Only)", "Transfer Syntax", "HTJ2KLossless"),
    "1.2.840.10008.1.2.4.202": (
        "High-Throughput JPEG 2000 with RPCL Options Image Compression (Lossless Only)", "Transfer Syntax",
        "HTJ2KLosslessRPCL"),
    "1.2.840.10008.1.2.4.203": ("High-Throughput JPEG 2000 Image Compression", "Transfer Syntax", "HTJ2K"),
    "1.2.840.10008.1.2.4.204": ("JPIP HTJ2K Referenced", "Transfer Syntax", "JPIPHTJ2KReferenced"),
    "1.2.840.10008.1.2.4.205": ("JPIP HTJ2K Referenced Deflate", "Transfer Syntax", "JPIPHTJ2KReferencedDeflate"),
    "1.2.840.10008.1.2.8.1": ("Deflated Image Frame Compression", "Transfer Syntax", "DeflatedImageFrameCompression"),
    "1.2.840.10008.5.1.4.1.1.66.7": ("Label Map Segmentation Storage", "SOP Class", "LabelMapSegmentationStorage"),
    "1.2.840.10008.5.1.4.1.1.66.8": ("Height Map Segmentation Storage", "SOP Class", "HeightMapSegmentationStorage"),
}


def main():
    rows = {uid: (name, kind, keyword, "R" if retired else "-")
            for uid, (name, kind, _, retired, keyword) in _uid_dict.UID_dictionary.items()}
    for uid, (name, kind, keyword) in SINCE.items():
        rows.setdefault(uid, (name, kind, keyword, "-"))
    with open(sys.argv[1], "w", encoding="utf-8", newline="\n") as out:
        out.write("# The UIDs of PS3.6 annex A: UID, type, keyword, R if retired, name.\n")
        out.write("# Made by src/main/dictionary/make_uids.py from the table of pydicom %s and what was registered since.\n"
                  % __version__)
        for uid in sorted(rows, key=lambda uid: [int(part) for part in uid.split(".")]):
            name, kind, keyword, retired = rows[uid]
            out.write("\t".join([uid, kind, keyword or "-", retired, name.strip()]) + "\n")


if __name__ == "__main__":
    main()
