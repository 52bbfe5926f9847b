package io.prelim.ingest.quiet;

/**
 * Whose gaps are learned from.
 *
 * @param sender   calling AE title, or what its door calls it
 * @param modality empty where images do not say
 */
record Origin(String sender, String modality) implements Comparable<Origin> {
    static Origin of(String sender, String modality) {
        return new Origin(sender, modality == null ? "" : modality);
    }

    @Override
    public int compareTo(Origin other) {
        int bySender = sender.compareTo(other.sender);
        return bySender != 0 ? bySender : modality.compareTo(other.modality);
    }
}
