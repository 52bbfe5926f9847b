/** What ends a quiet period early: word of mouth, steps, notifications, releases, counts. */
package io.prelim.ingest.hint;
