package io.prelim.ingest.web.stow;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A request's bytes from the event loop, which must not wait, to a thread that may. Between them wait no more than
 * {@link #HIGH} bytes and what one read of the socket gives: beyond that the sender is held back.
 */
final class RequestBody extends InputStream {
    /** Nothing came for too long. */
    static final class Idle extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** The sender went away before its request was whole. */
    static final class Cut extends IOException {
        private static final long serialVersionUID = 1L;

        Cut(Throwable cause) {
            super("the connection ended before the request", cause);
        }
    }

    private static final long HIGH = 512 << 10;
    private static final long LOW = 128 << 10;

    private final HttpServerRequest request;
    private final Context context;
    private final long idleNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Buffer> waiting = new ArrayDeque<>();
    private final byte[] one = new byte[1];
    private long waitingBytes;
    private boolean held;
    private boolean ended;
    private boolean discarding;
    private Throwable failure;
    private Buffer current = Buffer.buffer();
    private int position;

    /** To be called on the event loop of the context, before anything of the body has come. */
    RequestBody(HttpServerRequest request, Context context, Duration idleTimeout) {
        this.request = request;
        this.context = context;
        this.idleNanos = idleTimeout.toNanos();
        request.exceptionHandler(this::fail);
        request.handler(this::offer);
        request.endHandler(end -> end());
    }

    private void offer(Buffer buffer) {
        lock.lock();
        try {
            if (discarding) {
                return;
            }
            waiting.add(buffer);
            waitingBytes += buffer.length();
            if (waitingBytes > HIGH && !held) {
                held = true;
                request.pause();
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void fail(Throwable cause) {
        lock.lock();
        try {
            failure = cause;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Whether all of it has come. */
    boolean ended() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Drops what is left as it comes. */
    void discard() {
        lock.lock();
        try {
            discarding = true;
            waiting.clear();
            waitingBytes = 0;
            resume();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position == current.length()) {
            current = next();
            position = 0;
            if (current == null) {
                current = Buffer.buffer();
                return -1;
            }
        }
        int piece = Math.min(length, current.length() - position);
        current.getBytes(position, position + piece, bytes, offset);
        position += piece;
        return piece;
    }

    /** The next bytes, or null at the end. */
    private Buffer next() throws IOException {
        lock.lock();
        try {
            long left = idleNanos;
            while (waiting.isEmpty() && !ended && failure == null) {
                if (left <= 0) {
                    throw new Idle();
                }
                left = changed.awaitNanos(left);
            }
            Buffer next = waiting.poll();
            if (next == null && failure != null) {
                throw new Cut(failure);
            }
            waitingBytes -= next == null ? 0 : next.length();
            if (waitingBytes < LOW) {
                resume();
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cut(e);
        } finally {
            lock.unlock();
        }
    }

    private void resume() {
        if (held) {
            held = false;
            context.runOnContext(on -> request.resume());
        }
    }
}
