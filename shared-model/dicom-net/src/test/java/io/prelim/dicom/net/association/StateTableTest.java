package io.prelim.dicom.net.association;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

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

    @Test
    void theMachineWalksEveryCellInBothRoles() {
        List<String> impossible = new ArrayList<>();
        for (Event event : Event.values()) {
            for (State state : State.values()) {
                for (boolean requestor : new boolean[] {true, false}) {
                    StateMachine machine = StateMachine.at(state, requestor);
                    Transition cell = StateTable.at(state, event);
                    if (cell == null) {
                        assertThatThrownBy(() -> machine.on(event)).isInstanceOf(IllegalStateException.class);
                        assertThat(machine.state()).isEqualTo(state);
                        impossible.add(event + " " + state);
                    } else {
                        assertThat(machine.on(event)).isEqualTo(cell.action());
                        boolean other = cell.action() == Action.AR_8 && !requestor;
                        assertThat(machine.state()).isEqualTo(other ? cell.otherwise() : cell.next());
                    }
                }
            }
        }
        assertThat(impossible).hasSizeLessThan(2 * 19 * 13);
    }

    private static int number(State state) {
        return state.ordinal() + 1;
    }
}
