package io.prelim.dicom.net.association;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Walks every cell of PS3.8 table 9-10. The expectation is written from the actions' side (tables 9-6 to 9-9: which event in
 * which states leads to an action, and what state follows), so that a slip in the table's own form does not repeat itself.
 */
class StateTableTest {
    private final Map<String, String> expected = new TreeMap<>();

    private void given(int event, String action, String next, int... states) {
        for (int state : states) {
            String cell = "event %02d in Sta%02d".formatted(event, state);
            assertThat(expected.put(cell, action + " then " + next)).as(cell).isNull();
        }
    }

    private void standard() {
        // table 9-6: establishment
        given(1, "AE_1", "4", 1);
        given(2, "AE_2", "5", 4);
        given(3, "AE_3", "6", 5);
        given(4, "AE_4", "1", 5);
        given(5, "AE_5", "2", 1);
        given(6, "AE_6", "3 or 13", 2);
        given(7, "AE_7", "6", 3);
        given(8, "AE_8", "13", 3);
        // table 9-7: data
        given(9, "DT_1", "6", 6);
        given(10, "DT_2", "6", 6);
        // table 9-8: release
        given(11, "AR_1", "7", 6);
        given(12, "AR_2", "8", 6);
        given(13, "AR_3", "1", 7, 11);
        given(14, "AR_4", "13", 8, 12);
        given(17, "AR_5", "1", 13);
        given(10, "AR_6", "7", 7);
        given(9, "AR_7", "8", 8);
        given(12, "AR_8", "9 or 10", 7);
        given(14, "AR_9", "11", 9);
        given(13, "AR_10", "12", 10);
        // table 9-9: abort. Before a request has come, whatever else comes is answered as the service user
        for (int event : new int[] {3, 4, 10, 12, 13, 19}) {
            given(event, "AA_1", "13", 2);
        }
        given(15, "AA_1", "13", 3, 5, 6, 7, 8, 9, 10, 11, 12);
        given(15, "AA_2", "1", 4);
        given(16, "AA_2", "1", 2, 13);
        given(18, "AA_2", "1", 2, 13);
        given(16, "AA_3", "1", 3, 5, 6, 7, 8, 9, 10, 11, 12);
        given(17, "AA_4", "1", 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        given(17, "AA_5", "1", 2);
        // while the connection is to close, units are ignored but for a request and what is no unit
        given(3, "AA_6", "13", 13);
        given(4, "AA_6", "13", 13);
        given(10, "AA_6", "13", 13);
        given(12, "AA_6", "13", 13);
        given(13, "AA_6", "13", 13);
        given(6, "AA_7", "13", 13);
        given(19, "AA_7", "13", 13);
        // what comes out of sequence once a request has been exchanged
        given(3, "AA_8", "13", 3, 6, 7, 8, 9, 10, 11, 12);
        given(4, "AA_8", "13", 3, 6, 7, 8, 9, 10, 11, 12);
        given(6, "AA_8", "13", 3, 5, 6, 7, 8, 9, 10, 11, 12);
        given(10, "AA_8", "13", 3, 5, 8, 9, 10, 11, 12);
        given(12, "AA_8", "13", 3, 5, 8, 9, 10, 11, 12);
        given(13, "AA_8", "13", 3, 5, 6, 8, 9, 12);
        given(19, "AA_8", "13", 3, 5, 6, 7, 8, 9, 10, 11, 12);
    }

    @Test
    void everyCell() {
        standard();
        Map<String, String> actual = new TreeMap<>();
        for (Event event : Event.values()) {
            for (State state : State.values()) {
                Transition cell = StateTable.at(state, event);
                if (cell != null) {
                    actual.put(
                            "event %02d in Sta%02d".formatted(event.number(), number(state)),
                            cell.action() + " then " + number(cell.next())
                                    + (cell.otherwise() == null ? "" : " or " + number(cell.otherwise())));
                }
            }
        }

        assertThat(actual).isEqualTo(expected);
    }

    /** The states of each role, and by which events, numbered as in the table, an association gets there. */
    private static final Map<Integer, List<Integer>> REQUESTOR = Map.of(
            1, List.of(),
            4, List.of(1),
            5, List.of(1, 2),
            6, List.of(1, 2, 3),
            7, List.of(1, 2, 3, 11),
            8, List.of(1, 2, 3, 12),
            9, List.of(1, 2, 3, 11, 12),
            11, List.of(1, 2, 3, 11, 12, 14),
            13, List.of(1, 2, 3, 15));

    private static final Map<Integer, List<Integer>> ACCEPTOR = Map.of(
            1, List.of(),
            2, List.of(5),
            3, List.of(5, 6),
            6, List.of(5, 6, 7),
            7, List.of(5, 6, 7, 11),
            8, List.of(5, 6, 7, 12),
            10, List.of(5, 6, 7, 11, 12),
            12, List.of(5, 6, 7, 11, 12, 13),
            13, List.of(5, 6, 8));

    private static Event event(int number) {
        return Event.values()[number - 1];
    }

    private static StateMachine drive(boolean requestor, List<Integer> events) {
        StateMachine machine = requestor ? StateMachine.ofRequestor() : StateMachine.ofAcceptor();
        events.forEach(number -> machine.on(event(number)));
        return machine;
    }

    /** The outcome the standard gives one role: the states it offers two of are decided, the other role's beginning is gone. */
    private String outcome(boolean requestor, int state, int event, boolean acceptable) {
        if (event == (requestor ? 5 : 1)) {
            return null;
        }
        String outcome = expected.get("event %02d in Sta%02d".formatted(event, state));
        if (outcome == null) {
            return null;
        }
        return outcome.replace("3 or 13", acceptable ? "3" : "13").replace("9 or 10", requestor ? "9" : "10");
    }

    private static String driven(StateMachine machine, int event, boolean acceptable) {
        State before = machine.state();
        try {
            Action action = machine.on(event(event), acceptable);
            return action + " then " + number(machine.state());
        } catch (IllegalStateException e) {
            assertThat(machine.state()).isEqualTo(before);
            return null;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyCellIsDrivenInBothRoles(boolean requestor) {
        standard();
        Map<Integer, List<Integer>> routes = requestor ? REQUESTOR : ACCEPTOR;
        int cells = 0;
        int impossible = 0;
        for (Map.Entry<Integer, List<Integer>> route : routes.entrySet()) {
            int state = route.getKey();
            for (int event = 1; event <= Event.values().length; event++) {
                for (boolean acceptable : new boolean[] {true, false}) {
                    StateMachine machine = drive(requestor, route.getValue());
                    assertThat(number(machine.state())).isEqualTo(state);

                    String outcome = driven(machine, event, acceptable);

                    assertThat(outcome)
                            .as("event %d in Sta%d", event, state)
                            .isEqualTo(outcome(requestor, state, event, acceptable));
                    cells++;
                    impossible += outcome == null ? 1 : 0;
                }
            }
        }
        assertThat(cells).isEqualTo(2 * 9 * 19);
        assertThat(impossible).isEqualTo(2 * (requestor ? 92 : 83));
    }

    @Test
    void theSecondStatesAreReached() {
        // AE-6 with a request that the protocol refuses
        assertThat(driven(drive(false, List.of(5)), 6, false)).isEqualTo("AE_6 then 13");
        // AR-8 of either side
        assertThat(driven(drive(true, List.of(1, 2, 3, 11)), 12, true)).isEqualTo("AR_8 then 9");
        assertThat(driven(drive(false, List.of(5, 6, 7, 11)), 12, true)).isEqualTo("AR_8 then 10");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noOtherStateIsReached(boolean requestor) {
        Map<Integer, List<Integer>> routes = requestor ? REQUESTOR : ACCEPTOR;
        Set<Integer> reached = new TreeSet<>();
        for (List<Integer> route : routes.values()) {
            for (int event = 1; event <= Event.values().length; event++) {
                for (boolean acceptable : new boolean[] {true, false}) {
                    StateMachine machine = drive(requestor, route);
                    driven(machine, event, acceptable);
                    reached.add(number(machine.state()));
                }
            }
        }
        assertThat(reached).isEqualTo(new TreeSet<>(routes.keySet()));
    }

    @Test
    void cellsOfTheOtherRolesStatesAreTheTablesToo() {
        standard();
        for (State state : State.values()) {
            for (boolean requestor : new boolean[] {true, false}) {
                for (int event = 1; event <= Event.values().length; event++) {
                    assertThat(driven(StateMachine.at(state, requestor), event, true))
                            .as("event %d in %s", event, state)
                            .isEqualTo(outcome(requestor, number(state), event, true));
                }
            }
        }
    }

    private static int number(State state) {
        return state.ordinal() + 1;
    }
}
