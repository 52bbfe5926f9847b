package io.prelim.inference.intake;

import io.prelim.events.AnalysisRequested;
import io.prelim.events.EventJson;
import io.prelim.events.StudyReceived;
import io.prelim.events.UnreadableEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records to events; what lacks a field that nothing can be done without is not readable either. */
final class RecordReader {
    private RecordReader() {}

    static AnalysisRequested job(ConsumerRecord<byte[], byte[]> record) throws Unreadable {
        AnalysisRequested job = read(record, AnalysisRequested.class);
        require(job.outcomeId(), "outcomeId");
        require(job.studyKey(), "studyKey");
        require(job.inputDigest(), "inputDigest");
        require(job.model(), "model");
        require(job.manifest(), "manifest");
        require(job.plannedAt(), "plannedAt");
        require(job.deadline(), "deadline");
        return job;
    }

    static StudyReceived study(ConsumerRecord<byte[], byte[]> record) throws Unreadable {
        StudyReceived study = read(record, StudyReceived.class);
        require(study.studyKey(), "studyKey");
        require(study.inputDigest(), "inputDigest");
        require(study.priority(), "priority");
        require(study.manifest(), "manifest");
        return study;
    }

    private static <T> T read(ConsumerRecord<byte[], byte[]> record, Class<T> type) throws Unreadable {
        if (record.value() == null) {
            throw new Unreadable("the record has no value");
        }
        try {
            return EventJson.read(record.value(), type);
        } catch (UnreadableEvent e) {
            throw new Unreadable(e.getMessage());
        }
    }

    private static void require(Object value, String field) throws Unreadable {
        if (value == null) {
            throw new Unreadable("field " + field + " is missing");
        }
    }

    /** What is wrong with a record, without its content. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        private Unreadable(String problem) {
            super(problem);
        }
    }
}
