/**
 * One job from request to outcome: parts → prepare → runtime → interpret. Every job gets an outcome, whatever happens. {@code intake}
 * calls it, one thread at a time for each {@link io.prelim.inference.analyze.Analysis}.
 */
package io.prelim.inference.analyze;
