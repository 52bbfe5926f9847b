package io.prelim.dicom.dictionary;

/**
 * What the standard says of one registered UID (PS3.6 annex A).
 *
 * @param name the name of PS3.6, such as {@code CT Image Storage}
 * @param keyword the keyword, such as {@code CTImageStorage}; null for the two retired ones that have none
 * @param type what it identifies, as PS3.6 writes it: {@code SOP Class}, {@code Transfer Syntax}, {@code Coding Scheme} …
 * @param retired whether later editions no longer define it
 */
public record UidEntry(String uid, String name, String keyword, String type, boolean retired) {
    /** The types that most ask for. */
    public static final String SOP_CLASS = "SOP Class";

    public static final String META_SOP_CLASS = "Meta SOP Class";
    public static final String TRANSFER_SYNTAX = "Transfer Syntax";
    public static final String CODING_SCHEME = "Coding Scheme";
}
