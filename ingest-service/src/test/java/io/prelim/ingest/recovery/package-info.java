/** Recovery over the real log and database. */
package io.prelim.ingest.recovery;
