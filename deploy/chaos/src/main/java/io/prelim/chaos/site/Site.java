package io.prelim.chaos.site;

import io.prelim.chaos.agent.CrashPoint;
import io.prelim.chaos.agent.Deed;
import io.prelim.chaos.check.Evidence;
import io.prelim.chaos.fault.Target;
import io.prelim.chaos.send.Committer;
import io.prelim.local.stack.Backing;
import io.prelim.local.stack.Folders;
import io.prelim.local.stack.Part;
import io.prelim.local.stack.Port;
import io.prelim.local.stack.Ports;
import io.prelim.local.stack.Secrets;
import io.prelim.local.stack.Stack;
import io.prelim.local.stack.StackSettings;
import io.prelim.testkit.host.Database;
import io.prelim.testkit.port.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Services, broker, database and volume of one run. Each process is killed and started alone; safe for use by several threads. */
public final class Site implements AutoCloseable {
    /** What ingest keeps free: below it nothing more is stored. */
    private static final long MIN_FREE = 64L << 20;

    private static final Duration QUIET_PERIOD = Duration.ofSeconds(1);
    private static final String PREFIX = "chaos.";
    private static final String INGEST_DATABASE = "prelim_ingest";
    private static final String REPORT_DATABASE = "prelim_report";
    private static final String ORDERS = "orders";
    private static final int START_TRIES = 4;

    private final Path folder;
    private final Volume volume;
    private final Backend broker;
    private final Backend databases;
    private final Stack stack;
    private final Optional<Clock> clock;
    private final int committerPort;
    private final Map<CrashPoint, Integer> armed = new TreeMap<>();

    private Site(
            Path folder,
            Volume volume,
            Backend broker,
            Backend databases,
            Optional<Clock> clock,
            int committerPort,
            Stack stack) {
        this.folder = folder;
        this.volume = volume;
        this.broker = broker;
        this.databases = databases;
        this.clock = clock;
        this.committerPort = committerPort;
        this.stack = stack;
    }

    /**
     * Laid out, not started.
     *
     * @param volume null: plain folders, and no power to cut
     * @param deeds bugs to be planted into ingest
     */
    static Site on(Path root, Path folder, Volume volume, List<Deed> deeds) throws IOException {
        Ports ports = Ports.free();
        int committerPort = FreePort.next();
        Path base = volume == null ? folder : volume.root();
        Path cluster = Files.createDirectories(base.resolve("pgdata"));
        Path database = Files.createDirectories(folder.resolve("database/postgresql"));
        // the programs stay outside: they are not what a power cut is about
        Files.createSymbolicLink(database.resolve("data"), cluster);
        Secrets secrets = Secrets.open(folder.resolve("secrets.properties"));
        Backing backing = new Backing(
                "127.0.0.1:" + ports.of(Port.KAFKA),
                PREFIX,
                Database.at(ports.of(Port.POSTGRES), INGEST_DATABASE, secrets.get("ingest")),
                Database.at(ports.of(Port.POSTGRES), REPORT_DATABASE, secrets.get("report")));
        List<String> jvm = new ArrayList<>(StackSettings.SMALL);
        StringBuilder agent = new StringBuilder("-javaagent:")
                .append(root.resolve("deploy/chaos/target/prelim-chaos-agent.jar"))
                .append('=')
                .append(folder.resolve(ORDERS));
        deeds.forEach(deed -> agent.append(',').append(deed.label()));
        jvm.add(agent.toString());
        StackSettings settings = hurried(new StackSettings(root, folder, ports, backing, secrets, QUIET_PERIOD))
                .withJvm(jvm)
                .with(
                        Part.INGEST,
                        "prelim.store.directory",
                        base.resolve("store").toString())
                .with(Part.INGEST, "prelim.dicom.remotes.committer.port", Integer.toString(committerPort));
        Optional<Clock> clock = Clock.find(folder.resolve("clock"));
        return new Site(
                folder,
                volume,
                Backend.broker(folder.resolve("broker"), ports.of(Port.KAFKA)),
                Backend.database(
                        folder.resolve("database"),
                        ports.of(Port.POSTGRES),
                        clock.map(Clock::environment).orElse(Map.of())),
                clock,
                committerPort,
                new Stack(settings));
    }

    /** Starts everything, and waits until it is ready. */
    void start() throws IOException, InterruptedException, SQLException {
        broker.start();
        databases.start();
        StackSettings settings = stack.settings();
        int port = settings.ports().of(Port.POSTGRES);
        Database.create(port, INGEST_DATABASE, settings.secrets().get("ingest"));
        Database.create(port, REPORT_DATABASE, settings.secrets().get("report"));
        createTopics();
        order();
        stack.start();
    }

