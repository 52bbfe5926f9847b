package io.prelim.dicom.net.transport;

import io.prelim.dicom.net.association.AbortCause;
import io.prelim.dicom.net.association.AssociationDecision;
import io.prelim.dicom.net.association.AssociationInfo;
import io.prelim.dicom.net.association.AssociationListener;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers what it was told. */
final class RecordingListener implements AssociationListener {
    final List<AssociationInfo> accepted = new CopyOnWriteArrayList<>();
    final List<AssociationInfo> released = new CopyOnWriteArrayList<>();
    final List<AssociationDecision.Reject> rejected = new CopyOnWriteArrayList<>();
    final List<AbortCause> aborted = new CopyOnWriteArrayList<>();
    final AtomicInteger turnedAway = new AtomicInteger();
    final List<String> received = new CopyOnWriteArrayList<>();

    @Override
    public void turnedAway(InetAddress remoteAddress) {
        turnedAway.incrementAndGet();
    }

    @Override
    public void accepted(AssociationInfo association) {
        accepted.add(association);
    }

    @Override
    public void rejected(
            InetAddress remoteAddress, String callingAeTitle, String calledAeTitle, AssociationDecision.Reject reject) {
        rejected.add(reject);
    }

    @Override
    public void received(AssociationInfo association, String operation, int status, long bytes, long nanos) {
        received.add("%s %04X %d".formatted(operation, status, bytes));
    }

    @Override
    public void released(AssociationInfo association) {
        released.add(association);
    }

    @Override
    public void aborted(AssociationInfo association, AbortCause cause) {
        aborted.add(cause);
    }
}
