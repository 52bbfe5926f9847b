package io.prelim.report.lifecycle;

import java.time.Instant;

/** Who has a report before them, and since when. */
public record Claim(String by, Instant since) {}
