package io.prelim.report.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMin;

/** {@code prelim.report.*}; durations are ISO 8601. */
@ConfigMapping(prefix = "prelim.report")
public interface ReportSettings {
    /** HTTP port, also {@code PRELIM_REPORT_PORT}. */
    @WithDefault("8080")
    @Min(0)
    @Max(65535)
    int port();

    /** Language of drafts, BCP 47; English where there are no words for it. */
    @WithDefault("en")
    @Pattern(regexp = "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
    String language();

    /** Language of the drafts of one site, by the site's name; of all others it is {@link #language}. */
    Map<String, @Pattern(regexp = "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*") String> siteLanguages();

    /**
     * Whether reports are signed here. Otherwise they are signed in the reporting system, and signature, addendum, correction and
     * retraction are refused.
     */
    @WithDefault("false")
    boolean systemOfRecord();

    /** How often overdue answers are looked for. */
    @WithDefault("PT1S")
    Duration deadlineCheck();

    /** Waiting time after a transient fault, doubled up to {@link #longestPause}. */
    @WithDefault("PT0.2S")
    Duration shortestPause();

    @WithDefault("PT10S")
    Duration longestPause();

    Stream stream();

    Relay relay();

    Evidence evidence();

    Templates templates();

    Writer writer();

    Worklist worklist();

    Images images();

    Models models();

    /** The FHIRcast hub. */
    @Valid
    FhircastSettings fhircast();

    /** Archives that results go to, by name; without one nothing is sent. */
    Map<String, @Valid ArchiveSettings> archive();

    /** Receivers of HL7 v2 results, by name. */
    Map<String, @Valid MllpSettings> mllp();

    /** Who is told of changes, by name; more may register. */
    Map<String, @Valid WebhookSettings> webhook();

    EgressSettings egress();

    /** Server-sent events. */
    interface Stream {
        /** A comment this often on a quiet stream, so that proxies and clients see it lives. */
        @WithDefault("PT15S")
        Duration heartbeat();

        /** A client that takes nothing for so long while something waits for it is cut; it may resume. */
        @WithDefault("PT30S")
        Duration stall();

        /** How often the log is read when nothing in this process woke the stream. */
        @WithDefault("PT1S")
        Duration poll();

        /** Newest events held in memory for all clients together. */
        @WithDefault("4096")
        @Min(16)
        @Max(1_000_000)
        int window();

        /** More are answered 503. */
        @WithDefault("2000")
        @Min(1)
        int maxClients();

        /** Older events leave the log; a client that asks for one is told to reset. */
        @WithDefault("P30D")
        Duration retention();
    }

    /** What a report looks like, and what local procedure codes mean. */
    interface Templates {
        /** A folder of template files and {@code procedures.yaml}; without it the built-in templates alone. */
        Optional<String> folder();

        /** How often the folder is looked at; a change is in force after so long. */
        @WithDefault("PT5S")
        @DurationMin(millis = 100)
        Duration check();
    }

    /** A language model that words settled drafts; what it may say is checked. Without a URL there is none. */
    interface Writer {
        /** Where it answers OpenAI's chat completions, such as {@code https://writer.hospital.example/v1}; https unless it is on loopback. */
        Optional<URI> url();

        /** Its name, there and in the drafts. */
        Optional<@Pattern(regexp = "[A-Za-z0-9._:/-]{1,64}") String> model();

        /** The bearer token. */
        Optional<String> token();

        /** After so long without an answer it is asked again later. */
        @WithDefault("PT30S")
        @DurationMin(millis = 100)
        Duration timeout();
    }

    /** Maps and masks behind findings. */
    interface Evidence {
        /** The bearer token inference hands evidence in with; without it none is taken. */
        Optional<String> token();

        /** Evidence that no stored outcome names for so long is removed. */
        @WithDefault("P1D")
        @DurationMin(minutes = 1)
        Duration keepUnnamed();
    }

    /** What waits for readers. */
    interface Worklist {
        /**
         * Findings that are urgent whatever their model says, scheme and value with a bar between them. By default pneumothorax, under tension
         * or not, pulmonary embolism, intracranial haemorrhage, aortic dissection, ruptured abdominal aortic aneurysm.
         */
        @WithDefault("SCT|36118008,SCT|233645004,SCT|59282003,SCT|1386000,SCT|308546005,SCT|14336007")
        Set<@Pattern(regexp = "[A-Za-z0-9-]{1,16}\\|[A-Za-z0-9.-]{1,64}") String> urgent();
    }

    /** Where the reading room has images from. Without a URL it shows none. */
    interface Images {
        /** Of ingest's DICOMweb service, such as {@code https://ingest.hospital.example/dicom-web}; https unless it is on loopback. */
        Optional<URI> url();

        /** One of ingest's {@code prelim.dicom-web.tokens}. */
        Optional<String> token();

        /** For a whole answer. */
        @WithDefault("PT20S")
        @DurationMin(millis = 100)
        Duration timeout();
    }

    /** Where the reading room has model cards from. Without a URL it shows none. */
    interface Models {
        /** Of an inference service, such as {@code https://inference.hospital.example}; https unless it is on loopback. */
        Optional<URI> url();

        /** For a whole answer. */
        @WithDefault("PT5S")
        @DurationMin(millis = 100)
        Duration timeout();
    }

    /** Outbox to Kafka. */
    interface Relay {
        /** How often the outbox is read when nothing in this process woke the relay. */
        @WithDefault("PT1S")
        Duration poll();

        /** Changes sent at a time. */
        @WithDefault("100")
        @Min(1)
        @Max(500)
        int batch();

        /** After so long a change that was claimed and not acknowledged may be claimed again; above the producer's delivery timeout. */
        @WithDefault("PT15S")
        Duration claim();
    }
}
