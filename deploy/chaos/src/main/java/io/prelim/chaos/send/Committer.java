package io.prelim.chaos.send;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.AssociationListener;
import io.prelim.dicom.net.association.AssociationPolicy;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.dimse.NormalizedRequest;
import io.prelim.dicom.net.dimse.NormalizedResponse;
import io.prelim.dicom.net.dimse.Status;
import io.prelim.dicom.net.dimse.StorageCommitment;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.dicom.net.transport.ClientSettings;
import io.prelim.dicom.net.transport.DicomClient;
import io.prelim.dicom.net.transport.DicomServer;
import io.prelim.dicom.net.transport.ServerSettings;
import io.prelim.dicom.object.DataSet;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Asks for storage commitment of what was answered with success, and of one instance more that was never sent; takes the results. A
 * request is made until it is accepted.
 */
public final class Committer implements AutoCloseable {
    /** Its own, by which ingest finds it. */
    public static final String AE_TITLE = "CHAOSCOMMIT";

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long PAUSE_MILLIS = 300;

    /**
     * What became of one request.
     *
     * @param stored    SOP Instance UIDs that were answered with success before
     * @param neverSent one that was not
     * @param committed told to be safe, in any result
     * @param failed    told not to be here, in any result
     * @param results   how many came
     */
    public record Commitment(
            List<String> stored, String neverSent, List<String> committed, List<String> failed, int results) {
        public Commitment {
            stored = List.copyOf(stored);
            committed = List.copyOf(committed);
            failed = List.copyOf(failed);
        }
    }

    private final int dicomPort;
    private final DicomServer server;
    private final BlockingQueue<StorageCommitment.Request> waiting = new LinkedBlockingQueue<>();
    private final Map<String, StorageCommitment.Request> asked = new ConcurrentHashMap<>();
    private final Collection<StorageCommitment.Result> results = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "committer");
    private volatile boolean closed;

    private Committer(int dicomPort, int ownPort) throws IOException {
        this.dicomPort = dicomPort;
        this.server = DicomServer.start(
                ServerSettings.defaults()
                        .withPort(ownPort)
                        .withAbstractSyntaxes(Set.of(Uid.STORAGE_COMMITMENT_PUSH_MODEL)),
                AssociationPolicy.acceptAll(),
                (request, dataSet) -> StoreResponse.SUCCESS.now(),
                this::reported,
                new AssociationListener() {});
    }

    /**
     * @param dicomPort where it asks
     * @param ownPort   where it takes results
     */
    public static Committer start(int dicomPort, int ownPort) throws IOException {
        Committer committer = new Committer(dicomPort, ownPort);
        committer.thread.setDaemon(true);
        committer.thread.start();
        return committer;
    }

    /** @param stored of one study, answered with success */
    void want(String studyInstanceUid, Collection<Parcel> stored) {
        List<StorageCommitment.Instance> instances = new ArrayList<>(stored.stream()
                .map(parcel -> new StorageCommitment.Instance(parcel.sopClassUid(), parcel.sopInstanceUid()))
                .distinct()
                .toList());
        if (!instances.isEmpty()) {
            instances.add(new StorageCommitment.Instance(Uid.CT_IMAGE_STORAGE, studyInstanceUid + ".404"));
            StorageCommitment.Request request = new StorageCommitment.Request(Uid.random(), instances);
            asked.put(request.transactionUid(), request);
            waiting.add(request);
        }
    }

    /** Requests without a result. */
    public int open() {
        return (int) asked.keySet().stream()
                .filter(uid -> results.stream()
                        .noneMatch(result -> result.transactionUid().equals(uid)))
                .count();
    }

    /** What became of each. */
    public List<Commitment> commitments() {
        return asked.values().stream().map(this::commitment).toList();
    }

    private Commitment commitment(StorageCommitment.Request request) {
        List<StorageCommitment.Result> its = results.stream()
                .filter(result -> result.transactionUid().equals(request.transactionUid()))
                .toList();
        List<String> named = request.instances().stream()
                .map(StorageCommitment.Instance::sopInstanceUid)
                .toList();
        return new Commitment(
                named.subList(0, named.size() - 1),
                named.get(named.size() - 1),
                its.stream()
                        .flatMap(result -> result.committed().stream())
                        .map(StorageCommitment.Instance::sopInstanceUid)
                        .distinct()
                        .toList(),
                its.stream()
                        .flatMap(result -> result.failed().stream())
                        .map(failure -> failure.instance().sopInstanceUid())
                        .distinct()
                        .toList(),
                its.size());
    }

    private void run() {
        try {
            while (!closed) {
                StorageCommitment.Request request = waiting.take();
                while (!accepted(request)) {
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean accepted(StorageCommitment.Request request) {
        try (DicomClient client = DicomClient.connect(
                ClientSettings.of("127.0.0.1", dicomPort, AE_TITLE, "PRELIM").withTimeouts(TIMEOUT, TIMEOUT),
                List.of(PresentationContext.of(Uid.STORAGE_COMMITMENT_PUSH_MODEL, Uid.EXPLICIT_VR_LITTLE_ENDIAN)))) {
            return client.action(
                                    Uid.STORAGE_COMMITMENT_PUSH_MODEL,
                                    Uid.STORAGE_COMMITMENT_PUSH_MODEL_INSTANCE,
                                    StorageCommitment.REQUEST,
                                    request.dataSet())
                            .status()
                    == Status.SUCCESS;
        } catch (IOException e) {
            return false;
        }
    }

    private NormalizedResponse reported(NormalizedRequest request, DataSet dataSet) {
        try {
            results.add(StorageCommitment.Result.of(dataSet));
            return NormalizedResponse.of(Status.SUCCESS, null);
        } catch (StorageCommitment.Unusable e) {
            return e.response();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        server.close();
    }
}
