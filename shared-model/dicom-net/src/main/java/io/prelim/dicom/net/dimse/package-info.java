/**
 * DIMSE messages (PS3.7): command sets and statuses, what is asked and answered in C-STORE, C-FIND, C-MOVE, the normalized services and
 * storage commitment. Called by transport; services implement StoreScp and NormalizedScp.
 */
package io.prelim.dicom.net.dimse;
