package io.prelim.access;

import io.prelim.testkit.rules.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    @Test
    void layersHold() {
        HouseRules.check("io.prelim.access");
    }
}
