/**
 * What a crash left out of the index, the service's or the database's, is read again from the log; what the index names that the log
 * does not have is told. Called by operation before the doors open; keeps a checkpoint, so that little is read.
 */
package io.prelim.ingest.recovery;
