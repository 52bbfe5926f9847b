/** Text under Specific Character Set. Called by object; any code that shows text may use it. */
package io.prelim.dicom.charset;
