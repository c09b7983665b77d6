package io.caravan.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RejectedObjectException;
import io.caravan.csv.record.CsvReader;
import io.caravan.csv.value.Utf8;
import io.caravan.model.feed.ColumnPolicy;
import io.caravan.model.feed.ColumnPolicy.MissingColumns;
import io.caravan.model.feed.ColumnPolicy.OnInvalid;
import io.caravan.model.feed.ColumnPolicy.Schema;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.RowRule;
import io.caravan.model.row.RejectedRow;
import io.caravan.model.row.Row;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import io.caravan.testing.FeedBuilder;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a feed says about columns, and what becomes of objects by it. */
class ColumnPlanTest {

    private static final TargetTable PEOPLE = new TargetTable(
            TableName.parse("hr.people"),
            List.of(
                    new Column("id", ColumnType.of(Kind.INTEGER), false, false),
                    new Column("name", ColumnType.varchar(4), true, false),
                    new Column("code", ColumnType.character(2), true, false),
                    new Column("born", ColumnType.of(Kind.DATE), true, false),
                    new Column("source", ColumnType.varchar(5), false, true)));

    @Test
    void anUnknownColumnIsNotLoadedWhereItIsIgnored() {
        Policy policy = new Policy();
        policy.schema = Schema.IGNORE;

        assertThat(loaded("x,id,colour,name\n?,1,red,Ann\n?,2,\"\",Bo\n", policy))
                .containsExactly("id name", "1 Ann", "2 Bo");
        assertThat(loaded("x,id\n1\n", policy))
                .containsExactly("id", "CSV_FIELD_COUNT: 1 field where the header has 2");
        assertThat(loaded("x,id,X,,\n?,1,?,?,?\n", policy)).containsExactly("id", "1");
        assertThat(rejection("x,id,ID\n", policy)).startsWith("OBJECT_HEADER: ");
    }

    @Test
    void anObjectWithoutAllColumnsIsRejectedWhereTheyMustBeThere() {
        Policy policy = new Policy();
        policy.missingColumns = MissingColumns.REJECT;

        assertThat(rejection("id,name,code\n", policy))
                .isEqualTo(
                        "OBJECT_MISSING_COLUMN: the header at line 1 lacks columns of hr.people: \"born\", \"source\";"
                                + " add them to the object, or let the feed's 'missingColumns' be null");
        policy.constants = Map.of("Born", "2024-01-31", "source", "hr");
        assertThat(loaded("id,name,code\n1,Ann,x\n", policy))
                .containsExactly("id name code born source", "1 Ann x 2024-01-31 hr");
    }

    @Test
    void columnsOfTheHeaderMayHaveOtherNames() {
        Policy policy = new Policy();
        policy.renames = Map.of("Kundennr", "ID", "name", "code", "code", "Name");

        assertThat(loaded(" KUNDENNR ,name,code\n1,a,b\n", policy)).containsExactly("id name code", "1 b a");
        assertThat(loaded("id,born\n1,\n", policy)).containsExactly("id born", "1 null");
        assertThat(rejection("id,kundennr\n", policy))
                .isEqualTo("OBJECT_HEADER: the header at line 1 names the column \"id\" twice, as \"id\" and as"
                        + " \"kundennr\"; leave one of the two out");
        assertThat(rejection("kundennr,Kundennr\n", policy)).startsWith("OBJECT_HEADER: ");
    }

    @Test
    void constantsStandInEveryRow() {
        Policy policy = new Policy();
        policy.constants = Map.of("source", "a, b", "born", " 2024-01-31 ");

        assertThat(loaded("name,id\nAnn,1\nBo,2\n", policy))
                .containsExactly("id name born source", "1 Ann 2024-01-31 a, b", "2 Bo 2024-01-31 a, b");
        assertThat(rejection("id,Source\n", policy))
                .isEqualTo("OBJECT_HEADER: the header at line 1 names columns for which the feed has constants:"
                        + " \"source\"; leave them out of the object, or out of the feed's 'constants'");
    }

    @Test
    void aConstantMayBeAKey() {
        Policy policy = new Policy();
        policy.constants = Map.of("id", "07");

        assertThat(loaded("name\nAnn\n", policy)).containsExactly("id name", "7 Ann");
    }

    @Test
    void withoutAHeaderTheConstantsAreLeftOut() {
        Policy policy = new Policy();
        policy.constants = Map.of("name", "x");
        policy.csv = new CsvFormat(UTF_8, ',', '"', null, false, "");

        assertThat(loaded("1,a,2024-01-31,s\n1,n,a,2024-01-31,s\n", policy))
                .containsExactly(
                        "id name code born source",
                        "1 x a 2024-01-31 s",
                        "CSV_FIELD_COUNT: 5 fields where the table without the feed's constants has 4");
    }

