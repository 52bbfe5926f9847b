/** The store's state. */
package io.prelim.ingest.storage;
