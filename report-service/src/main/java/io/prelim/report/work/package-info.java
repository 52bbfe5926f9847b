/** Background work: threads of the service's own, outside the HTTP and messaging pools. Any room may use it. */
package io.prelim.report.work;
