package io.prelim.bench.cstore;

import io.prelim.bench.process.ProcessFigures;
import io.prelim.local.stack.Backing;
import io.prelim.local.stack.Part;
import io.prelim.local.stack.Ports;
import io.prelim.local.stack.Secrets;
import io.prelim.local.stack.Stack;
import io.prelim.local.stack.StackSettings;
import io.prelim.testkit.host.Database;
import io.prelim.testkit.host.HostProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ingest as it is shipped, with a broker and a database of its own that sync each commit. */
final class PrelimReceiver implements Receiver {
    /** The heap the issue of this measurement allows, and the collector a container of few cores gets by default. */
    private static final List<String> JVM = List.of("-Xmx256m", "-XX:+UseSerialGC");

    /** Associations there is room for beside slow ones: those of the default. */
    private static final int FAST = 64;

    /** Shorter than a run: assembly and its event are part of what is measured. */
    private static final Duration QUIET_PERIOD = Duration.ofSeconds(1);

    private final Path directory;
    private final HostProcess host;
    private final Database database;
    private final Stack stack;
    private final int spareSegments;
    private final int slow;
    private SlowSenders slowSenders;

    private PrelimReceiver(
            Path directory, HostProcess host, Database database, Stack stack, int spareSegments, int slow) {
        this.directory = directory;
        this.host = host;
        this.database = database;
        this.stack = stack;
        this.spareSegments = spareSegments;
        this.slow = slow;
    }

    /**
     * @param spareSegments segments it keeps ready for a burst
     * @param slow associations that send slowly beside the measured ones
     */
    static Receiver start(Path root, Path directory, int spareSegments, int slow)
            throws IOException, InterruptedException {
        HostProcess host = HostProcess.start(
                directory.resolve("host"), 0, 0, true, ProcessHandle.current().pid());
        try {
            Secrets secrets = Secrets.open(directory.resolve("secrets.properties"));
            Database database = Database.create(host.postgresPort(), "prelim_ingest", secrets.get("ingest"));
            Backing backing = new Backing(host.bootstrapServers(), "bench.", database, database);
            backing.createTopics();
            Stack stack = new Stack(new StackSettings(root, directory, Ports.free(), backing, secrets, QUIET_PERIOD)
                    .withJvm(JVM)
                    .with(Part.INGEST, "prelim.store.spare-segments", Integer.toString(spareSegments))
                    .with(Part.INGEST, "prelim.dicom.max-associations", Integer.toString(FAST + slow))
                    .with(Part.INGEST, "prelim.dicom.max-associations-per-peer", Integer.toString(FAST + slow)));
            stack.start(Part.INGEST);
            return new PrelimReceiver(directory, host, database, stack, spareSegments, slow);
        } catch (SQLException e) {
            host.close();
            throw new IOException("the database could not be made", e);
        } catch (IOException | InterruptedException | RuntimeException e) {
            host.close();
            throw e;
        }
    }

    @Override
    public int port() {
        return stack.dicomPort();
    }

    @Override
    public String aeTitle() {
        return "PRELIM";
    }

    @Override
    public int stowPort() {
        return stack.url(Part.INGEST).getPort();
    }

    @Override
    public ProcessHandle process() {
        return stack.process(Part.INGEST).orElseThrow();
    }

    /** The database and the broker. */
    @Override
    public double backingCpuSeconds() {
        return ProcessFigures.of(host.process().toHandle()).cpuSeconds()
                + ProcessFigures.of(host.postgres().orElseThrow()).cpuSeconds();
    }

    /** Until its spare segments are there again; from then on the slow ones send. */
    @Override
    public void pause() throws IOException, InterruptedException {
        Path last = directory.resolve("store/segments").resolve(String.format("%016d.spare", spareSegments));
        while (spareSegments > 0 && !Files.exists(last)) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        if (slow > 0) {
            slowSenders = SlowSenders.start(port(), aeTitle(), slow);
        }
    }

    @Override
    public int lost(List<Sent> acknowledged) throws IOException, InterruptedException {
        if (slowSenders != null) {
            slowSenders.requireAll();
        }
        stack.kill(Part.INGEST);
        return Survivors.lost(database, directory.resolve("store").resolve("segments"), acknowledged);
    }

    @Override
    public void close() throws IOException {
        if (slowSenders != null) {
            slowSenders.close();
        }
        stack.close();
        host.close();
    }
}
