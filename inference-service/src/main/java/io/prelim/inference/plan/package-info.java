/**
 * Pure: study and catalogue to a plan, one job per model deployment. {@code intake} calls it; it knows {@code model} and the events
 * alone, and is told the time.
 */
package io.prelim.inference.plan;
