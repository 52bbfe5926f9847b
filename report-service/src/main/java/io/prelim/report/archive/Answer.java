package io.prelim.report.archive;

/** What an archive says to an instance that was sent. */
sealed interface Answer {
    /** It has it. @param note a warning; null for none */
    record Stored(String note) implements Answer {}

    /** It will not take it: nothing is gained by asking again. */
    record Refused(String problem) implements Answer {}

    /** It cannot take it now. */
    record Later(String problem) implements Answer {}

    /**
     * What a C-STORE status means, or the Failure Reason (0008,1197) of STOW-RS (PS3.4 table B.2-1, PS3.7 annex C, PS3.18 table
     * 10.5.3-2). A duplicate is there.
     */
    static Answer of(int status) {
        String code = String.format("%04X", status);
        if (status == 0 || status == 0x0111) {
            return new Stored(null);
        }
        return switch (status & 0xF000) {
            case 0xB000 -> new Stored("warning " + code);
            case 0xA000 -> status >>> 8 == 0xA7 ? new Later("status " + code) : new Refused("status " + code);
            // a general failure, and a limit of resources
            case 0x0000 ->
                status == 0x0110 || status == 0x0213 ? new Later("status " + code) : new Refused("status " + code);
            default -> new Refused("status " + code);
        };
    }
}
