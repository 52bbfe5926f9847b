package io.prelim.local.stack;

import io.prelim.testkit.port.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** One number for each {@link Port}. */
public record Ports(Map<Port, Integer> numbers) {
    public Ports {
        numbers = Map.copyOf(numbers);
    }

    /**
     * Reads the environment variables.
     *
     * @throws Refusal if one is not 1 to 65535, or two are the same
     */
    public static Ports from(Map<String, String> environment) throws Refusal {
        Map<Port, Integer> numbers = new EnumMap<>(Port.class);
        Map<Integer, Port> taken = new TreeMap<>();
        for (Port port : Port.values()) {
            String text = environment.get(port.variable());
            int number = text == null || text.isBlank() ? port.standard() : parse(port, text.trim());
            Port other = taken.put(number, port);
            if (other != null) {
                throw new Refusal("port " + number + " is meant for both " + other.purpose() + " and " + port.purpose()
                        + "; set " + port.variable() + " or " + other.variable() + " to another");
            }
            numbers.put(port, number);
        }
        return new Ports(numbers);
    }

    /** Numbers that were free a moment ago. */
    public static Ports free() {
        Map<Port, Integer> numbers = new EnumMap<>(Port.class);
        for (Port port : Port.values()) {
            numbers.put(port, FreePort.next());
        }
        return new Ports(numbers);
    }

    public int of(Port port) {
        return numbers.get(port);
    }

    /**
     * Tries each port on loopback.
     *
     * @throws Refusal naming the first that is in use, what it is for, and the variable that moves it
     */
    public void requireFree() throws Refusal {
        for (Port port : Port.values()) {
            try (ServerSocket socket = new ServerSocket()) {
                // as the services do: a port that only waits out old connections counts as free
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), of(port)));
            } catch (IOException e) {
                throw new Refusal("port " + of(port) + ", needed for " + port.purpose() + ", cannot be used ("
                        + e.getMessage() + "); free it, or set " + port.variable() + " to another");
            }
        }
    }

    private static int parse(Port port, String text) throws Refusal {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= 65535) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new Refusal(port.variable() + " must be a port from 1 to 65535, not \"" + text + "\"");
    }
}
