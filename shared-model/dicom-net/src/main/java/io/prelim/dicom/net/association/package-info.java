/** What associations are and who may have one: requests, policy, state table, negotiation. Called by transport; services implement its policy and listener. */
package io.prelim.dicom.net.association;
