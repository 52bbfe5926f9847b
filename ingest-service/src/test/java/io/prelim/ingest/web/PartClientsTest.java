package io.prelim.ingest.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.prelim.events.PartClass;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PartClientsTest {
    @Test
    void withoutTokensNobodyIsAllowed() {
        PartClients clients = new PartClients(Optional.empty(), Optional.of(" "));

        assertThat(clients.allowed("Bearer ")).isEmpty();
        assertThat(clients.allowed("Bearer  ")).isEmpty();
        assertThat(clients.allowed("Bearer x")).isEmpty();
        assertThat(clients.allowed(null)).isEmpty();
    }

    @Test
    void aTokenIsItsOwnersAlone() {
        PartClients clients = new PartClients(Optional.of("a"), Optional.empty());

        assertThat(clients.allowed("bEaReR a").orElseThrow())
                .containsExactlyInAnyOrder(PartClass.PIXELS, PartClass.MANIFEST);
        assertThat(clients.allowed("Bearer A")).isEmpty();
        assertThat(clients.allowed("Bearer aa")).isEmpty();
        assertThat(clients.allowed("Basic a")).isEmpty();
    }
}
