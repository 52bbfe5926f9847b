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
     * Moves to the next state; the caller carries out the action.
     *
     * @throws IllegalStateException for an event that cannot come about: a fault of ours, never of the peer's
     */
    public Action on(Event event) {
        Transition transition = StateTable.at(state, event);
        if (transition == null) {
            throw new IllegalStateException(event + " cannot come about in " + state);
        }
        // of the two states after AR-8, the second is the acceptor's; AE-6 leads on to the decision
        state = transition.action() == Action.AR_8 && !requestor ? transition.otherwise() : transition.next();
        return transition.action();
    }
}
