package io.prelim.bench.inference;

/** What is measured; each thread has one of its own. */
interface Subject extends AutoCloseable {
    /** @param index of the study: the same number is the same image to every subject */
    void study(int index) throws Exception;

    @Override
    void close() throws Exception;
}
