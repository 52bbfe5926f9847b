package io.prelim.ingest.config;

import io.prelim.dicom.net.transport.ServerTls;
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
import java.util.OptionalInt;

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

    Dicom dicom();

    Stow stow();

    Commitment commitment();

    Priors priors();

    Store store();

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

        /** Of these, for {@link #peers()} that are on the list by their own AE title, and {@link Remote#reserved() reserved remotes}, alone. */
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

        Tls tls();

        /** Peers by a name of the site's. */
        Map<String, Remote> remotes();
    }

    /** A DICOM peer, such as {@code prelim.dicom.remotes.archive.ae-title}. */
    interface Remote {
        /** As it calls itself, and is called. */
        @Pattern(regexp = "[ -\\[\\]-~]{1,16}")
        String aeTitle();

        /** It may associate from: {@code address} or {@code network/bits}. None: it may not, unless {@link Dicom#peers()} says so. */
        Optional<List<String>> networks();

        /**
         * SHA-256 fingerprints, in hexadecimal with or without colons, of the certificates it may show; then it may associate over
         * TLS only. None: its certificate, where one is asked for, need only be trusted.
         */
        Optional<List<String>> certificates();

        /** Whether it may use {@link Dicom#reservedAssociations()}. */
        @WithDefault("true")
        boolean reserved();

        /** Its associations at the same time; one more gets RJ(2,3,2). None: {@link Dicom#maxAssociationsPerPeer()}. */
        Optional<@Min(1) @Max(10000) Integer> maxAssociations();

        /** Name or address it listens at, for associations of ours: results of storage commitment go there. */
        Optional<String> host();

        /** Belongs to {@link #host()}. */
        OptionalInt port();

        /** Whether associations of ours are over TLS. */
        @WithDefault("false")
        boolean tls();
    }

    /**
     * DICOM over TLS (PS3.15 section B.12), by PEM files: a listener of its own beside the plain one, when it has a certificate, and
     * associations of ours to remotes that want it.
     */
    interface Tls {
        /** To listen on; none: that of the plain listener. One that is not loopback needs peers, or certificates of clients. */
        Optional<String> address();

        /** 0 for one the system picks; 2762 is the registered one. */
        @WithDefault("2762")
        @Min(0)
        @Max(65535)
        int port();

        /** Our certificate, then those up to its issuer. */
        Optional<Path> certificate();

        /** Its private key, PKCS#8, not encrypted. */
        Optional<Path> key();

        /** Certificates of issuers, or of peers themselves, that are trusted. */
        Optional<Path> trust();

        /** NONE, WANTED or REQUIRED; a client without a trusted one is refused when it is required. */
        @WithDefault("REQUIRED")
        ServerTls.ClientCertificates clientCertificates();

        /** Of associations of ours: whether the peer's certificate must name its host. */
        @WithDefault("true")
        boolean checkHostName();
    }

    /** Storage commitment (PS3.4 annex J); results go to the requester's {@link Dicom#remotes() host and port}. */
    interface Commitment {
        /** Instances of one request; more is answered 0213. */
        @WithDefault("50000")
        @Min(1)
        @Max(100000)
        int maxInstances();

        /** For instances that are not stored yet to come in, before the requester is told that they are not here. */
        @WithDefault("10S")
        Duration awaitInstances();

        /** Between looks for requests to judge and results to report. */
        @WithDefault("0.5S")
        Duration checkEvery();

        /** After which what was taken by a process that died is taken again; longer than a report takes. */
        @WithDefault("5M")
        Duration claim();

        /** Requesters that are reported to at the same time. */
        @WithDefault("4")
        @Min(1)
        @Max(64)
        int requestersAtOnce();

        /** From a report that was not taken to the next one; doubles each time. */
        @WithDefault("10S")
        Duration firstRetry();

        /** Longest time between two reports. */
        @WithDefault("10M")
        Duration lastRetry();

        /** After which a result that was not taken is not reported again, unless it is asked for. */
        @WithDefault("24H")
        Duration giveUpAfter();

        /** How long what is finished stays in the database. */
        @WithDefault("30D")
        Duration keep();
    }

    /** A patient's earlier studies, fetched by C-MOVE; nothing is fetched unless it is asked for. */
    interface Priors {
        /** Which of {@link Dicom#remotes()} is asked, by its name; it must know our AE title. None: nobody. */
        Optional<String> archive();

        /** Studies that are fetched at one request, the latest first. */
        @WithDefault("5")
        @Min(1)
        @Max(100)
        int maxStudies();

        /** C-MOVEs at the same time. */
        @WithDefault("1")
        @Min(1)
        @Max(16)
        int movesAtOnce();

        /** Between the end of a C-MOVE and the next one. */
        @WithDefault("1S")
        Duration pause();

        /** To an answer of a C-MOVE; an archive that does not tell of its progress has that for a whole study. */
        @WithDefault("10M")
        Duration moveTimeout();

        /** Between looks for studies to be fetched. */
        @WithDefault("1S")
        Duration checkEvery();

        /** After which what was taken by a process that died is taken again; longer than a C-MOVE takes. */
        @WithDefault("2H")
        Duration claim();

        /** C-MOVEs of one study until it is given up. */
        @WithDefault("3")
        @Min(1)
        @Max(100)
        int attempts();

        /** From a C-MOVE that failed to the next one of that study. */
        @WithDefault("1M")
        Duration retryAfter();

        /** How long what was fetched stays, unless it comes on its own. */
        @WithDefault("7D")
        Duration keep();

        /** Between looks for what has stayed that long. */
        @WithDefault("10M")
        Duration purgeEvery();
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

        /** Write each segment full of zeros before its first use. */
        @WithDefault("true")
        boolean preallocate();

        /** Free bytes on the volume below which C-STORE is answered A700. */
        @WithDefault("512M")
        MemorySize minFree();

        /** Appends that may wait. */
        @WithDefault("256")
        @Min(1)
        int queueCapacity();

        @WithDefault("5S")
        Duration queueTimeout();
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
    }

    /** What happened to each study. */
    interface Ledger {
        /** Between looks for planned answers past their deadline. */
        @WithDefault("2S")
        Duration deadlineCheckEvery();
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
