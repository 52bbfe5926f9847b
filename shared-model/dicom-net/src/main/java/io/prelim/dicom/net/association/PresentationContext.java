package io.prelim.dicom.net.association;

import java.util.List;

/**
 * What a requestor proposes: one abstract syntax (a SOP class) and the transfer syntaxes it can send it in (PS3.8 section
 * 7.1.1.13). Its odd identifier is given when the association is requested.
 */
public record PresentationContext(String abstractSyntax, List<String> transferSyntaxes) {
    public PresentationContext {
        transferSyntaxes = List.copyOf(transferSyntaxes);
        if (transferSyntaxes.isEmpty()) {
            throw new IllegalArgumentException("a presentation context needs a transfer syntax");
        }
    }

    public static PresentationContext of(String abstractSyntax, String... transferSyntaxes) {
        return new PresentationContext(abstractSyntax, List.of(transferSyntaxes));
    }
}
