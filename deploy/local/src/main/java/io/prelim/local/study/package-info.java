/** DICOM files found on disk, sorted by study, and sent by C-STORE. Called by the runner and by the end-to-end tests. */
package io.prelim.local.study;
