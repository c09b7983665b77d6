package io.caravan.csv;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.base.RejectedObjectException;
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
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * From the bytes of an object to rows, whatever they are. Another seed, and more objects, by the system properties
 * {@code caravan.fuzz.seed} and {@code caravan.fuzz.objects}.
 */
class RowFuzzTest {

    private static final long SEED = Long.getLong("caravan.fuzz.seed", 20260101);
    private static final int OBJECTS = Integer.getInteger("caravan.fuzz.objects", 10_000);

    private static final int MAX_RECORD_CHARS = 64;

    private static final Pattern MARKS = Pattern.compile("(?<=^|[\r\n])\uFEFF+");

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private static final TargetTable EVERY_TYPE = table(
            column("small", ColumnType.of(Kind.SMALLINT)),
            column("whole", ColumnType.of(Kind.INTEGER)),
            column("big", ColumnType.of(Kind.BIGINT)),
            column("price", ColumnType.decimal(8, 2)),
            column("ratio", ColumnType.of(Kind.REAL)),
            column("share", ColumnType.of(Kind.DOUBLE)),
            column("flag", ColumnType.of(Kind.BOOLEAN)),
            column("day", ColumnType.of(Kind.DATE)),
            column("time", ColumnType.of(Kind.TIMESTAMP)),
            column("instant", ColumnType.of(Kind.TIMESTAMPTZ)),
            column("code", ColumnType.character(3)),
            column("note", ColumnType.varchar(12)));

    private static final TargetTable TEXTS = table(
            column("a", ColumnType.varchar(65_535)),
            column("b", ColumnType.varchar(65_535)),
            column("c", ColumnType.varchar(65_535)));

    private static final List<String> PIECES = List.of(
            "a",
            "é",
            "😀",
            " ",
            "\t",
            ",",
            ",",
            ",",
            ",",
            ",",
            ";",
            "\"",
            "\"\"",
            "\\",
            "\\n",
            "\\xc3\\251",
            "\\377",
            "\\.\n",
            "whole\n",
            "\n",
            "\n",
            "\r\n",
            "\r",
            "\u0000",
            "\uFEFF",
            "0",
            "-1",
            "99999999999999999999",
            "1e308",
            "1e999",
            "NaN",
            "Infinity",
            "12.345",
            ".",
            "2026-02-29",
            "2024-02-29",
            "0000-00-00",
            "24:00:00",
            "2026-03-29 02:30:00",
            "2026-01-01T00:00:00+14:00",
            "true",
            "T",
            "\\N",
            "x".repeat(70),
            "=1+1",
            "\"; DROP TABLE x; --");

    private static final List<CsvFormat> FORMATS = List.of(
            CsvFormat.DEFAULT,
            new CsvFormat(UTF_8, ';', '\'', '\\', true, "\\N"),
            new CsvFormat(UTF_8, ',', '"', '\\', Escapes.POSTGRES, true, "\\N"),
            new CsvFormat(UTF_8, ';', '"', '\\', Escapes.MYSQL, false, ""),
            new CsvFormat(UTF_8, ',', null, null, false, ""),
            new CsvFormat(UTF_16BE, ',', '"', null, false, ""),
            new CsvFormat(WINDOWS, '\t', '"', null, true, ""));

