/** Associations of the service to others. */
package io.prelim.ingest.remote;
