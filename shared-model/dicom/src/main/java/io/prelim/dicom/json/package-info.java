/** Data sets as DICOM JSON (PS3.18 annex F), streamed both ways over jackson-core. Any module may call it. */
package io.prelim.dicom.json;
