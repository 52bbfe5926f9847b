package io.prelim.ingest.hint;

import io.micrometer.core.instrument.MeterRegistry;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.dimse.NormalizedRequest;
import io.prelim.dicom.net.dimse.NormalizedResponse;
import io.prelim.dicom.net.dimse.NormalizedScp;
import io.prelim.dicom.net.dimse.Status;
import io.prelim.dicom.object.DataSet;
import io.prelim.events.Ids;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.normalized.RequestRefused;
import io.prelim.ingest.notice.OperatorMessage;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/** Takes Instance Availability Notifications: N-CREATE alone (PS3.4 section R.3). */
@ApplicationScoped
public class AvailabilityScp implements NormalizedScp {
    private static final Logger LOG = Logger.getLogger(AvailabilityScp.class);

    private final Announcements announcements;
    private final IngestConfig config;
    private final MeterRegistry meters;

    AvailabilityScp(Announcements announcements, IngestConfig config, MeterRegistry meters) {
        this.announcements = announcements;
        this.config = config;
        this.meters = meters;
    }

    @Override
    public NormalizedResponse serve(NormalizedRequest request, DataSet dataSet) {
        NormalizedResponse response = answer(request, dataSet);
        meters.counter("prelim.ingest.availability.notifications", "status", String.format("%04X", response.status()))
                .increment();
        return response;
    }

    private NormalizedResponse answer(NormalizedRequest request, DataSet dataSet) {
        try {
            AvailabilityReport report =
                    AvailabilityReport.of(dataSet, config.assembly().hints().maxInstances());
            String uid = request.sopInstanceUid().isEmpty() ? Uid.random() : request.sopInstanceUid();
            if (!keep(uid, report)) {
                throw new RequestRefused(Status.DUPLICATE_SOP_INSTANCE, "the notification is there already");
            }
            OperatorMessage.AVAILABILITY_TOLD.log(
                    LOG, "notification", uid, "instances", report.instances().size(), "online", report.online());
            return NormalizedResponse.created(uid);
        } catch (RequestRefused e) {
            OperatorMessage.AVAILABILITY_REFUSED.log(
                    LOG, "callingAe", request.association().callingAeTitle(), "comment", e.getMessage());
            return e.response();
        } catch (RuntimeException e) {
            OperatorMessage.AVAILABILITY_FAILED.log(LOG, "reason", OperatorMessage.reason(e));
            return NormalizedResponse.of(Status.PROCESSING_FAILURE, "database not available");
        }
    }

    private boolean keep(String uid, AvailabilityReport report) {
        Announcement announcement = new Announcement(
                Announcement.Source.AVAILABILITY,
                uid,
                List.of(Ids.study(config.issuer(), report.studyInstanceUid())),
                report.instances(),
                report.online());
        return QuarkusTransaction.requiringNew().call(() -> announcements.add(announcement));
    }
}
