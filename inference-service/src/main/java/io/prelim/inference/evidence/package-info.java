/** What supports a finding: saliency maps and masks, as parts that the report keeps. */
package io.prelim.inference.evidence;
