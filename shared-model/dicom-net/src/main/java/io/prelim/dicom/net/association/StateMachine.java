package io.prelim.dicom.net.association;

/** One association's way through the {@link StateTable}. For one thread at a time. */
public final class StateMachine {
    private final boolean requestor;
    private State state = State.STA1;

    private StateMachine(boolean requestor) {
        this.requestor = requestor;
    }

    public static StateMachine ofAcceptor() {
        return new StateMachine(false);
    }

    public static StateMachine ofRequestor() {
        return new StateMachine(true);
    }

    /** A machine in any state, for tests of the table. */
    static StateMachine at(State state, boolean requestor) {
        StateMachine machine = new StateMachine(requestor);
        machine.state = state;
        return machine;
    }

    public State state() {
        return state;
    }

    /**
     * Moves to the next state; the caller carries out the action. An A-ASSOCIATE-RQ is taken for acceptable to the protocol.
     *
     * @throws IllegalStateException for an event that cannot come about: a fault of ours, never of the peer's
     */
    public Action on(Event event) {
        return on(event, true);
    }

    /**
     * Moves to the next state; the caller carries out the action.
     *
     * @param acceptable whether the protocol itself accepts an A-ASSOCIATE-RQ, which decides where AE-6 leads to: to the user's
     *     decision in Sta3, or with our A-ASSOCIATE-RJ to Sta13. Without meaning for other events
     * @throws IllegalStateException for an event that cannot come about, in this state or in this role
     */
    public Action on(Event event, boolean acceptable) {
        Transition transition = StateTable.at(state, event);
        Event ofTheOther = requestor ? Event.TRANSPORT_CONNECT_INDICATION : Event.A_ASSOCIATE_REQUEST;
        if (transition == null || event == ofTheOther) {
            throw new IllegalStateException(event + " cannot come about in " + state);
        }
        // of the two states after AR-8, the second is the acceptor's
        boolean otherwise =
                switch (transition.action()) {
                    case AE_6 -> !acceptable;
                    case AR_8 -> !requestor;
                    default -> false;
                };
        state = otherwise ? transition.otherwise() : transition.next();
        return transition.action();
    }
}
