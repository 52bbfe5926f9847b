/** Subscribers, as reporting systems are: one reads the topic of report changes, one the event stream. Called by the run. */
package io.prelim.chaos.follow;
