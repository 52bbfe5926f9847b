package io.prelim.report.narrative;

import com.openai.core.RequestOptions;
import com.openai.core.http.Headers;
import com.openai.core.http.HttpClient;
import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpResponse;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;

/** Reads no more of an answer than an answer may have. */
final class BoundedHttp implements HttpClient {
    private static final long MOST_BYTES = 1 << 20;

    private final HttpClient client;

    BoundedHttp(HttpClient client) {
        this.client = client;
    }

    @Override
    public HttpResponse execute(HttpRequest request, RequestOptions options) {
        return new Bounded(client.execute(request, options));
    }

    @Override
    public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
        return client.executeAsync(request, options).thenApply(Bounded::new);
    }

    @Override
    public void close() {
        client.close();
    }

    private record Bounded(HttpResponse response) implements HttpResponse {
        @Override
        public int statusCode() {
            return response.statusCode();
        }

        @Override
        public Headers headers() {
            return response.headers();
        }

        @Override
        public InputStream body() {
            return new Counting(response.body());
        }

        @Override
        public void close() {
            response.close();
        }
    }

    private static final class Counting extends FilterInputStream {
        private long left = MOST_BYTES;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) throws IOException {
            left -= read;
            if (left < 0) {
                throw new IOException("the answer is longer than " + MOST_BYTES + " bytes");
            }
        }
    }
}
