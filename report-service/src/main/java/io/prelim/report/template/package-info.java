/**
 * What a site may decide about a report: which template a study gets, what stands in its sections, what its local procedure codes
 * mean. Pure: files are handed in as bytes and refused with their line; a template holds text and a closed set of placeholders,
 * never code. Read by {@code site}, asked by {@code desk}, filled by {@code draft}.
 */
package io.prelim.report.template;
