package io.prelim.inference.intake;

import com.fasterxml.jackson.core.JsonParser;
import io.prelim.events.AnalysisRequested;
import io.prelim.events.EventJson;
import io.prelim.events.Priority;
import io.prelim.events.StudyReceived;
import io.prelim.events.UnreadableEvent;
import java.io.IOException;
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

    /** Whether a study is stat, without reading more of it than that; false where it does not say so. */
    static boolean isStat(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return false;
        }
        try (JsonParser parser = EventJson.mapper().createParser(record.value())) {
            parser.nextToken();
            for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
                parser.nextToken();
                if (field.equals("priority")) {
                    return Priority.STAT.name().equals(parser.getText());
                }
                parser.skipChildren();
            }
            return false;
        } catch (IOException e) {
            // said when it is read as a whole
            return false;
        }
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