    /** What takes minutes by default takes seconds here: the same code, sooner. */
    private static StackSettings hurried(StackSettings settings) {
        StackSettings hurried = settings.with(Part.INGEST, "prelim.store.min-free", Long.toString(MIN_FREE))
                .with(Part.INGEST, "prelim.store.segment-size", "16M")
                .with(Part.INGEST, "prelim.assembly.claim", "4S")
                .with(Part.INGEST, "prelim.relay.delivery-timeout", "2S")
                .with(Part.INGEST, "prelim.relay.claim", "6S")
                .with(Part.INGEST, "prelim.relay.first-resend", "4S")
                .with(Part.INGEST, "prelim.relay.last-resend", "8S")
                .with(Part.INGEST, "prelim.receive.answer-timeout", "5S")
                .with(Part.INGEST, "prelim.dicom.message-timeout", "10S")
                .with(Part.INGEST, "prelim.dicom.idle-timeout", "20S")
                .with(Part.INGEST, "prelim.stow.idle-timeout", "10S")
                .with(Part.INGEST, "prelim.dicom.remotes.committer.ae-title", Committer.AE_TITLE)
                .with(Part.INGEST, "prelim.dicom.remotes.committer.host", "127.0.0.1")
                .with(Part.INGEST, "prelim.commitment.await-instances", "2S")
                .with(Part.INGEST, "prelim.commitment.claim", "8S")
                .with(Part.INGEST, "prelim.commitment.first-retry", "1S")
                .with(Part.INGEST, "prelim.commitment.last-retry", "4S")
                .with(Part.INFERENCE, "prelim.inference.instance", "one")
                .with(Part.INFERENCE, "prelim.inference.threads", "1")
                .with(Part.INFERENCE, "prelim.inference.deadline", "PT1M")
                .with(Part.INFERENCE, "prelim.evidence.patience", "PT5S")
                .with(Part.REPORT, "prelim.report.relay.claim", "PT5S");
        for (String channel : List.of("orders", "patients", "analysis-planned", "study-analyzed", "report-changed")) {
            hurried = rejoining(hurried, Part.INGEST, channel);
        }
        for (String channel :
                List.of("study-received", "patient-context", "report-signed", "analysis-planned", "study-analyzed")) {
            hurried = rejoining(hurried, Part.REPORT, channel);
        }
        return hurried;
    }

    /** A member that was killed is missed sooner. */
    private static StackSettings rejoining(StackSettings settings, Part part, String channel) {
        String name = "mp.messaging.incoming." + channel;
        return settings.with(part, name + ".session.timeout.ms", "6000")
                .with(part, name + ".heartbeat.interval.ms", "1500");
    }

    /** Where all of it lies, logs among it. */
    public Path folder() {
        return folder;
    }

    public Stack stack() {
        return stack;
    }

    public Database ingestDatabase() {
        return stack.settings().backing().ingest();
    }

    public Database reportDatabase() {
        return stack.settings().backing().report();
    }

    public String bootstrapServers() {
        return stack.settings().backing().bootstrapServers();
    }

    /** With the prefix of this site. */
    public String topic(String name) {
        return PREFIX + name;
    }

    /** Where results of storage commitment are sent to. */
    public int committerPort() {
        return committerPort;
    }

    /** Where ingest's segments are. */
    public Path segments() {
        return (volume == null ? folder : volume.root()).resolve("store/segments");
    }

    /** SIGKILL. */
    public void kill(Target target) throws InterruptedException {
        switch (target) {
            case BROKER -> broker.kill();
            case DATABASE -> databases.kill();
            default -> stack.kill(part(target));
        }
    }

    /** Starts what does not run, and waits until it is ready. */
    public void start(Target target) throws IOException, InterruptedException {
        switch (target) {
            case BROKER -> {
                if (!broker.alive()) {
                    broker.start();
                }
            }
            case DATABASE -> {
                if (!databases.alive()) {
                    databases.start();
                }
            }
            default -> start(part(target));
        }
    }

    /** A service that finds no database gives up: that is what its supervisor is for, which this is here. */
    private void start(Part part) throws IOException, InterruptedException {
        for (int left = START_TRIES; ; left--) {
            try {
                if (stack.process(part).isEmpty()) {
                    stack.begin(part);
                }
                stack.awaitReady(part);
                return;
            } catch (IOException e) {
                if (left == 0) {
                    throw e;
                }
            }
        }
    }

    /**
     * Waits until a service's process has ended by itself.
     *
     * @return its exit code, or empty when it has not
     */
    public Optional<Integer> awaitExit(Target target, Duration limit) throws InterruptedException {
        return stack.awaitExit(part(target), limit);
    }

    /** Makes the service die at a point. */
    public synchronized void arm(CrashPoint point, int pass) throws IOException {
        armed.put(point, pass);
        order();
    }

    public synchronized void disarm(CrashPoint point) throws IOException {
        armed.remove(point);
        order();
    }

    private synchronized void order() throws IOException {
        StringBuilder lines = new StringBuilder();
        armed.forEach((point, pass) ->
                lines.append(point.label()).append(' ').append(pass).append('\n'));
        Path draft = Files.writeString(folder.resolve(ORDERS + ".draft"), lines);
        Files.move(draft, folder.resolve(ORDERS), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Forgets all the broker had. It must not run. */
    public void wipeBroker() throws IOException {
        Folders.delete(folder.resolve("broker/kafka"));
    }

    /** Creates the fixed topics anew. */
    public void createTopics() throws IOException, InterruptedException {
        stack.settings().backing().createTopics();
    }

    /** Whether the database's clock can be set: libfaketime is there. */
    public boolean canSetClock() {
        return clock.isPresent();
    }

    /** Sets the database's clock to so many seconds from the true time. */
    public void setClock(int seconds) throws IOException {
        clock.orElseThrow().set(seconds);
    }

    /** What each service's process holds now. */
    public List<Evidence.Footprint> footprints() throws IOException, InterruptedException {
        List<Evidence.Footprint> all = new ArrayList<>();
        for (Part part : Part.values()) {
            all.add(Footprints.of(
                    part.label(), stack.process(part).orElseThrow().pid()));
        }
        return all;
    }

    public void cutPower() throws IOException, InterruptedException {
        volume.cutPower();
    }

    public void restorePower() throws IOException, InterruptedException {
        volume.restorePower();
    }

    /** Leaves less than ingest keeps free, enough for the database to go on. */
    public void fillDisk() throws IOException {
        volume.fill(MIN_FREE / 2);
    }

    public void freeDisk() throws IOException {
        volume.drain();
    }

    private static Part part(Target target) {
        return Part.valueOf(target.name());
    }

    /** Ends every process; the volume is another's to close. */
    @Override
    public void close() {
        stack.close();
        broker.close();
        databases.close();
    }
}
