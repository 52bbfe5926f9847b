/**
 * From what is known of a study to what is said about it. Pure: no clock, socket, database or framework; equal facts give an equal
 * draft, whatever the order they came in.
 *
 * <p>{@link io.prelim.report.draft.Drafter} is the way in, called by {@code desk}; {@code render} and {@code web} read
 * {@link io.prelim.report.draft.Draft}. What says something of images cannot be made without what a model said of them, what stands
 * in a template says so, and no type here holds patient identity once drafted: what is quoted from the context is named, not copied.
 */
package io.prelim.report.draft;
