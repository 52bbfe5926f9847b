package io.prelim.report.delivery;

import io.prelim.report.settings.DeliverySettings;
import java.time.Duration;

/**
 * How patient a destination's courier is.
 *
 * @param batch  of what is sent in one session, 1 to 10,000
 * @param newest whether what was never sent is left out once a newer version of its report waits
 */
public record Limits(
        Duration connectTimeout,
        Duration answerTimeout,
        Duration shortestPause,
        Duration longestPause,
        int batch,
        boolean newest) {
    private static final int MOST_AT_ONCE = 10_000;
    /** Beyond what connecting and two waits for an answer take. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private static final Duration LONGEST = Duration.ofHours(1);

    /** @throws IllegalArgumentException if one is out of its range, which it names */
    public Limits {
        check("connect-timeout", connectTimeout);
        check("answer-timeout", answerTimeout);
        check("shortest-pause", shortestPause);
        check("longest-pause", longestPause);
        if (longestPause.compareTo(shortestPause) < 0) {
            throw new IllegalArgumentException("longest-pause is shorter than shortest-pause");
        }
        if (batch < 1 || batch > MOST_AT_ONCE) {
            throw new IllegalArgumentException("batch must be 1 to " + MOST_AT_ONCE);
        }
    }

    /** As they are configured. */
    public static Limits of(DeliverySettings settings, boolean newest) {
        return new Limits(
                settings.connectTimeout(),
                settings.answerTimeout(),
                settings.shortestPause(),
                settings.longestPause(),
                settings.batch(),
                newest);
    }

    private static void check(String name, Duration value) {
        if (value.toMillis() < 1 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " must be PT0.001S to PT1H");
        }
    }

    /** How long a sender may hold the destination without a word. */
    Duration claim() {
        return connectTimeout.plus(answerTimeout.multipliedBy(2)).plus(MARGIN);
    }
}
