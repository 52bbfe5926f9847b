/**
 * Pure: what a segmenter says of each voxel of its input, counted, and brought back to the slices it was made of. {@code prepare} tells
 * which voxel came from where, {@code interpret} asks.
 */
package io.prelim.inference.segment;
