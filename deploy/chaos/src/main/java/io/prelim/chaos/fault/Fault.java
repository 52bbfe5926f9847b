package io.prelim.chaos.fault;

import io.prelim.chaos.agent.CrashPoint;
import java.util.List;
import java.util.Locale;

/** One thing that goes wrong. */
public sealed interface Fault {
    /** For people, and the same for equal kinds. */
    String label();

    /** What it takes down. */
    List<Target> targets();

    /** The process dies at a point of its own code. */
    record Crash(CrashPoint point, int pass) implements Fault {
        @Override
        public String label() {
            return point.label();
        }

        @Override
        public List<Target> targets() {
            return List.of(Target.valueOf(point.service().toUpperCase(Locale.ROOT)));
        }
    }

    /** SIGKILL after a while, as soon as work is in flight. */
    record Kill(Target target, int afterMillis) implements Fault {
        @Override
        public String label() {
            return "kill " + target.label();
        }

        @Override
        public List<Target> targets() {
            return List.of(target);
        }
    }

    /** The broker dies and comes back empty, while ingest is away: what it was told meanwhile nobody tells again by itself. */
    record WipeBroker() implements Fault {
        @Override
        public String label() {
            return "broker log wiped";
        }

        @Override
        public List<Target> targets() {
            return List.of(Target.BROKER, Target.INGEST);
        }
    }

    /**
     * The volume of segments and database loses what was not synced, and every process dies.
     *
     * @param brokerToo whether the broker dies with them
     */
    record PowerCut(boolean brokerToo) implements Fault {
        @Override
        public String label() {
            return "power cut";
        }

        @Override
        public List<Target> targets() {
            return brokerToo
                    ? List.of(Target.values())
                    : List.of(Target.INGEST, Target.INFERENCE, Target.REPORT, Target.DATABASE);
        }
    }

    /** The broker is gone for long, while everything else goes on. */
    record BrokerAway(int seconds) implements Fault {
        @Override
        public String label() {
            return "broker away";
        }

        @Override
        public List<Target> targets() {
            return List.of(Target.BROKER);
        }
    }

    /**
     * The database's clock jumps: by it studies become due and claims expire.
     *
     * @param seconds from the true time, both ways
     */
    record ClockStep(int seconds) implements Fault {
        @Override
        public String label() {
            return "clock step";
        }

        @Override
        public List<Target> targets() {
            return List.of();
        }
    }

    /** The volume is full but for a little, for a while. */
    record FillDisk(int seconds) implements Fault {
        @Override
        public String label() {
            return "disk full";
        }

        @Override
        public List<Target> targets() {
            return List.of();
        }
    }

    /** A record on a topic that nobody can read. */
    record Poison(String topic, int kind) implements Fault {
        @Override
        public String label() {
            return "poison record";
        }

        @Override
        public List<Target> targets() {
            return List.of();
        }
    }
}
