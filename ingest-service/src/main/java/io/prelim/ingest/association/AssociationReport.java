package io.prelim.ingest.association;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.prelim.dicom.net.association.AbortCause;
import io.prelim.dicom.net.association.AssociationDecision;
import io.prelim.dicom.net.association.AssociationInfo;
import io.prelim.dicom.net.association.AssociationListener;
import io.prelim.ingest.notice.OperatorMessage;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Counts associations and times answers; AE titles go into log lines, where they are printable, never into labels. */
final class AssociationReport implements AssociationListener {
    private static final Logger LOG = Logger.getLogger(AssociationReport.class);

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final MeterRegistry meters;
    private final ReleaseHints releases;
    private final Set<String> open = ConcurrentHashMap.newKeySet();

    AssociationReport(MeterRegistry meters, ReleaseHints releases) {
        this.meters = meters;
        this.releases = releases;
        meters.gaugeCollectionSize("prelim.ingest.associations.open", Tags.empty(), open);
    }

    @Override
    public void turnedAway(InetAddress remoteAddress) {
        ended("turned-away");
    }

    @Override
    public void accepted(AssociationInfo association) {
        open.add(association.associationId());
        ended("accepted");
    }

    @Override
    public void rejected(
            InetAddress remoteAddress, String callingAeTitle, String calledAeTitle, AssociationDecision.Reject reject) {
        ended("rejected");
        OperatorMessage.ASSOCIATION_REJECTED.log(
                LOG,
                "callingAe",
                callingAeTitle,
                "calledAe",
                calledAeTitle,
                "remote",
                remoteAddress.getHostAddress(),
                "answer",
                reject);
    }

    @Override
    public void received(AssociationInfo association, String operation, int status, long bytes, long nanos) {
        meters.timer("prelim.ingest.dimse.answer", "operation", operation, "status", HEX.toHexDigits((short) status))
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void released(AssociationInfo association) {
        open.remove(association.associationId());
        ended("released");
        releases.released(association.associationId());
    }

    @Override
    public void aborted(AssociationInfo association, AbortCause cause) {
        ended("aborted");
        releases.aborted(association.associationId());
        open.remove(association.associationId());
        OperatorMessage.ASSOCIATION_ABORTED.log(
                LOG,
                "callingAe",
                association.callingAeTitle(),
                "remote",
                association.remoteAddress().getHostAddress(),
                "kind",
                cause.kind(),
                "source",
                cause.source(),
                "reason",
                cause.reason());
    }

    private void ended(String how) {
        meters.counter("prelim.ingest.associations", "event", how).increment();
    }
}
