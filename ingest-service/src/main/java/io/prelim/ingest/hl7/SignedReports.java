package io.prelim.ingest.hl7;

import io.prelim.events.Phi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** Keeps signed reports as they came, until report-service takes them: table {@code signed_reports}. */
@ApplicationScoped
class SignedReports {
    private final StatelessSession session;

    SignedReports(StatelessSession session) {
        this.session = session;
    }

    /** Keeps one, once. */
    @Transactional
    void keep(UUID reportId, Hl7Peer peer, String messageType, SignedReport report, byte[] message) {
        Phi<String> accession = report.accession();
        session.createNativeMutationQuery(
                        "insert into signed_reports (report_id, peer, message_type, accession_issuer, accession_number,"
                                + " study_instance_uid, message) values (:id, :peer, :type, :issuer, :accession, :study,"
                                + " :message) on conflict (report_id) do nothing")
                .setParameter("id", reportId)
                .setParameter("peer", peer.name())
                .setParameter("type", messageType)
                .setParameter("issuer", accession == null ? null : peer.accessionIssuer(), String.class)
                .setParameter("accession", accession == null ? null : accession.reveal(), String.class)
                .setParameter("study", report.studyInstanceUid(), String.class)
                .setParameter("message", message)
                .executeUpdate();
    }
}
