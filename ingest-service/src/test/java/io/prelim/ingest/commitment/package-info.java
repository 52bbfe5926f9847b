/** Storage commitment: what is asked, decided and reported. */
package io.prelim.ingest.commitment;
