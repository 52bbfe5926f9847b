package io.prelim.report.webhook;

import io.prelim.dicom.net.transport.PemFiles;
import io.prelim.events.CloudEvent;
import io.prelim.events.Ids;
import io.prelim.events.ReportChanged;
import io.prelim.report.delivery.Answer;
import io.prelim.report.delivery.Destination;
import io.prelim.report.delivery.Limits;
import io.prelim.report.delivery.RetryAfter;
import io.prelim.report.egress.Egress;
import io.prelim.report.egress.EgressRefused;
import io.prelim.report.settings.WebhookSettings.Event;
import io.prelim.report.store.Delivery;
import io.prelim.report.store.DeliveryQueue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;

/** Who is told of changes by POST, an event a request. */
final class WebhookDestination implements Destination<Notice> {
    private static final String KIND = "EVENT";
    private static final int OK = 200;
    private static final int REDIRECTION = 300;
    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;
    /** 4xx that pass: time-out, too early, too many requests. */
    private static final Set<Integer> PASSES = Set.of(408, 425, 429);

    private static final int GONE = 410;

    private final String url;
    private final Set<Event> events;
    private final Limits limits;
    private final Egress egress;
    private final Secrets secrets;
    private final PemFiles files;

    /** The keys as they are now. */
    @FunctionalInterface
    interface Secrets {
        /** @throws IOException if they cannot be read, or are none */
        List<Secret> read() throws IOException;
    }

    /** @param files null for whom the platform trusts */
    WebhookDestination(String url, Set<Event> events, Limits limits, Egress egress, Secrets secrets, PemFiles files) {
        this.url = url;
        this.events = events;
        this.limits = limits;
        this.egress = egress;
        this.secrets = secrets;
        this.files = files;
    }

    @Override
    public String protocol() {
        return "webhook";
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public List<String> kinds() {
        return List.of(KIND);
    }

    @Override
    public List<DeliveryQueue.Item> wanted(ReportChanged change) {
        if (!events.contains(event(change))) {
            return List.of();
        }
        UUID id = Ids.change(change.reportKey(), change.version());
        byte[] body = CloudEvent.of(id, "report", change.changedAt(), change).structured();
        return List.of(new DeliveryQueue.Item(
                change.reportKey(),
                change.version(),
                KIND,
                null,
                id.toString(),
                new String(body, StandardCharsets.UTF_8)));
    }

    private static Event event(ReportChanged change) {
        return switch (change.status()) {
            case DRAFT, UNKNOWN -> change.settled() ? Event.SETTLED : Event.DRAFTED;
            case REVIEWED -> Event.REVIEWED;
            case SIGNED -> Event.SIGNED;
            case ADDENDED -> Event.ADDENDED;
            case CORRECTED -> Event.CORRECTED;
            case RETRACTED -> Event.RETRACTED;
        };
    }

    @Override
    public Notice write(Delivery delivery) {
        return new Notice(delivery.messageId(), delivery.body().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Session<Notice> open() throws IOException {
        List<Secret> keys;
        HttpUrl checked;
        OkHttpClient client;
        try {
            keys = secrets.read();
            checked = egress.url(url);
            client = egress.client(checked, files, limits.connectTimeout(), limits.answerTimeout());
        } catch (EgressRefused e) {
            throw new Unreachable("its URL " + e.getMessage(), null);
        } catch (IllegalArgumentException e) {
            // the file was changed for what is none
            throw new Unreachable("its secret " + e.getMessage(), null);
        }
        return new Session<>() {
            @Override
            public Answer send(Notice notice) throws IOException {
                long now = Instant.now().getEpochSecond();
                Request request = new Request.Builder()
                        .url(checked)
                        .header("User-Agent", "prelim")
                        .header("webhook-id", notice.id())
                        .header("webhook-timestamp", Long.toString(now))
                        .header("webhook-signature", Secret.signatures(keys, notice.id(), now, notice.body()))
                        .post(new Body(notice.body()))
                        .build();
                // of what it says but its status nothing is read
                try (Response response = client.newCall(request).execute()) {
                    return answer(response);
                }
            }

            @Override
            public void close() {
                Egress.close(client);
            }
        };
    }

    private static Answer answer(Response response) throws Unreachable {
        int status = response.code();
        String problem = "HTTP " + status;
        if (status >= OK && status < REDIRECTION) {
            return new Answer.Stored(null);
        }
        if (status == GONE) {
            return new Answer.Gone(problem);
        }
        if (status >= CLIENT_ERROR && status < SERVER_ERROR && !PASSES.contains(status)) {
            return new Answer.Refused(problem);
        }
        throw new Unreachable(
                status < CLIENT_ERROR ? problem + ", which is not followed" : problem,
                RetryAfter.of(response.header("Retry-After"), Instant.now()));
    }

    /** Written once: the client sends it no second time by itself, whatever the answer says. */
    private static final class Body extends RequestBody {
        private static final MediaType TYPE = MediaType.get(CloudEvent.STRUCTURED_TYPE);

        private final byte[] bytes;

        Body(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public MediaType contentType() {
            return TYPE;
        }

        @Override
        public long contentLength() {
            return bytes.length;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(bytes);
        }

        @Override
        public boolean isOneShot() {
            return true;
        }
    }
}
