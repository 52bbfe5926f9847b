/**
 * The DICOM peers this service was told of, and its own associations to them. For whoever calls out, and for the listener that
 * decides who may call in.
 */
package io.prelim.ingest.remote;
