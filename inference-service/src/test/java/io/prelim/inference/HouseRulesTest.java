package io.prelim.inference;

import io.prelim.testkit.rules.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    @Test
    void roomsKeepTheirWalls() {
        HouseRules.check("io.prelim.inference");
    }
}
