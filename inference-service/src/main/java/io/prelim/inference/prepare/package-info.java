/**
 * From pixels as stored to the tensor a manifest declares; the arithmetic all models share. {@code analyze} calls it; it knows
 * {@code model} and the events alone.
 */
package io.prelim.inference.prepare;
