package io.caravan.load.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.row.Batch;
import io.caravan.model.row.ParsedRow;
import io.caravan.model.row.RejectedRow;
import io.caravan.model.row.Row;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class BatchesTest {

    private static final Column NAME = new Column("name", ColumnType.varchar(10), false, false);
    private static final Column ID = new Column("id", ColumnType.of(Kind.INTEGER), false, false);
    private static final Column CITY = new Column("city", ColumnType.varchar(10), true, false);
    private static final List<Column> COLUMNS = List.of(ID, NAME, CITY);

    @Test
    void theLastRowOfAKeyStays() {
        Row first = row(2, "1", "Ada", "Rome");
        Row other = row(3, "2", "Bo", "Oslo");
        Row last = row(4, "1", "Ada", "Bonn");

        assertThat(cut(10, List.of(ID), first, other, last))
                .containsExactly(new Batch(List.of(other, last), List.of(), 1));
    }

    @Test
    void theFirstRowOfAKeyStaysIfItIsToWin() {
        Row first = row(2, "1", "Ada", "Rome");
        Row second = row(3, "1", "Ada", "Bonn");
        Row third = row(4, "1", "Ada", "Kiel");

        assertThat(cut(Duplicates.FIRST, 10, List.of(ID), first, second, third))
                .containsExactly(new Batch(List.of(first), List.of(), 2));
    }

    @Test
    void withoutKeysEveryRowStays() {
        Row first = row(2, "1", "Ada", "Rome");
        Row second = row(3, "1", "Ada", "Rome");

        assertThat(cut(10, List.of(), first, second)).containsExactly(new Batch(List.of(first, second), List.of(), 0));
    }

    @Test
    void allKeysTogetherTellRowsApart() {
        Row first = row(2, "1", "Ada", "Rome");
        Row second = row(3, "1", "Bo", "Rome");

        assertThat(cut(10, List.of(ID, NAME), first, second))
                .containsExactly(new Batch(List.of(first, second), List.of(), 0));
    }

    @Test
    void trailingBlanksDoNotTellTextKeysApart() {
        Row first = row(2, "1", "Ada", "Rome");
        Row second = row(3, "2", "Ada ", "Rome");

        assertThat(cut(10, List.of(NAME), first, second)).containsExactly(new Batch(List.of(second), List.of(), 1));
    }

    @Test
    void aBatchCountsEveryRecordThatWentIntoIt() {
        Row first = row(2, "1", "Ada", "Rome");
        RejectedRow bad = new RejectedRow(3, "id", ErrorCode.VALUE_FORMAT, "no number", "x");
        Row second = row(4, "1", "Ada", "Bonn");
        Row third = row(5, "3", "Cy", "Kiel");

        List<Batch> batches = cut(3, List.of(ID), first, bad, second, third);

        assertThat(batches)
                .containsExactly(new Batch(List.of(second), List.of(bad), 1), new Batch(List.of(third), List.of(), 0));
        assertThat(batches).extracting(Batch::read).containsExactly(3L, 1L);
    }

    @Test
    void aBatchEndsWithTheRowThatMakesItLargeInBytes() {
        String wide = "x".repeat(Batches.MAX_BYTES / 8);
        ParsedRow good = new Row(2, List.of("1", wide, "Rome"));
        ParsedRow withRecord = new Row(3, List.of("2", "b", "Oslo"), wide);
        ParsedRow bad = new RejectedRow(4, "id", ErrorCode.VALUE_FORMAT, "no number", wide);

        // Each takes two bytes a character, and something besides.
        assertThat(cut(10, List.of(ID), good, bad, withRecord, bad, good, bad))
                .extracting(Batch::read)
                .containsExactly(4L, 2L);
    }

    @Test
    void whatWasReadBeforeAnObjectProvedUnreadableIsABatch() {
        Row first = row(2, "1", "Ada", "Rome");
        RejectedObjectException unclosed = new RejectedObjectException(ErrorCode.OBJECT_UNCLOSED_QUOTE, "line 3");
        Iterator<ParsedRow> rows = new Iterator<>() {
            private boolean given;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public ParsedRow next() {
                if (given) {
                    throw unclosed;
                }
                given = true;
                return first;
            }
        };
        Batches batches = new Batches(rows, COLUMNS, List.of(ID), Duplicates.LAST, 10);

        assertThat(batches.next()).isEqualTo(new Batch(List.of(first), List.of(), 0));
        assertThat(batches.hasNext()).isTrue();
        assertThatThrownBy(batches::next).isSameAs(unclosed);
        assertThat(batches.hasNext()).isFalse();
    }

    /** A reader may find that out before it has a row. */
    @Test
    void anObjectThatProvesUnreadableBeforeItsNextRowSaysSoOnce() {
        RejectedObjectException damaged = new RejectedObjectException(ErrorCode.OBJECT_COMPRESSION, "damaged");
        Iterator<ParsedRow> rows = new Iterator<>() {
            @Override
            public boolean hasNext() {
                throw damaged;
            }

            @Override
            public ParsedRow next() {
                throw new AssertionError("nobody has said that there is one");
            }
        };
        Batches batches = new Batches(rows, COLUMNS, List.of(ID), Duplicates.LAST, 10);

        assertThat(batches.hasNext()).isTrue();
        assertThatThrownBy(batches::next).isSameAs(damaged);
        assertThat(batches.hasNext()).isFalse();
        assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
    }

    private static List<Batch> cut(int rowsPerBatch, List<Column> keys, ParsedRow... rows) {
        return cut(Duplicates.LAST, rowsPerBatch, keys, rows);
    }

    private static List<Batch> cut(Duplicates winner, int rowsPerBatch, List<Column> keys, ParsedRow... rows) {
        List<Batch> batches = new ArrayList<>();
        new Batches(List.of(rows).iterator(), COLUMNS, keys, winner, rowsPerBatch).forEachRemaining(batches::add);
        return batches;
    }

    private static Row row(long line, String... values) {
        return new Row(line, List.of(values));
    }
}
