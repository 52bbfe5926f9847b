package io.prelim.ingest.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BearerTokensTest {
    @Test
    void aTokenIsItsOwners() {
        BearerTokens tokens = new BearerTokens(Map.of("viewer", "v1", "archive", "a1", "other", "v1"));

        assertThat(tokens.owners("Bearer v1")).containsExactlyInAnyOrder("viewer", "other");
        assertThat(tokens.owners("bEARER  a1 ")).containsExactly("archive");
        assertThat(tokens.owners("Bearer v")).isEmpty();
        assertThat(tokens.owners("Bearer")).isEmpty();
        assertThat(tokens.owners("Basic v1")).isEmpty();
        assertThat(tokens.owners(null)).isEmpty();
    }

    @Test
    void aBlankOneIsNobodys() {
        BearerTokens tokens = new BearerTokens(Map.of("viewer", " ", "archive", ""));

        assertThat(tokens.owners("Bearer ")).isEmpty();
        assertThat(tokens.owners("Bearer  ")).isEmpty();
    }
}
