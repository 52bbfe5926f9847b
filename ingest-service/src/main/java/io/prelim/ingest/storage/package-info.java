/** Opens the one segment log of this service. Used by receive, completion, web and operation. */
package io.prelim.ingest.storage;
