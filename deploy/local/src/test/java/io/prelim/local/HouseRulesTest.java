package io.prelim.local;

import io.prelim.testkit.rules.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    @Test
    void layeringHolds() {
        HouseRules.check("io.prelim.local");
    }
}
