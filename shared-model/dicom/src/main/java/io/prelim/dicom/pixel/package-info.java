/** What an image is, what a frame is and within which bounds both stay; every package below builds on it. Any module may call it. */
package io.prelim.dicom.pixel;
