package io.prelim.chaos;

import io.prelim.chaos.agent.Reached;
import io.prelim.chaos.check.EvidenceReader;
import io.prelim.chaos.fault.Fault;
import io.prelim.chaos.fault.Round;
import io.prelim.chaos.fault.Target;
import io.prelim.chaos.send.Sender;
import io.prelim.chaos.site.Site;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Applies faults, and raises again what they took down. */
final class Wrecker implements AutoCloseable {
    private static final Duration REACH_LIMIT = Duration.ofSeconds(30);
    private static final long DEAF_MILLIS = 3_000;
    private static final long WORK_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** A cut comes at most so long after an acknowledgement. */
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Site site;
    private final Sender sender;
    private final EvidenceReader evidence;
    private final Poison poison;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    Wrecker(Site site, Sender sender, EvidenceReader evidence, Poison poison) {
        this.site = site;
        this.sender = sender;
        this.evidence = evidence;
        this.poison = poison;
    }

    /** All faults of a round at the same time; returns when everything runs again. */
    List<Applied> apply(Round round) throws IOException, InterruptedException {
        List<Callable<Applied>> work = new ArrayList<>();
        round.faults().forEach(fault -> work.add(() -> apply(round.number(), fault)));
        List<Applied> applied = all(work);
        raise(List.of(Target.values()));
        return applied;
    }

    private Applied apply(int round, Fault fault) throws IOException, InterruptedException {
        if (fault instanceof Fault.Crash crash) {
            return crash(round, crash);
        }
        if (fault instanceof Fault.Kill kill) {
            Thread.sleep(kill.afterMillis());
            return kill(round, fault, kill.target());
        }
        if (fault instanceof Fault.WipeBroker wipe) {
            return wipe(round, wipe);
        }
        if (fault instanceof Fault.PowerCut cut) {
            return cut(round, cut);
        }
        if (fault instanceof Fault.BrokerAway away) {
            return away(round, away);
        }
        if (fault instanceof Fault.ClockStep step) {
            site.setClock(step.seconds());
            return new Applied(round, step, true, sender.inFlight(), "to " + step.seconds() + " s from true time", 0);
        }
        if (fault instanceof Fault.FillDisk fill) {
            return fill(round, fill);
        }
        return poison(round, (Fault.Poison) fault);
    }

    private Applied crash(int round, Fault.Crash crash) throws IOException, InterruptedException {
        Target target = crash.targets().get(0);
        site.arm(crash.point(), crash.pass());
        Optional<Integer> code = site.awaitExit(target, REACH_LIMIT);
        int inFlight = sender.inFlight();
        site.disarm(crash.point());
        if (code.isEmpty()) {
            return new Applied(round, crash, false, inFlight, "not reached", 0);
        }
        long down = System.nanoTime();
        site.start(target);
        boolean there = code.get() == Reached.EXIT_CODE;
        return new Applied(
                round,
                crash,
                there,
                inFlight,
                there ? "pass " + crash.pass() : "ended with code " + code.get(),
                millisSince(down));
    }

    private Applied kill(int round, Fault fault, Target target) throws IOException, InterruptedException {
        BooleanSupplier work =
                target == Target.INGEST || target == Target.DATABASE ? () -> sender.inFlight() > 0 : this::underWay;
        if (!await(work)) {
            return new Applied(round, fault, false, 0, "nothing in flight", 0);
        }
        int inFlight = sender.inFlight();
        long down = System.nanoTime();
        site.kill(target);
        site.start(target);
        return new Applied(round, fault, true, inFlight, "killed", millisSince(down));
    }

    /** Ingest hears nothing for so long that what it told before has its answer; then that is gone. */
    private Applied wipe(int round, Fault.WipeBroker wipe) throws IOException, InterruptedException {
        if (!await(this::underWay)) {
            return new Applied(round, wipe, false, 0, "nothing in flight", 0);
        }
        int inFlight = sender.inFlight();
        long down = System.nanoTime();
        site.kill(Target.INGEST);
        Thread.sleep(DEAF_MILLIS);
        site.kill(Target.BROKER);
        site.wipeBroker();
        site.start(Target.BROKER);
        site.createTopics();
        site.start(Target.INGEST);
        return new Applied(round, wipe, true, inFlight, "ingest was away", millisSince(down));
    }

