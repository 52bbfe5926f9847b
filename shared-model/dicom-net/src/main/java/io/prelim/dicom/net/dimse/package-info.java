/** DIMSE messages (PS3.7): command sets, C-ECHO, C-STORE, statuses. Called by transport; services implement StoreScp. */
package io.prelim.dicom.net.dimse;
