/** The configuration of the service, validated at start; any room may read it. */
package io.prelim.report.settings;
