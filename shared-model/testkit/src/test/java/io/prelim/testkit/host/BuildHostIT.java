package io.prelim.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.testkit.quarkus.BrokerAndDatabase;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class BuildHostIT {
    @Test
    void brokerCarriesARecord() throws Exception {
        String servers = BuildHost.get().bootstrapServers();
        String topic = "host-" + UUID.randomUUID();
        BrokerAndDatabase.createTopics(servers, "", List.of(topic));
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "key", "value")).get();
        }

        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers, "group.id", topic, "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            var records = consumer.poll(Duration.ofSeconds(20));

            assertThat(records)
                    .hasSize(1)
                    .first()
                    .satisfies(record -> assertThat(record.value()).isEqualTo("value"));
        }
    }

    @Test
    void eachDatabaseIsEmptyAndItsOwnersAlone() throws Exception {
        Database first = BuildHost.get().createDatabase("one");
        Database second = BuildHost.get().createDatabase("two");

        try (var connection = DriverManager.getConnection(first.jdbcUrl(), first.username(), first.password());
                var statement = connection.createStatement()) {
            statement.execute("create table here (id int)");
            try (var rows = statement.executeQuery(
                    "select count(*) from information_schema.tables where table_schema='public'")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(1);
            }
        }
        assertThatThrownBy(() -> DriverManager.getConnection(first.jdbcUrl(), second.username(), second.password()))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied");
    }
}
