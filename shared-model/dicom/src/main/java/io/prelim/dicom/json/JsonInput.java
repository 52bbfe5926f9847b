package io.prelim.dicom.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import io.prelim.dicom.core.ReadLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.CharConversionException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** JSON tokens of one data set, with what JSON forbids told as {@link MalformedInput}: the parser's own words may hold values. */
final class JsonInput {
    /** Longest number, in characters; DS has 16, a double 17 digits and an exponent. */
    private static final int LONGEST_NUMBER = 64;

    /** Levels of JSON for one of DICOM: the attribute, its Value, the item. */
    private static final int LEVELS = 3;

    /** Notes where the input ends, so that what is cut short is told from what is wrong. */
    private static final class Source extends FilterInputStream {
        private long count;
        private boolean ended;

        Source(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int start, int length) throws IOException {
            int read = in.read(buffer, start, length);
            ended |= read < 0;
            count += Math.max(0, read);
            return read;
        }
    }

    private final Source source;
    private final JsonParser json;
    private final ReadLimits limits;
    private final long base;
    private long end;

    JsonInput(InputStream in, ReadLimits limits) throws IOException {
        this(in, limits, 0);
    }

    private JsonInput(InputStream in, ReadLimits limits, long base) throws IOException {
        this.source = new Source(in);
        this.json = parser(source, limits);
        this.limits = limits;
        this.base = base;
        begin();
    }

    /** From here on bytes are counted for the object that begins. */
    void begin() {
        end = json.currentLocation().getByteOffset() + limits.maxObjectBytes();
    }

    /** A parser of UTF-8 that bounds what it keeps of a token, and leaves the stream open. */
    private static JsonParser parser(InputStream in, ReadLimits limits) throws IOException {
        return JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(limits.maxElementBytes())
                        .maxNameLength(LONGEST_NUMBER)
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxNestingDepth(LEVELS * (limits.maxDepth() + 2))
                        .build())
                .build()
                .createParser(in);
    }

    /** The tokens of the value the parser stands at, set aside to be read when more is known of it. */
    JsonInput setAside() throws IOException {
        long at = offset();
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        try (JsonGenerator generator = new JsonFactory().createGenerator(copy)) {
            generator.copyCurrentStructure(json);
        } catch (IOException e) {
            throw typed(e);
        }
        JsonInput aside = new JsonInput(new ByteArrayInputStream(copy.toByteArray()), limits, at);
        aside.next();
        return aside;
    }

    /** The next token; the input's end is an error. */
    JsonToken next() throws IOException {
        JsonToken token = nextOrEnd();
        if (token == null) {
            throw malformed(Kind.TRUNCATED, "input ends inside JSON", "", -1);
        }
        return token;
    }

    /** The next token, or null at the input's end. */
    JsonToken nextOrEnd() throws IOException {
        try {
            JsonToken token = json.nextToken();
            // an attribute's members are bounded by count and length
            if (token == JsonToken.FIELD_NAME && json.currentLocation().getByteOffset() > end) {
                throw malformed(Kind.LIMIT, "object longer than allowed", "", limits.maxObjectBytes());
            }
            return token;
        } catch (IOException e) {
            throw typed(e);
        }
    }

    JsonToken token() {
        return json.currentToken();
    }

    /** The text of a string or name, the characters of a number. */
    String text() throws IOException {
        try {
            return json.getText();
        } catch (IOException e) {
            throw typed(e);
        }
    }

    /** Decodes the base64 text the parser stands at. */
    void binary(OutputStream out) throws IOException {
        try {
            json.readBinaryValue(out);
        } catch (IOException e) {
            throw typed(e);
        } catch (IllegalArgumentException e) {
            throw malformed(Kind.STRUCTURE, "not base64", "", -1);
        }
    }

    /** Where the token last met begins, in bytes of the input. */
    long offset() {
        // at the input's end the parser may count one byte too many
        return base
                + Math.max(0, Math.min(source.count, json.currentTokenLocation().getByteOffset()));
    }

    /** Bytes read so far. */
    long position() {
        return base + json.currentLocation().getByteOffset();
    }

    void close() throws IOException {
        json.close();
    }

    MalformedInput malformed(Kind kind, String what, String path, long amount) {
        return new MalformedInput(kind, what, offset(), path, amount);
    }

    /** What the parser throws, without its words; what the stream throws stays as it is. */
    private IOException typed(IOException e) {
        if (e instanceof StreamConstraintsException) {
            return malformed(Kind.LIMIT, "JSON beyond what is allowed of a token or of depth", "", -1);
        }
        boolean cut = source.ended && json.currentLocation().getByteOffset() >= source.count;
        if (e instanceof JsonEOFException || (e instanceof JsonParseException && cut)) {
            return malformed(Kind.TRUNCATED, "input ends inside JSON", "", -1);
        }
        if (e instanceof JsonParseException || e instanceof CharConversionException) {
            return malformed(Kind.STRUCTURE, "not JSON in UTF-8", "", -1);
        }
        return e;
    }
}
