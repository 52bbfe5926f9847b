/**
 * From stored values to what is shown or measured (PS3.3 section C.11, C.7.6.3): pure functions of frames, and {@code FrameRenderer},
 * which makes of them the picture of a frame. Any module may call it.
 */
package io.prelim.dicom.pixel.render;
