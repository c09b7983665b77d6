package io.caravan.bench.pollock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MeasuresTest {

    private static final List<String> HEADER = List.of("id", "price");
    private static final List<List<String>> CLEAN =
            List.of(HEADER, List.of("1", "$1.50"), List.of("2", "$2.00"), List.of("3", "$3.00"), List.of("4", "$4.00"));

    @Test
    void theSameIsTen() {
        assertThat(Measures.of(CLEAN, CLEAN).score()).isEqualTo(10);
    }

    @Test
    void aFileWithNothingInItAsksForNothing() {
        assertThat(Measures.of(List.of(), List.of()).score()).isEqualTo(10);
    }

    @Test
    void aRowThatIsMissingCostsOfRecordsAndCells() {
        Measures found = Measures.of(CLEAN, CLEAN.subList(0, 4));

        assertThat(found.header().f1()).isEqualTo(1);
        assertThat(found.record()).isEqualTo(new Measures.Share(0.75, 1));
        assertThat(found.cell()).isEqualTo(new Measures.Share(0.8, 1));
        Assertions.assertThat(found.record().f1()).isCloseTo(1.5 / 1.75, Offset.offset(1e-12));
    }

    @Test
    void namesAndRecordsAreComparedByWhatTheySay() {
        Measures found = Measures.of(CLEAN, List.of(List.of("ID", "Price"), List.of("01", "$1.5"), List.of("2", "$2")));

        assertThat(found.header()).isEqualTo(Measures.Share.ALL);
        // The texts of a record stand one after the other: 01 is another way of writing true.
        assertThat(found.record()).isEqualTo(new Measures.Share(0.25, 0.5));
        assertThat(found.cell()).isEqualTo(new Measures.Share(0.1, 1.0 / 6));
    }

    @Test
    void datesAndTimesAreComparedByWhatTheySay() {
        assertThat(List.of(
                        CellText.normal("28/01/2018"),
                        CellText.normal("1/2/2018"),
                        CellText.normal("9:05"),
                        CellText.normal("TRUE"),
                        CellText.normal("1e3"),
                        CellText.normal("Half Past")))
                .containsExactly("2018-01-28 00:00:00", "2018-01-02 00:00:00", "09:05:00", "1", "1000.0", "half past");
    }
}
