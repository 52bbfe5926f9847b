/** Figures of the service, for Prometheus; labels are closed sets, never an id. Agreement and drift of models join here. */
package io.prelim.report.monitor;
