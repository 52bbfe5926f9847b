/**
 * Webhooks as destinations: CloudEvents over HTTP, signed by the Standard Webhooks specification 1.0.0. Called by {@code delivery} and {@code web}; see
 * deploy/docs/deliveries.md.
 */
package io.prelim.report.webhook;
