/** Data sets, files and where their pixel data lies: what most code reads and writes DICOM with. Any module may call it. */
package io.prelim.dicom.object;
