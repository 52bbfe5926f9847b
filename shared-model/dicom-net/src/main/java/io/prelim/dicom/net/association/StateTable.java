package io.prelim.dicom.net.association;

import java.util.EnumMap;
import java.util.Map;

/** The state table of the upper layer protocol, PS3.8 table 9-10, as data: a row an event, a column a state. */
public final class StateTable {
    /** Cells are {@code action>next}, with a second state where the table has one; a dot is a cell that cannot come about. */
    private static final String TABLE = """
            #     1       2        3       4       5       6       7         8       9       10       11      12      13
            1     AE1>4   .        .       .       .       .       .         .       .       .        .       .       .
            2     .       .        .       AE2>5   .       .       .         .       .       .        .       .       .
            3     .       AA1>13   AA8>13  .       AE3>6   AA8>13  AA8>13    AA8>13  AA8>13  AA8>13   AA8>13  AA8>13  AA6>13
            4     .       AA1>13   AA8>13  .       AE4>1   AA8>13  AA8>13    AA8>13  AA8>13  AA8>13   AA8>13  AA8>13  AA6>13
            5     AE5>2   .        .       .       .       .       .         .       .       .        .       .       .
            6     .       AE6>3/13 AA8>13  .       AA8>13  AA8>13  AA8>13    AA8>13  AA8>13  AA8>13   AA8>13  AA8>13  AA7>13
            7     .       .        AE7>6   .       .       .       .         .       .       .        .       .       .
            8     .       .        AE8>13  .       .       .       .         .       .       .        .       .       .
            9     .       .        .       .       .       DT1>6   .         AR7>8   .       .        .       .       .
            10    .       AA1>13   AA8>13  .       AA8>13  DT2>6   AR6>7     AA8>13  AA8>13  AA8>13   AA8>13  AA8>13  AA6>13
            11    .       .        .       .       .       AR1>7   .         .       .       .        .       .       .
            12    .       AA1>13   AA8>13  .       AA8>13  AR2>8   AR8>9/10  AA8>13  AA8>13  AA8>13   AA8>13  AA8>13  AA6>13
            13    .       AA1>13   AA8>13  .       AA8>13  AA8>13  AR3>1     AA8>13  AA8>13  AR10>12  AR3>1   AA8>13  AA6>13
            14    .       .        .       .       .       .       .         AR4>13  AR9>11  .        .       AR4>13  .
            15    .       .        AA1>13  AA2>1   AA1>13  AA1>13  AA1>13    AA1>13  AA1>13  AA1>13   AA1>13  AA1>13  .
            16    .       AA2>1    AA3>1   .       AA3>1   AA3>1   AA3>1     AA3>1   AA3>1   AA3>1    AA3>1   AA3>1   AA2>1
            17    .       AA5>1    AA4>1   AA4>1   AA4>1   AA4>1   AA4>1     AA4>1   AA4>1   AA4>1    AA4>1   AA4>1   AR5>1
            18    .       AA2>1    .       .       .       .       .         .       .       .        .       .       AA2>1
            19    .       AA1>13   AA8>13  .       AA8>13  AA8>13  AA8>13    AA8>13  AA8>13  AA8>13   AA8>13  AA8>13  AA7>13
            """;

    private static final Map<Event, Map<State, Transition>> CELLS = parse();

    private StateTable() {}

    /** The cell, or null for an event that cannot come about in the state. */
    public static Transition at(State state, Event event) {
        return CELLS.get(event).get(state);
    }

    private static Map<Event, Map<State, Transition>> parse() {
        Map<Event, Map<State, Transition>> cells = new EnumMap<>(Event.class);
        for (String line : TABLE.lines().skip(1).toList()) {
            String[] row = line.trim().split("\\s+");
            Map<State, Transition> transitions = new EnumMap<>(State.class);
            for (int column = 1; column < row.length; column++) {
                if (!row[column].equals(".")) {
                    transitions.put(State.values()[column - 1], cell(row[column]));
                }
            }
            cells.put(Event.values()[Integer.parseInt(row[0]) - 1], transitions);
        }
        return cells;
    }

    private static Transition cell(String text) {
        int arrow = text.indexOf('>');
        int slash = text.indexOf('/');
        Action action = Action.valueOf(text.substring(0, 2) + "_" + text.substring(2, arrow));
        State next = state(text.substring(arrow + 1, slash < 0 ? text.length() : slash));
        return new Transition(action, next, slash < 0 ? null : state(text.substring(slash + 1)));
    }

    private static State state(String number) {
        return State.valueOf("STA" + number);
    }
}
