/**
 * The reports API over HTTP: list, one report as JSON or text, its versions, the evidence behind its findings, and the live stream; and where inference hands evidence in. Identified, so answers are never
 * cached, and the service serves loopback alone until authentication is configured.
 */
package io.prelim.report.web;
