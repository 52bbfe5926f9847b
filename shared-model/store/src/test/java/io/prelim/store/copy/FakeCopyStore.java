package io.prelim.store.copy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Objects in memory; away, slow or forgetful, as told. */
final class FakeCopyStore implements CopyStore {
    final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
    final AtomicInteger putsUnderWay = new AtomicInteger();
    volatile boolean away;
    volatile boolean keepsEverything;
    volatile CountDownLatch putGate = new CountDownLatch(0);

    @Override
    public void put(String key, ByteBuffer content, Duration patience) throws IOException {
        putsUnderWay.incrementAndGet();
        try {
            putGate.await();
        } catch (InterruptedException e) {
            throw new CopyFailed("interrupted", e);
        } finally {
            putsUnderWay.decrementAndGet();
        }
        reach();
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        objects.put(key, bytes);
    }

    @Override
    public boolean get(String key, ByteBuffer target) throws IOException {
        reach();
        byte[] bytes = objects.get(key);
        if (bytes == null || bytes.length != target.remaining()) {
            return false;
        }
        target.put(bytes);
        return true;
    }

    @Override
    public List<Entry> list(String prefix, String after, int limit) throws IOException {
        reach();
        return objects.tailMap(after, false).entrySet().stream()
                .filter(object -> object.getKey().startsWith(prefix))
                .limit(limit)
                .map(object -> new Entry(object.getKey(), object.getValue().length))
                .toList();
    }

    @Override
    public List<String> folders() throws IOException {
        reach();
        return objects.keySet().stream()
                .map(key -> key.substring(0, key.indexOf('/')))
                .distinct()
                .toList();
    }

    @Override
    public void delete(Collection<String> keys) throws IOException {
        reach();
        if (!keepsEverything) {
            keys.forEach(objects::remove);
        }
    }

    private void reach() throws CopyFailed {
        if (away) {
            throw new CopyFailed("503 Away", null);
        }
    }

    @Override
    public void close() {}
}
