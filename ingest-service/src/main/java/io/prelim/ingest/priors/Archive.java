package io.prelim.ingest.priors;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.association.PresentationContext;
import io.prelim.dicom.net.dimse.FindRequest;
import io.prelim.dicom.net.dimse.FindResponse;
import io.prelim.dicom.net.dimse.InformationModel;
import io.prelim.dicom.net.dimse.MoveRequest;
import io.prelim.dicom.net.dimse.MoveResponse;
import io.prelim.dicom.net.transport.DicomClient;
import io.prelim.dicom.object.DataSet;
import io.prelim.events.Phi;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.config.PriorsConfig;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.priors.PriorsUnavailable.Why;
import io.prelim.ingest.remote.Remote;
import io.prelim.ingest.remote.Remotes;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jboss.logging.Logger;

/** The archive that is asked, in the study root information model (PS3.4 annex C). */
@ApplicationScoped
public class Archive {
    private static final Logger LOG = Logger.getLogger(Archive.class);
    private static final InformationModel MODEL = InformationModel.STUDY_ROOT;
    /** Studies of one patient that are looked at. */
    private static final int MAX_MATCHES = 1000;

    private final Remotes remotes;
    private final PriorsConfig config;
    private final String aeTitle;
    private final Duration answerTimeout;

    Archive(Remotes remotes, IngestConfig config) {
        this.remotes = remotes;
        this.config = config.priors();
        this.aeTitle = config.dicom().aeTitle();
        this.answerTimeout = config.dicom().answerTimeout();
    }

    private Optional<Remote> remote() {
        return config.archive().flatMap(remotes::named);
    }

    /**
     * Whether an object may be one that we fetch: it says that it belongs to a C-MOVE of ours, or says nothing of any and comes from
     * the archive.
     *
     * @param moveOriginatorAeTitle empty where the sender names none
     */
    public boolean sends(String callingAeTitle, String moveOriginatorAeTitle) {
        return remote().filter(archive -> moveOriginatorAeTitle.isEmpty()
                        ? archive.aeTitle().equals(callingAeTitle)
                        : moveOriginatorAeTitle.equals(aeTitle))
                .isPresent();
    }

    /**
     * How many instances it has of a study: (0020,1208).
     *
     * @return empty when it has no such study, or does not count
     * @throws PriorsUnavailable when it cannot be asked
     */
    public OptionalLong instances(String studyInstanceUid) {
        return instances(archive(), studyInstanceUid, answerTimeout);
    }

    /**
     * The same of another archive.
     *
     * @param name what the configuration calls it
     * @throws PriorsUnavailable when it cannot be asked
     */
    public OptionalLong instances(String name, String studyInstanceUid, Duration timeout) {
        Remote asked = remotes.named(name).orElseThrow(() -> new PriorsUnavailable(Why.NO_ARCHIVE));
        return instances(asked, studyInstanceUid, timeout);
    }

    private OptionalLong instances(Remote asked, String studyInstanceUid, Duration timeout) {
        List<DataSet> matches = find(
                asked,
                timeout,
                new DataSet()
                        .putString(Tag.STUDY_INSTANCE_UID, studyInstanceUid)
                        .putString(Tag.NUMBER_OF_STUDY_RELATED_INSTANCES, ""));
        return matches.stream()
                .filter(match -> studyInstanceUid.equals(match.string(Tag.STUDY_INSTANCE_UID)))
                .mapToLong(match -> match.integer(Tag.NUMBER_OF_STUDY_RELATED_INSTANCES, -1))
                .filter(count -> count >= 0)
                .findFirst();
    }

    /**
     * The studies it has of a patient. Only those whose patient ID is the very one count: an ID may hold what a query takes for a
     * wild card, and archives may ignore a key.
     *
     * @param issuer of the patient ID, or null; an archive that names another is not asked again
     * @throws PriorsUnavailable when it cannot be asked
     */
    List<PriorStudy> studies(Phi<String> patientId, String issuer) {
        List<DataSet> matches = find(
                archive(),
                answerTimeout,
                new DataSet()
                        .putString(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 192")
                        .putString(Tag.STUDY_DATE, "")
                        .putString(Tag.PATIENT_ID, patientId.reveal())
                        .putString(Tag.ISSUER_OF_PATIENT_ID, "")
                        .putString(Tag.STUDY_INSTANCE_UID, ""));
        List<PriorStudy> studies = new ArrayList<>();
        for (DataSet match : matches) {
            String uid = match.string(Tag.STUDY_INSTANCE_UID);
            String namedIssuer = match.string(Tag.ISSUER_OF_PATIENT_ID);
            boolean same = patientId.reveal().equals(match.string(Tag.PATIENT_ID))
                    && (issuer == null || namedIssuer == null || namedIssuer.isEmpty() || issuer.equals(namedIssuer));
            if (same && Uid.isValid(uid)) {
                String date = match.string(Tag.STUDY_DATE);
                studies.add(new PriorStudy(uid, date == null ? "" : date));
            }
        }
        return studies;
    }

    /** Has it send a study to us; returns when it says that it is done. */
    MoveResponse fetch(String studyInstanceUid) throws IOException {
        DataSet keys = new DataSet()
                .putString(Tag.QUERY_RETRIEVE_LEVEL, "STUDY")
                .putString(Tag.STUDY_INSTANCE_UID, studyInstanceUid);
        try (DicomClient client = remotes.connect(archive(), contexts(MODEL.move()), config.moveTimeout())) {
            return client.move(new MoveRequest(MODEL, keys, aeTitle), progress -> true);
        }
    }

    private List<DataSet> find(Remote asked, Duration timeout, DataSet keys) {
        List<DataSet> matches = new ArrayList<>();
        keys.putString(Tag.QUERY_RETRIEVE_LEVEL, "STUDY");
        try (DicomClient client = remotes.connect(asked, contexts(MODEL.find()), timeout)) {
            FindResponse response = client.find(new FindRequest(MODEL, keys, MAX_MATCHES), matches::add);
            if (!response.complete() && !response.cancelled()) {
                OperatorMessage.ARCHIVE_FAILED.log(LOG, "status", String.format("%04X", response.status()));
                throw new PriorsUnavailable(Why.ARCHIVE_FAILED);
            }
            return matches;
        } catch (IOException e) {
            OperatorMessage.ARCHIVE_FAILED.log(LOG, "reason", OperatorMessage.reason(e));
            throw new PriorsUnavailable(Why.ARCHIVE_FAILED, e);
        }
    }

    private Remote archive() {
        return remote().orElseThrow(() -> new PriorsUnavailable(Why.NO_ARCHIVE));
    }

    private static List<PresentationContext> contexts(String sopClassUid) {
        return List.of(
                PresentationContext.of(sopClassUid, Uid.EXPLICIT_VR_LITTLE_ENDIAN, Uid.IMPLICIT_VR_LITTLE_ENDIAN));
    }
}
