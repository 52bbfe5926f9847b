/** A version of a report as a page: HTML for a browser, and the same page as PDF. Called by {@code web} and by renderings that hold a PDF. */
package io.prelim.report.render.page;
