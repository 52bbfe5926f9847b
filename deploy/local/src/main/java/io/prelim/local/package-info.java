/** The local runner: broker, database and the three services on one machine, with progress for each study. */
package io.prelim.local;
