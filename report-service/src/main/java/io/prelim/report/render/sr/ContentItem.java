package io.prelim.report.render.sr;

import io.prelim.dicom.core.Tag;
import io.prelim.dicom.core.Uid;
import io.prelim.dicom.object.DataSet;
import io.prelim.events.Code;
import io.prelim.events.Finding.ImageReference;
import io.prelim.report.render.dicom.Coded;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One content item of a structured report and what is below it (PS3.3 section C.17.3), its text in UTF-8. */
final class ContentItem {
    /** Where even the first frame is named; of an image that can have but one it must not be. */
    private static final Set<String> MULTI_FRAME = Set.of(
            Uid.ENHANCED_CT_IMAGE_STORAGE,
            Uid.ENHANCED_MR_IMAGE_STORAGE,
            Uid.MULTI_FRAME_GRAYSCALE_BYTE_SECONDARY_CAPTURE_IMAGE_STORAGE,
            // ultrasound, grey words and colours in secondary capture, angiography, fluoroscopy, tomosynthesis, nuclear
            // medicine
            "1.2.840.10008.5.1.4.1.1.3.1",
            "1.2.840.10008.5.1.4.1.1.7.3",
            "1.2.840.10008.5.1.4.1.1.7.4",
            "1.2.840.10008.5.1.4.1.1.12.1",
            "1.2.840.10008.5.1.4.1.1.12.1.1",
            "1.2.840.10008.5.1.4.1.1.12.2",
            "1.2.840.10008.5.1.4.1.1.12.2.1",
            "1.2.840.10008.5.1.4.1.1.13.1.3",
            "1.2.840.10008.5.1.4.1.1.20");

    private final DataSet item;
    private final List<DataSet> children = new ArrayList<>();

    private ContentItem(DataSet item, String valueType) {
        this.item = item;
        item.putString(Tag.VALUE_TYPE, valueType);
    }

    private ContentItem(String valueType, Code name) {
        this(new DataSet(Coded.UTF_8), valueType);
        name(name);
    }

    /** How an item is to the one above it. */
    enum Relationship {
        CONTAINS,
        HAS_CONCEPT_MOD,
        HAS_OBS_CONTEXT,
        INFERRED_FROM
    }

    /** The document's root, in the document's own data set. */
    static ContentItem root(DataSet document, Code name, String template) {
        ContentItem root = new ContentItem(document, "CONTAINER").name(name);
        document.putString(Tag.CONTINUITY_OF_CONTENT, "SEPARATE");
        document.putSequence(
                Tag.CONTENT_TEMPLATE_SEQUENCE,
                new DataSet(Coded.UTF_8)
                        .putString(Tag.MAPPING_RESOURCE, "DCMR")
                        .putString(Tag.TEMPLATE_IDENTIFIER, template));
        return root;
    }

    static ContentItem container(Code name) {
        ContentItem container = new ContentItem("CONTAINER", name);
        container.item.putString(Tag.CONTINUITY_OF_CONTENT, "SEPARATE");
        return container;
    }

    static ContentItem code(Code name, Code value) {
        ContentItem code = new ContentItem("CODE", name);
        code.item.putSequence(Tag.CONCEPT_CODE_SEQUENCE, Coded.item(value));
        return code;
    }

    /** @param value not empty; a backslash in it stays one */
    static ContentItem text(Code name, String value) {
        ContentItem text = new ContentItem("TEXT", name);
        text.item.putString(Tag.TEXT_VALUE, value);
        return text;
    }

    static ContentItem uid(Code name, String value) {
        ContentItem uid = new ContentItem("UIDREF", name);
        uid.item.putString(Tag.UID, value);
        return uid;
    }

    /** @param value components of a PN */
    static ContentItem person(Code name, String value) {
        ContentItem person = new ContentItem("PNAME", name);
        person.item.putString(Tag.PERSON_NAME, value);
        return person;
    }

    /** An instance that is no image. */
    static ContentItem composite(DataSet sop) {
        ContentItem reference = new ContentItem(new DataSet(Coded.UTF_8), "COMPOSITE");
        reference.item.putSequence(Tag.REFERENCED_SOP_SEQUENCE, sop);
        return reference;
    }

    static ContentItem number(Code name, double value, Code unit) {
        ContentItem number = new ContentItem("NUM", name);
        DataSet measured = new DataSet(Coded.UTF_8);
        measured.putDecimal(Tag.NUMERIC_VALUE, value);
        measured.putSequence(Tag.MEASUREMENT_UNITS_CODE_SEQUENCE, Coded.item(unit));
        number.item.putSequence(Tag.MEASURED_VALUE_SEQUENCE, measured);
        return number;
    }

    static ContentItem image(ImageReference image) {
        ContentItem reference = new ContentItem(new DataSet(Coded.UTF_8), "IMAGE");
        DataSet sop = Coded.sop(image.sopClassUid(), image.sopInstanceUid());
        if (image.frame() > 1 || image.frame() == 1 && MULTI_FRAME.contains(image.sopClassUid())) {
            sop.putInteger(Tag.REFERENCED_FRAME_NUMBER, image.frame());
        }
        reference.item.putSequence(Tag.REFERENCED_SOP_SEQUENCE, sop);
        return reference;
    }

    /** A segment of a segmentation. */
    static ContentItem segment(Code purpose, String sopInstanceUid, int number) {
        ContentItem reference = new ContentItem("IMAGE", purpose);
        reference.item.putSequence(
                Tag.REFERENCED_SOP_SEQUENCE,
                Coded.sop(Uid.SEGMENTATION_STORAGE, sopInstanceUid).putInteger(Tag.REFERENCED_SEGMENT_NUMBER, number));
        return reference;
    }

    static ContentItem image(Code purpose, ImageReference image) {
        return image(image).name(purpose);
    }

    ContentItem add(Relationship relationship, ContentItem child) {
        children.add(child.dataSet()
                .putString(Tag.RELATIONSHIP_TYPE, relationship.name().replace('_', ' ')));
        return this;
    }

    /** With all that was added to it. */
    DataSet dataSet() {
        if (!children.isEmpty()) {
            item.putSequence(Tag.CONTENT_SEQUENCE, children.toArray(DataSet[]::new));
        }
        return item;
    }

    private ContentItem name(Code name) {
        item.putSequence(Tag.CONCEPT_NAME_CODE_SEQUENCE, Coded.item(name));
        return this;
    }
}
