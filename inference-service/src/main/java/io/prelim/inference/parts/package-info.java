/** Reads stored parts from ingest's internal endpoint, verified by length and digest. {@code analyze} calls it. */
package io.prelim.inference.parts;