    @Test
    void valuesOfTheFeedsFormAreRead() {
        Policy policy = new Policy();
        policy.formats = Map.of("BORN", "dd.MM.yyyy");

        assertThat(loaded("id,born\n1,31.01.2024\n2,\n3,2024-01-31\n", policy))
                .containsExactly(
                        "id born", "1 2024-01-31", "2 null", "VALUE_FORMAT: born: not of the form \"dd.MM.yyyy\"");
    }

    @Test
    void whatAColumnRefusesIsReplacedWhereTheFeedSaysSo() {
        Policy policy = new Policy();
        policy.onInvalid = Map.of("name", OnInvalid.TRUNCATE, "born", OnInvalid.NULL, "code", OnInvalid.REJECT);
        RowReader reader = reader(
                """
                id,name,code,born
                1,Annabel,x,2024-01-31
                2,a€€,x,never
                3,😀😀,xyz,2024-02-31
                4,"a
                b\0cd",x,2024-01-31
                5,Bo   ,x,2024-01-31
                """,
                policy);

        assertThat(rows(reader))
                .containsExactly(
                        "1 Anna x 2024-01-31",
                        "2 a€ x null",
                        "VALUE_TOO_LONG: code: 3 bytes of UTF-8, CHAR(2) holds 2",
                        "VALUE_CHARACTER: name: character 4 is NUL, which Redshift does not keep",
                        "5 Bo   x 2024-01-31");
        assertThat(reader.repairs())
                .containsExactly(new Repair("name", OnInvalid.TRUNCATE, 2), new Repair("born", OnInvalid.NULL, 1));
    }

    @Test
    void textIsCutToWholeCharactersThatFit() {
        assertThat(Utf8.cut("abcdef", 4)).isEqualTo("abcd");
        assertThat(Utf8.cut("abc😀", 6)).isEqualTo("abc");
        assertThat(Utf8.cut("abc😀d", 7)).isEqualTo("abc😀");
        assertThat(Utf8.cut("é€", 4)).isEqualTo("é");
        assertThat(Utf8.cut("€", 2)).isEmpty();
    }

    @Test
    void aRowThatBreaksARuleIsRejectedWithTheRulesName() {
        Policy policy = new Policy();
        policy.onInvalid = Map.of("born", OnInvalid.NULL);
        policy.rules = List.of(
                new RowRule("grown up", "Born", new RowRule.Between("1900-01-01", "2006-12-31")),
                new RowRule("born: not null", "born", new RowRule.NotNull()),
                new RowRule("no x", "name", new RowRule.Matches("[^x]*")));

        assertThat(loaded(
                        "id,name,born\n1,a,2000-01-31\n2,a,2020-01-31\n3,a,x\n4,x,2000-01-31\n5,,2000-01-31\n", policy))
                .containsExactly(
                        "id name born",
                        "1 a 2000-01-31",
                        "ROW_RULE: born: breaks the rule \"grown up\"",
                        "ROW_RULE: born: breaks the rule \"born: not null\"",
                        "ROW_RULE: name: breaks the rule \"no x\"",
                        "5 null 2000-01-31");
    }

    @Test
    void anObjectWithoutAColumnThatIsNotNullByTheRulesIsRejected() {
        Policy policy = new Policy();
        policy.rules = List.of(
                new RowRule("n", "name", new RowRule.NotNull()),
                new RowRule("s", "source", new RowRule.NotNull()),
                new RowRule("b", "born", new RowRule.Matches("x")));

        assertThat(rejection("id\n", policy))
                .isEqualTo("OBJECT_MISSING_COLUMN: the header at line 1 lacks columns that are not null by the feed's"
                        + " rules, and have no default: \"name\"; add them to the object, or change the rules");
        assertThat(loaded("id,name\n1,a\n", policy)).containsExactly("id name", "1 a");
    }

