/** What readers made of drafts, as coded differences. Pure. */
package io.prelim.report.review;
