package io.caravan.load.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.verify.TableDifferences;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DoubtsTest {

    private static final TableDifferences SAME = new TableDifferences(1, 0, 0, 0L, 0L, Map.of(), List.of());
    private static final TableDifferences OTHER = new TableDifferences(1, 0, 0, 0L, 1L, Map.of(), List.of());

    private final Doubts doubts = new Doubts();

    @Test
    void withoutDoubtsTheRowsDecide() {
        doubts.note("something");

        assertThat(TableVerification.verdict(SAME, doubts)).isEqualTo(VerifyVerdict.EQUAL);
        assertThat(TableVerification.verdict(OTHER, doubts)).isEqualTo(VerifyVerdict.DIFFERENT);
    }

    @Test
    void ifLoadsGoOtherwiseOnlyEqualRowsAreCertain() {
        doubts.deviate("something");

        assertThat(TableVerification.verdict(SAME, doubts)).isEqualTo(VerifyVerdict.EQUAL);
        assertThat(TableVerification.verdict(OTHER, doubts)).isEqualTo(VerifyVerdict.UNKNOWN);
    }

    @Test
    void ifLoadsCannotBeRepeatedNothingIsCertain() {
        doubts.lose("something");

        assertThat(TableVerification.verdict(SAME, doubts)).isEqualTo(VerifyVerdict.UNKNOWN);
        assertThat(TableVerification.verdict(OTHER, doubts)).isEqualTo(VerifyVerdict.UNKNOWN);
    }

    @Test
    void onlyTheFirstReasonsAreToldAndTheWeightiestFirst() {
        doubts.note("a note");
        IntStream.rangeClosed(1, 7).forEach(i -> doubts.deviate("deviation " + i));
        doubts.lose("a loss");

        assertThat(doubts.told())
                .containsExactly(
                        "a loss",
                        "deviation 1",
                        "deviation 2",
                        "deviation 3",
                        "deviation 4",
                        "and 4 more reasons of that kind");
    }
}
