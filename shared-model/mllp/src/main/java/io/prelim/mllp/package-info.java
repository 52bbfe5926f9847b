/** Blocks of the minimal lower layer protocol (MLLP release 1), read and written: for ingest, who takes messages, and report, who sends them. */
package io.prelim.mllp;
