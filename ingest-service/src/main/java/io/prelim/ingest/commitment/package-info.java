/**
 * Storage commitment as its SCP (PS3.4 annex J): requests are kept, judged over the index, and their results reported on
 * associations of our own until the requester has taken them. Called by association; asks remote where requesters listen.
 */
package io.prelim.ingest.commitment;
