package io.caravan.csv.record;

import static io.caravan.csv.record.CsvText.escapes;
import static io.caravan.csv.record.CsvText.failingAfter;
import static io.caravan.csv.record.CsvText.format;
import static io.caravan.csv.record.CsvText.records;
import static io.caravan.csv.record.CsvText.slowly;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.Escapes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CsvReaderTest {

    private static final CsvFormat RFC = CsvFormat.DEFAULT;
    private static final CsvFormat NO_QUOTES = format(',', null, null, "");
    private static final CsvFormat ESCAPED = format(',', '"', '\\', "\\N");
    private static final CsvFormat POSTGRES = escapes(Escapes.POSTGRES, null, "\\N");
    private static final CsvFormat POSTGRES_QUOTED = escapes(Escapes.POSTGRES, '"', "-");
    private static final CsvFormat MYSQL = escapes(Escapes.MYSQL, '"', "-");
    private static final CsvFormat TABS = format('\t', '"', null, "");

    /** One CSV rule each. Records are shown as {@code line: field|'quoted field'} or {@code line: ERROR_CODE raw}. */
    static Stream<Arguments> rules() {
        return Stream.of(
                rule("an empty object has no records", RFC, ""),
                rule("fields are split at the delimiter", RFC, "a,b,c\n", "1: a|b|c"),
                rule("the last record needs no line break", RFC, "a\nb", "1: a", "2: b"),
                rule("\\r\\n is one line break", RFC, "a\r\nb\r\n", "1: a", "2: b"),
                rule("\\r alone is a line break", RFC, "a\rb\r", "1: a", "2: b"),
                rule("line breaks may be mixed", RFC, "a\n\rb\r\n\nc", "1: a", "3: b", "5: c"),
                rule("empty lines are skipped and counted", RFC, "\n\r\na\n\n\r\n\rb\n\n", "3: a", "7: b"),
                rule("a line of blanks is a record", RFC, " \n", "1:  "),
                rule("empty quotes are a record", RFC, "\"\"\n", "1: ''"),
                rule("empty fields are fields", RFC, ",\n,,\n", "1: |", "2: ||"),
                rule("an empty field ends the object", RFC, "a,", "1: a|"),
                rule("blanks are part of an unquoted field", RFC, " a , b \n", "1:  a | b "),
                rule("quotes keep delimiters", RFC, "\"a,b\",c\n", "1: 'a,b'|c"),
                rule("quotes keep line breaks", RFC, "\"a\nb\r\nc\rd\"\ne", "1: 'a\nb\r\nc\rd'", "5: e"),
                rule("a doubled quote is a quote", RFC, "\"a\"\"b\",\"\"\"\"\n", "1: 'a\"b'|'\"'"),
                rule("doubled quotes in a row are as many", RFC, "\"\"\"\"\"\"\n", "1: '\"\"'"),
                rule("quotes keep the blanks inside", RFC, "\" a \"\n", "1: ' a '"),
                rule("blanks around quotes are dropped", RFC, "1, \"a,b\"\t, 2\n", "1: 1|'a,b'| 2"),
                rule("a quoted field may end the object", RFC, "a,\"b\"", "1: a|'b'"),
                rule("a quoted field and blanks may end the object", RFC, "\"b\"  ", "1: 'b'"),
                rule(
                        "a quote inside an unquoted field is text",
                        RFC,
                        "5\" pipe,a\"\"b,c\"\n",
                        "1: 5\" pipe|a\"\"b|c\""),
                rule("no quote, no quoting", NO_QUOTES, "\"a,b\"\n\"\n", "1: \"a|b\"", "2: \""),
                rule("a tab is no blank where it delimits", TABS, "\"a\"\t\t \"b\"\n", "1: 'a'||'b'"),
                rule("any character delimits", format('§', '\'', null, ""), "a§'b§c'\n", "1: a|'b§c'"),
                rule("NUL is text", RFC, "a\0b,\"\0\"\n", "1: a\0b|'\0'"),
                rule("U+FFFD in the object is text", RFC, "\uFFFD\n", "1: \uFFFD"),
                rule("characters of four bytes are text", RFC, "😀,\"😀\"\n", "1: 😀|'😀'"),
                rule("the byte order mark is skipped", RFC, "\uFEFF\"a\",b\n", "1: 'a'|b"),
                rule("a byte order mark elsewhere is text", RFC, "a,\uFEFFb\uFEFF\n", "1: a|\uFEFFb\uFEFF"),
                rule("byte order marks that joining leaves are skipped", RFC, "a\n\uFEFFb\n", "1: a", "2: b"),
                rule("a byte order mark before a quote is skipped", RFC, "a\n\uFEFF\"b,c\",d", "1: a", "2: 'b,c'|d"),
                rule("several byte order marks are skipped", RFC, "a\r\n\uFEFF\uFEFF\uFEFFb", "1: a", "2: b"),
                rule("a line of a byte order mark is empty", RFC, "a\n\uFEFF\r\n\r\uFEFF\nb", "1: a", "5: b"),
                rule("a byte order mark at the end is no record", RFC, "a\n\uFEFF", "1: a"),
                rule("a byte order mark behind blanks is text", RFC, " \uFEFFa\n", "1:  \uFEFFa"),
                rule("a byte order mark inside quotes is text", RFC, "\"\uFEFFa\n\uFEFFb\"", "1: '\uFEFFa\n\uFEFFb'"),
                rule(
                        "a byte order mark behind a malformed record is skipped",
                        RFC,
                        "\"x\"y\n\uFEFFb\n",
                        "1: CSV_QUOTE \"x\"y",
                        "2: b"),

                // With an escape character.
                rule("the escape takes a quote", ESCAPED, "\"a\\\"b\",\\\"\n", "1: 'a\"b'|'\"'"),
                rule("the escape takes a delimiter", ESCAPED, "a\\,b\n", "1: 'a,b'"),
                rule("the escape takes itself", ESCAPED, "a\\\\,\"\\\\\"\n", "1: 'a\\'|'\\'"),
                rule("the escape takes a line break", ESCAPED, "a\\\nb\\\r\nc\nd", "1: 'a\nb\r\nc'", "4: d"),
                rule("the escape takes other signs as they are", ESCAPED, "\\-\\ \\😀\\'\n", "1: '- 😀''"),
                rule("an escaped letter may be another", ESCAPED, "a\\nb\nc", "1: CSV_ESCAPE a\\nb", "2: c"),
                rule("an escaped digit may be a number", ESCAPED, "a,\"\\1\"\nc", "1: CSV_ESCAPE a,\"\\1\"", "2: c"),
                rule("an escaped letter of any script", ESCAPED, "C:\\Übung\nc", "1: CSV_ESCAPE C:\\Übung", "2: c"),
                rule(
                        "an escaped letter that delimits is one",
                        format('x', 'q', '^', ""),
                        "a^xb^q^^xc\n^a\n",
                        "1: 'axbq^'|c",
                        "2: CSV_ESCAPE ^a"),
                rule("quotes are doubled in spite of an escape", ESCAPED, "\"a\"\"b\"\n", "1: 'a\"b'"),
                rule("NULL may begin with the escape", ESCAPED, "\\N,\\\\N\n", "1: \\N|'\\N'"),
                rule("NULL is all of a field", ESCAPED, "\\Na\n \\N\n", "1: CSV_ESCAPE \\Na", "2: CSV_ESCAPE  \\N"),
                rule("NULL stands in no quotes", ESCAPED, "\"\\N\"\n", "1: CSV_ESCAPE \"\\N\""),

                // As databases escape.
                rule(
                        "letters of PostgreSQL are control characters",
                        POSTGRES,
                        "\\b\\f\\n\\r\\t\\v\\\\\\,\\q\\é\\Z\\.\\8\n",
                        "1: '\b\f\n\r\t\u000B\\,qéZ.8'"),
                rule(
                        "numbers of PostgreSQL are bytes",
                        POSTGRES,
                        "\\101\\60\\7\\x42\\x4g\\xg\n",
                        "1: 'A0\u0007B\u0004gxg'"),
                rule("four digits are three and one", POSTGRES, "\\1011\\x411\n", "1: 'A1A1'"),
                rule(
                        "bytes that follow each other are a character",
                        POSTGRES,
                        "\\303\\xa9\\xF0\\x9f\\230\\x80\n",
                        "1: 'é😀'"),
                rule(
                        "bytes that are no character",
                        POSTGRES,
                        "a\n\\303,\\xa9\nb",
                        "1: a",
                        "2: CSV_CHARSET \\303,\\xa9",
                        "3: b"),
                rule("bytes with a character between", POSTGRES, "\\303é\\xa9\n", "1: CSV_CHARSET \\303é\\xa9"),
                rule("a number beyond a byte", POSTGRES, "\\400\n", "1: CSV_CHARSET \\400"),
                rule("a surrogate in bytes", POSTGRES, "\\xed\\xa0\\xbd\n", "1: CSV_CHARSET \\xed\\xa0\\xbd"),
                rule("U+FFFD in bytes is text", POSTGRES, "\\xef\\xbf\\xbd\n", "1: '\uFFFD'"),
                rule("NULL of PostgreSQL", POSTGRES, "\\N,a\\N,\\\\N,,N\n", "1: \\N|'aN'|'\\N'||N"),
                rule("NULL of PostgreSQL beside another", POSTGRES_QUOTED, "\\N,-,\"-\",\"\\t\"\n", "1: -|-|'-'|'\t'"),
                rule("PostgreSQL has no quotes", POSTGRES, "\"a\\tb\"\n", "1: '\"a\tb\"'"),
                rule("a line break of PostgreSQL", POSTGRES, "a\\\nb,\\n\nc", "1: 'a\nb'|'\n'", "3: c"),
                rule("the end of data is no record", POSTGRES, "a\n\\.\nb\r\n\\.\r\n\\.", "1: a", "3: b"),
                rule("a byte order mark and the end of data", POSTGRES, "\uFEFF\\.\n\uFEFFa\n", "2: a"),
                rule(
                        "what begins like the end of data",
                        POSTGRES,
                        "\\.a\n\\N\n\\\\.\n",
                        "1: '.a'",
                        "2: \\N",
                        "3: '\\.'"),
                rule("an escape of PostgreSQL escapes something", POSTGRES, "a\n\\", "1: a", "2: CSV_QUOTE \\"),
                rule(
                        "letters of MySQL are control characters",
                        MYSQL,
                        "\\0\\b\\n\\r\\t\\Z\\\\\\'\\\"\\,\\v\\1\n",
                        "1: '\0\b\n\r\t\u001A\\'\",v1'"),
                rule("MySQL escapes inside quotes", MYSQL, "\"a\\nb\\\"\"\"c\",\"\\\\\"\n", "1: 'a\nb\"\"c'|'\\'"),
                rule(
                        "NULL of MySQL, which reads it in quotes, too",
                        MYSQL,
                        "\\N,\"\\N\",a\\N,-,\"-\"\n",
                        "1: -|-|'aN'|-|'-'"),
                rule("MySQL has no end of data", MYSQL, "\\.\n", "1: '.'"),
                rule("an escape escapes something", ESCAPED, "a\nb\\", "1: a", "2: CSV_QUOTE b\\"),

                // Malformed.
                rule("text after a closing quote", RFC, "1,\"x\"y,2\n3,4\n", "1: CSV_QUOTE 1,\"x\"y,2", "2: 3|4"),
                rule("an inch mark", RFC, "1,\"5\" pipe\",2\n3,4\n", "1: CSV_QUOTE 1,\"5\" pipe\",2", "2: 3|4"),
                rule(
                        "quotes that are not doubled",
                        RFC,
                        "1,\"say \"hi, you\"\"\n3,4\n",
                        "1: CSV_QUOTE 1,\"say \"hi, you\"\"",
                        "2: 3|4"),
                rule(
                        "a malformed record keeps its later line breaks",
                        RFC,
                        "1,\"x\"y,\"a\nb\",3\n4,5\n",
                        "1: CSV_QUOTE 1,\"x\"y,\"a\nb\",3",
                        "3: 4|5"),
                rule(
                        "a malformed field keeps its line breaks",
                        RFC,
                        "\"multi \"quoted\" more\nmore, text\nend\",3\n4,5\n",
                        "1: CSV_QUOTE \"multi \"quoted\" more\nmore, text\nend\",3",
                        "4: 4|5"),
                rule(
                        "what may be the rest of a malformed record is malformed",
                        RFC,
                        "\"multi \"quoted\"\nmore\",3\na\"b,c\nd\n",
                        "1: CSV_QUOTE \"multi \"quoted\"",
                        "2: CSV_QUOTE more\",3",
                        "3: CSV_QUOTE a\"b,c",
                        "4: d"),
                rule("a malformed record may end the object", RFC, "\"x\"y", "1: CSV_QUOTE \"x\"y"),
                rule("line breaks after a malformed record", RFC, "\"x\"y\r\n\r\na", "1: CSV_QUOTE \"x\"y", "3: a"));
    }

    private static Arguments rule(String name, CsvFormat format, String object, String... records) {
        return arguments(name, format, object, List.of(records));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void recordsAre(String name, CsvFormat format, String object, List<String> expected) {
        assertThat(records(format, object)).as(name).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void recordsDoNotDependOnHowTheBytesArrive(String name, CsvFormat format, String object, List<String> expected) {
        for (int bytesAtOnce : new int[] {1, 2, 3, 7, 8192}) {
            CsvReader reader = new CsvReader(slowly(object.getBytes(UTF_8), bytesAtOnce), format);
            assertThat(records(reader)).as(name).isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void recordsAreTheSameBeyondTheFirstBuffer(String name, CsvFormat format, String object, List<String> expected) {
        String filler = "x".repeat(99) + "\n";
        for (int shift = 0; shift < 60; shift++) {
            // 32 Ki characters is what the buffer has at first; the rule's text lies across its end.
            int lines = 327;
            String before = filler.repeat(lines) + "y".repeat(32 * 1024 - 100 * lines - 1 - shift) + "\n";
            List<String> found = records(format, before + object);
            List<String> shifted = expected.stream()
                    .map(record -> (Integer.parseInt(record.substring(0, record.indexOf(':'))) + lines + 1)
                            + record.substring(record.indexOf(':')))
                    .toList();
            assertThat(found.subList(lines + 1, found.size())).as(name).isEqualTo(shifted);
        }
    }

    @Test
    void anEscapeThatMayMeanTwoThingsIsToldWithTheWayOut() {
        assertThat(problem(ESCAPED, "a,C:\\temp"))
                .isEqualTo(
                        "the escape before a letter or a digit in field 2, which may stand for itself or for something"
                                + " else; set the feed's escape to postgres or mysql if one of these has written the object, to none"
                                + " if a backslash is text, or the feed's nullString to \\N if that is NULL");
        assertThat(problem(format(',', '"', '^', ""), "^t"))
                .isEqualTo(
                        "the escape before a letter or a digit in field 1, which may stand for itself or for something"
                                + " else; set the feed's escape to none if the character is text");
    }

    /** In which encoding they are bytes is that of a database nobody knows here. */
    @Test
    void numbersOfBytesAreReadInUtf8AndRefusedInOtherCharsetsUnlessOfAscii() {
        CsvFormat latin = new CsvFormat(StandardCharsets.ISO_8859_1, '\t', null, '\\', Escapes.POSTGRES, false, "\\N");

        assertThat(records(latin, "\\x41é\nb\\xe9\n")).containsExactly("1: 'Aé'", "2: CSV_CHARSET b\\xe9");
        assertThat(problem(latin, "\\xe9")).isEqualTo("field 1 holds numbers of bytes that are no characters of UTF-8");
    }

    private static String problem(CsvFormat format, String object) {
        return new CsvReader(new ByteArrayInputStream(object.getBytes(format.charset())), format)
                .next()
                .problem()
                .orElseThrow()
                .reason();
    }

    @Test
    void aRecordLargerThanEveryBufferIsWhole() {
        String field = "long,\"\"\n".repeat(100_000);

        assertThat(records(RFC, "a,\"" + field + "\"\nb"))
                .containsExactly("1: a|'" + field.replace("\"\"", "\"") + "'", "100002: b");
    }

    @Test
    void anUnclosedQuoteRejectsTheObjectAndNamesItsLine() {
        CsvReader reader = reader("a,b\n1,\"x\n2,y\n3,z\n");
        reader.next();

        assertThatThrownBy(reader::next)
                .isInstanceOfSatisfying(
                        CaravanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OBJECT_UNCLOSED_QUOTE))
                .hasMessageStartingWith(
                        "the quoted field that begins at line 2 is not closed before the end of the object; ");
    }

    @Test
    void anUnclosedQuoteAfterTextBehindAQuoteRejectsTheObject() {
        CsvReader reader = reader("1,\"x\"y,\"z\n2,y\n");

        assertThatThrownBy(reader::next)
                .hasMessageStartingWith(
                        "the quoted field that begins at line 1 is not closed before the end of the object; ");
    }

    @Test
    void aRecordThatIsTooLongIsReportedAndTheNextOneIsRead() {
        String tooLong = "long,".repeat(1_000_000) + "\"with\na line break\"";
        CsvReader reader = reader("a\n" + tooLong + "\nb\n", 1_000);

        List<String> found = records(reader);

        assertThat(found).hasSize(3).startsWith("1: a").endsWith("4: b");
        assertThat(found.get(1)).startsWith("2: CSV_RECORD_TOO_LONG long,long,").endsWith(RawText.CUT);
    }

    @Test
    void aRecordMayBeAsLongAsTheLimit() {
        String record = "x".repeat(1_000);

        assertThat(records(reader(record + "\r\n" + record, 1_000))).containsExactly("1: " + record, "2: " + record);
        assertThat(records(reader(record + "y\r\nz", 999)).get(0)).startsWith("1: CSV_RECORD_TOO_LONG");
    }

    @Test
    void aQuotedFieldThatDoesNotEndWithinTheLimitRejectsTheObject() {
        CsvReader reader = reader("a\n1,\"x\n" + "good,row\n".repeat(1_000), 1_000);
        reader.next();

        assertThatThrownBy(reader::next)
                .isInstanceOfSatisfying(
                        CaravanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OBJECT_UNCLOSED_QUOTE))
                .hasMessageContaining("begins at line 2 is longer than the feed's maxRecordChars, 1000");
    }

    @Test
    void aQuoteLeftOpenInAMalformedRecordCannotSwallowMoreThanTheLimit() {
        CsvReader reader = reader("\"x\"y,\"\n" + "good,row\n".repeat(10_000), 1_000);

        assertThatThrownBy(reader::next)
                .hasMessageContaining("begins at line 1 is longer than the feed's maxRecordChars, 1000");
    }

    @Test
    void moreFieldsThanATableCanHaveAreARecordOfTheWrongShape() {
        assertThat(records(RFC, ",".repeat(70_000) + "\na").get(0)).startsWith("1: CSV_FIELD_COUNT ,,,");
    }

    @Test
    void rawIsCutWithAMarkAtWhatAVarcharHolds() {
        String euros = "€".repeat(65_535 / 3);
        CsvReader reader = reader("\"\"" + euros + "\n\"\"" + "€".repeat(20_000) + "\n\"\"" + euros + "\n");

        String cut = reader.next().raw();
        String whole = reader.next().raw();

        assertThat(cut.getBytes(UTF_8).length).isBetween(65_530, 65_535);
        assertThat(cut).endsWith("€" + RawText.CUT);
        assertThat(whole).isEqualTo("\"\"" + "€".repeat(20_000));
    }

    @Test
    void rawShowsNul() {
        assertThat(reader("a\0b,c\n").next().raw()).isEqualTo("a\\x00b,c");
    }

    @Test
    void hasNextMayBeAskedTwice() {
        CsvReader reader = reader("\n\na\n");

        assertThat(reader.hasNext()).isTrue();
        assertThat(reader.hasNext()).isTrue();
        assertThat(reader.next().field(0)).isEqualTo("a");
        assertThat(reader.hasNext()).isFalse();
        assertThat(reader.hasNext()).isFalse();
        assertThatThrownBy(reader::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aFieldThatIsNotThereIsRefused() {
        CsvRecord record = reader("a,b,c\nd\n").next();

        assertThatThrownBy(() -> record.field(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> record.quoted(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aStreamThatFailsIsRetryable() {
        IOException failure = new IOException("connection reset");
        CsvReader reader = new CsvReader(failingAfter("a\nb".getBytes(UTF_8), failure), RFC);

        assertThatThrownBy(() -> records(reader))
                .isInstanceOf(RetryableException.class)
                .hasCause(failure)
                .satisfies(e -> assertThat(((CaravanException) e).code()).isEqualTo(ErrorCode.OBJECT_READ_FAILED));
    }

    @Test
    void whatTheStreamThrowsPassesThrough() {
        RetryableException failure = new RetryableException(ErrorCode.OBJECT_TRUNCATED, "ended early");
        CsvReader reader = new CsvReader(failingAfter("a\nb".getBytes(UTF_8), failure), RFC);

        assertThatThrownBy(() -> records(reader)).isSameAs(failure);
    }

    private static CsvReader reader(String object) {
        return new CsvReader(new ByteArrayInputStream(object.getBytes(UTF_8)), RFC);
    }

    private static CsvReader reader(String object, int maxRecordChars) {
        return new CsvReader(new ByteArrayInputStream(object.getBytes(UTF_8)), RFC, maxRecordChars);
    }
}
