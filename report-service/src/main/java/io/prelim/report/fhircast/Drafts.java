package io.prelim.report.fhircast;

import io.prelim.events.EventJson;
import io.prelim.events.ReportChanged;
import io.prelim.events.UnreadableEvent;
import io.prelim.report.operator.OperatorLog;
import io.prelim.report.operator.OperatorMessage;
import io.prelim.report.render.ReportView;
import io.prelim.report.settings.ReportSettings;
import io.prelim.report.store.EventLog;
import io.prelim.report.work.Repeater;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Brings Prelim's reports into sessions: a cursor over the event log. A report that is open in a session is shared in it, version by
 * version; in the feed each report is opened when it first changes. Of versions that come at once the newest alone is shared.
 */
@ApplicationScoped
class Drafts {
    private static final OperatorLog LOG = OperatorLog.of(Drafts.class);
    private static final int PAGE = 256;

    private final Hub hub;
    private final EventLog log;
    private final SessionReports reports;
    private final ReportSettings settings;

    /** By topic and anchor. */
    private Map<String, Shared> shared = new HashMap<>();

    private long cursor = -1;
    private Repeater repeater;

    Drafts(Hub hub, EventLog log, SessionReports reports, ReportSettings settings) {
        this.hub = hub;
        this.log = log;
        this.reports = reports;
        this.settings = settings;
    }

    void start(@Observes StartupEvent event) {
        if (hub.enabled()) {
            repeater = Repeater.start("fhircast-reports", settings.stream().poll(), this::run, Drafts::tell);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (repeater != null) {
            repeater.close();
        }
    }

    void written(@Observes(during = TransactionPhase.AFTER_SUCCESS) EventLog.VersionLogged written) {
        wake();
    }

    void opened(@Observes Hub.Opened opened) {
        wake();
    }

    private void wake() {
        if (repeater != null) {
            repeater.wake();
        }
    }

    private void run() {
        if (cursor < 0) {
            cursor = log.range().last();
        }
        List<EventLog.Entry> entries;
        do {
            entries = log.after(cursor, PAGE);
            Map<UUID, ReportChanged> changed = new LinkedHashMap<>();
            entries.stream().map(Drafts::read).flatMap(Optional::stream).forEach(each -> {
                changed.remove(each.reportKey());
                changed.put(each.reportKey(), each);
            });
            hub.feed().ifPresent(feed -> changed.values().forEach(each -> feed(feed, each)));
            sessions(changed);
            if (!entries.isEmpty()) {
                cursor = entries.get(entries.size() - 1).position();
            }
        } while (entries.size() == PAGE);
    }

    private void sessions(Map<UUID, ReportChanged> changed) {
        Map<String, Shared> still = new HashMap<>();
        for (Topic topic : hub.topics()) {
            boolean feed = hub.feed().filter(topic::equals).isPresent();
            for (OpenContext context : topic.open(Catalogue.REPORT)) {
                String place = place(topic, context.open().anchor());
                Shared known = shared.get(place);
                boolean fresh = known == null || known.isGoneFrom(context);
                Shared tie = fresh ? new Shared() : known;
                still.put(place, tie);
                if (!feed) {
                    follow(topic, context, tie, fresh, changed);
                }
            }
        }
        shared = still;
    }

    private void follow(Topic topic, OpenContext context, Shared tie, boolean fresh, Map<UUID, ReportChanged> changed) {
        CastEvent open = context.open();
        if (tie.reportKey == null && (fresh || changed.values().stream().anyMatch(each -> isAbout(open, each)))) {
            tie.reportKey = reports.of(open, topic.maker().sites()).orElse(null);
        }
        if (tie.reportKey != null && (tie.version == 0 || changed.containsKey(tie.reportKey))) {
            reports.newest(tie.reportKey, topic.maker()).ifPresent(report -> share(topic, open, tie, report));
        }
    }

    private static boolean isAbout(CastEvent open, ReportChanged change) {
        return SessionReports.keys(open).contains(change.reportKey())
                || change.studyInstanceUids().stream().anyMatch(SessionReports.uids(open)::contains);
    }

    /** Nothing is said of whom nobody knows yet. */
    private void feed(Topic feed, ReportChanged change) {
        ReportView report = reports.newest(change.reportKey(), feed.maker())
                .filter(each -> each.patient() != null)
                .orElse(null);
        if (report == null) {
            return;
        }
        String anchor = Catalogue.REPORT + "/" + report.reportKey();
        boolean over = change.signedReportIds() != null
                || (report.status() != ReportChanged.Status.DRAFT && report.status() != ReportChanged.Status.REVIEWED);
        try {
            OpenContext context = feed.context(anchor);
            if (context == null) {
                if (over) {
                    return;
                }
                feed.makePlace();
                feed.take(SessionEvents.opening(feed.name(), report));
                context = feed.context(anchor);
            }
            Shared tie = shared.computeIfAbsent(place(feed, anchor), any -> new Shared());
            share(feed, context.open(), tie, report);
            if (over) {
                feed.take(SessionEvents.closing(feed.name(), context.open()));
                shared.remove(place(feed, anchor));
            }
        } catch (RuntimeException e) {
            notShared(report, e);
        }
    }

    private static void share(Topic topic, CastEvent open, Shared tie, ReportView report) {
        if (report.version() <= tie.version) {
            return;
        }
        try {
            tie.version = report.version();
            SessionEvents.Change change = SessionEvents.change(open, tie.resources, report);
            topic.share(open.anchor(), change);
            tie.resources = change.resources();
        } catch (RuntimeException e) {
            notShared(report, e);
        }
    }

    private static void notShared(ReportView report, RuntimeException fault) {
        LOG.write(
                OperatorMessage.FHIRCAST_NOT_SHARED,
                "reportKey",
                report.reportKey(),
                "version",
                report.version(),
                "fault",
                OperatorLog.fault(fault));
    }

    private static String place(Topic topic, String anchor) {
        return topic.name() + " " + anchor;
    }

    private static Optional<ReportChanged> read(EventLog.Entry entry) {
        try {
            return Optional.of(EventJson.read(entry.event().getBytes(StandardCharsets.UTF_8), ReportChanged.class));
        } catch (UnreadableEvent e) {
            return Optional.empty();
        }
    }

    private static void tell(RuntimeException fault) {
        if (fault == null) {
            LOG.write(OperatorMessage.FHIRCAST_RESUMED);
        } else {
            LOG.write(OperatorMessage.FHIRCAST_PAUSED, "fault", OperatorLog.fault(fault));
        }
    }

    /** What of a report is in a session: what was shared last, so that readers' own changes to the rest stay. */
    private static final class Shared {
        private UUID reportKey;
        private int version;
        private Map<String, String> resources = Map.of();

        /** The context was closed, and opened anew. */
        private boolean isGoneFrom(OpenContext context) {
            return !resources.isEmpty() && resources.keySet().stream().noneMatch(context.content()::containsKey);
        }
    }
}
