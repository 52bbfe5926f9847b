package io.prelim.ingest.config;

import io.prelim.events.Topics;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that can be set on this service, below {@code prelim.}. */
@ConfigMapping(prefix = "prelim")
public interface IngestConfig {
    /** The site whose policy applies to what is received. */
    @WithDefault("default")
    @NotBlank
    String site();

    /** Who issues the StudyInstanceUIDs: a study key is unique per issuer and UID. */
    @WithDefault("default")
    @NotBlank
    String issuer();

    Topic topics();

    IdentityConfig identity();

    OrdersConfig orders();

    Hl7Config hl7();

    Dicom dicom();

    Stow stow();

    DicomWebConfig dicomWeb();

    CommitmentConfig commitment();

    PriorsConfig priors();

    Store store();

    RecoveryConfig recovery();

    RetentionConfig retention();

    SweepConfig sweep();

    BackfillConfig backfill();

    Receive receive();

    Assembly assembly();

    Relay relay();

    Ledger ledger();

    Parts parts();

    /** Names of topics and consumer groups. */
    interface Topic {
        /** Stands before each topic and consumer group. */
        @WithDefault(Topics.DEFAULT_PREFIX)
        @Pattern(regexp = "[A-Za-z0-9._-]{0,60}")
        String prefix();
    }

    /** The DICOM listener. */
    interface Dicom {
        /** Ours; a peer that calls another gets RJ(1,1,7). */
        @WithDefault("PRELIM")
        @Pattern(regexp = "[ -\\[\\]-~]{1,16}")
        String aeTitle();

        /** To listen on. One that is not loopback needs {@link #peers()}, or {@link #remotes()} with networks. */
        @WithDefault("127.0.0.1")
        @NotBlank
        String address();

        /** 0 for one the system picks. */
        @WithDefault("11112")
        @Min(0)
        @Max(65535)
        int port();

        /** Who may associate: {@code AETITLE@address} or {@code AETITLE@network/bits}; {@code *} for any title. None: anybody, on loopback only. */
        Optional<List<String>> peers();

        /** At the same time; one more gets RJ(2,3,2). */
        @WithDefault("64")
        @Min(1)
        @Max(10000)
        int maxAssociations();

        /** Of these, for {@link #peers()} that are on the list by their own AE title, and {@link RemoteConfig#reserved() reserved remotes}, alone. */
        @WithDefault("16")
        @Min(0)
        @Max(10000)
        int reservedAssociations();

        /** Of one calling AE title and address; one more gets RJ(2,3,2). */
        @WithDefault("32")
        @Min(1)
        @Max(10000)
        int maxAssociationsPerPeer();

        /** C-STOREs of one association without their answers, as far as the peer asks for more than one (PS3.7 section D.3.3.3). */
        @WithDefault("16")
        @Min(1)
        @Max(1000)
        int maxOperationsInvoked();

        /** Longest P-DATA-TF asked for, bytes. */
        @WithDefault("262144")
        @Min(4096)
        @Max(16777216)
        int maxPduLength();

        /** From connection to A-ASSOCIATE-RQ. */
        @WithDefault("30S")
        Duration artimTimeout();

        /** Without a message on an established association. */
        @WithDefault("5M")
        Duration idleTimeout();

        /** For one message to come in whole and be answered. */
        @WithDefault("5M")
        Duration messageTimeout();

        /** For running messages when the service stops. */
        @WithDefault("5S")
        Duration closeGrace();

        /** Of associations of ours: to connect. */
        @WithDefault("10S")
        Duration connectTimeout();

        /** Of associations of ours: to an answer. */
        @WithDefault("60S")
        Duration answerTimeout();

        TlsConfig tls();

        /** Peers by a name of the site's. */
        Map<String, RemoteConfig> remotes();
    }

    /** STOW-RS; an object's own bounds are those of {@link #receive()}. */
    interface Stow {
        /** At the same time; one more is answered 503. */
        @WithDefault("16")
        @Min(1)
        @Max(1000)
        int maxRequests();

        /** Bytes of one request; more is answered 413. */
        @WithDefault("64G")
        MemorySize maxRequestSize();

        /** Parts of one request, and objects of its DICOM JSON; more is answered 413. */
        @WithDefault("10000")
        @Min(1)
        int maxParts();

        /** Bytes of one part's header, 64K at most; more is answered 413. */
        @WithDefault("8K")
        MemorySize maxPartHeader();

        /** Bytes of one request's DICOM JSON and of its bulk data that is kept in memory; more is answered 413. */
        @WithDefault("32M")
        MemorySize maxMetadata();

