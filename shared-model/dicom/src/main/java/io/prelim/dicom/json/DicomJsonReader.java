package io.prelim.dicom.json;

import com.fasterxml.jackson.core.JsonToken;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.object.DataSet;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads DICOM JSON (PS3.18 annex F): an object, or an array of them, one at a time. Text of the data sets is UTF-8, and
 * (0008,0005) says so where it was given or is needed, whatever it said of the source. Tags may come in any order.
 *
 * <p>What breaks the standard or a limit is a {@link MalformedInput}, whose offset counts bytes of the JSON. Limits hold for
 * each data set: bytes of JSON, depth, elements (items and numbers counted among them), bytes of a value.
 */
public final class DicomJsonReader implements Closeable {
    private enum State {
        BEFORE,
        IN_ARRAY,
        AFTER
    }

    private final JsonInput json;
    private final ReadLimits limits;
    private final BulkDataResolver bulkData;
    private State state = State.BEFORE;

    /** Reads from the stream, which {@link #close} leaves open. */
    public DicomJsonReader(InputStream in, ReadLimits limits, BulkDataResolver bulkData) throws IOException {
        this.json = new JsonInput(in, limits);
        this.limits = limits;
        this.bulkData = bulkData;
    }

    /**
     * Reads JSON that holds one data set, as an object or as the only member of an array.
     *
     * @throws MalformedInput when it holds none or several, or breaks the standard or a limit
     */
    public static DataSet read(InputStream in, ReadLimits limits, BulkDataResolver bulkData) throws IOException {
        try (DicomJsonReader reader = new DicomJsonReader(in, limits, bulkData)) {
            DataSet dataSet = reader.next();
            if (dataSet == null || reader.next() != null) {
                throw new MalformedInput(Kind.STRUCTURE, "not one data set", reader.json.position(), "", -1);
            }
            return dataSet;
        }
    }

    /**
     * The next data set, or null after the last.
     *
     * @throws MalformedInput when the JSON breaks the standard or a limit
     */
    public DataSet next() throws IOException {
        if (state == State.AFTER) {
            return null;
        }
        json.begin();
        JsonToken token = json.next();
        if (state == State.BEFORE && token == JsonToken.START_ARRAY) {
            state = State.IN_ARRAY;
            token = json.next();
        }
        if (state == State.IN_ARRAY && token == JsonToken.END_ARRAY) {
            end();
            return null;
        }
        if (token != JsonToken.START_OBJECT) {
            throw json.malformed(Kind.STRUCTURE, "not an object of DICOM JSON", "", -1);
        }
        DataSet dataSet = new DataSetInput(json, limits, bulkData).read();
        if (state == State.BEFORE) {
            end();
        }
        return dataSet;
    }

    private void end() throws IOException {
        if (json.nextOrEnd() != null) {
            throw json.malformed(Kind.STRUCTURE, "more than one JSON value", "", -1);
        }
        state = State.AFTER;
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
