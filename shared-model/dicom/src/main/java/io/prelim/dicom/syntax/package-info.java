/** Transfer syntaxes as values: byte order, explicit or implicit, and what filters the bytes. Any module may call it. */
package io.prelim.dicom.syntax;
