package io.caravan.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.csv.record.CsvReader;
import io.caravan.model.feed.ColumnPolicy;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.feed.Mode;
import io.caravan.model.feed.RowRule;
import io.caravan.model.row.RejectedRow;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RejectedKeysTest {

    private static final TargetTable TABLE = new TargetTable(
            TableName.parse("t"),
            List.of(
                    new Column("id", ColumnType.of(Kind.INTEGER), false, false),
                    new Column("code", ColumnType.varchar(4), false, false),
                    new Column("region", ColumnType.varchar(2), false, false),
                    new Column("name", ColumnType.varchar(5), true, false)));

    /** Of each record, in ISO 8859-1, what is rejected and the keys that it has all the same: region, code and id. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    too long,A,7        | VALUE_TOO_LONG  | eu A 7
                    too long,A,+07      | VALUE_TOO_LONG  | eu A 7
                    too long,"A,",7     | VALUE_TOO_LONG  | eu A, 7
                    `too long,,7`       | VALUE_TOO_LONG  |
                    `too long,"",7`     | VALUE_TOO_LONG  | `eu  7`
                    n\\0l,A,7           | VALUE_CHARACTER | eu A 7
                    ÿ,A,7               | CSV_CHARSET     | eu A 7
                    name,A,1000         | ROW_RULE        | eu A 1000
                    too long,A,x        | VALUE_TOO_LONG  |
                    too long,too long,7 | VALUE_TOO_LONG  |
                    name,A,             | VALUE_NULL_KEY  |
                    name,ÿ,7            | CSV_CHARSET     |
                    name,n\\0l,7        | VALUE_CHARACTER |
                    name,A              | CSV_FIELD_COUNT |
                    name,A,7,8          | CSV_FIELD_COUNT |
                    "na"me,A,7          | CSV_QUOTE       |
                    """)
    void theyAreReadWhereNothingIsWrongWithThem(String record, String code, @Nullable String keys) {
        RejectedRow row = read(record.replace("\\0", "\0"), Mode.MIRROR);

        assertThat(row.code()).hasToString(code);
        assertThat(String.join(" ", row.keys())).isEqualTo(keys == null ? "" : keys);
    }

    @Test
    void nobodyNeedsThemWhereNothingIsTakenAway() {
        assertThat(read("too long,A,7", Mode.UPSERT).keys()).isEmpty();
    }

    private static RejectedRow read(String record, Mode mode) {
        ColumnPolicy columns = new ColumnPolicy(
                ColumnPolicy.DEFAULT.schema(),
                ColumnPolicy.DEFAULT.missingColumns(),
                Map.of(),
                Map.of("region", "eu"),
                Map.of(),
                Map.of(),
                List.of(new RowRule("small", "id", new RowRule.Matches("[0-9]{1,3}"))));
        ColumnPlan plan = new ColumnPlanner(
                        TABLE,
                        List.of("region", "code", "id"),
                        new MergePolicy(mode, Duplicates.LAST, null, null, 0.2, "Op", false, false),
                        columns)
                .plan("The feed");
        RowReader rows = new RowReader(
                new CsvReader(
                        new ByteArrayInputStream(("name,code,id\n" + record + "\n").getBytes(ISO_8859_1)),
                        CsvFormat.DEFAULT),
                plan,
                CsvFormat.DEFAULT);
        return (RejectedRow) rows.next();
    }
}
