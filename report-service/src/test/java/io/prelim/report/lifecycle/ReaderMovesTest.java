package io.prelim.report.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prelim.events.ReportChanged.Status;
import io.prelim.report.lifecycle.Command.Act;
import io.prelim.report.lifecycle.Frozen.Claimed;
import io.prelim.report.lifecycle.Frozen.Retracted;
import io.prelim.report.lifecycle.Frozen.Reviewed;
import io.prelim.report.lifecycle.Frozen.Signed;
import io.prelim.report.lifecycle.Frozen.SignedOutside;
import io.prelim.report.lifecycle.ReportState.Awaited;
import io.prelim.report.lifecycle.ReportState.Drafting;
import io.prelim.report.lifecycle.ReportState.Offer;
import io.prelim.report.lifecycle.ReportState.Settled;
import io.prelim.report.lifecycle.ReportState.Words;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every state, every move. */
class ReaderMovesTest {
    private static final UUID PLAN = UUID.randomUUID();
    private static final Instant AT = Instant.parse("2026-11-24T08:00:00Z");
    private static final Content CONTENT = new Content(4, 1, PLAN, true, "digest");
    private static final Claim OWN = new Claim("own", AT);
    private static final Claim OTHER = new Claim("other", AT);

    private static final Map<String, ReportState> STATES = states();

    private static Map<String, ReportState> states() {
        Map<String, ReportState> states = new LinkedHashMap<>();
        states.put("awaited", new Awaited());
        states.put("drafting", new Drafting(4, 1, PLAN, "digest"));
        states.put("settled", new Settled(4, 1, PLAN, "digest"));
        states.put("claimed", new Claimed(CONTENT, OWN));
        states.put("claimed by another", new Claimed(CONTENT, OTHER));
        states.put("reviewed", new Reviewed(CONTENT, OWN));
        states.put("reviewed by another", new Reviewed(CONTENT, OTHER));
        states.put("reviewed, released", new Reviewed(CONTENT, null));
        states.put("signed outside", new SignedOutside(CONTENT, false));
        states.put("reviewed, signed outside", new SignedOutside(CONTENT, true));
        states.put("signed", new Signed(CONTENT, Status.SIGNED));
        states.put("addended", new Signed(CONTENT, Status.ADDENDED));
        states.put("corrected", new Signed(CONTENT, Status.CORRECTED));
        states.put("retracted", new Retracted(CONTENT));
        return states;
    }

