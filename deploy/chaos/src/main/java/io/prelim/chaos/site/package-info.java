/** The place that is played with: services, broker and database as processes, and the volume they write to. Called by the run. */
package io.prelim.chaos.site;
