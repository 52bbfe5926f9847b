package io.prelim.ingest.commitment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.dimse.NormalizedResponse;
import io.prelim.dicom.net.dimse.Status;
import io.prelim.dicom.net.dimse.StorageCommitment;
import io.prelim.dicom.net.dimse.StorageCommitment.Failure;
import io.prelim.dicom.net.dimse.StorageCommitment.Instance;
import io.prelim.dicom.object.DataSet;
import io.prelim.ingest.Sender;
import io.prelim.ingest.ServiceUnderTest;
import io.prelim.ingest.TestObject;
import io.prelim.ingest.association.DicomListener;
import io.prelim.ingest.fixture.Rows;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@WithTestResource(ServiceUnderTest.class)
@Timeout(60)
class CommitmentIT {
    private static final String AE_TITLE = ServiceUnderTest.REQUESTER;

    @Inject
    DicomListener listener;

    @Inject
    DataSource database;

    private final String transaction = Uid.random();

    private NormalizedResponse ask(Instance... instances) throws IOException {
        return ask(new StorageCommitment.Request(transaction, List.of(instances)).dataSet());
    }

    private NormalizedResponse ask(DataSet information) throws IOException {
        return Requester.ask(listener.port(), AE_TITLE, StorageCommitment.REQUEST, information);
    }

    private static Requester requester() throws IOException {
        return Requester.listening(ServiceUnderTest.requesterPort(), Status.SUCCESS);
    }

    private Instance stored() throws IOException {
        TestObject object = TestObject.radiograph();
        send(object);
        return instance(object);
    }

    private void send(TestObject object) throws IOException {
        try (Sender sender = Sender.connect(listener.port())) {
            assertThat(sender.send(object).status()).isZero();
        }
    }

    private static Instance instance(TestObject object) {
        return new Instance(object.sopClass(), object.sopInstance());
    }

    private List<String> outcome() {
        return Rows.of(
                database, "select outcome || ' ' || attempts from commitments where transaction_uid = ?", transaction);
    }

    private void awaitReport(Requester requester, int eventType, List<Instance> committed, List<Failure> failed) {
        await().untilAsserted(() -> assertThat(requester.reports(transaction))
                .containsExactly(
                        new Requester.Report(eventType, new StorageCommitment.Result(transaction, committed, failed))));
    }

    @Test
    void whatIsStoredIsCommitted() throws IOException {
        Instance one = stored();
        Instance other = stored();
        try (Requester requester = requester()) {
            assertThat(ask(one, other).status()).isZero();

            awaitReport(requester, StorageCommitment.SUCCESSFUL, List.of(one, other), List.of());
            await().untilAsserted(() -> assertThat(outcome()).containsExactly("DELIVERED 1"));
        }
    }

    @Test
    void whatIsNotStoredIsAFailureWithItsReason() throws IOException {
        Instance stored = stored();
        Instance otherClass = new Instance(Uid.CT_IMAGE_STORAGE, stored().sopInstanceUid());
        Instance missing = new Instance(Uid.CT_IMAGE_STORAGE, Uid.random());
        try (Requester requester = requester()) {
            assertThat(ask(missing, stored, otherClass).status()).isZero();

            awaitReport(
                    requester,
                    StorageCommitment.FAILURES_EXIST,
                    List.of(stored),
                    List.of(
                            new Failure(missing, StorageCommitment.NO_SUCH_OBJECT_INSTANCE),
                            new Failure(otherClass, StorageCommitment.CLASS_INSTANCE_CONFLICT)));
        }
    }

    @Test
    void pixelsThatWereKeptAsideAreNotCommitted() throws IOException {
        TestObject object = TestObject.radiograph();
        send(object);
        try (Sender requester = Sender.connect(listener.port(), AE_TITLE, "PRELIM")) {
            assertThat(requester.send(object.withPixels(7, 4096)).status()).isEqualTo(0xC002);
        }
        try (Requester requester = requester()) {
            assertThat(ask(instance(object)).status()).isZero();

            awaitReport(
                    requester,
                    StorageCommitment.FAILURES_EXIST,
                    List.of(),
                    List.of(new Failure(instance(object), StorageCommitment.PROCESSING_FAILURE)));
        }
    }

    @Test
    void whatIsHereAsPriorIsNotCommitted() throws Exception {
        TestObject object = TestObject.radiograph();
        send(object);
        try (var connection = database.getConnection();
                var mark = connection.prepareStatement(
                        "update studies set prior_since = now() where study_instance_uid = ?")) {
            mark.setString(1, object.study());
            mark.executeUpdate();
        }
        try (Requester requester = requester()) {
            assertThat(ask(instance(object)).status()).isZero();

            awaitReport(
                    requester,
                    StorageCommitment.FAILURES_EXIST,
                    List.of(),
                    List.of(new Failure(instance(object), StorageCommitment.NO_SUCH_OBJECT_INSTANCE)));
        }
    }

    @Test
    void anInstanceThatStillComesInIsWaitedFor() throws IOException {
        TestObject late = TestObject.radiograph();
        try (Requester requester = requester()) {
            assertThat(ask(instance(late)).status()).isZero();
            send(late);

            awaitReport(requester, StorageCommitment.SUCCESSFUL, List.of(instance(late)), List.of());
        }
    }

    @Test
    void aRequesterThatIsAwayIsToldLater() throws IOException {
        Instance stored = stored();
        assertThat(ask(stored).status()).isZero();
        await().untilAsserted(() -> assertThat(Rows.of(
                        database, "select attempts > 0 from commitments where transaction_uid = ?", transaction))
                .containsExactly("t"));

        try (Requester requester = requester()) {
            awaitReport(requester, StorageCommitment.SUCCESSFUL, List.of(stored), List.of());
        }
    }