    @Test
    void everyRecordBecomesARowOrARejectedRowAndNothingElseIsThrown() {
        Random random = new Random(SEED);
        long rows = 0;
        for (int i = 0; i < OBJECTS; i++) {
            CsvFormat format = FORMATS.get(i % FORMATS.size());
            byte[] object = randomObject(random, format);
            try {
                rows += read(object, format);
            } catch (RejectedObjectException e) {
                assertThat(e.getMessage()).isNotBlank();
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + SEED + ", object " + i, e);
            }
        }
        assertThat(rows)
                .as("rows that passed, so that more than rejections was tried")
                .isGreaterThan(OBJECTS / 100);
    }

    @Test
    void rowsAreThoseOfAnIndependentParserWhereBothAcceptTheObject() {
        Random random = new Random(SEED);
        int compared = 0;
        for (int i = 0; i < OBJECTS; i++) {
            String object = randomTexts(random);
            // Marks at the beginnings of records are no text.
            Optional<List<List<String>>> theirs =
                    CommonsCsvDifferentialTest.theirs(MARKS.matcher(object).replaceAll(""));
            Optional<List<List<String>>> ours = rows(object);
            if (theirs.isPresent() && ours.isPresent()) {
                compared++;
                assertThat(ours.map(RowFuzzTest::withoutBlank))
                        .as("seed %d, object %d: %s", SEED, i, object)
                        .isEqualTo(theirs.map(RowFuzzTest::withoutBlank));
            }
        }
        assertThat(compared).as("objects that both accept").isGreaterThan(OBJECTS / 10);
    }

    /** Records of empty fields are no rows; whether the fields were quoted, the other parser does not tell. */
    private static List<List<String>> withoutBlank(List<List<String>> rows) {
        return rows.stream()
                .filter(row -> row.size() == 1 || !row.stream().allMatch(String::isEmpty))
                .toList();
    }

    /** Returns how many records became rows. */
    private static int read(byte[] object, CsvFormat format) {
        CsvReader records = new CsvReader(new ByteArrayInputStream(object), format, MAX_RECORD_CHARS);
        RowReader reader = new RowReader(records, EVERY_TYPE, List.of("whole"), format);
        int rows = 0;
        long line = 0;
        for (int read = 0; reader.hasNext(); read++) {
            assertThat(read).as("records, each of at least a byte").isLessThanOrEqualTo(object.length);
            ParsedRow parsed = reader.next();
            if (parsed instanceof Row row) {
                rows++;
                assertThat(row.values()).hasSize(reader.columns().size());
                assertThat(row.values()
                                .get(reader.columns()
                                        .indexOf(EVERY_TYPE.columns().get(1))))
                        .isNotNull();
                assertThat(row.lineNumber()).isGreaterThan(line);
                line = row.lineNumber();
            } else if (parsed instanceof RejectedRow row) {
                assertThat(row.reason()).isNotBlank();
                assertThat(row.raw().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(65_535);
                assertThat(row.raw()).doesNotContain("\u0000");
                assertThat(row.lineNumber()).isGreaterThan(line);
                line = row.lineNumber();
            }
        }
        return rows;
    }

    private static Optional<List<List<String>>> rows(String object) {
        CsvFormat format = new CsvFormat(UTF_8, ',', '"', null, false, "");
        RowReader reader = new RowReader(
                new CsvReader(new ByteArrayInputStream(object.getBytes(UTF_8)), format), TEXTS, List.of(), format);
        List<List<String>> rows = new ArrayList<>();
        try {
            while (reader.hasNext()) {
                if (!(reader.next() instanceof Row row)) {
                    return Optional.empty();
                }
                rows.add(row.values().stream()
                        .map(value -> value == null ? "" : value)
                        .toList());
            }
        } catch (RejectedObjectException e) {
            return Optional.empty();
        }
        return Optional.of(rows);
    }

    /** Sometimes a table that may be right, sometimes anything; and then some bytes change. */
    private static byte[] randomObject(Random random, CsvFormat format) {
        String text = random.nextBoolean() ? randomTable(random, format) : randomPieces(random);
        byte[] bytes = text.getBytes(format.charset());
        for (int changes = random.nextInt(3); changes > 0 && bytes.length > 0; changes--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static String randomPieces(Random random) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "whole\n" : "");
        for (int pieces = random.nextInt(30); pieces > 0; pieces--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private static String randomTable(Random random, CsvFormat format) {
        List<String> names = new ArrayList<>(List.of("whole"));
        for (int columns = random.nextInt(3); columns > 0; columns--) {
            names.add(EVERY_TYPE
                    .columns()
                    .get(random.nextInt(EVERY_TYPE.columns().size()))
                    .name());
        }
        int fields = format.header() ? names.size() : EVERY_TYPE.columns().size();
        String delimiter = String.valueOf(format.delimiter());
        StringBuilder text = new StringBuilder(format.header() ? String.join(delimiter, names) + "\n" : "");
        for (int records = random.nextInt(5); records > 0; records--) {
            for (int field = 0; field < fields; field++) {
                text.append(field == 0 ? "" : delimiter);
                text.append(random.nextInt(3) > 0 ? "7" : PIECES.get(random.nextInt(PIECES.size())));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String randomTexts(Random random) {
        StringBuilder object = new StringBuilder();
        for (int records = random.nextInt(4); records >= 0; records--) {
            for (int field = 0; field < 3; field++) {
                object.append(field == 0 ? "" : ",");
                String text = PIECES.get(random.nextInt(PIECES.size()));
                boolean quoted = random.nextInt(3) == 0;
                object.append(quoted ? '"' + text.replace("\"", "\"\"") + '"' : text.replace(",", ""));
            }
            object.append(random.nextBoolean() ? "\n" : "\r\n");
        }
        return object.toString();
    }

    private static TargetTable table(Column... columns) {
        return new TargetTable(TableName.parse("public.fuzz"), List.of(columns));
    }

    private static Column column(String name, ColumnType type) {
        return new Column(name, type, true, false);
    }
}
