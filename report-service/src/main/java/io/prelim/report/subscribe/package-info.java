/**
 * Who follows the reports: each subscriber is a cursor over the one event log. Delivers; never decides. {@code web} turns what is
 * delivered into server-sent events; other ways out join here as further cursors.
 */
package io.prelim.report.subscribe;
