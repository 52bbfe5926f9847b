package io.prelim.dicom.net;

import io.prelim.testkit.rules.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    @Test
    void layering() {
        HouseRules.check("io.prelim.dicom.net");
    }
}
