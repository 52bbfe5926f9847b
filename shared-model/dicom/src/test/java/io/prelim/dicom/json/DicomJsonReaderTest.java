package io.prelim.dicom.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.prelim.dicom.core.MalformedInput;
import io.prelim.dicom.core.MalformedInput.Kind;
import io.prelim.dicom.core.ReadLimits;
import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.VR;
import io.prelim.dicom.object.DataSet;
import io.prelim.dicom.object.ValueElement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DICOM JSON read, and refused. */
class DicomJsonReaderTest {
    private static InputStream utf8(String json) {
        return new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static DataSet read(String json) throws IOException {
        return DicomJsonReader.read(utf8(json), ReadLimits.DEFAULT, BulkDataResolver.NONE);
    }

    private static MalformedInput refused(String json, ReadLimits limits) {
        return catchThrowableOfType(
                MalformedInput.class, () -> DicomJsonReader.read(utf8(json), limits, BulkDataResolver.NONE));
    }

    @Test
    void valuesBecomeBytes() throws IOException {
        DataSet dataSet = read("{'00080008':{'vr':'CS','Value':['A',null,'B']},"
                + "'00280010':{'vr':'US','Value':[512]},"
                + "'00280106':{'vr':'SS','Value':[-1]},"
                + "'00280030':{'vr':'DS','Value':[0.70,'+1']},"
                + "'00186011':{'vr':'SQ','Value':[{},{'00080100':{'Value':['X'],'vr':'SH'}}]},"
                + "'00720076':{'vr':'FL','Value':[1.5,'NaN','-inf']},"
                + "'00720083':{'vr':'UV','Value':['18446744073709551615']},"
                + "'00720052':{'vr':'AT','Value':['7FE00010']},"
                + "'00091001':{'vr':'UN','InlineBinary':'AQID'}}");

        assertThat(dataSet.strings(Tag.IMAGE_TYPE)).containsExactly("A", "", "B");
        assertThat(dataSet.bytes(Tag.ROWS)).containsExactly(0, 2);
        assertThat(dataSet.strings(0x00280106)).containsExactly("-1");
        assertThat(dataSet.strings(Tag.PIXEL_SPACING)).containsExactly("0.70", "+1");
        assertThat(dataSet.items(0x00186011)).hasSize(2);
        assertThat(dataSet.items(0x00186011).get(1).string(Tag.CODE_VALUE)).isEqualTo("X");
        assertThat(dataSet.strings(0x00720076)).containsExactly("1.5", "NaN", "-Infinity");
        assertThat(dataSet.string(0x00720083)).isEqualTo("18446744073709551615");
        assertThat(dataSet.string(0x00720052)).isEqualTo("(7FE0,0010)");
        assertThat(dataSet.bytes(0x00091001)).containsExactly(1, 2, 3, 0);
    }

    @Test
    void textIsUtf8WhateverTheSourceWas() throws IOException {
        DataSet named = read("{'00080005':{'vr':'CS','Value':['ISO_IR 100']},"
                + "'00100010':{'vr':'PN','Value':[{'Phonetic':'やまだ','Alphabetic':'Müller^A'}]}}");
        DataSet inItem = read("{'00081032':{'vr':'SQ','Value':[{'00080104':{'vr':'LO','Value':['Schädel']}}]}}");

        assertThat(named.string(Tag.SPECIFIC_CHARACTER_SET)).isEqualTo("ISO_IR 192");
        assertThat(named.string(Tag.PATIENT_NAME)).isEqualTo("Müller^A==やまだ");
        assertThat(inItem.string(Tag.SPECIFIC_CHARACTER_SET)).isEqualTo("ISO_IR 192");
        assertThat(inItem.items(Tag.PROCEDURE_CODE_SEQUENCE).get(0).string(Tag.CODE_MEANING))
                .isEqualTo("Schädel");
        assertThat(read("{'00080060':{'vr':'CS','Value':['CT']}}").contains(Tag.SPECIFIC_CHARACTER_SET))
                .isFalse();
    }

    @Test
    void anArrayIsReadOneDataSetAtATime() throws IOException {
        DicomJsonReader reader = new DicomJsonReader(
                utf8("[{'00080060':{'vr':'CS','Value':['CT']}},{}, {'00080060':{'vr':'CS'}} ]"),
                ReadLimits.DEFAULT,
                BulkDataResolver.NONE);

        assertThat(reader.next().string(Tag.MODALITY)).isEqualTo("CT");
        assertThat(reader.next().isEmpty()).isTrue();
        assertThat(reader.next().contains(Tag.MODALITY)).isTrue();
        assertThat(reader.next()).isNull();
        assertThat(reader.next()).isNull();
    }

    @Test
    void bulkDataIsPutAtOnceOrLater() throws IOException {
        String json = "{'00283010':{'vr':'SQ','Value':[{'00283006':{'vr':'OW','BulkDataURI':'a'}}]},"
                + "'7FE00010':{'vr':'OW','BulkDataURI':'b'}}";
        List<BulkDataReference> later = new ArrayList<>();

        DataSet dataSet = DicomJsonReader.read(utf8(json), ReadLimits.DEFAULT, reference -> {
            if (reference.uri().equals("a")) {
                return ValueElement.of(reference.tag(), reference.vr(), new byte[] {1, 2});
            }
            later.add(reference);
            return null;
        });

        assertThat(dataSet.items(Tag.VOI_LUT_SEQUENCE).get(0).bytes(Tag.LUT_DATA))
                .containsExactly(1, 2);
        assertThat(dataSet.bytes(Tag.PIXEL_DATA)).isEmpty();
        assertThat(later).hasSize(1);
        later.get(0).holder().putBytes(later.get(0).tag(), VR.OW, new byte[] {3, 4});
        assertThat(dataSet.bytes(Tag.PIXEL_DATA)).containsExactly(3, 4);
        assertThat(refused(json, ReadLimits.DEFAULT).kind()).isEqualTo(Kind.UNSUPPORTED);
        assertThat(refused(json, ReadLimits.DEFAULT).path()).isEqualTo("(0028,3010)[1].(0028,3006)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | not one data set",
                "[{},{}] | not one data set",
                "7 | not an object of DICOM JSON",
                "{} {} | more than one JSON value",
                "{'0008006':{'vr':'CS'}} | name that is no tag",
                "{'0008103e':{'vr':'LO'}} | name that is no tag",
                "{'Modality':{'vr':'CS'}} | name that is no tag",
                "{'FFFEE000':{'vr':'UN'}} | item or delimiter where an element is due",
                "{'00080060':'CT'} | attribute that is no object",
                "{'00080060':{}} | attribute without vr",
                "{'00080060':{'Value':['CT']}} | attribute without vr",
                "{'00080060':{'vr':'XX'}} | unknown value representation",
                "{'00080060':{'vr':'CSS'}} | unknown value representation",
                "{'00080060':{'vr':7}} | vr that is no text",
                "{'00080060':{'vr':'CS','vr':'LO'}} | vr a second time",
                "{'00080060':{'vr':'CS','value':['CT']}} | attribute with a member unknown to DICOM JSON",
                "{'00080060':{'vr':'CS','Value':['CT'],'Value':['MR']}} | attribute with more than one value",
                "{'00080060':{'vr':'CS','Value':['CT'],'InlineBinary':''}} | attribute with more than one value",
                "{'00080060':{'vr':'CS','Value':'CT'}} | Value that is no array",
                "{'00080060':{'vr':'CS','Value':[7]}} | a number where text is due",
                "{'00080060':{'vr':'CS','Value':[true]}} | not a value",
                "{'00080060':{'vr':'CS','Value':[['CT']]}} | not a value",
                "{'00080060':{'vr':'CS','Value':[{'Alphabetic':'A'}]}} | object where a value is due",
                "{'00080060':{'vr':'CS','Value':['é']}} | a character outside the default repertoire",
                "{'00080060':{'vr':'CS','InlineBinary':'AQ=='}} | InlineBinary of text or a sequence",
                "{'00080060':{'vr':'CS'},'00080060':{'vr':'CS'}} | attribute a second time",
                "{'00104000':{'vr':'LT','Value':['A','B']}} | more than one value",
                "{'00100010':{'vr':'PN','Value':['A^B']}} | person name that is no object",
                "{'00100010':{'vr':'PN','Value':[{'Roman':'A'}]}} | person name with a group unknown or a second time",
                "{'00100010':{'vr':'PN','Value':[{'Alphabetic':7}]}} | name that is no text",
                "{'00280010':{'vr':'US','Value':['512']}} | text where a number is due",
                "{'00280010':{'vr':'US','Value':[65536]}} | a number out of range",
                "{'00280010':{'vr':'US','Value':[-1]}} | a number out of range",
                "{'00280010':{'vr':'SS','Value':[-32769]}} | a number out of range",
                "{'00280010':{'vr':'US','Value':[1.5]}} | not a whole number",
                "{'00280010':{'vr':'US','Value':[1,null]}} | null among numbers",
                "{'00720074':{'vr':'FD','Value':[1e999]}} | a number out of range",
                "{'00720076':{'vr':'FL','Value':[1e39]}} | a number out of range",
                "{'00720076':{'vr':'FL','Value':['nan']}} | text where a number is due",
                "{'00280106':{'vr':'US','Value':['NaN']}} | text where a number is due",
                "{'7FE00008':{'vr':'OF','Value':['NaN']}} | Value of bytes that is not InlineBinary",
                "{'00720074':{'vr':'FD','Value':['1']}} | text where a number is due",
                "{'00720052':{'vr':'AT','Value':['7FE0001']}} | not a tag",
                "{'00281201':{'vr':'OW','Value':[1]}} | Value of bytes that is not InlineBinary",
                "{'00281201':{'vr':'OW','InlineBinary':['AQ==']}} | InlineBinary that is no text",
                "{'00281201':{'vr':'OW','InlineBinary':'A!=='}} | not base64",
                "{'00081032':{'vr':'SQ','Value':[null]}} | not an item of a sequence",
                "{'00081032':{'vr':'SQ','Value':[{'x':1}]}} | name that is no tag",
                "{'00081032':{'vr':'OB','BulkDataURI':7}} | BulkDataURI that is no text",
                "{'00080060':{'vr':'CS',}} | not JSON in UTF-8",
                "{'00080060':{'vr':'CS','Value':[NaN]}} | not JSON in UTF-8"
            })
    void whatBreaksTheModelIsStructure(String json, String what) {
        MalformedInput refused = refused(json, ReadLimits.DEFAULT);

        assertThat(refused.kind()).isEqualTo(Kind.STRUCTURE);
        assertThat(refused.what()).isEqualTo(what);
    }

    @Test
    void whereItIsWrongIsToldAndNoValue() {
        MalformedInput refused = refused(
                "{'00081032':{'vr':'SQ','Value':[{},{'00100010':{'vr':'PN','Value':['Doe^Jane']}}]}}",
                ReadLimits.DEFAULT);

        assertThat(refused.path()).isEqualTo("(0008,1032)[2].(0010,0010)");
        assertThat(refused.offset()).isEqualTo(67);
        assertThat(refused.getMessage()).doesNotContain("Doe");
    }

    @Test
    void everyCutIsTruncated() {
        String whole = "[{'00081032':{'vr':'SQ','Value':[{'00280010':{'vr':'US','Value':[512]}}]}}]";
        for (int cut = 0; cut < whole.length(); cut++) {
            assertThat(refused(whole.substring(0, cut), ReadLimits.DEFAULT).kind())
                    .as("cut at %s", cut)
                    .isEqualTo(Kind.TRUNCATED);
        }
    }

    @Test
    void noUtf8IsRefused() {
        byte[] latin = "{\"00100020\":{\"vr\":\"LO\",\"Value\":[\"\u00e9\"]}}".getBytes(StandardCharsets.ISO_8859_1);

        MalformedInput refused = catchThrowableOfType(
                MalformedInput.class,
                () -> DicomJsonReader.read(new ByteArrayInputStream(latin), ReadLimits.DEFAULT, BulkDataResolver.NONE));

        assertThat(refused.kind()).isEqualTo(Kind.STRUCTURE);
    }

    @Test
    void limitsHold() {
        String deep = "{'00081032':{'vr':'SQ','Value':[".repeat(65) + "{}" + "]}}".repeat(65);
        String many = "{'00280010':{'vr':'US','Value':[" + "1,".repeat(20) + "1]}}";
        String items = "{'00081032':{'vr':'SQ','Value':[" + "{},".repeat(20) + "{}]}}";
        String text = "{'00104000':{'vr':'LT','Value':['" + "x".repeat(200) + "']}}";
        String binary = "{'00281201':{'vr':'OW','InlineBinary':'" + "AAAA".repeat(100) + "'}}";
        String skewed = "{'00104000':{'Value':" + "[".repeat(300) + "]".repeat(300) + ",'vr':'LT'}}";

        assertThat(refused(deep, ReadLimits.DEFAULT).kind()).isEqualTo(Kind.LIMIT);
        assertThat(refused(many, ReadLimits.DEFAULT.withMaxElements(20)).kind()).isEqualTo(Kind.LIMIT);
        assertThat(refused(items, ReadLimits.DEFAULT.withMaxElements(20)).kind())
                .isEqualTo(Kind.LIMIT);
        assertThat(refused(text, ReadLimits.DEFAULT.withMaxElementBytes(100)).kind())
                .isEqualTo(Kind.LIMIT);
        assertThat(refused(binary, ReadLimits.DEFAULT.withMaxElementBytes(100)).kind())
                .isEqualTo(Kind.LIMIT);
        assertThat(refused(text + ' ', ReadLimits.DEFAULT.withMaxObjectBytes(5)).kind())
                .isEqualTo(Kind.LIMIT);
        assertThat(refused(skewed, ReadLimits.DEFAULT).kind()).isEqualTo(Kind.LIMIT);
        assertThat(refused(deep, ReadLimits.DEFAULT.withMaxDepth(65))).isNull();
    }

    @Test
    void aFailingStreamIsNoMalformedInput() {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new SocketException("reset");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw new SocketException("reset");
            }
        };

        assertThat(catchThrowableOfType(
                        SocketException.class,
                        () -> DicomJsonReader.read(failing, ReadLimits.DEFAULT, BulkDataResolver.NONE)))
                .hasMessage("reset");
    }
}
