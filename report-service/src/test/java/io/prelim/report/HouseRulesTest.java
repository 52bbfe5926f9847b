package io.prelim.report;

import io.prelim.testkit.rules.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    @Test
    void layersHold() {
        HouseRules.check("io.prelim.report");
    }
}
