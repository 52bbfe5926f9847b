/** Quiet periods that are learned, over the real database. */
package io.prelim.ingest.quiet;
