package io.caravan.csv.sample;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.csv.ColumnPlan;
import io.caravan.csv.ColumnPlanner;
import io.caravan.csv.record.SampleLimit;
import io.caravan.model.feed.ColumnPolicy;
import io.caravan.model.feed.ColumnPolicy.MissingColumns;
import io.caravan.model.feed.ColumnPolicy.Schema;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.SchemaPolicy;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectShapeTest {

    private static final TargetTable PEOPLE = new TargetTable(
            TableName.parse("people"),
            List.of(
                    new Column("id", ColumnType.of(Kind.INTEGER), false, false),
                    new Column("name", ColumnType.varchar(8), true, false),
                    new Column("code", ColumnType.character(2), true, false)));

    private static final ColumnPlan PLAIN = ColumnPlan.plain(PEOPLE, List.of("id"));

    private static final ColumnPolicy MAPPED = new ColumnPolicy(
            Schema.FREEZE,
            MissingColumns.NULL,
            Map.of("Nr", "ID", "Kunde", "name"),
            Map.of("code", "DE"),
            Map.of(),
            Map.of(),
            List.of());

    private static final CsvFormat NO_HEADER = new CsvFormat(StandardCharsets.UTF_8, ',', '"', null, false, "");

    @Test
    void columnsAreThoseOfTheHeaderInLowerCase() {
        assertThat(columns("ID, Full Name ,\"Süd/Nord\",Empty\n1,Ada,x,\n2,,y,\n"))
                .isEqualTo("id INTEGER, full name VARCHAR(16), süd/nord VARCHAR(16), empty VARCHAR(256)");
    }

    @Test
    void quotedValuesAreValuesLikeOthers() {
        assertThat(columns("id,day,zip\n\"1\",\"2026-01-01\",\"01067\"\n\"\",\"\",\"\"\n"))
                .isEqualTo("id INTEGER, day DATE, zip VARCHAR(16)");
    }

    @Test
    void theNullStringSaysNothingUnlessQuoted() {
        CsvFormat format = new CsvFormat(StandardCharsets.UTF_8, ',', '"', null, true, "NULL");

        assertThat(text(ObjectShape.sample(
                                content("a,b\n1,1\nNULL,\"NULL\"\n"),
                                format,
                                ColumnPolicy.DEFAULT,
                                List.of(),
                                SampleLimit.DEFAULT)
                        .columns(false)))
                .isEqualTo("a INTEGER, b VARCHAR(16)");
    }

    @Test
    void malformedRecordsSayNothing() {
        assertThat(columns("a,b\n1,2\nx\n\"x\" y,z\n")).isEqualTo("a INTEGER, b INTEGER");
    }

    @Test
    void theHeaderSaysNothingWhereItStandsAgain() {
        assertThat(columns("a,b\n1,x\na,b\n\uFEFF\"a\",b\n2,y\n")).isEqualTo("a INTEGER, b VARCHAR(16)");
        assertThat(columns("a\n1\na\n")).isEqualTo("a INTEGER");
    }

    @Test
    void aHeaderAloneMakesText() {
        assertThat(columns("a,b\n")).isEqualTo("a VARCHAR(256), b VARCHAR(256)");
    }

    @Test
    void theSampleEndsAtItsLimitWithoutError() {
        InputStream records = content("a\n1\n2\nx\n\"not closed");
        assertThat(text(ObjectShape.sample(
                                records, CsvFormat.DEFAULT, ColumnPolicy.DEFAULT, List.of(), new SampleLimit(2, 1_000))
                        .columns(false)))
                .isEqualTo("a INTEGER");

        InputStream bytes = content("a\n" + "1\n".repeat(1_000_000) + "\"not closed");
        assertThat(text(ObjectShape.sample(
                                bytes,
                                CsvFormat.DEFAULT,
                                ColumnPolicy.DEFAULT,
                                List.of(),
                                new SampleLimit(10_000_000, 1_000_000))
                        .columns(false)))
                .isEqualTo("a INTEGER");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|OBJECT_NO_HEADER",
                "a,,b|OBJECT_HEADER",
                "a,xmin|OBJECT_HEADER",
                "a,Caravan_Line|OBJECT_HEADER",
                "a,b\u0007c|OBJECT_HEADER",
                "a,\"b|OBJECT_UNCLOSED_QUOTE"
            })
    void namesThatNoTableCanHaveRejectTheObject(String header, ErrorCode code) {
        assertThatExceptionOfType(RejectedObjectException.class)
                .isThrownBy(() -> columns(header))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void namesAreAtMost127BytesLong() {
        assertThat(columns("ä".repeat(63) + "a\n")).isEqualTo("ä".repeat(63) + "a VARCHAR(256)");
        assertThatExceptionOfType(RejectedObjectException.class)
                .isThrownBy(() -> columns("ä".repeat(64) + "\n"))
                .withMessageStartingWith("the header at line 1 has a name of 128 bytes");
    }

    @Test
    void aTableHasAtMost1600Columns() {
        assertThatExceptionOfType(RejectedObjectException.class)
                .isThrownBy(() ->
                        columns(IntStream.range(0, 1_601).mapToObj(i -> "c" + i).collect(joining(",")) + "\n"))
                .withMessageContaining("at most 1600");
    }

    @Test
    void aTableLacksColumnsAndRoom() {
        assertThat(missing("Size,NAME,id\n1.5,Countess of L,1\n")).isEqualTo("size DECIMAL(18,3), name VARCHAR(32)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id,name\n1,12345678\n",
                "id,name\n1,12345678   \n",
                "id,name\nnot a number,\n99999999999,x\n",
                "id,code\n1,too long\n",
                "id,name\n1,too,many fields\n2\n\"x\"y,much too long\n"
            })
    void aTableThatHoldsTheObjectOrCannotLacksNothing(String object) {
        assertThat(missing(object)).isEmpty();
    }

    @Test
    void whatNoColumnHoldsIsNoReasonToChangeOne() {
        assertThat(missing("id,name\n1," + "x".repeat(70_000) + "\n2,123456789\n"))
                .isEqualTo("name VARCHAR(32)");
        assertThat(missing("id,name\n1," + "x".repeat(40_000) + "\n")).isEqualTo("name VARCHAR(65535)");
    }

    @Test
    void anObjectThatCannotLoadChangesNothing() {
        assertThatExceptionOfType(RejectedObjectException.class)
                .isThrownBy(() -> missing("name,colour\nx,red\n"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.OBJECT_MISSING_KEY));
        assertThatExceptionOfType(RejectedObjectException.class)
                .isThrownBy(() -> missing("id,colour\n1,\"red\n"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.OBJECT_UNCLOSED_QUOTE));
    }

    @Test
    void withoutAHeaderThereAreNoNewColumns() {
        assertThat(text(ObjectShape.missing(content("1,123456789,x\n2,y,x,z\n"), NO_HEADER, PLAIN, SchemaPolicy.FIXED)
                        .columns()))
                .isEqualTo("name VARCHAR(32)");
    }

    @Test
    void columnsHaveTheNamesThatTheFeedGivesThemAndConstantsHaveColumnsToo() {
        assertThat(mappedColumns("nr,KUNDE,Size\n1,Ada,2\n"))
                .isEqualTo("id INTEGER, name VARCHAR(16), size INTEGER, code VARCHAR(16)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nr,id\n1,2\n", "nr,code\n1,DE\n"})
    void aColumnThatIsNamedTwiceOrHasAConstantRejectsTheObject(String object) {
        assertThatExceptionOfType(RejectedObjectException.class)
                .isThrownBy(() -> mappedColumns(object))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.OBJECT_HEADER));
        assertThatExceptionOfType(RejectedObjectException.class)
                .isThrownBy(() -> mappedMissing(object))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.OBJECT_HEADER));
    }

    @Test
    void aMappedNameIsNoNewColumn() {
        assertThat(mappedMissing("Nr,Kunde,Size\n1,Countess of L,2\n")).isEqualTo("name VARCHAR(32), size INTEGER");
    }

    private static String mappedColumns(String object) {
        return text(ObjectShape.sample(content(object), CsvFormat.DEFAULT, MAPPED, List.of(), SampleLimit.DEFAULT)
                .columns(false));
    }

    private static String mappedMissing(String object) {
        ColumnPlan plan = new ColumnPlanner(PEOPLE, List.of("id"), MergePolicy.DEFAULT, MAPPED).plan("The feed");
        return text(ObjectShape.missing(content(object), CsvFormat.DEFAULT, plan, SchemaPolicy.FIXED)
                .columns());
    }

    private static String columns(String object) {
        return text(ObjectShape.sample(
                        content(object), CsvFormat.DEFAULT, ColumnPolicy.DEFAULT, List.of(), SampleLimit.DEFAULT)
                .columns(false));
    }

    private static String missing(String object) {
        return text(ObjectShape.missing(content(object), CsvFormat.DEFAULT, PLAIN, SchemaPolicy.FIXED)
                .columns());
    }

    private static String text(List<Column> columns) {
        assertThat(columns).allMatch(Column::nullable);
        return columns.stream()
                .map(column -> column.name() + " " + column.type().sql())
                .collect(joining(", "));
    }

    private static InputStream content(String object) {
        return new ByteArrayInputStream(object.getBytes(StandardCharsets.UTF_8));
    }
}
