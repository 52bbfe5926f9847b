package io.prelim.dicom.net.association;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.dicom.core.Uid;
import io.prelim.dicom.net.pdu.Pdu.AssociateRq;
import io.prelim.dicom.net.pdu.Pdu.ContextResult;
import io.prelim.dicom.net.pdu.Pdu.ProposedContext;
import io.prelim.dicom.net.pdu.Pdu.RoleSelection;
import io.prelim.dicom.net.pdu.Pdu.UserInformation;
import io.prelim.dicom.net.pdu.PduException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NegotiationTest {
    private static final String EXPLICIT = Uid.EXPLICIT_VR_LITTLE_ENDIAN;
    private static final String IMPLICIT = Uid.IMPLICIT_VR_LITTLE_ENDIAN;

    private final Negotiation negotiation =
            new Negotiation(List.of(EXPLICIT, IMPLICIT), Set.of("1.9"), Map.of("1.9", Roles.BOTH));

    private static AssociateRq request(long maxLength, List<ProposedContext> contexts) {
        return new AssociateRq(1, "A", "B", Uid.APPLICATION_CONTEXT, contexts, new UserInformation(maxLength, "", ""));
    }

    private static ProposedContext context(int id, String abstractSyntax, String... transferSyntaxes) {
        return new ProposedContext(id, abstractSyntax, List.of(transferSyntaxes));
    }

    @Test
    void eachContextIsAnsweredForItself() throws PduException {
        List<ContextResult> results = negotiation.answer(request(
                0,
                List.of(
                        context(1, Uid.CT_IMAGE_STORAGE, IMPLICIT, EXPLICIT),
                        context(3, "1.2.840.10008.5.1.4.1.2.2.1", IMPLICIT),
                        context(5, Uid.MR_IMAGE_STORAGE, Uid.EXPLICIT_VR_BIG_ENDIAN),
                        context(7, Uid.VERIFICATION, IMPLICIT),
                        context(255, "1.9", EXPLICIT),
                        context(9, "1.9"))));

        assertThat(results)
                .containsExactly(
                        new ContextResult(1, 0, EXPLICIT), // our order, not the peer's
                        new ContextResult(3, 3, IMPLICIT),
                        new ContextResult(5, 4, Uid.EXPLICIT_VR_BIG_ENDIAN),
                        new ContextResult(7, 0, IMPLICIT),
                        new ContextResult(255, 0, EXPLICIT),
                        new ContextResult(9, 4, IMPLICIT));
    }

    @Test
    void allOddIdentifiersMayBeUsed() throws PduException {
        List<ProposedContext> contexts = IntStream.range(0, 128)
                .mapToObj(i -> context(2 * i + 1, Uid.CT_IMAGE_STORAGE, EXPLICIT))
                .toList();

        assertThat(negotiation.answer(request(16384, contexts))).hasSize(128).allMatch(ContextResult::accepted);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 254})
    void evenIdentifiersAreRefused(int id) {
        assertThatThrownBy(() -> negotiation.answer(request(0, List.of(context(id, Uid.CT_IMAGE_STORAGE, EXPLICIT)))))
                .isInstanceOfSatisfying(
                        PduException.class, e -> assertThat(e.reason()).isEqualTo(6));
    }

    @Test
    void anIdentifierTwiceIsRefused() {
        ProposedContext context = context(1, Uid.CT_IMAGE_STORAGE, EXPLICIT);

        assertThatThrownBy(() -> negotiation.answer(request(0, List.of(context, context))))
                .isInstanceOf(PduException.class);
    }

    private static AssociateRq withRoles(List<ProposedContext> contexts, RoleSelection... roles) {
        return new AssociateRq(
                1,
                "A",
                "B",
                Uid.APPLICATION_CONTEXT,
                contexts,
                new UserInformation(0, "", "").withRoles(List.of(roles)));
    }

    @Test
    void rolesAreGrantedWhereTheyAreAllowed() throws PduException {
        List<ProposedContext> contexts = List.of(
                context(1, "1.9", EXPLICIT),
                context(3, Uid.CT_IMAGE_STORAGE, EXPLICIT),
                context(5, Uid.MR_IMAGE_STORAGE, EXPLICIT));
        AssociateRq request = withRoles(
                contexts,
                new RoleSelection("1.9", false, true),
                new RoleSelection(Uid.CT_IMAGE_STORAGE, true, true),
                new RoleSelection("1.7", true, true)); // no context has it

        assertThat(negotiation.answerRoles(request))
                .containsExactly(
                        new RoleSelection("1.9", false, true), new RoleSelection(Uid.CT_IMAGE_STORAGE, true, false));
        assertThat(negotiation.answer(request)).allMatch(ContextResult::accepted);
        assertThat(negotiation.requestorRoles(request, "1.9")).isEqualTo(Roles.SCP);
        assertThat(negotiation.requestorRoles(request, Uid.CT_IMAGE_STORAGE)).isEqualTo(Roles.SCU);
        assertThat(negotiation.requestorRoles(request, Uid.MR_IMAGE_STORAGE)).isEqualTo(Roles.SCU);
    }

    @Test
    void aRequestorThatMayBeNothingIsRejectedInThatContext() throws PduException {
        AssociateRq request = withRoles(
                List.of(context(1, Uid.CT_IMAGE_STORAGE, EXPLICIT), context(3, Uid.VERIFICATION, IMPLICIT)),
                new RoleSelection(Uid.CT_IMAGE_STORAGE, false, true));

        assertThat(negotiation.answer(request))
                .containsExactly(new ContextResult(1, 1, EXPLICIT), new ContextResult(3, 0, IMPLICIT));
        assertThat(negotiation.answerRoles(request))
                .containsExactly(new RoleSelection(Uid.CT_IMAGE_STORAGE, false, false));
    }

    @Test
    void theFirstOfTwoRoleSelectionsStands() {
        AssociateRq request = withRoles(
                List.of(context(1, "1.9", EXPLICIT)),
                new RoleSelection("1.9", true, false),
                new RoleSelection("1.9", false, true));

        assertThat(negotiation.answerRoles(request)).containsExactly(new RoleSelection("1.9", true, false));
        assertThat(negotiation.requestorRoles(request, "1.9")).isEqualTo(Roles.SCU);
    }

    @Test
    void aMaximumLengthTooShortForDataIsRefused() {
        assertThatThrownBy(() -> negotiation.answer(request(7, List.of()))).isInstanceOf(PduException.class);
    }

    @Test
    void theProtocolItselfRefuses() {
        AssociateRq version =
                new AssociateRq(2, "A", "B", Uid.APPLICATION_CONTEXT, List.of(), new UserInformation(0, "", ""));
        AssociateRq application = new AssociateRq(1, "A", "B", "1.2", List.of(), new UserInformation(0, "", ""));

        assertThat(Negotiation.protocolRefusal(version)).hasToString("RJ(1,2,2)");
        assertThat(Negotiation.protocolRefusal(application)).hasToString("RJ(1,1,2)");
        assertThat(Negotiation.protocolRefusal(request(0, List.of()))).isNull();
    }
}
