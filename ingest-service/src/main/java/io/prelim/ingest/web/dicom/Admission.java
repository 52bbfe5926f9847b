package io.prelim.ingest.web.dicom;

import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.web.Refused;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** How many requests are answered at a time, and how many frames decoded: each holds memory, and a thread. */
@ApplicationScoped
public class Admission {
    private final int most;
    private final Semaphore requests;
    private final Semaphore decodes;
    private final long patienceMillis;

    Admission(IngestConfig config) {
        this.most = config.dicomWeb().maxRequests();
        this.requests = new Semaphore(most);
        this.decodes = new Semaphore(config.dicomWeb().decodesAtOnce());
        // whoever is before us is through after its timeout
        this.patienceMillis = 3 * config.dicomWeb().decodeTimeout().toMillis();
    }

    /**
     * Lets a request in until its answer has gone, or its connection.
     *
     * @throws Refused 503, when there are as many as may be
     */
    public void enter(RoutingContext routing) {
        if (!requests.tryAcquire()) {
            throw new Refused(503, "There are " + most + " requests already.");
        }
        afterwards(routing, requests::release);
    }

    /** Runs this once, when the answer has gone or its connection has: it may have before this is called. */
    public static void afterwards(RoutingContext routing, Runnable work) {
        AtomicBoolean over = new AtomicBoolean();
        Runnable once = () -> {
            if (over.compareAndSet(false, true)) {
                work.run();
            }
        };
        routing.addEndHandler(ended -> once.run());
        if (routing.response().closed() || routing.response().ended()) {
            once.run();
        }
    }

    /** A place among those that decode; closed when the frame is done with. */
    public interface Decoding extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws Refused 503, when none is free for long */
    public Decoding decode() {
        try {
            if (decodes.tryAcquire(patienceMillis, TimeUnit.MILLISECONDS)) {
                return decodes::release;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Refused(503, "Too many frames are decoded just now.");
    }
}
