/**
 * The verdict: evidence is read from the journal, the databases, the segments and what subscribers got; the checker decides over it
 * and is pure. Called by the run.
 */
package io.prelim.chaos.check;
