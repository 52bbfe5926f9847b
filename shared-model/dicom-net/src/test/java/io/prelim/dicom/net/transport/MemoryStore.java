package io.prelim.dicom.net.transport;

import io.prelim.dicom.net.dimse.StoreRequest;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.dicom.net.dimse.StoreScp;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what arrives whole. */
final class MemoryStore implements StoreScp {
    final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    final List<StoreRequest> requests = new CopyOnWriteArrayList<>();
    final List<Exception> failures = new CopyOnWriteArrayList<>();

    @Override
    public CompletionStage<StoreResponse> store(StoreRequest request, InputStream dataSet) throws IOException {
        requests.add(request);
        try {
            objects.put(request.sopInstanceUid(), dataSet.readAllBytes());
        } catch (IOException e) {
            failures.add(e);
            throw e;
        }
        return StoreResponse.SUCCESS.now();
    }
}
