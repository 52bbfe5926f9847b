/**
 * The reports API over HTTP: list, one report as JSON or text, its versions, and the live stream. Identified, so answers are never
 * cached, and the service serves loopback alone until authentication is configured.
 */
package io.prelim.report.web;