    @Test
    void whatAProcessThatDiedHadTakenIsReported() throws Exception {
        Instance stored = stored();
        UUID id = UUID.randomUUID();
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement("with request as (insert into commitments (commitment_id,"
                        + " requester, transaction_uid, request_digest, wait_until, claimed_until)"
                        + " values (?, ?, ?, 'sha256:0', now(), now() + interval '1 second') returning commitment_id)"
                        + " insert into commitment_references select commitment_id, 0, ?, ? from request")) {
            insert.setObject(1, id);
            insert.setString(2, AE_TITLE);
            insert.setString(3, transaction);
            insert.setString(4, stored.sopClassUid());
            insert.setString(5, stored.sopInstanceUid());
            insert.executeUpdate();
        }
        try (Requester requester = requester()) {
            awaitReport(requester, StorageCommitment.SUCCESSFUL, List.of(stored), List.of());
        }
    }

    @Test
    void aResultThatIsNeverTakenIsGivenUp() throws IOException {
        Instance stored = stored();
        try (Requester requester = Requester.listening(ServiceUnderTest.requesterPort(), Status.PROCESSING_FAILURE)) {
            assertThat(ask(stored).status()).isZero();

            await().untilAsserted(() ->
                    assertThat(outcome()).singleElement().asString().startsWith("ABANDONED"));
            assertThat(requester.reports(transaction)).hasSizeGreaterThan(2);
        }
    }

    @Test
    void theSameRequestAgainIsReportedAgain() throws IOException {
        Instance one = stored();
        Instance other = stored();
        try (Requester requester = requester()) {
            assertThat(ask(one, other).status()).isZero();
            await().untilAsserted(() -> assertThat(outcome()).containsExactly("DELIVERED 1"));

            assertThat(ask(other, one).status()).isZero();

            await().untilAsserted(
                            () -> assertThat(requester.reports(transaction)).hasSize(2));
        }
    }

    @Test
    void aTransactionIsOfOneRequest() throws IOException {
        Instance one = stored();
        assertThat(ask(one).status()).isZero();

        assertThat(ask(stored()))
                .extracting(NormalizedResponse::status, NormalizedResponse::errorComment)
                .containsExactly(Status.INVALID_ARGUMENT_VALUE, "(0008,1195) names a request for other instances");
    }

    @Test
    void aRequesterWithoutAnAddressIsRefused() throws IOException {
        NormalizedResponse answer = Requester.ask(
                listener.port(),
                "STRANGER",
                StorageCommitment.REQUEST,
                new StorageCommitment.Request(transaction, List.of(stored())).dataSet());

        assertThat(answer.status()).isEqualTo(0x0124);
        assertThat(answer.errorComment()).isEqualTo("no address of this AE title is configured for results");
        assertThat(outcome()).isEmpty();
    }

    @Test
    void aRequestThatCannotBeUnderstoodIsRefused() throws IOException {
        DataSet item = new DataSet()
                .putString(Tag.REFERENCED_SOP_CLASS_UID, Uid.CT_IMAGE_STORAGE)
                .putString(Tag.REFERENCED_SOP_INSTANCE_UID, "1.2.3");
        List<DataSet> unusable = List.of(
                new DataSet().putSequence(Tag.REFERENCED_SOP_SEQUENCE, item),
                new DataSet().putString(Tag.TRANSACTION_UID, transaction),
                new DataSet().putString(Tag.TRANSACTION_UID, transaction).putSequence(Tag.REFERENCED_SOP_SEQUENCE),
                new DataSet()
                        .putString(Tag.TRANSACTION_UID, transaction)
                        .putSequence(Tag.REFERENCED_SOP_SEQUENCE, new DataSet()),
                new DataSet().putString(Tag.TRANSACTION_UID, "1..2").putSequence(Tag.REFERENCED_SOP_SEQUENCE, item));

        for (DataSet information : unusable) {
            assertThat(ask(information).status()).isEqualTo(Status.INVALID_ARGUMENT_VALUE);
        }
        assertThat(ask(Stream.generate(() -> new Instance(Uid.CT_IMAGE_STORAGE, "1.2.3"))
                                .limit(ServiceUnderTest.COMMITMENT_INSTANCES + 1)
                                .toArray(Instance[]::new))
                        .status())
                .isEqualTo(Status.RESOURCE_LIMITATION);
        assertThat(Requester.ask(listener.port(), AE_TITLE, 2, unusable.get(0)).status())
                .isEqualTo(Status.NO_SUCH_ACTION);
        assertThat(outcome()).isEmpty();
    }

    @Test
    void asManyAsAreAllowedAreJudged() throws IOException {
        Instance stored = stored();
        Instance[] instances = IntStream.range(0, ServiceUnderTest.COMMITMENT_INSTANCES)
                .mapToObj(item -> stored)
                .toArray(Instance[]::new);
        try (Requester requester = requester()) {
            assertThat(ask(instances).status()).isZero();

            awaitReport(requester, StorageCommitment.SUCCESSFUL, List.of(instances), List.of());
        }
    }

    @Test
    void withoutADatabaseNothingIsPromised() throws IOException {
        Instance stored = stored();
        ServiceUnderTest.database().cut();
        try {
            assertThat(ask(stored).status()).isEqualTo(Status.PROCESSING_FAILURE);
        } finally {
            ServiceUnderTest.database().restore();
        }
        await().untilAsserted(() -> assertThat(ask(stored).status()).isZero());
        await().untilAsserted(this::stored);
    }
}
