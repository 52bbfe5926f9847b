package io.prelim.bench.cstore;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Something that receives C-STORE, on a fresh store, as a process or several. */
interface Receiver extends AutoCloseable {
    /** The DICOM port on loopback. */
    int port();

    String aeTitle();

    /** The port of STOW-RS at {@code /dicom-web/studies}, or -1 where there is none. */
    default int stowPort() {
        return -1;
    }

    /** The receiving process, whose CPU time and memory are counted. */
    ProcessHandle process();

    /** CPU seconds so far of what stands behind it, such as a database; 0 without. */
    default double backingCpuSeconds() {
        return 0;
    }

    /** Waits as long as senders do between two bursts. */
    default void pause() throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(3);
    }

    /**
     * Kills it as a power failure would, and looks for every object it acknowledged.
     *
     * @return how many of them are not there byte for byte, or -1 when that cannot be asked of this receiver
     */
    default int lost(List<Sent> acknowledged) throws IOException, InterruptedException {
        return -1;
    }

    @Override
    void close() throws IOException, InterruptedException;

    /** Makes one for one run. */
    @FunctionalInterface
    interface Factory {
        Receiver start(java.nio.file.Path directory) throws IOException, InterruptedException;
    }

    /** The kinds of receiver by name. */
    static Map<String, Factory> factories(java.nio.file.Path root) {
        Map<String, Factory> factories = new java.util.LinkedHashMap<>();
        factories.put("prelim", directory -> PrelimReceiver.start(root, directory, 8, 0));
        factories.put("prelim-no-spares", directory -> PrelimReceiver.start(root, directory, 0, 0));
        factories.put("prelim-200-slow", directory -> PrelimReceiver.start(root, directory, 8, 200));
        factories.put("dcmtk-bit-preserving", directory -> PeerReceiver.storescp(directory, true));
        factories.put("dcmtk-default", directory -> PeerReceiver.storescp(directory, false));
        factories.put("orthanc", PeerReceiver::orthanc);
        factories.put("bare", BareReceiver::start);
        return factories;
    }
}
