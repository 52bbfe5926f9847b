/** Retention, erasure and sweep over the real log and database. */
package io.prelim.ingest.keeping;
