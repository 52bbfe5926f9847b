package io.prelim.report.delivery;

import static io.prelim.report.Studies.FAR;
import static io.prelim.report.Studies.active;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prelim.events.ModelReference;
import io.prelim.events.Topics;
import io.prelim.report.ServiceUnderTest;
import io.prelim.report.Studies;
import io.prelim.report.delivery.Hook.Says;
import io.prelim.report.mllp.Receiver;
import io.prelim.testkit.host.BuildHost;
import io.prelim.testkit.host.Database;
import io.prelim.testkit.port.FreePort;
import io.prelim.testkit.quarkus.BrokerAndDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service is killed while a receiver and a webhook have what was sent, and have not answered: both get it again, under the same id. */
class KilledSenderIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String PREFIX = "killed.";

    private final Database database = BuildHost.get().createDatabase("killed");
    private final int ris = FreePort.next();
    private final int hook = FreePort.next();

    @Test
    void whatWasUnderWayGoesAgainUnderTheSameId(@TempDir Path folder) throws Exception {
        BrokerAndDatabase.createTopics(BuildHost.get().bootstrapServers(), PREFIX, Topics.FIXED);
        Path secret = Files.writeString(folder.resolve("secret"), DestinationAddresses.SECRET);
        CountDownLatch killed = new CountDownLatch(1);
        ModelReference model = active("chest");
        Studies study = Studies.fresh();
        Process service = start(folder, secret);
        try (Receiver receiver = new Receiver(ris, message -> {
                    wait(killed);
                    return Receiver.ack("AA", Receiver.controlId(message));
                });
                Hook told = new Hook(hook, call -> {
                    wait(killed);
                    return Says.TAKEN;
                });
                ServiceUnderTest events = new ServiceUnderTest(BuildHost.get().bootstrapServers(), PREFIX)) {
            events.send(study.received(), study.context(), study.plan(FAR, model), study.found(model, 0.8));
            await().atMost(LIMIT).until(() -> !receiver.received().isEmpty() && told.begun() > 0);

            service.destroyForcibly().waitFor();
            assertThat(receiver.received()).as("not sent again before").hasSize(1);
            assertThat(told.begun()).isEqualTo(1);
            killed.countDown();
            service = start(folder, secret);

            await().atMost(LIMIT)
                    .until(() -> receiver.received().size() > 1 && told.calls().size() > 1);
            assertThat(receiver.received().get(1)).isEqualTo(receiver.received().get(0));
            assertThat(told.calls().get(1).id()).isEqualTo(told.calls().get(0).id());
            assertThat(told.calls().get(1).body()).isEqualTo(told.calls().get(0).body());
            assertThat(told.calls()).allMatch(call -> call.signedWith(DestinationAddresses.SECRET));
        } finally {
            service.destroyForcibly().waitFor();
        }
    }

    private static void wait(CountDownLatch latch) {
        try {
            if (!latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the service was not killed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process start(Path folder, Path secret) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-Dquarkus.http.port=0",
                        "-Dkafka.bootstrap.servers=" + BuildHost.get().bootstrapServers(),
                        "-Dprelim.topics.prefix=" + PREFIX,
                        "-Dquarkus.datasource.jdbc.url=" + database.jdbcUrl(),
                        "-Dquarkus.datasource.username=" + database.username(),
                        "-Dquarkus.datasource.password=" + database.password(),
                        "-Dprelim.report.mllp.ris.host=127.0.0.1",
                        "-Dprelim.report.mllp.ris.port=" + ris,
                        "-Dprelim.report.mllp.ris.connect-timeout=PT1S",
                        "-Dprelim.report.mllp.ris.answer-timeout=PT5S",
                        "-Dprelim.report.egress.hosts=127.0.0.1:" + hook,
                        "-Dprelim.report.egress.addresses=127.0.0.1/32",
                        "-Dprelim.report.webhook.hook.url=http://127.0.0.1:" + hook + "/in",
                        "-Dprelim.report.webhook.hook.secret-file=" + secret,
                        "-Dprelim.report.webhook.hook.connect-timeout=PT1S",
                        "-Dprelim.report.webhook.hook.answer-timeout=PT5S",
                        "-jar",
                        Path.of("target", "quarkus-app", "quarkus-run.jar").toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("service.log").toFile()))
                .start();
    }
}
