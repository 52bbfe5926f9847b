/** Values between bytes and Java: numbers, text, padding, byte order. Called by stream, object and the network command sets. */
package io.prelim.dicom.encoding;
