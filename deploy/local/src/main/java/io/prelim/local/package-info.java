/**
 * The local runner: broker, database and the three services on one machine, with progress for each study. {@code Main} is called by
 * {@code deploy/local/run}; nothing else calls this package.
 */
package io.prelim.local;
