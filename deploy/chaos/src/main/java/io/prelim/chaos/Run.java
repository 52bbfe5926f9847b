package io.prelim.chaos;

import io.prelim.chaos.check.Checker;
import io.prelim.chaos.check.Evidence;
import io.prelim.chaos.check.EvidenceReader;
import io.prelim.chaos.fault.Fault;
import io.prelim.chaos.fault.FaultPlan;
import io.prelim.chaos.fault.Round;
import io.prelim.chaos.fault.Target;
import io.prelim.chaos.follow.StreamFollower;
import io.prelim.chaos.follow.TopicFollower;
import io.prelim.chaos.plant.Plant;
import io.prelim.chaos.send.Committer;
import io.prelim.chaos.send.FaultyProxy;
import io.prelim.chaos.send.Journal;
import io.prelim.chaos.send.Sender;
import io.prelim.chaos.send.Workload;
import io.prelim.chaos.site.Ground;
import io.prelim.chaos.site.Site;
import io.prelim.events.Topics;
import io.prelim.local.stack.Part;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run: everything started, wrecked round after round while a sender sends, left to come to rest, and judged. */
public final class Run {
    /** So long nothing may stand still before the rest is what is left over. */
    private static final Duration STANDSTILL_LIMIT = Duration.ofSeconds(90);

    private static final long BREATH_MILLIS = 700;
    private static final long ACCEPT_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Options options;
    private final PrintStream out;
    private final long begin = System.nanoTime();
    private final List<Applied> applied = new ArrayList<>();
    private long acceptedAfterMillis;

    public Run(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** @param ground where everything is put; closed by the caller */
    public Verdict run(Ground ground) throws IOException, InterruptedException, SQLException {
        say("seed " + options.seed() + "; power cuts: " + ground.powerCuts());
        Workload workload = new Workload(options.seed());
        Path journalFile = ground.folder().resolve("journal");
        Site site = ground.build(options.plants().stream()
                .flatMap(plant -> plant.deeds().stream())
                .toList());
        EvidenceReader reader = new EvidenceReader(site.ingestDatabase(), site.reportDatabase());
        for (Plant plant : options.plants()) {
            plant.sow(site.ingestDatabase(), site.reportDatabase());
            say("planted: " + plant.label());
        }
        say("everything runs");
        List<Evidence.Footprint> atFirst = site.footprints();
        try (FaultyProxy dicom = FaultyProxy.start(options.seed(), site.stack().dicomPort());
                FaultyProxy http = FaultyProxy.start(
                        options.seed() + 1, site.stack().url(Part.INGEST).getPort());
                Journal journal = Journal.create(journalFile);
                TopicFollower topic = TopicFollower.start(site.bootstrapServers(), site.topic(Topics.REPORT_CHANGED));
                StreamFollower stream = StreamFollower.start(site.stack().url(Part.REPORT));
                Committer committer = Committer.start(dicom.port(), site.committerPort());
                Sender sender = new Sender(workload, journal, committer, dicom.port(), http.port())) {
            sender.start();
            wreck(ground, site, sender, reader);
            sender.finish();
            say("no more is sent: " + sender.studies() + " studies, " + sender.stored() + " successes; "
                    + (dicom.broken() + http.broken()) + " of " + (dicom.connections() + http.connections())
                    + " connections broken by the proxy");
            drain(reader, stream, committer);
            Evidence evidence =
                    evidence(site, reader, workload, sender.studies(), journalFile, topic, stream, committer, atFirst);
            return new Verdict(options.seed(), applied, evidence, Checker.check(evidence), acceptedAfterMillis);
        }
    }

    private void wreck(Ground ground, Site site, Sender sender, EvidenceReader reader)
            throws IOException, InterruptedException {
        FaultPlan plan = new FaultPlan(options.seed(), ground.canCutPower(), site.canSetClock());
        try (Wrecker wrecker = new Wrecker(site, sender, reader, new Poison(site))) {
            if (options.brokerAway() > 0) {
                apply(wrecker, new Round(0, List.of(new Fault.BrokerAway(options.brokerAway()))));
            }
            long end = System.nanoTime() + options.length().toNanos();
            for (int number = 0; number < options.rounds() && System.nanoTime() - end < 0; number++) {
                Round round = chosen(plan.round(number));
                Thread.sleep(BREATH_MILLIS);
                apply(wrecker, round);
                awaitAccepted(sender);
            }
        }
    }

    private void apply(Wrecker wrecker, Round round) throws IOException, InterruptedException {
        for (Applied one : wrecker.apply(round)) {
            applied.add(one);
            say(one.toString());
        }
    }

    private Round chosen(Round round) {
        return options.only().isEmpty()
                ? round
                : new Round(
                        round.number(),
                        round.faults().stream().filter(this::wanted).toList());
    }

    private boolean wanted(Fault fault) {
        return options.only().stream().anyMatch(fault.label()::startsWith);
    }

    private void awaitAccepted(Sender sender) throws InterruptedException {
        long up = System.nanoTime();
        while (sender.lastStored() - up < 0 && System.nanoTime() - up < ACCEPT_LIMIT_NANOS) {
            Thread.sleep(5);
        }
        acceptedAfterMillis = Math.max(acceptedAfterMillis, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - up));
    }

    /** Until nothing is under way, the stream has told of all and no commitment is open; what is left over then is for the checker. */
    private void drain(EvidenceReader reader, StreamFollower stream, Committer committer)
            throws InterruptedException, SQLException {
        long moved = System.nanoTime();
        long least = Long.MAX_VALUE;
        long left = reader.underWay();
        long untold = untold(reader, stream, committer);
        while (left + untold > 0 && System.nanoTime() - moved < STANDSTILL_LIMIT.toNanos()) {
            if (left + untold < least) {
                least = left + untold;
                moved = System.nanoTime();
            }
            Thread.sleep(500);
            left = reader.underWay();
            untold = untold(reader, stream, committer);
        }
        say(left == 0 ? "came to rest" : left + " things are still under way");
    }

    private static long untold(EvidenceReader reader, StreamFollower stream, Committer committer) throws SQLException {
        return reader.positions().size() - stream.positions().size() + committer.open();
    }

    private Evidence evidence(
            Site site,
            EvidenceReader reader,
            Workload workload,
            int studies,
            Path journal,
            TopicFollower topic,
            StreamFollower stream,
            Committer committer,
            List<Evidence.Footprint> atFirst)
            throws IOException, SQLException, InterruptedException {
        List<Evidence.Footprint> atLast = site.footprints();
        Evidence.Leftovers leftovers = reader.leftovers();
        site.kill(Target.INGEST); // its segments are read now; whether it ends well is not the question
        return new Evidence(
                EvidenceReader.sent(workload, studies, Journal.read(journal)),
                reader.kept(site.segments()),
                reader.studies(),
                reader.told(),
                reader.outbox(),
                reader.reports(),
                reader.versions(),
                reader.positions(),
                topic.deliveries(),
                stream.positions(),
                committer.commitments(),
                leftovers,
                atFirst,
                atLast,
                EvidenceReader.canaries(site.folder()));
    }

    private void say(String line) {
        out.printf("%6.1f s  %s%n", (System.nanoTime() - begin) / 1e9, line);
    }
}
