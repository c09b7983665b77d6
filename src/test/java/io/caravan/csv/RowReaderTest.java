package io.caravan.csv;

import static io.caravan.csv.record.CsvText.format;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.csv.record.CsvReader;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.Escapes;
import io.caravan.model.row.ParsedRow;
import io.caravan.model.row.RejectedRow;
import io.caravan.model.row.Row;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowReaderTest {

    private static final Column ID = new Column("id", ColumnType.of(Kind.INTEGER), false, false);
    private static final Column NAME = new Column("name", ColumnType.varchar(10), true, false);
    private static final Column CITY = new Column("city", ColumnType.varchar(10), false, true);
    private static final Column TOTAL = new Column("total", ColumnType.decimal(6, 2), false, false);
    private static final TargetTable ORDERS =
            new TargetTable(TableName.parse("sales.orders"), List.of(ID, NAME, CITY, TOTAL));
    private static final List<String> KEYS = List.of("ID");

    @Test
    void rowsHaveTheirValuesInTheTablesOrder() {
        RowReader reader = reader("total,id,city,name\n1.5,+7,Rome,Ann\n2,8,Oslo,\n");

        assertThat(reader.columns()).containsExactly(ID, NAME, CITY, TOTAL);
        assertThat(rest(reader)).containsExactly(row(2, "7", "Ann", "Rome", "1.50"), row(3, "8", null, "Oslo", "2.00"));
    }

    @Test
    void columnsThatTheObjectLacksAreNotLoaded() {
        RowReader reader = reader("total,id\n1,7\n");

        assertThat(reader.columns()).containsExactly(ID, TOTAL);
        assertThat(rest(reader)).containsExactly(row(2, "7", "1.00"));
    }

    @Test
    void namesAreMatchedWhateverTheirCaseAndWhiteSpace() {
        assertThat(reader("\uFEFF ID ,\"TOTAL\", \"City\" ,\tname\u2003\n").columns())
                .containsExactly(ID, NAME, CITY, TOTAL);
    }

    @Test
    void withoutAHeaderFieldsAreTheTablesColumnsInDeclaredOrder() {
        CsvFormat format = new CsvFormat(UTF_8, ',', '"', null, false, "");

        assertThat(rest(reader("7,Ann,Rome,1\n8,Bob,Oslo\n", format)))
                .containsExactly(
                        row(1, "7", "Ann", "Rome", "1.00"),
                        new RejectedRow(
                                2, null, ErrorCode.CSV_FIELD_COUNT, "3 fields where the table has 4", "8,Bob,Oslo"));
        assertThat(rest(reader("", format))).isEmpty();
    }

    @Test
    void anObjectWithAHeaderOnlyHasNoRows() {
        assertThat(rest(reader("id,total\n"))).isEmpty();
    }

    @Test
    void aRowMayNotTakeMoreThanCopyTakes() {
        List<Column> columns = new ArrayList<>(List.of(ID));
        StringBuilder header = new StringBuilder("id");
        for (int i = 0; i < 70; i++) {
            columns.add(new Column("c" + i, ColumnType.varchar(65_535), true, false));
            header.append(",c").append(i);
        }
        TargetTable wide = new TargetTable(TableName.parse("sales.wide"), columns);
        String value = "," + "\u00e9".repeat(32_000);
        String object = header + "\n1" + value.repeat(70) + "\n2" + value.repeat(64) + ",".repeat(6) + "\n";

        List<ParsedRow> rows = rest(reader(object, wide));

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0)).isInstanceOfSatisfying(RejectedRow.class, row -> {
            assertThat(row.code()).isEqualTo(ErrorCode.CSV_RECORD_TOO_LONG);
            assertThat(row.reason())
                    .isEqualTo("its values take more than 4194304 bytes of UTF-8, all that Redshift takes as a row");
        });
        assertThat(rows.get(1)).isInstanceOf(Row.class);
    }

    @Test
    void aValueThatIsLongerThanARowIsNotLookedAtUnlessItIsLoaded() {
        String tooLong = "x".repeat(RowReader.MAX_ROW_BYTES + 1);

        List<ParsedRow> rows = rest(reader("id,total,name\n1,1," + tooLong + "\n2,\"\"\"" + tooLong + "\",c\n3,1,c\n"));

        assertThat(rows.subList(0, 2)).allSatisfy(row -> assertThat(row)
                .isInstanceOfSatisfying(RejectedRow.class, rejected -> assertThat(rejected.code())
                        .isEqualTo(ErrorCode.CSV_RECORD_TOO_LONG)));
        assertThat(rows.get(2)).isEqualTo(row(4, "3", "c", "1.00"));
    }

    @Test
    void aHeaderThatIsLongerThanNamesCanBeIsNone() {
        assertThatThrownBy(() -> reader("id,total," + "x".repeat(1024 * 1024) + "\n1,1,2\n"))
                .hasMessageContaining("the header at line 1 has more than 1048576 characters");
    }

    @Test
    void theHeaderIsNoRowWhereItStandsAgain() {
        RowReader reader = reader(
                """
                id,total,name
                1,2,a
                id,total,name

                "id","total" , "name"
                \uFEFFid,total,name
                \uFEFF"id",total,name
                3,4,name
                \uFEFFid,total,name
                """);

        assertThat(rest(reader)).containsExactly(row(2, "1", "a", "2.00"), row(8, "3", "name", "4.00"));
        assertThat(reader.skipped().headers()).isEqualTo(5);
    }

    @Test
    void aRecordOfEmptyFieldsIsNoRow() {
        RowReader reader = reader(",,\nid,total,name\n1,2,a\n,,\n,,,,,\n,\n,\"\",\n, ,\n4,,\n,,");

        assertThat(rest(reader))
                .map(row -> row.lineNumber() + (row instanceof RejectedRow rejected ? " " + rejected.code() : ""))
                .containsExactly("3", "7 VALUE_NULL_KEY", "8 VALUE_NULL_KEY", "9 VALUE_NULL");
        assertThat(reader.skipped()).isEqualTo(new SkippedRecords(0, 4, 0, 0)).hasToString("4 records of empty fields");
        assertThat(new SkippedRecords(1, 1, 2, 1))
                .hasToString("1 line and 2 comments and 1 repeated header and 1 record of empty fields");
    }

    @Test
    void whereAnEmptyFieldIsNeverNullARecordOfThemIsARow() {
        TargetTable texts = new TargetTable(TableName.parse("a.texts"), List.of(NAME, CITY));
        CsvFormat format = new CsvFormat(UTF_8, '\t', null, '\\', Escapes.POSTGRES, false, "\\N");
        RowReader reader = new RowReader(
                new CsvReader(new ByteArrayInputStream("\t\n".getBytes(UTF_8)), format),
                ColumnPlan.plain(texts, List.of()),
                format);

        assertThat(rest(reader)).containsExactly(row(1, "", ""));
        assertThat(reader.skipped()).isEqualTo(SkippedRecords.NONE);
    }

    @Test
    void whatDiffersFromTheHeaderIsARecord() {
        RowReader reader = reader("id,total\ntotal,id\nid,total,name\nid\n id,total\nid,\"total\"x\n");

        assertThat(rest(reader))
                .map(row -> ((RejectedRow) row).code())
                .containsExactly(
                        ErrorCode.VALUE_FORMAT,
                        ErrorCode.CSV_FIELD_COUNT,
                        ErrorCode.CSV_FIELD_COUNT,
                        ErrorCode.VALUE_FORMAT,
                        ErrorCode.CSV_QUOTE);
        assertThat(reader.skipped().headers()).isZero();
    }

    /** Of several fields no row says all the names of its columns; one of a single field may. */
    @Test
    void inATableOfOneColumnTheHeaderIsSkippedOnlyWhereItIsNoValue() {
        TargetTable names = new TargetTable(TableName.parse("a.names"), List.of(NAME));
        TargetTable numbers = new TargetTable(TableName.parse("a.numbers"), List.of(ID));

        RowReader texts = reader("name\na\nname\n", names);
        assertThat(rest(texts)).containsExactly(row(2, "a"), row(3, "name"));
        assertThat(texts.skipped().headers()).isZero();
        RowReader others = reader("id\n1\nid\n", numbers);
        assertThat(rest(others)).containsExactly(row(2, "1"));
        assertThat(others.skipped().headers()).isOne();
    }

    @Test
    void withoutAHeaderNothingIsOne() {
        CsvFormat format = new CsvFormat(UTF_8, ',', '"', null, false, "");
        RowReader reader = reader("1,name,city,2\n\uFEFF1,name,city,2\n", format);

        assertThat(rest(reader))
                .containsExactly(row(1, "1", "name", "city", "2.00"), row(2, "1", "name", "city", "2.00"));
        assertThat(reader.skipped().headers()).isZero();
    }

    @Test
    void anUnknownColumnRejectsTheObjectAndShowsTheDifference() {
        assertRejected(
                "id,total,colour,Nmae\n",
                ErrorCode.OBJECT_UNKNOWN_COLUMN,
                "the header at line 1 names columns that sales.orders lacks: \"colour\", \"Nmae\"; columns of the table that"
                        + " the header lacks: \"name\", \"city\"; rename or add the columns in the table or in the object");
    }

    @Test
    void hostileNamesAreShownCutAndEscaped() {
        assertRejected(
                "id,total,name,city,\"a\"\"\\\u001B[31m\n\u202E" + "x".repeat(200) + "\"\n",
                ErrorCode.OBJECT_UNKNOWN_COLUMN,
                "the header at line 1 names columns that sales.orders lacks: \"a\\\"\\\\\\u{1b}[31m "
                        + "x".repeat(91)
                        + "…\"; columns of the table that the header lacks: none; rename or add the columns in the table or"
                        + " in the object");
    }

    @Test
    void manyUnknownColumnsAreCounted() {
        assertThat(rejection("id,x,y,z,total").getMessage()).contains("\"x\", \"y\", \"z\"");
        StringBuilder header = new StringBuilder("id");
        for (int i = 0; i < 60; i++) {
            header.append(",x").append(i);
        }
        assertThat(rejection(header.toString()).getMessage()).contains("\"x49\" and 10 more");
    }

    private static final String WAY_OUT =
            "; name it by its number, with an empty name if it is not to be loaded, - { name: columns, value: '2=COLUMN' }, or"
                    + " set schema: ignore, which leaves out what has no column";

    @Test
    void aHeaderNamesEveryColumnOnce() {
        assertRejected(
                "id,total,ID\n",
                ErrorCode.OBJECT_HEADER,
                "the header at line 1 names the column \"ID\" twice; name field 3 by its number, with an empty name if it is not"
                        + " to be loaded, - { name: columns, value: '3=COLUMN' }, or give sales.orders a column"
                        + " \"ID_2\"");
        assertRejected(
                "\nid,,total\n", ErrorCode.OBJECT_HEADER, "the header at line 2 has no name for field 2" + WAY_OUT);
        assertRejected(
                "id,\"  \",total\n", ErrorCode.OBJECT_HEADER, "the header at line 1 has no name for field 2" + WAY_OUT);
    }

    @Test
    void aHeaderThatCannotBeReadRejectsTheObject() {
        assertThat(rejection("\"id\"x,total\n").code()).isEqualTo(ErrorCode.OBJECT_HEADER);
        CaravanException e = catchThrowableOfType(
                CaravanException.class,
                () -> new RowReader(
                        new CsvReader(new ByteArrayInputStream("id,prénom\n".getBytes(ISO_8859_1)), CsvFormat.DEFAULT),
                        ORDERS,
                        KEYS,
                        CsvFormat.DEFAULT));
        assertThat(e.code()).isEqualTo(ErrorCode.OBJECT_CHARSET);
        assertThat(e.getMessage())
                .startsWith("the header at line 1 cannot be read: field 2 holds bytes that are not UTF-8");
    }

    @Test
    void aMissingKeyRejectsTheObject() {
        assertRejected(
                "name,total\n",
                ErrorCode.OBJECT_MISSING_KEY,
                "the header at line 1 lacks matching keys of the feed: \"id\"; every object must hold all matching keys");
    }

    @Test
    void aMissingColumnThatMustHaveAValueRejectsTheObject() {
        assertRejected(
                "id,name\n",
                ErrorCode.OBJECT_MISSING_COLUMN,
                "the header at line 1 lacks columns of sales.orders that are NOT NULL and have no default: \"total\"; add"
                        + " them to the object, or give them a default");
    }

    @Test
    void anEmptyObjectHasNoHeader() {
        assertThat(rejection("").code()).isEqualTo(ErrorCode.OBJECT_NO_HEADER);
        assertThat(rejection("\uFEFF\r\n\n").code()).isEqualTo(ErrorCode.OBJECT_NO_HEADER);
    }

    @Test
    void aKeyThatTheTableLacksIsAMistakeOfTheConfiguration() {
        assertThatThrownBy(() -> new RowReader(
                        new CsvReader(new ByteArrayInputStream(new byte[] {'i', 'd'}), CsvFormat.DEFAULT),
                        ORDERS,
                        List.of("id", "day"),
                        CsvFormat.DEFAULT))
                .isInstanceOfSatisfying(
                        CaravanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_KEY_NOT_FOUND))
                .hasMessage(
                        "the matching key \"day\" is not a column of sales.orders; its columns are \"id\", \"name\","
                                + " \"city\", \"total\"");
    }

    @Test
    void aBadRecordNeverStopsAGoodOne() {
        String object =
                """
                id,name,total
                1,Ann,1
                2,Bob
                3,"Bo"b,3
                x,Bob,y
                ,Bob,5
                6,Bob,
                7,"name that
                is long",7.005
                8,Bob,8,
                9,Zoe,9
                """;

        assertThat(rest(reader(object)))
                .containsExactly(
                        row(2, "1", "Ann", "1.00"),
                        rejected(3, null, ErrorCode.CSV_FIELD_COUNT, "2 fields where the header has 3", "2,Bob"),
                        rejected(
                                4, null, ErrorCode.CSV_QUOTE, "text after the closing quote of field 2", "3,\"Bo\"b,3"),
                        rejected(
                                5,
                                "id",
                                ErrorCode.VALUE_FORMAT,
                                "not a whole number: character 1 is not a digit; \"total\", VALUE_FORMAT: not a decimal"
                                        + " number: character 1 is not expected there",
                                "x,Bob,y"),
                        rejected(6, "id", ErrorCode.VALUE_NULL_KEY, "NULL in a matching key", ",Bob,5"),
                        rejected(7, "total", ErrorCode.VALUE_NULL, "NULL in a column that is NOT NULL", "6,Bob,"),
                        rejected(
                                8,
                                "name",
                                ErrorCode.VALUE_TOO_LONG,
                                "17 bytes of UTF-8, VARCHAR(10) holds 10; \"total\", VALUE_TOO_PRECISE: 3 digits after"
                                        + " the point, DECIMAL(6,2) keeps 2",
                                "7,\"name that\nis long\",7.005"),
                        rejected(10, null, ErrorCode.CSV_FIELD_COUNT, "4 fields where the header has 3", "8,Bob,8,"),
                        row(11, "9", "Zoe", "9.00"));
    }

    @Test
    void aReasonHasAllProblemsThatADeadLetterHasRoomFor() {
        List<Column> columns = IntStream.rangeClosed(1, 200)
                .mapToObj(i -> new Column("column" + i, ColumnType.of(Kind.INTEGER), true, false))
                .toList();
        TargetTable wide = new TargetTable(ORDERS.name(), columns);
        String header = columns.stream().map(Column::name).collect(Collectors.joining(","));
        List<ParsedRow> rows = rest(reader(header + "\n" + "x,".repeat(199) + "x\n" + "1,".repeat(199) + "x\n", wide));

        assertThat(((RejectedRow) rows.get(0)).reason())
                .startsWith("not a whole number: character 1 is not a digit; \"column2\", VALUE_FORMAT: not a whole")
                .matches("(?s).*; and 1\\d\\d more")
                .hasSizeLessThan(2048);
        assertThat(((RejectedRow) rows.get(1)).reason()).isEqualTo("not a whole number: character 1 is not a digit");
    }

    @Test
    void onlyAnUnquotedNullStringIsNullInText() {
        assertThat(names("id,name,total\n1,,1\n2,\"\",1\n3, ,1\n", CsvFormat.DEFAULT))
                .containsExactly(null, "", " ");
        assertThat(names("id,name,total\n1,NULL,1\n2,\"NULL\",1\n3,null,1\n4,,1\n", format(',', '"', null, "NULL")))
                .containsExactly(null, "NULL", "null", "");
        assertThat(names("id,name,total\n1,\\N,1\n2,\\\\N,1\n3,\"\\\\N\",1\n", format(',', '"', '\\', "\\N")))
                .containsExactly(null, "\\N", "\\N");
    }

    @Test
    void anEmptyFieldIsNullForEveryOtherType() {
        TargetTable table = new TargetTable(
                TableName.parse("t"), List.of(ID, new Column("day", ColumnType.of(Kind.DATE), true, false)));
        CsvFormat format = format(',', '"', null, "NULL");
        RowReader reader = new RowReader(
                new CsvReader(
                        new ByteArrayInputStream(
                                "id,day\n1,\n2,\"\"\n3, \t\n4,\" \"\n5,NULL\n6,\"NULL\"\n".getBytes(UTF_8)),
                        format),
                table,
                KEYS,
                format);

        assertThat(rest(reader))
                .containsExactly(
                        row(2, "1", null),
                        row(3, "2", null),
                        row(4, "3", null),
                        row(5, "4", null),
                        row(6, "5", null),
                        rejected(7, "day", ErrorCode.VALUE_FORMAT, "not a date of the form YYYY-MM-DD", "6,\"NULL\""));
    }

    @Test
    void anEmptyTextIsAKey() {
        TargetTable table = new TargetTable(
                TableName.parse("t"), List.of(new Column("code", ColumnType.varchar(3), true, false), NAME));
        RowReader reader = new RowReader(
                new CsvReader(new ByteArrayInputStream("code,name\n\"\",a\n,b\n".getBytes(UTF_8)), CsvFormat.DEFAULT),
                table,
                List.of("code"),
                CsvFormat.DEFAULT);

        assertThat(rest(reader))
                .containsExactly(
                        row(2, "", "a"), rejected(3, "code", ErrorCode.VALUE_NULL_KEY, "NULL in a matching key", ",b"));
    }

    private static List<@Nullable String> names(String object, CsvFormat format) {
        List<@Nullable String> names = new ArrayList<>();
        reader(object, format)
                .forEachRemaining(row -> names.add(((Row) row).values().get(1)));
        return names;
    }

    private static void assertRejected(String object, ErrorCode code, String message) {
        CaravanException e = rejection(object);
        assertThat(e.code()).isEqualTo(code);
        assertThat(e.getMessage()).isEqualTo(message);
    }

    private static CaravanException rejection(String object) {
        return catchThrowableOfType(CaravanException.class, () -> reader(object));
    }

    private static RowReader reader(String object) {
        return reader(object, CsvFormat.DEFAULT);
    }

    private static RowReader reader(String object, TargetTable target) {
        return new RowReader(
                new CsvReader(new ByteArrayInputStream(object.getBytes(UTF_8)), CsvFormat.DEFAULT),
                target,
                List.of(),
                CsvFormat.DEFAULT);
    }

    private static RowReader reader(String object, CsvFormat format) {
        return new RowReader(
                new CsvReader(new ByteArrayInputStream(object.getBytes(UTF_8)), format), ORDERS, KEYS, format);
    }

    private static List<ParsedRow> rest(RowReader reader) {
        List<ParsedRow> rows = new ArrayList<>();
        reader.forEachRemaining(rows::add);
        return rows;
    }

    private static ParsedRow row(long line, @Nullable String... values) {
        return new Row(line, Arrays.asList(values));
    }

    private static ParsedRow rejected(long line, @Nullable String column, ErrorCode code, String reason, String raw) {
        return new RejectedRow(line, column, code, reason, raw);
    }
}
