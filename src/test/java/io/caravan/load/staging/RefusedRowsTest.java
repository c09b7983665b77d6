package io.caravan.load.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.RetryableException;
import io.caravan.load.tally.ObjectTally;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.MergePlan;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.feed.Mode;
import io.caravan.model.feed.Provenance;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.TableName;
import io.caravan.spi.DataFileRecord;
import io.caravan.spi.DataFiles;
import io.caravan.spi.LineCount;
import io.caravan.spi.RefusedRecord;
import io.caravan.spi.StagingInsert;
import io.caravan.spi.StagingSession;
import io.caravan.spi.StagingTable;
import io.caravan.testing.TestingClock;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows that COPY has refused, and that a view of errors shows later, or never. */
class RefusedRowsTest {

    private static final List<String> RECORDS = List.of("1,2,a", "1,3,b", "1,4,c");

    private final TestingClock clock = new TestingClock();
    private final ObjectTally tally =
            new ObjectTally(1, new ObjectVersion("b", "k", "e", 1, Instant.EPOCH), false, false);
    private final List<String> rejected = new ArrayList<>();
    private final List<Instant> looks = new ArrayList<>();

    @Test
    void whatIsShownAtOnceIsNotAwaited() {
        reject(2, 0);

        assertThat(rejected).containsExactly("3", "4");
        assertThat(looks).containsExactly(Instant.EPOCH);
    }

    @Test
    void theViewIsLookedAtAgainForSomeSeconds() {
        reject(2, 9_000);

        assertThat(rejected).containsExactly("3", "4");
        assertThat(looks).hasSize(19);
    }

    @Test
    void whatItDoesNotShowInTimeIsNotTakenForRefused() {
        assertThatThrownBy(() -> reject(2, 11_000))
                .isInstanceOf(RetryableException.class)
                .hasMessageContaining("COPY leaves out 2 rows, but the warehouse's view of load errors shows 0");

        assertThat(clock.instant()).isEqualTo(Instant.EPOCH.plusSeconds(10));
    }

    /** As of very many refused rows. */
    @Test
    void aViewThatShowsSomeAndNoMoreIsNotAwaitedLong() {
        assertThatThrownBy(() -> reject(1, 0)).isInstanceOf(RetryableException.class);

        assertThat(clock.instant()).isEqualTo(Instant.EPOCH.plusSeconds(1));
    }

    /** Of three rows the last two are refused. */
    private void reject(int shown, long afterMillis) {
        tally.addStaged(3);
        new RefusedRows(session(shown, afterMillis), plan(), files(), 100, clock, clock::pass).reject(List.of(tally));
    }

    private static MergePlan plan() {
        return new MergePlan(
                "l1",
                TableName.parse("public.t"),
                List.of(new Column("id", ColumnType.of(ColumnType.Kind.INTEGER), true, false)),
                List.of(),
                List.of(),
                new MergePolicy(Mode.APPEND, Duplicates.LAST, null, null, 0.2, "Op", false, false),
                null,
                null,
                false,
                Provenance.NONE,
                Instant.EPOCH,
                false);
    }

    private StagingSession session(int shown, long afterMillis) {
        return (StagingSession) Proxy.newProxyInstance(
                StagingSession.class.getClassLoader(),
                new Class<?>[] {StagingSession.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "count" ->
                        arguments[0] == StagingTable.ROWS ? Map.of(1, 1L) : Map.of(1, (long) rejected.size());
                    case "insert" -> insert();
                    case "readRefused" -> show(shown, afterMillis, arguments[1]);
                    case "undoSharedPart" -> undo();
                    case "endPrivatePart", "dropStagedFromRejected", "readLines" -> null;
                    default -> throw new AssertionError(method.getName());
                });
    }

    private @Nullable Object undo() {
        rejected.clear();
        return null;
    }

    private @Nullable Object show(int shown, long afterMillis, Object action) {
        looks.add(clock.instant());
        if (clock.millis() >= afterMillis) {
            @SuppressWarnings("unchecked")
            Consumer<RefusedRecord> consumer = (Consumer<RefusedRecord>) action;
            for (int line = 4 - shown; line < 4; line++) {
                consumer.accept(new RefusedRecord("s3://stage/f", line, null, "no"));
            }
        }
        return null;
    }

    private StagingInsert insert() {
        return new StagingInsert() {
            private int fields;

            @Override
            public void field(@Nullable String value) {
                if (++fields == 2) {
                    rejected.add(String.valueOf(value));
                }
            }

            @Override
            public void endRow() {
                fields = 0;
            }

            @Override
            public void flush() {}
        };
    }

    private static DataFiles files() {
        return (DataFiles) Proxy.newProxyInstance(
                DataFiles.class.getClassLoader(),
                new Class<?>[] {DataFiles.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "folder" -> "s3://stage/";
                    case "files" -> List.of("s3://stage/f");
                    case "read" -> read(arguments[1]);
                    default -> throw new AssertionError(method.getName());
                });
    }

    private static @Nullable Object read(Object action) {
        @SuppressWarnings("unchecked")
        Consumer<DataFileRecord> consumer = (Consumer<DataFileRecord>) action;
        for (int i = 0; i < RECORDS.size(); i++) {
            int line = i + 1;
            consumer.accept(new DataFileRecord() {
                @Override
                public long line(LineCount count) {
                    return line;
                }

                @Override
                public String text() {
                    return RECORDS.get(line - 1);
                }
            });
        }
        return null;
    }
}
