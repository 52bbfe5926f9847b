"""Makes the modules of the chest classifier's training importable: the data, the preparation and the variation are the same."""

import pathlib
import sys

GUARD = pathlib.Path(__file__).resolve().parents[1]
WORK = GUARD / "training" / "work"
sys.path.append(str(GUARD.parent / "chest-pneumonia-paediatric" / "training"))
