/** The only place that opens DICOM sockets: listener, bounded threads, watchdog, and the client's connection. */
package io.prelim.dicom.net.transport;
