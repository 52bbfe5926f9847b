/**
 * A peer of the DICOM upper layer that follows a script: sends the bytes it is told to and says what came back. Knows nothing of
 * the project's own codec, so that the two cannot be wrong in the same way. For tests of whatever opens or accepts associations.
 */
package io.prelim.testkit.dimse;