    @Test
    void everythingThatDoesNotFitTheTableIsNamedAtOnce() {
        Policy policy = new Policy();
        policy.renames = Map.of("a", "b");
        policy.constants = Map.of("source", "too long", "code", "é");
        policy.formats = Map.of("born", "dd.mm.yyyy");
        policy.onInvalid = Map.of("id", OnInvalid.TRUNCATE);
        policy.rules = List.of(
                new RowRule("r1", "colour", new RowRule.NotNull()),
                new RowRule("r2", "born", new RowRule.Between("x", "y")));

        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> ColumnPlan.of(policy.feed(), PEOPLE))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.FEED_INVALID))
                .satisfies(e -> assertThat(e.getMessage().split("; '"))
                        .containsExactlyInAnyOrder(
                                "Feed people: 'columns' names \"b\", which is not a column of hr.people",
                                "constants' for \"source\": its value is none of VARCHAR(5): 8 bytes of UTF-8,"
                                        + " VARCHAR(5) holds 5",
                                "constants' for \"code\": its value is none of CHAR(2): character 1 is not a single"
                                        + " byte, all that CHAR(2) holds; use VARCHAR",
                                "formats' for \"born\": the pattern gives no date; the year is yyyy or uuuu, the month"
                                        + " MM, the day dd",
                                "onInvalid' for \"id\": rows of different matching keys would become one",
                                "rules' names \"colour\", which is not a column of hr.people",
                                "rules' cannot have \"r2\": a value of it is none of DATE: not a date of the form"
                                        + " YYYY-MM-DD"));
    }

    @Test
    void replacementsMustFitTheColumn() {
        assertOnInvalid("id", OnInvalid.NULL, "rows of different matching keys would become one");
        assertOnInvalid("source", OnInvalid.NULL, "it is NOT NULL");
        assertOnInvalid("born", OnInvalid.ROUND, "only whole numbers, DECIMAL and times can be rounded");
        assertOnInvalid("name", OnInvalid.ROUND, "only whole numbers, DECIMAL and times can be rounded");
        assertOnInvalid("born", OnInvalid.TRUNCATE, "only text, whole numbers, DECIMAL and times can be truncated");
    }

    @Test
    void aConstantThatBreaksARuleIsAMistake() {
        Policy policy = new Policy();
        policy.constants = Map.of("source", "hr");
        policy.rules = List.of(new RowRule("r", "source", new RowRule.OneOf(List.of("a", "b"))));

        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> ColumnPlan.of(policy.feed(), PEOPLE))
                .withMessage("Feed people: 'constants' for \"source\": its value breaks the rule \"r\"");
    }

    private static void assertOnInvalid(String column, OnInvalid action, String message) {
        Policy policy = new Policy();
        policy.onInvalid = Map.of(column, action);
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> ColumnPlan.of(policy.feed(), PEOPLE))
                .withMessage("Feed people: 'onInvalid' for \"" + column + "\": " + message);
    }

    /** Returns the loaded columns and the rows, each as text. */
    private static List<String> loaded(String object, Policy policy) {
        RowReader reader = reader(object, policy);
        List<String> lines = new ArrayList<>();
        lines.add(String.join(" ", reader.columns().stream().map(Column::name).toList()));
        lines.addAll(rows(reader));
        return lines;
    }

    private static List<String> rows(RowReader reader) {
        List<String> lines = new ArrayList<>();
        reader.forEachRemaining(parsed -> {
            if (parsed instanceof Row row) {
                lines.add(String.join(
                        " ", row.values().stream().map(String::valueOf).toList()));
            } else if (parsed instanceof RejectedRow row) {
                lines.add(row.code() + ": " + (row.column() == null ? "" : row.column() + ": ") + row.reason());
            }
        });
        return lines;
    }

    private static String rejection(String object, Policy policy) {
        RejectedObjectException e = catchThrowableOfType(RejectedObjectException.class, () -> reader(object, policy));
        return e.code() + ": " + e.getMessage();
    }

    private static RowReader reader(String object, Policy policy) {
        return new RowReader(
                new CsvReader(new ByteArrayInputStream(object.getBytes(UTF_8)), policy.csv),
                ColumnPlan.of(policy.feed(), PEOPLE),
                policy.csv);
    }

    /** A feed whose parameters a test sets one by one. */
    private static final class Policy {
        Schema schema = Schema.FREEZE;
        MissingColumns missingColumns = MissingColumns.NULL;
        Map<String, String> renames = Map.of();
        Map<String, String> constants = Map.of();
        Map<String, String> formats = Map.of();
        Map<String, OnInvalid> onInvalid = Map.of();
        List<RowRule> rules = List.of();
        CsvFormat csv = CsvFormat.DEFAULT;

        Feed feed() {
            return new FeedBuilder()
                    .name("people")
                    .into(PEOPLE.name(), "id")
                    .csv(csv)
                    .columns(new ColumnPolicy(schema, missingColumns, renames, constants, formats, onInvalid, rules))
                    .build();
        }
    }
}
