package io.prelim.dicom.net.association;

import java.util.List;

/**
 * What a requestor proposes: one abstract syntax (a SOP class) and the transfer syntaxes it can send it in (PS3.8 section
 * 7.1.1.13). Its odd identifier is given when the association is requested.
 *
 * @param roles what the requestor wants to be for the SOP class, at least one; other than the default, SCU, they are negotiated.
 *     The same for every context of one SOP class
 */
public record PresentationContext(String abstractSyntax, List<String> transferSyntaxes, Roles roles) {
    public PresentationContext {
        transferSyntaxes = List.copyOf(transferSyntaxes);
        if (transferSyntaxes.isEmpty()) {
            throw new IllegalArgumentException("a presentation context needs a transfer syntax");
        }
        if (!roles.any()) {
            throw new IllegalArgumentException("a presentation context needs a role");
        }
    }

    /** A context for the default role, SCU. */
    public static PresentationContext of(String abstractSyntax, String... transferSyntaxes) {
        return new PresentationContext(abstractSyntax, List.of(transferSyntaxes), Roles.SCU);
    }

    public PresentationContext withRoles(Roles value) {
        return new PresentationContext(abstractSyntax, transferSyntaxes, value);
    }
}
