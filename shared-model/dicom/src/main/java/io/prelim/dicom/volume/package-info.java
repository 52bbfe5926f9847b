/**
 * From the headers of a series to a volume, or to the reason why it is none (PS3.3 section C.7.6.2, C.7.6.16): {@code Plane} reads what
 * a header says of each image plane, {@code Stacking} judges them, both pure; {@code VolumeReader} reads one slice's values. Any
 * module may call it.
 */
package io.prelim.dicom.volume;
