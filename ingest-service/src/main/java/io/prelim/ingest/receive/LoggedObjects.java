package io.prelim.ingest.receive;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.DataSetReader;
import io.prelim.dicom.syntax.TransferSyntax;
import io.prelim.events.Ids;
import io.prelim.events.PartClass;
import io.prelim.events.PartReference;
import io.prelim.ingest.config.IngestConfig;
import io.prelim.ingest.index.IndexOutcome;
import io.prelim.ingest.index.InstanceIndex;
import io.prelim.ingest.index.NewInstance;
import io.prelim.ingest.quiet.QuietPeriods;
import io.prelim.store.Location;
import io.prelim.store.SegmentLog;
import io.prelim.store.StoredPart;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/** Takes objects in that the log has and the index may not have, as if they had just been received. */
@ApplicationScoped
public class LoggedObjects {
    private static final int BUFFER = 64 << 10;

    private final SegmentLog log;
    private final InstanceIndex index;
    private final ReceiveSettings settings;
    private final QuietPeriods quietPeriods;

    LoggedObjects(SegmentLog log, InstanceIndex index, QuietPeriods quietPeriods, IngestConfig config) {
        this.log = log;
        this.index = index;
        this.quietPeriods = quietPeriods;
        this.settings = ReceiveSettings.of(config);
    }

    /**
     * Parses the header part again, and has the index decide what the object is. Memory holds one header.
     *
     * @return what became of it once that is committed, or what the database said
     * @throws MalformedInput when the header is none that would be received today
     * @throws IOException when the log cannot be read
     */
    public CompletableFuture<IndexOutcome> take(LoggedObject object) throws IOException {
        StoredPart header = object.header();
        Annotation annotation = Annotation.parse(header.annotation()).orElseThrow(() -> malformed("no annotation"));
        ObjectFacts facts = ObjectFacts.of(dataSet(header, annotation), annotation.transferSyntaxUid());
        if (!header.instanceUid().equals(facts.sopInstanceUid())
                || facts.studyInstanceUid() == null
                || !header.studyKey().equals(Ids.study(settings.issuer(), facts.studyInstanceUid()))) {
            throw malformed("the record is another instance's or another study's, or prelim.issuer has changed");
        }
        StoredObject stored = new StoredObject(
                header.studyKey(),
                annotation,
                stored(header, PartClass.HEADER),
                object.pixels() == null ? null : stored(object.pixels(), PartClass.PIXELS));
        return index.add(stored.instance(facts, settings, quietPeriods, null));
    }

    private DataSet dataSet(StoredPart header, Annotation annotation) throws IOException {
        return header(
                log, header.location(), annotation.transferSyntaxUid(), annotation.headerLength(), settings.limits());
    }

    /**
     * What comes before pixel data.
     *
     * @param header       where the header part lies
     * @param headerLength bytes of it before the pixel data element; of a deflated object, all
     */
    static DataSet header(
            SegmentLog log, Location header, String transferSyntaxUid, long headerLength, ReadLimits limits)
            throws IOException {
        TransferSyntax syntax = TransferSyntax.of(transferSyntaxUid);
        long length = Math.min(headerLength, header.length());
        try (InputStream in = new BufferedInputStream(log.read(header, 0, length), BUFFER)) {
            return syntax.deflated()
                    ? DataSetReader.readThrough(in, syntax, limits, OutputStream.nullOutputStream())
                            .dataSet()
                    : DataSetReader.readHeader(in, syntax, limits).dataSet();
        }
    }

    private static NewInstance.StoredPart stored(StoredPart part, PartClass partClass) {
        return new NewInstance.StoredPart(
                new PartReference(
                        part.partId(),
                        partClass,
                        part.location().length(),
                        part.digest().prefixed()),
                part.location());
    }

    private static MalformedInput malformed(String what) {
        return new MalformedInput(MalformedInput.Kind.STRUCTURE, what, 0, "", -1);
    }
}
