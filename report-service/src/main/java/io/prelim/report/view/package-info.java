/** A stored version of a report for those who may read it: its words, the patient's context and what readers wrote, put together. */
package io.prelim.report.view;
