package io.caravan.load.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.caravan.base.RejectedObjectException;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.row.ParsedRow;
import io.caravan.model.row.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReplayedBodyTest {

    private static final List<ReplayedRecord> RECORDS = List.of(
            new ReplayedRecord(3, "2,\"too, long\"", true),
            new ReplayedRecord(5, "4,\"cut…[cut]", true),
            new ReplayedRecord(9, "4,\"two\nlines\"", true),
            new ReplayedRecord(12, "5,\"x\" y", true),
            new ReplayedRecord(6, "4,sent", false),
            new ReplayedRecord(13, "6,ü", true));

    @Test
    void recordsThatCanBeReadAgainAreAnObject() throws IOException {
        ReplayedBody body = body("id,name");

        assertThat(new String(body.content().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("id,name\n2,\"too, long\"\n4,\"two\nlines\"\n6,ü\n");
        assertThat(body.storedBytesRead()).isEqualTo(41);
        assertThat(List.of(body.nextLine(), body.nextLine(), body.nextLine()))
                .map(line -> line.orElse(0L))
                .containsExactly(3L, 9L, 13L);
        assertThat(body.nextLine()).isEmpty();
    }

    @Test
    void withoutAHeaderTheRecordsAreAll() throws IOException {
        assertThat(body("").content().read()).isEqualTo('2');
    }

    @Test
    void aRowStandsWhereItsRecordDid() throws IOException {
        ReplayedBody body = body("id,name");
        body.content().readAllBytes();
        List<Long> placed = new ArrayList<>();

        List<ParsedRow> rows = new ArrayList<>();
        new PlacedRows(rows(3).iterator(), body, () -> 0, placed::add).forEachRemaining(rows::add);

        assertThat(rows).map(ParsedRow::lineNumber).containsExactly(3L, 9L, 13L);
        assertThat(placed).containsExactly(3L, 9L, 13L);
    }

    @Test
    void aRecordOfWhichNoRowIsMadeIsDoneWithAll() throws IOException {
        ReplayedBody body = body("id,name");
        body.content().readAllBytes();
        List<Long> placed = new ArrayList<>();
        AtomicLong skipped = new AtomicLong();
        List<Row> made = rows(1);
        // The first record is skipped before the row of the second is there, the third behind it.
        Iterator<Row> rows = new Iterator<>() {
            @Override
            public boolean hasNext() {
                skipped.set(made.isEmpty() ? 2 : 1);
                return !made.isEmpty();
            }

            @Override
            public Row next() {
                return made.remove(0);
            }
        };

        List<ParsedRow> found = new ArrayList<>();
        new PlacedRows(rows, body, skipped::get, placed::add).forEachRemaining(found::add);

        assertThat(found).map(ParsedRow::lineNumber).containsExactly(9L);
        assertThat(placed).containsExactly(3L, 9L, 13L);
    }

    @Test
    void aRowForEachRecordIsWhatThereMustBe() throws IOException {
        for (int count : List.of(2, 4)) {
            ReplayedBody body = body("id,name");
            body.content().readAllBytes();

            assertThatExceptionOfType(RejectedObjectException.class)
                    .isThrownBy(() -> new PlacedRows(rows(count).iterator(), body, () -> 0, line -> {})
                            .forEachRemaining(row -> {}));
        }
    }

    private static ReplayedBody body(String header) {
        return new ReplayedBody(header, RECORDS.iterator(), CsvFormat.DEFAULT);
    }

    private static List<Row> rows(int count) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(new Row(i + 2, List.of("a")));
        }
        return rows;
    }
}
