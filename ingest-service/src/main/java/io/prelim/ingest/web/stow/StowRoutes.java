package io.prelim.ingest.web.stow;

import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.receive.InstanceReceiver;
import io.prelim.ingest.web.multipart.MultipartLimits;
import io.prelim.ingest.web.multipart.MultipartReader;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * The STOW-RS resources (PS3.18 section 10.5.1.1), below {@code /dicom-web/studies}. A request has a thread of its own while it
 * comes in; there are as many as requests are let in at a time.
 */
@ApplicationScoped
class StowRoutes {
    private static final Logger LOG = Logger.getLogger(StowRoutes.class);
    private static final String STUDIES = "/dicom-web/studies";

    /** For a sender that was answered early to finish, so that it reads the answer before the connection ends. */
    private static final long LINGER_MILLIS = 2_000;

    private final IngestConfig.Stow config;
    private final MultipartLimits limits;
    private final JsonParts.Limits jsonLimits;
    private final Path spoolDirectory;
    private final InstanceReceiver receiver;
    private final MeterRegistry meters;
    private final Vertx vertx;
    private final AtomicInteger open = new AtomicInteger();
    private final ExecutorService threads;

    StowRoutes(IngestConfig config, InstanceReceiver receiver, MeterRegistry meters, Vertx vertx) {
        this.config = config.stow();
        this.limits = new MultipartLimits(
                this.config.maxParts(),
                (int) Math.min(this.config.maxPartHeader().asLongValue(), Integer.MAX_VALUE),
                this.config.maxRequestSize().asLongValue());
        this.jsonLimits = JsonParts.Limits.of(config);
        this.spoolDirectory = config.store().directory().resolve("spool");
        this.receiver = receiver;
        this.meters = meters;
        this.vertx = vertx;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                0,
                this.config.maxRequests(),
                30,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> new Thread(work, "stow-" + number.incrementAndGet()));
        meters.gauge("prelim.ingest.stow.requests.open", open);
    }

    void register(@Observes Router router) {
        router.post(STUDIES).handler(this::store);
        router.post(STUDIES + "/:study").handler(this::store);
    }

    @PreDestroy
    void close() {
        threads.shutdown();
    }

    private void store(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        Exchange exchange = new Exchange(request, vertx.getOrCreateContext(), System.nanoTime());
        StoreHead head = StoreHead.of(
                routing.pathParam("study"),
                request.getHeader("Content-Type"),
                request.getHeader("Content-Encoding"),
                request.getHeader("Accept"),
                contentLength(request),
                config.maxRequestSize().asLongValue());
        RequestBody body = new RequestBody(request, exchange.context(), config.idleTimeout());
        if (head instanceof StoreHead.Refused refused) {
            OperatorMessage.STOW_REFUSED.log(LOG, "status", refused.status(), "reason", refused.detail());
            answer(exchange, body, StoreAnswer.problem(refused.status(), refused.detail()));
            return;
        }
        try {
            threads.execute(() -> read(exchange, body, routing.pathParam("study"), (StoreHead.Readable) head));
        } catch (RejectedExecutionException e) {
            String detail = "There are " + config.maxRequests() + " requests already.";
            OperatorMessage.STOW_REFUSED.log(LOG, "status", 503, "reason", detail);
            answer(exchange, body, StoreAnswer.problem(503, detail));
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
    }

    private void read(Exchange exchange, RequestBody body, String study, StoreHead.Readable head) {
        open.incrementAndGet();
        try {
            Submissions submissions = new Submissions(receiver, exchange.sender(), study, config.window());
            StoreTransaction transaction = new StoreTransaction(submissions);
            PartTaker taker = head.type().equals(StoreHead.DICOM)
                    ? new FileParts(submissions)
                    : new JsonParts(submissions, new BulkSpool(spoolDirectory), jsonLimits);
            StoreAnswer answer = head.boundary() == null
                    ? transaction.single(body, head.type(), taker)
                    : transaction.parts(new MultipartReader(body, head.boundary(), limits), taker);
            answer(exchange, body, answer);
        } catch (IOException e) {
            OperatorMessage.STOW_CUT.log(LOG, "reason", OperatorMessage.reason(e));
            exchange.context()
                    .runOnContext(on -> exchange.request().connection().close());
        } catch (RuntimeException e) {
            OperatorMessage.REQUEST_FAILED.log(LOG, "reason", OperatorMessage.reason(e));
            answer(exchange, body, StoreAnswer.problem(503, "The request could not be answered now."));
        } finally {
            open.decrementAndGet();
        }
    }

    private void answer(Exchange exchange, RequestBody body, StoreAnswer answer) {
        meters.timer("prelim.ingest.stow.answer", "status", Integer.toString(answer.status()))
                .record(System.nanoTime() - exchange.begin(), TimeUnit.NANOSECONDS);
        exchange.context().runOnContext(on -> send(exchange.request(), body, answer));
    }

    private void send(HttpServerRequest request, RequestBody body, StoreAnswer answer) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return;
        }
        response.setStatusCode(answer.status())
                .putHeader("Content-Type", answer.mediaType())
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Cache-Control", "no-store");
        if (answer.retryAfter() > 0) {
            response.putHeader("Retry-After", Integer.toString(answer.retryAfter()));
        }
        body.discard();
        response.end(Buffer.buffer(answer.body()));
        if (!body.ended()) {
            vertx.setTimer(LINGER_MILLIS, late -> {
                if (!body.ended()) {
                    request.connection().close();
                }
            });
        }
    }

    /** -1 when it is not said; what is no number the HTTP server has refused already. */
    private static long contentLength(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return length == null || !length.matches("[0-9]{1,18}") ? -1 : Long.parseLong(length);
    }

    /** One request and where it runs. */
    private record Exchange(HttpServerRequest request, Context context, long begin) {
        String sender() {
            return "STOW " + request.remoteAddress().hostAddress();
        }
    }
}
