/** What the service tells its operators: one numbered catalogue of messages, and the check at start. Any room may log through it. */
package io.prelim.report.operator;