        /** Objects of one request that may wait for disk and database while further ones come in. */
        @WithDefault("32")
        @Min(1)
        @Max(1000)
        int window();

        /** Without a byte of a request that is not at its end; then it is answered 408. */
        @WithDefault("30S")
        Duration idleTimeout();
    }

    /** The segment log, see {@code io.prelim.store.StoreSettings}. */
    interface Store {
        /** Holds the segments and, below {@code spool}, objects too large for memory while they come in. */
        @WithDefault("data/store")
        Path directory();

        @WithDefault("128M")
        MemorySize segmentSize();

        /** Segments kept ready, full of zeros, for the next burst: made while nothing comes in, given back when space is short. */
        @WithDefault("8")
        @Min(0)
        @Max(64)
        int spareSegments();

        /** Free bytes on the volume below which C-STORE is answered A700. */
        @WithDefault("512M")
        MemorySize minFree();

        /** Appends that may wait. */
        @WithDefault("256")
        @Min(1)
        int queueCapacity();

        @WithDefault("5S")
        Duration queueTimeout();

        CopyConfig copy();
    }

    /** Bounds of what is received. */
    interface Receive {
        /** Bytes of objects held in memory while they come in, over all doors; what is beyond goes to a file. */
        @WithDefault("128M")
        MemorySize memoryBudget();

        /** Bytes of one object held in memory. */
        @WithDefault("32M")
        MemorySize memoryPerObject();

        /** Longest object; a longer one gets C003. */
        @WithDefault("4G")
        MemorySize maxObjectSize();

        /** Longest value before pixel data; a longer one gets C003. */
        @WithDefault("64M")
        MemorySize maxElementSize();

        /** Elements, items and fragments of one object; more get C003. */
        @WithDefault("1000000")
        @Min(1)
        int maxElements();

        /** Nested sequences; deeper gets C003. */
        @WithDefault("64")
        @Min(0)
        @Max(1000)
        int maxDepth();

        /** Instances in one index transaction. */
        @WithDefault("64")
        @Min(1)
        @Max(1000)
        int indexGroup();

        /** Connections that write the index side by side, each the instances of its studies. */
        @WithDefault("4")
        @Min(1)
        @Max(16)
        int indexWriters();

        /** For disk and database together; after it the answer is A700. */
        @WithDefault("20S")
        Duration answerTimeout();
    }

    /** When a study is complete. */
    interface Assembly {
        /** Without a new image, by the database's clock. */
        @WithDefault("5S")
        Duration quietPeriod();

        /** The same for a modality, such as {@code prelim.assembly.quiet-periods.CT}. */
        Map<String, Duration> quietPeriods();

        HintsConfig hints();

        LearnedQuietConfig learned();

        /** Between looks for due studies. */
        @WithDefault("0.25S")
        Duration checkEvery();

        /** Studies taken at one look. */
        @WithDefault("16")
        @Min(1)
        @Max(1000)
        int batch();

        /** After which a study taken by a process that died is taken again. */
        @WithDefault("1M")
        Duration claim();
    }

    /** The outbox's way to Kafka. */
    interface Relay {
        /** Between looks for waiting rows when nobody rang. */
        @WithDefault("0.5S")
        Duration checkEvery();

        /** Rows taken of a shard at a time. */
        @WithDefault("64")
        @Min(1)
        @Max(1000)
        int batch();

        /** After which rows taken by a process that died are taken again; longer than {@link #deliveryTimeout()}. */
        @WithDefault("1M")
        Duration claim();

        /** Until the broker has acknowledged a record; after it the row waits. */
        @WithDefault("10S")
        Duration deliveryTimeout();

        /** From a send to the next one while no effect is seen; doubles each time. */
        @WithDefault("15S")
        Duration firstResend();

        /** Longest time between two sends. */
        @WithDefault("5M")
        Duration lastResend();

        /** Rows told again while no effect is seen; each effect allows one more. */
        @WithDefault("2")
        @Min(1)
        @Max(10000)
        int resendsPerSecond();
    }

    /** What happened to each study. */
    interface Ledger {
        /** Between looks for planned answers past their deadline. */
        @WithDefault("2S")
        Duration deadlineCheckEvery();

        /** A study that waits longer for what goes on by itself stands still; models have that much after their deadline. */
        @WithDefault("2M")
        Duration standingStillAfter();

        /** Between looks for studies that stand still. */
        @WithDefault("10S")
        Duration reconcileEvery();
    }

    /** The internal parts endpoint. */
    interface Parts {
        Tokens tokens();
    }

    /** Bearer tokens; without one its client gets 401. */
    interface Tokens {
        Optional<String> inference();

        Optional<String> report();
    }
}
