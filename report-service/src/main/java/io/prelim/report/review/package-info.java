/**
 * What becomes of words that a reader has before them: what is kept with them, what facts propose, what a reader decided here or signed
 * elsewhere, and how that is told in codes. Pure: no clock, socket, database or framework. Called by {@code desk}.
 */
package io.prelim.report.review;
