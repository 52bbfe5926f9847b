/** {@code GET /api/models}: what is in service, and each model's card. Reads the catalogue, changes nothing. */
package io.prelim.inference.web;
