/** What reading over DICOMweb has in common: who may, how many at a time, what is accepted, where things are. Called by wado and qido. */
package io.prelim.ingest.web.dicom;
