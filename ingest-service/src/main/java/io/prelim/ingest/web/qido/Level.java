package io.prelim.ingest.web.qido;

/** What is searched for (PS3.18 section 10.6.1); each lies within those before it. */
enum Level {
    STUDY,
    SERIES,
    INSTANCE
}
