/** Starts and stops the service in order, guards its addresses, tells its health and its gauges. Nobody calls it but the framework. */
package io.prelim.ingest.operation;
