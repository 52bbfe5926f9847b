package io.prelim.ingest.quiet;

import io.prelim.ingest.assembly.LongestGaps;
import io.prelim.ingest.assembly.QuietRule;
import io.prelim.ingest.assembly.SeenGaps;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.config.LearnedQuietConfig;
import io.prelim.ingest.index.Arrivals;
import io.prelim.ingest.notice.OperatorMessage;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The quiet period of an image. What was seen of senders is gathered in memory and written once a second: receiving never waits for it,
 * and a crash loses a second of it.
 */
@ApplicationScoped
public class QuietPeriods implements Arrivals {
    private static final Logger LOG = Logger.getLogger(QuietPeriods.class);
    /** Senders and modalities that are learned from: an AE title is whatever a peer says. */
    static final int MOST = 1000;
    /** Looks between two at which it is read what other instances of the service saw, where nothing was seen here. */
    private static final int READ_AT_LEAST = 10;

    /**
     * @param millis    without a further image
     * @param setMillis what is set for the modality
     * @param gaps      that it was learned from; null when it is what was set
     */
    public record Quiet(long millis, long setMillis, Long gaps) {}

    private final GapRows rows;
    private final LearnedQuietConfig config;
    private final QuietRule rule;
    private final Duration quietPeriod;
    private final Map<String, Duration> quietPeriods;
    private final SortedMap<Origin, SeenGaps> seen = new TreeMap<>();
    private volatile Map<Origin, LongestGaps> known = Map.of();
    private int looks;
    private boolean failing;

    QuietPeriods(GapRows rows, IngestConfig config) {
        this.rows = rows;
        this.config = config.assembly().learned();
        this.rule = new QuietRule(
                this.config.minimum(),
                this.config.maximum(),
                this.config.safety(),
                this.config.minGaps(),
                this.config.minStudies());
        this.quietPeriod = config.assembly().quietPeriod();
        this.quietPeriods = config.assembly().quietPeriods().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        entry -> entry.getKey().toUpperCase(Locale.ROOT), Map.Entry::getValue));
    }

    /** @param modality may be null */
    public Quiet of(String sender, String modality) {
        long set = (modality == null ? quietPeriod : quietPeriods.getOrDefault(modality, quietPeriod)).toMillis();
        return learned(sender, modality)
                .map(learned -> new Quiet(learned.quiet().toMillis(), set, learned.gaps()))
                .orElse(new Quiet(set, set, null));
    }

    private Optional<QuietRule.Learned> learned(String sender, String modality) {
        boolean used = config.enabled()
                && config.senders().map(senders -> senders.contains(sender)).orElse(true);
        LongestGaps gaps = used ? known.get(Origin.of(sender, modality)) : null;
        return gaps == null ? Optional.empty() : rule.learned(gaps);
    }

    /** Beyond it a gap is none within a study that comes in, milliseconds. */
    public long longestMillis() {
        return rule.maximum().toMillis();
    }

    @Override
    public synchronized void arrived(List<Arrival> arrivals) {
        for (Arrival arrival : arrivals) {
            Origin origin = Origin.of(arrival.sender(), arrival.modality());
            SeenGaps gaps = seen.get(origin);
            if (gaps == null) {
                if (seen.size() >= MOST || known.size() >= MOST && !known.containsKey(origin)) {
                    continue;
                }
                gaps = new SeenGaps();
                seen.put(origin, gaps);
            }
            if (arrival.gapMillis() == null) {
                gaps.study(arrival.images());
            } else if (arrival.gapMillis() <= longestMillis()) {
                gaps.images(arrival.images(), arrival.gapMillis(), arrival.longestMillis());
            }
        }
    }

    /** Writes what was seen, and reads what other instances of the service saw. */
    @Scheduled(every = "1s", delayed = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void keep() {
        SortedMap<Origin, SeenGaps> taken;
        synchronized (this) {
            taken = new TreeMap<>(seen);
            seen.clear();
        }
        try {
            boolean seenHere = !taken.isEmpty();
            if (seenHere) {
                rows.add(taken);
            }
            if (seenHere || looks++ % READ_AT_LEAST == 0) {
                known = rows.all();
            }
            failing = false;
        } catch (SQLException | RuntimeException e) {
            if (!failing) {
                failing = true;
                OperatorMessage.GAPS_NOT_KEPT.log(LOG, "reason", OperatorMessage.reason(e));
            }
        } finally {
            restore(taken);
        }
    }

    private synchronized void restore(SortedMap<Origin, SeenGaps> notKept) {
        notKept.forEach((origin, gaps) -> seen.merge(origin, gaps, (newer, older) -> {
            newer.add(older);
            return newer;
        }));
    }
}
