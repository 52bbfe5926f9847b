package io.prelim.local.study;

import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.dimse.StoreResponse;
import io.prelim.dicom.net.transport.ClientSettings;
import io.prelim.dicom.net.transport.DicomClient;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Sends studies to a storage SCP, one association a study. */
public final class StudySender {
    private static final int MAX_CONTEXTS = 128;

    private final ClientSettings settings;

    public StudySender(ClientSettings settings) {
        this.settings = settings;
    }

    /**
     * Sends every object of the study; one that is refused does not hold up the others.
     *
     * @throws IOException when no association could be made, or it broke at the first object
     */
    public Sent send(Study study) throws IOException {
        List<Sent.Refused> refused = new ArrayList<>();
        List<StudyObject> objects = study.objects();
        int next = 0;
        try (DicomClient client = DicomClient.connect(settings, contexts(objects))) {
            for (; next < objects.size(); next++) {
                StudyObject object = objects.get(next);
                String why = store(client, object);
                if (why != null) {
                    refused.add(new Sent.Refused(object.file(), why));
                }
            }
        } catch (IOException e) {
            if (next == 0) {
                throw e;
            }
            for (StudyObject object : objects.subList(next, objects.size())) {
                refused.add(new Sent.Refused(object.file(), "the association broke: " + e.getMessage()));
            }
        }
        return new Sent(objects.size() - refused.size(), refused);
    }

    /** Null when stored, else why not. */
    private static String store(DicomClient client, StudyObject object) throws IOException {
        String syntax = object.syntax().uid();
        if (!client.accepts(object.sopClassUid(), syntax)) {
            return "the receiver does not take SOP class " + object.sopClassUid() + " in transfer syntax " + syntax;
        }
        try (InputStream in = object.open()) {
            StoreResponse response = client.store(object.sopClassUid(), object.sopInstanceUid(), syntax, in);
            return response.stored() ? null : words(response);
        }
    }

    private static String words(StoreResponse response) {
        String status = String.format(Locale.ROOT, "refused with status %04X", response.status());
        return response.errorComment() == null ? status : status + ": " + response.errorComment();
    }

    private static List<PresentationContext> contexts(List<StudyObject> objects) {
        Set<PresentationContext> contexts = new LinkedHashSet<>();
        for (StudyObject object : objects) {
            contexts.add(
                    PresentationContext.of(object.sopClassUid(), object.syntax().uid()));
        }
        return contexts.stream().limit(MAX_CONTEXTS).toList();
    }
}
