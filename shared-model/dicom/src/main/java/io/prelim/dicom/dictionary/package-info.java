/** The data dictionary, a table read from a resource. Called by stream and object. */
package io.prelim.dicom.dictionary;
