/** Tags, value representations, UIDs and the one typed error for malformed input; every other DICOM package builds on it. */
package io.prelim.dicom.core;
