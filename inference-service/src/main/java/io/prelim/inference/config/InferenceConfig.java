package io.prelim.inference.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Keys below {@code prelim.inference}. */
@ConfigMapping(prefix = "prelim.inference")
public interface InferenceConfig {
    /** What this process does: plan, work, or both. */
    @WithDefault("all")
    Role role();

    /** Folders of model packages, or folders that hold such folders. */
    @WithDefault("models")
    List<String> packages();

    /** How often the packages are looked at: one that came is put in service, one that went is retired. */
    @WithDefault("PT10S")
    @DurationMin(millis = 100)
    @DurationMax(hours = 1)
    Duration packagesInterval();

    /** The packages accepted, each as model id, {@code @} and package digest; absent: any. */
    Optional<List<String>> pins();

    /** PEM files of Ed25519 public keys, one of which must have signed each package; absent: no signature is asked for. */
    Optional<List<String>> signingKeys();

    /** Names of the deployments this process works for; all of the packages found when absent. Planning always knows all. */
    Optional<List<String>> deployments();

    /** Deployments (by name or by model id) whose answers are recorded, never drafted. */
    Optional<List<String>> shadow();

    /** Where the site is, such as {@code EU} or {@code US}: a clearance must hold there. Absent: every finding carries a watermark. */
    Optional<String> region();

    /** From planning to deadline, waiting included. A model that claims more gets more. */
    @WithDefault("PT5M")
    Duration deadline();

    /** What computes the models. */
    @WithDefault("cpu")
    ProviderChoice provider();

    /** Number of the GPU, from 0. */
    @WithDefault("0")
    @Min(0)
    @Max(63)
    int device();

    /**
     * The most memory that a process of a model may take, in bytes, whatever its package claims; on a GPU the most of the GPU's memory.
     */
    @WithDefault("4294967296")
    @Min(268435456)
    long maxModelBytes();

    /**
     * Single-thread sessions of each deployment, beside which one thread more prepares; threads where one session is shared. 0 means one a
     * processor.
     */
    @WithDefault("0")
    @Min(0)
    @Max(256)
    int threads();

    /** The largest part fetched, in bytes; with {@link #threads} it bounds memory. */
    @WithDefault("268435456")
    @Min(1048576)
    long maxPartBytes();

    /** How long what is in hand may take after SIGTERM. */
    @WithDefault("PT10S")
    Duration drain();

    /** A worker not heard of for so long loses its partitions. */
    @WithDefault("PT10S")
    Duration sessionTimeout();

    /** A name that survives a restart, unique among this role's processes: the process then takes its partitions up again at once. */
    Optional<String> instance();

    Lanes lanes();

    Quarantine quarantine();

    Batch batch();

    /** Studies run together in one session, where the graph allows it. */
    interface Batch {
        /** Inputs of one run; 1 runs each alone. Absent: 1 on CPU, 8 on a GPU. */
        Optional<@Min(1) @Max(64) Integer> max();

        /** How long the first waits for others, stat or not. */
        @WithDefault("PT0.005S")
        @WithName("wait")
        @DurationMax(seconds = 1)
        Duration waiting();
    }

    /** See {@link #provider}. */
    enum ProviderChoice {
        CPU,
        /** A GPU by CUDA, and nothing if it cannot be opened. */
        CUDA,
        /** CUDA if it can be opened, else the CPU. */
        AUTO
    }

    /** When a model's processes end by themselves, or are late. */
    interface Quarantine {
        /** So many one after the other, without an answer between them. */
        @WithDefault("6")
        @Min(2)
        @Max(1000)
        int after();

        /** The model is not run for so long; then it is tried again. */
        @WithDefault("PT5M")
        Duration time();
    }

    /** Stat before routine. */
    interface Lanes {
        /** Jobs a lane holds in this process before its topic is paused. */
        @WithDefault("64")
        @Min(1)
        @Max(10000)
        int capacity();

        /** Stat jobs in a row before a waiting routine job goes. */
        @WithDefault("8")
        @Min(1)
        int statCredits();

        /** Past this age the oldest routine job alternates with stat. */
        @WithDefault("PT2M")
        Duration routineMaxAge();
    }

    /** See {@link #role}. */
    enum Role {
        PLANNER,
        WORKER,
        ALL;

        public boolean plans() {
            return this != WORKER;
        }

        public boolean works() {
            return this != PLANNER;
        }
    }
}
