/** Tests of its room. */
package io.prelim.ingest.web.dicom;
