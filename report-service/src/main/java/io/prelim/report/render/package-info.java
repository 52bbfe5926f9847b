/**
 * A stored version for a reader: plain text, and the resolved view that the API sends. Other formats join here, each from the same
 * draft. The one place where a draft and the patient it is about meet; called by {@code web}.
 */
package io.prelim.report.render;
