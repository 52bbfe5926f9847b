/** Protocol data units (PS3.8 section 9.3) between bytes and records: pure, without sockets. Called by association and transport. */
package io.prelim.dicom.net.pdu;
