/** What can be set on this service; a test pins each name and default. Every room may read it. */
package io.prelim.ingest.config;
