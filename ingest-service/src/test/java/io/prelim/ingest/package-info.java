/** The service as a whole under test: one profile for all, so that it starts once. */
package io.prelim.ingest;
