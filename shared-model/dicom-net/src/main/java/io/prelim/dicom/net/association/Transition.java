package io.prelim.dicom.net.association;

/**
 * One cell of the state table.
 *
 * @param next the state after the action
 * @param otherwise the state where the table offers two: after AE-6 when the request is refused at once, after AR-8 for the
 *     acceptor; else null
 */
public record Transition(Action action, State next, State otherwise) {}
