package io.prelim.bench.cstore;

import java.io.IOException;
import java.util.Map;

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

    /**
     * Kills it as a power failure would, and looks for every object it acknowledged.
     *
     * @return how many of them are not there byte for byte, or -1 when that cannot be asked of this receiver
     */
    default int lost(Workload workload, int acknowledged) throws IOException, InterruptedException {
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
        factories.put("prelim", directory -> PrelimReceiver.start(root, directory, false));
        factories.put("prelim-preallocated", directory -> PrelimReceiver.start(root, directory, true));
        factories.put("dcmtk-bit-preserving", directory -> PeerReceiver.storescp(directory, true));
        factories.put("dcmtk-default", directory -> PeerReceiver.storescp(directory, false));
        factories.put("orthanc", PeerReceiver::orthanc);
        factories.put("bare", BareReceiver::start);
        return factories;
    }
}
