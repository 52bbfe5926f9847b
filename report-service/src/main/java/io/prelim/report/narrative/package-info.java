/** A writer outside, such as a language model, which words what was found; what it may say is decided by {@code statement}. */
package io.prelim.report.narrative;
