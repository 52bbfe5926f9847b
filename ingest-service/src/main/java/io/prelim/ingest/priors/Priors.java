package io.prelim.ingest.priors;

import io.prelim.events.Phi;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.index.StudyIdentityRow;
import io.prelim.ingest.index.StudyRow;
import io.prelim.ingest.notice.OperatorMessage;
import io.prelim.ingest.priors.PriorsUnavailable.Why;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.jboss.logging.Logger;

/** Looks for the priors of a study's patient, and has them fetched. */
@ApplicationScoped
public class Priors {
    private static final Logger LOG = Logger.getLogger(Priors.class);

    /**
     * What is to be fetched.
     *
     * @param found    studies the archive has of the patient, but for the study itself
     * @param fetching keys of those that are fetched because of this request, the latest first
     */
    public record Wanted(int found, List<UUID> fetching) {}

    private record Whose(String studyInstanceUid, Phi<String> patientId, String issuer) {}

    private final StatelessSession session;
    private final Archive archive;
    private final Fetches fetches;
    private final int maxStudies;

    Priors(StatelessSession session, Archive archive, Fetches fetches, IngestConfig config) {
        this.session = session;
        this.archive = archive;
        this.fetches = fetches;
        this.maxStudies = config.priors().maxStudies();
    }

    /**
     * Asks the archive for the patient's other studies, and has the latest fetched that are not here.
     *
     * @return empty when there is no such study
     * @throws PriorsUnavailable when the archive cannot be asked
     */
    public Optional<Wanted> want(UUID studyKey) {
        Optional<Whose> whose = QuarkusTransaction.requiringNew().call(() -> whose(studyKey));
        return whose.map(study -> want(studyKey, study));
    }

    private Optional<Whose> whose(UUID studyKey) {
        StudyRow study = session.get(StudyRow.class, studyKey);
        StudyIdentityRow identity = session.get(StudyIdentityRow.class, studyKey);
        return study == null
                ? Optional.empty()
                : Optional.of(new Whose(
                        study.studyInstanceUid(),
                        identity == null ? null : identity.patientId(),
                        identity == null ? null : identity.patientIssuer()));
    }

    private Wanted want(UUID studyKey, Whose whose) {
        if (whose.patientId() == null) {
            throw new PriorsUnavailable(Why.NO_PATIENT_ID);
        }
        List<PriorStudy> found = archive.studies(whose.patientId(), whose.issuer()).stream()
                .filter(study -> !study.studyInstanceUid().equals(whose.studyInstanceUid()))
                .sorted(Comparator.comparing(PriorStudy::studyDate).reversed())
                .toList();
        List<UUID> fetching = found.stream()
                .limit(maxStudies)
                .flatMap(study -> fetches.want(study.studyInstanceUid(), studyKey).stream())
                .toList();
        OperatorMessage.PRIORS_WANTED.log(
                LOG, "studyKey", studyKey, "found", found.size(), "fetching", fetching.size());
        return new Wanted(found.size(), fetching);
    }
}
