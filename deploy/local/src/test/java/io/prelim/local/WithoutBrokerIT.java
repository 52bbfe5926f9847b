package io.prelim.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.local.progress.Stage;
import io.prelim.local.stack.Part;
import io.prelim.local.study.Sent;
import io.prelim.testkit.host.HostProcess;
import io.prelim.testkit.port.FreePort;
import io.prelim.testkit.sample.SyntheticRadiograph;
import io.prelim.testkit.study.StudyGenerator;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Ingest keeps its promise while there is no broker. */
class WithoutBrokerIT {
    @Test
    void studyStoredWithoutBrokerIsDraftedOnceTheBrokerIsThere() throws Exception {
        int kafkaPort = FreePort.next();
        LiveStack live = LiveStack.create("127.0.0.1:" + kafkaPort);
        StudyGenerator study = new StudyGenerator(UUID.randomUUID().toString());
        var image = study.radiograph(SyntheticRadiograph.load(), SyntheticRadiograph.SAMPLES.get(0), 1, 512, 420);
        try {
            live.stack().start(Part.INGEST);

            Sent sent = live.send(List.of(image));

            assertThat(sent.refused()).as("stored though there is no broker").isEmpty();
            live.awaitStage(study.studyInstanceUid(), Stage.RECEIVED);
            try (HostProcess broker = HostProcess.start(
                    live.newFolder(),
                    kafkaPort,
                    0,
                    false,
                    ProcessHandle.current().pid())) {
                assertThat(broker.kafkaPort()).isEqualTo(kafkaPort);
                live.stack().settings().backing().createTopics();
                live.stack().begin(Part.INFERENCE);
                live.stack().begin(Part.REPORT);
                live.stack().awaitReady(Part.INFERENCE);
                live.stack().awaitReady(Part.REPORT);
                assertThat(live.draftedText(study.studyInstanceUid())).contains("chest-pneumonia-paediatric");
                live.stack().close();
            }
        } finally {
            live.stack().close();
        }
    }
}
