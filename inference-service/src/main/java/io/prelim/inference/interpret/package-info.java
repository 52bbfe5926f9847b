/**
 * Pure: what a model put out becomes coded findings, or the reason why there are none. {@code analyze} calls it; it knows {@code model},
 * {@code segment}, {@code evidence} and the events alone.
 */
package io.prelim.inference.interpret;