    private boolean underWay() {
        try {
            return evidence.underWay() > 0;
        } catch (SQLException e) {
            return sender.inFlight() > 0; // the database is down as well
        }
    }

    private Applied cut(int round, Fault.PowerCut cut) throws IOException, InterruptedException {
        if (!await(() -> sender.inFlight() > 0 && System.nanoTime() - sender.lastStored() < FRESH_NANOS)) {
            return new Applied(round, cut, false, 0, "nothing in flight", 0);
        }
        int inFlight = sender.inFlight();
        long acknowledged = sender.lastStored();
        site.cutPower();
        long down = System.nanoTime();
        List<Callable<Void>> kills = new ArrayList<>();
        cut.targets()
                .forEach(target -> kills.add(() -> {
                    site.kill(target);
                    return null;
                }));
        all(kills);
        site.restorePower();
        raise(cut.targets());
        return new Applied(
                round,
                cut,
                true,
                inFlight,
                TimeUnit.NANOSECONDS.toMillis(down - acknowledged) + " ms after an acknowledgement",
                millisSince(down));
    }

    private Applied away(int round, Fault.BrokerAway away) throws IOException, InterruptedException {
        int inFlight = sender.inFlight();
        long down = System.nanoTime();
        site.kill(Target.BROKER);
        int stored = sender.stored();
        long longest = 0;
        while (System.nanoTime() - down < TimeUnit.SECONDS.toNanos(away.seconds())) {
            Thread.sleep(10);
            longest = Math.max(longest, System.nanoTime() - Math.max(down, sender.lastStored()));
        }
        int meanwhile = sender.stored() - stored;
        site.start(Target.BROKER);
        String what = meanwhile + " stored while it was away, at most " + TimeUnit.NANOSECONDS.toMillis(longest)
                + " ms between two";
        return new Applied(round, away, meanwhile > 0, inFlight, what, millisSince(down));
    }

    private Applied fill(int round, Fault.FillDisk fill) throws IOException, InterruptedException {
        if (!await(() -> sender.inFlight() > 0)) {
            return new Applied(round, fill, false, 0, "nothing in flight", 0);
        }
        int inFlight = sender.inFlight();
        long down = System.nanoTime();
        site.fillDisk();
        int stored = sender.stored();
        Thread.sleep(TimeUnit.SECONDS.toMillis(fill.seconds()));
        int meanwhile = sender.stored() - stored;
        site.freeDisk();
        return new Applied(round, fill, true, inFlight, meanwhile + " stored while full", millisSince(down));
    }

    private Applied poison(int round, Fault.Poison fault) {
        String sent = poison.send(fault);
        return new Applied(round, fault, sent == null, sender.inFlight(), sent == null ? fault.topic() : sent, 0);
    }

    /** Backing first: services give up without it. */
    private void raise(Collection<Target> targets) throws IOException, InterruptedException {
        List<Callable<Void>> backing = new ArrayList<>();
        List<Callable<Void>> services = new ArrayList<>();
        for (Target target : targets) {
            boolean below = target == Target.BROKER || target == Target.DATABASE;
            (below ? backing : services).add(() -> {
                site.start(target);
                return null;
            });
        }
        all(backing);
        all(services);
    }

    private <T> List<T> all(List<Callable<T>> work) throws IOException, InterruptedException {
        List<T> results = new ArrayList<>();
        for (Future<T> one : threads.invokeAll(work)) {
            try {
                results.add(one.get());
            } catch (ExecutionException e) {
                throw new IOException("the rig itself failed: " + e.getCause().getMessage(), e.getCause());
            }
        }
        return results;
    }

    private static boolean await(BooleanSupplier condition) throws InterruptedException {
        long limit = System.nanoTime() + WORK_LIMIT_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - limit > 0) {
                return false;
            }
            Thread.sleep(1);
        }
        return true;
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
