package io.prelim.dicom.net.transport;

import io.prelim.dicom.net.dimse.StoreRequest;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.dicom.net.dimse.StoreScp;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes objects and answers when told to. */
final class LaterStore implements StoreScp {
    final Map<Integer, CompletableFuture<StoreResponse>> answers = new ConcurrentHashMap<>();
    final AtomicInteger mostOutstanding = new AtomicInteger();
    private final AtomicInteger outstanding = new AtomicInteger();

    @Override
    public CompletionStage<StoreResponse> store(StoreRequest request, InputStream dataSet) throws IOException {
        dataSet.readAllBytes();
        CompletableFuture<StoreResponse> answer = new CompletableFuture<>();
        mostOutstanding.accumulateAndGet(outstanding.incrementAndGet(), Math::max);
        answers.put(request.messageId(), answer);
        return answer;
    }

    /** Answers a message that came. */
    void answer(int messageId, StoreResponse response) {
        outstanding.decrementAndGet();
        answers.remove(messageId).complete(response);
    }

    void fail(int messageId, Exception failure) {
        outstanding.decrementAndGet();
        answers.remove(messageId).completeExceptionally(failure);
    }
}
