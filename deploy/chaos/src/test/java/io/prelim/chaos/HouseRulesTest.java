package io.prelim.chaos;

import io.prelim.testkit.rules.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    @Test
    void layersHold() {
        HouseRules.check("io.prelim.chaos");
    }
}
