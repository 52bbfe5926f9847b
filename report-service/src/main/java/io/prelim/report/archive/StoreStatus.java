package io.prelim.report.archive;

import io.prelim.report.delivery.Answer;

/** What an archive says to an instance. */
final class StoreStatus {
    private StoreStatus() {}

    /**
     * What a C-STORE status means, or the Failure Reason (0008,1197) of STOW-RS (PS3.4 table B.2-1, PS3.7 annex C, PS3.18 table
     * 10.5.3-2). A duplicate is there.
     */
    static Answer answer(int status) {
        String code = String.format("%04X", status);
        if (status == 0 || status == 0x0111) {
            return new Answer.Stored(null);
        }
        return switch (status & 0xF000) {
            case 0xB000 -> new Answer.Stored("warning " + code);
            case 0xA000 ->
                status >>> 8 == 0xA7 ? new Answer.Later("status " + code) : new Answer.Refused("status " + code);
            // a general failure, and a limit of resources
            case 0x0000 ->
                status == 0x0110 || status == 0x0213
                        ? new Answer.Later("status " + code)
                        : new Answer.Refused("status " + code);
            default -> new Answer.Refused("status " + code);
        };
    }
}
