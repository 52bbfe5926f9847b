/** {@code deploy/bench/events}: the event path beside a bare relay, stat beside a backlog, and workers added. */
package io.prelim.bench.events;