    /** The table of the documentation: where each move leads, where reports are signed here. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            state                    | CLAIM              | RELEASE            | REVIEW             | SIGN               | ADDEND         | CORRECT        | RETRACT
            awaited                  | NO_DRAFT           | NO_DRAFT           | NO_DRAFT           | NO_DRAFT           | NO_DRAFT       | NO_DRAFT       | NO_DRAFT
            drafting                 | > claimed          | NOT_CLAIMED        | NOT_CLAIMED        | NOT_REVIEWED       | NOT_SIGNED     | NOT_SIGNED     | NOT_SIGNED
            settled                  | > claimed          | NOT_CLAIMED        | NOT_CLAIMED        | NOT_REVIEWED       | NOT_SIGNED     | NOT_SIGNED     | NOT_SIGNED
            claimed                  | CLAIMED_ALREADY    | redraft            | > reviewed         | NOT_REVIEWED       | NOT_SIGNED     | NOT_SIGNED     | NOT_SIGNED
            claimed by another       | CLAIMED_BY_ANOTHER | CLAIMED_BY_ANOTHER | CLAIMED_BY_ANOTHER | CLAIMED_BY_ANOTHER | NOT_SIGNED     | NOT_SIGNED     | NOT_SIGNED
            reviewed                 | CLAIMED_ALREADY    | > reviewed, released | > reviewed       | > signed           | NOT_SIGNED     | NOT_SIGNED     | NOT_SIGNED
            reviewed by another      | CLAIMED_BY_ANOTHER | CLAIMED_BY_ANOTHER | CLAIMED_BY_ANOTHER | CLAIMED_BY_ANOTHER | NOT_SIGNED     | NOT_SIGNED     | NOT_SIGNED
            reviewed, released       | > reviewed         | NOT_CLAIMED        | NOT_CLAIMED        | NOT_CLAIMED        | NOT_SIGNED     | NOT_SIGNED     | NOT_SIGNED
            signed outside           | SIGNED_OUTSIDE     | SIGNED_OUTSIDE     | SIGNED_OUTSIDE     | SIGNED_OUTSIDE     | SIGNED_OUTSIDE | SIGNED_OUTSIDE | SIGNED_OUTSIDE
            reviewed, signed outside | SIGNED_OUTSIDE     | SIGNED_OUTSIDE     | SIGNED_OUTSIDE     | SIGNED_OUTSIDE     | SIGNED_OUTSIDE | SIGNED_OUTSIDE | SIGNED_OUTSIDE
            signed                   | SIGNED             | SIGNED             | SIGNED             | SIGNED             | > addended     | > corrected    | > retracted
            addended                 | SIGNED             | SIGNED             | SIGNED             | SIGNED             | > addended     | > corrected    | > retracted
            corrected                | SIGNED             | SIGNED             | SIGNED             | SIGNED             | > addended     | > corrected    | > retracted
            retracted                | RETRACTED          | RETRACTED          | RETRACTED          | RETRACTED          | RETRACTED      | RETRACTED      | RETRACTED
            """)
    void everyMoveFromEveryState(
            String state,
            String claim,
            String release,
            String review,
            String sign,
            String addend,
            String correct,
            String retract) {
        List<String> expected = List.of(claim, release, review, sign, addend, correct, retract);

        assertThat(Arrays.stream(Act.values())
                        .map(act -> told(STATES.get(state), ask(state, act, true, false, 0)))
                        .toList())
                .isEqualTo(expected);
    }

    private static String told(ReportState before, Move move) {
        if (move instanceof Move.Redraft) {
            return "redraft";
        }
        if (!(move instanceof Move.Write write)) {
            return move.toString();
        }
        assertThat(write.next().version()).isEqualTo(before.version() + 1);
        String next = STATES.entrySet().stream()
                .filter(each -> each.getValue().getClass() == write.next().getClass()
                        && each.getValue().status() == write.next().status()
                        && java.util.Objects.equals(
                                each.getValue().claim(), write.next().claim()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        return "> " + next;
    }

    @Test
    void theTableHasEveryStateThereIs() {
        Set<Class<?>> kinds = leaves(ReportState.class).collect(Collectors.toSet());

        assertThat(STATES.values().stream().map(Object::getClass).collect(Collectors.toSet()))
                .isEqualTo(new HashSet<>(kinds));
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(ReaderMovesTest::leaves)
                : Stream.of(type);
    }

    static Stream<String> names() {
        return STATES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void nothingIsSignedWhereReportsAreSignedElsewhere(String state) {
        for (Act act : List.of(Act.SIGN, Act.ADDEND, Act.CORRECT, Act.RETRACT)) {
            assertThat(ask(state, act, false, false, 0)).isInstanceOf(Move.Refused.class);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void aWithdrawnStudyIsNeitherClaimedNorReviewedNorSigned(String state) {
        for (Act act : List.of(Act.CLAIM, Act.REVIEW, Act.SIGN)) {
            assertThat(ask(state, act, true, true, 0)).isInstanceOf(Move.Refused.class);
        }
    }

    @Test
    void nothingIsSignedWhileProposalsWait() {
        assertThat(ask("reviewed", Act.SIGN, true, false, 1)).isEqualTo(Move.Refused.PROPOSALS_WAIT);
    }

    /** A signature here stands in every later state, whatever facts and readers do. */
    @ParameterizedTest
    @MethodSource("names")
    void frozenWordsStayFrozenUnlessAClaimIsReleased(String state) {
        ReportState before = STATES.get(state);
        if (!(before instanceof Frozen)) {
            return;
        }
        assertThat(before.words(false)).isNotEqualTo(Words.OF_FACTS);
        assertThat(before.words(true)).isEqualTo(Words.DISCREPANCIES);
        for (boolean outside : List.of(true, false)) {
            Move move = before.revise(new Offer(2, UUID.randomUUID(), false, "other", outside));
            assertThat(move).isInstanceOfSatisfying(Move.Write.class, write -> {
                assertThat(write.next()).isInstanceOf(Frozen.class);
                assertThat(write.next().status()).isEqualTo(before.status());
                assertThat(write.next().version()).isEqualTo(before.version() + 1);
            });
        }
        assertThat(before.revise(new Offer(1, PLAN, true, "digest"))).isEqualTo(Move.Keep.SAME_CONTENT);
        assertThat(before.revise(new Offer(0, PLAN, true, "other"))).isEqualTo(Move.Keep.LOWER_REVISION);
        assertThat(before.revise(new Offer(1, PLAN, false, "other"))).isEqualTo(Move.Keep.ALREADY_SETTLED);
    }

    @Test
    void theFirstSignatureOutsideFreezesWhatIsNotSignedHere() {
        Offer signed = new Offer(1, PLAN, true, "other", true);

        for (String state : List.of("awaited", "drafting", "settled", "claimed")) {
            assertThat(STATES.get(state).revise(signed))
                    .isInstanceOfSatisfying(
                            Move.Write.class,
                            write -> assertThat(write.next()).isInstanceOfSatisfying(SignedOutside.class, next -> {
                                assertThat(next.reviewed()).isFalse();
                                assertThat(next.status()).isEqualTo(Status.DRAFT);
                                assertThat(next.claim()).isNull();
                            }));
        }
        assertThat(STATES.get("reviewed").revise(signed))
                .isInstanceOfSatisfying(
                        Move.Write.class,
                        write -> assertThat(write.next())
                                .isEqualTo(new SignedOutside(new Content(5, 1, PLAN, true, "other"), true)));
        assertThat(STATES.get("signed").revise(signed))
                .isInstanceOfSatisfying(
                        Move.Write.class, write -> assertThat(write.next()).isInstanceOf(Signed.class));
    }

    @Test
    void onlyASignatureMakesASignedStatus() {
        assertThatThrownBy(() -> new Signed(CONTENT, Status.DRAFT)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Signed(CONTENT, Status.RETRACTED)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Move ask(String state, Act act, boolean systemOfRecord, boolean withdrawn, int proposals) {
        return STATES.get(state).ask(new Command(act, "own", AT, systemOfRecord, withdrawn, proposals));
    }
}
