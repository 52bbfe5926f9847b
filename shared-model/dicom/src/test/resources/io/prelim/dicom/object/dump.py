"""Prints what pydicom reads of each file named on standard input, one line an element:

    E <path> <vr> <length> <sha-256 of the value, little endian> <text, or the whole numbers, base64>
    S <path> <vr> <items>

Between "F <file>" and "OK" or "REFUSED <type>". Paths are 0008103E or 00081032[1].00080100. Values are taken before pydicom
interprets them, so that bytes are compared with bytes.
"""
import base64
import hashlib
import sys
import warnings

import pydicom
from pydicom import config
from pydicom.dataelem import RawDataElement
from pydicom.filebase import DicomBytesIO
from pydicom.filewriter import write_data_element

warnings.simplefilter("ignore")
config.replace_un_with_known_vr = False
config.settings.reading_validation_mode = config.IGNORE
sys.setrecursionlimit(5000)

TEXT = {"SH", "LO", "ST", "LT", "UC", "UT", "PN"}
WHOLE = {"US", "SS", "UL", "SL", "SV", "UV"}
UNITS = {"AT": 2, "US": 2, "SS": 2, "OW": 2, "UL": 4, "SL": 4, "FL": 4, "OF": 4, "OL": 4,
         "FD": 8, "OD": 8, "OV": 8, "SV": 8, "UV": 8}


def swap(value, unit):
    whole = len(value) // unit * unit
    return b"".join(value[i:i + unit][::-1] for i in range(0, whole, unit)) + value[whole:]


def text(element):
    value = element.value
    if value is None:
        return ""
    if element.VR in TEXT:
        many = isinstance(value, (list, pydicom.multival.MultiValue))
        return "\\".join(str(each) for each in (value if many else [value]))
    if element.VR in WHOLE and not isinstance(value, bytes):
        many = isinstance(value, (list, pydicom.multival.MultiValue))
        return "\\".join(str(each) for each in (value if many else [value]))
    return ""


def encoded(element):
    """The value of an element that pydicom has interpreted already, as it would write it."""
    out = DicomBytesIO()
    out.is_little_endian = True
    out.is_implicit_VR = True
    write_data_element(out, element)
    return out.getvalue()[8:]


def dump(dataset, prefix):
    for tag in sorted(dataset.keys()):
        path = "%s%08X" % (prefix, tag)
        raw = dataset.get_item(tag)
        if not isinstance(raw, RawDataElement):
            # what pydicom made an element of while it read: a sequence of undefined length
            element = dataset[tag]
        elif raw.VR in (None, "SQ"):
            element = dataset[tag]
        else:
            element = None
        if element is not None and (element.VR == "SQ" or isinstance(element.value, pydicom.sequence.Sequence)):
            print("S", path, element.VR, len(element.value))
            for number, item in enumerate(element.value, 1):
                dump(item, "%s[%d]." % (path, number))
            continue
        vr = element.VR if element is not None else raw.VR
        value = (raw.value or b"") if isinstance(raw, RawDataElement) else encoded(raw)
        if isinstance(raw, RawDataElement) and not raw.is_little_endian and vr in UNITS:
            value = swap(value, UNITS[vr])
        try:
            shown = text(dataset[tag])
        except Exception as error:  # what pydicom cannot interpret is compared as bytes only
            shown = "!" + type(error).__name__
        print("E", path, vr.replace(" ", "_"), len(value), hashlib.sha256(value).hexdigest(),
              base64.b64encode(shown.encode("utf-8", "surrogatepass")).decode())


def main():
    for line in sys.stdin:
        name = line.rstrip("\n")
        print("F", name)
        try:
            try:
                file = pydicom.dcmread(name)
            except pydicom.errors.InvalidDicomError:
                file = pydicom.dcmread(name, force=True)
            if getattr(file, "file_meta", None):
                dump(file.file_meta, "")
            dump(file, "")
            print("OK")
        except Exception as error:
            print("REFUSED", type(error).__name__)


main()
