/** Tokens between bytes and objects: an iterative, bounded reader and its writer. Called by object; a caller who must not keep a whole object may use it. */
package io.prelim.dicom.stream;
