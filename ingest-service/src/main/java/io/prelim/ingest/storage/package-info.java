/**
 * Opens the one segment log of this service, and knows its state: what is in flight between log and index, whether all is indexed,
 * what failed. Used by receive, recovery, keeping, completion, web and operation.
 */
package io.prelim.ingest.storage;
