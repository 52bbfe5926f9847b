/** One instance: stream to store, digest, sync, index row, then the answer. The one way in for every door. */
package io.prelim.ingest.receive;
