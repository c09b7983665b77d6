package io.caravan.csv;

import static io.caravan.csv.record.CsvText.bytes;
import static io.caravan.csv.record.CsvText.charset;
import static io.caravan.csv.record.CsvText.join;
import static io.caravan.csv.record.CsvText.records;
import static io.caravan.csv.record.CsvText.slowly;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.csv.record.CsvReader;
import io.caravan.csv.record.CsvRecord;
import io.caravan.model.feed.CsvFormat;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CharsetTest {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final Charset SHIFT_JIS = Charset.forName("Shift_JIS");

    static Stream<Arguments> objects() {
        return Stream.of(
                object("UTF-8", UTF_8, ascii("é,€,😀\n", UTF_8), "1: é|€|😀"),
                object("UTF-8 with a mark", UTF_8, ascii("\uFEFFa,b\n", UTF_8), "1: a|b"),
                object("UTF-8 U+FFFD", UTF_8, bytes(0xEF, 0xBF, 0xBD, '\n'), "1: \uFFFD"),
                object(
                        "a byte that is not of UTF-8 touches its record only",
                        UTF_8,
                        join(bytes('a', '\n', 'b', ',', 0xE9, 't', '\n'), ascii("é\n", UTF_8)),
                        "1: a",
                        "2: CSV_CHARSET b,\\xE9t",
                        "3: é"),
                object(
                        "every byte of a cut character is shown",
                        UTF_8,
                        bytes(0xF0, 0x9F, 0x98, '\n', 0xC3),
                        "1: CSV_CHARSET \\xF0\\x9F\\x98",
                        "2: CSV_CHARSET \\xC3"),
                object("overlong forms are no UTF-8", UTF_8, bytes(0xC0, 0xAF, '\n'), "1: CSV_CHARSET \\xC0\\xAF"),
                object(
                        "surrogates are no UTF-8",
                        UTF_8,
                        bytes(0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80, '\n'),
                        "1: CSV_CHARSET \\xED\\xA0\\xBD\\xED\\xB8\\x80"),
                object(
                        "a bad byte after a character of four bytes",
                        UTF_8,
                        join(ascii("😀", UTF_8), bytes(0x80, '\n')),
                        "1: CSV_CHARSET 😀\\x80"),
                object(
                        "a bad byte does not hide a quote",
                        UTF_8,
                        bytes('"', 0xC3, '"', ',', 'b', '\n', 'c', '\n'),
                        "1: CSV_CHARSET \"\\xC3\",b",
                        "2: c"),
                object("ISO-8859-1", ISO_8859_1, bytes(0xE9, ',', 0x81, '\n'), "1: é|\u0081"),
                object("windows-1252", WINDOWS_1252, bytes(0x80, ',', 0xE9, '\n'), "1: €|é"),
                object(
                        "the five holes of windows-1252",
                        WINDOWS_1252,
                        bytes(0x81, 0x8D, '\n', 'a', 0x8F, '\n', 0x90, '\n', 0x9D, '\n', 'b', '\n'),
                        "1: CSV_CHARSET \\x81\\x8D",
                        "2: CSV_CHARSET a\\x8F",
                        "3: CSV_CHARSET \\x90",
                        "4: CSV_CHARSET \\x9D",
                        "5: b"),
                object("a mark of UTF-8 before windows-1252", WINDOWS_1252, bytes(0xEF, 0xBB, 0xBF, 'a'), "1: a"),
                object("ASCII", US_ASCII, bytes('a', '\n', 0xE9, '\n'), "1: a", "2: CSV_CHARSET \\xE9"),
                object("UTF-16 with a mark", UTF_16, join(bytes(0xFF, 0xFE), ascii("é,😀\n", UTF_16LE)), "1: é|😀"),
                object(
                        "UTF-16 joined",
                        UTF_16,
                        join(bytes(0xFF, 0xFE), ascii("a\n\uFEFF\"é\"\n", UTF_16LE)),
                        "1: a",
                        "2: 'é'"),
                object("UTF-16BE joined", UTF_16BE, ascii("\uFEFFa\r\n\uFEFFb\n", UTF_16BE), "1: a", "2: b"),
                object("UTF-16LE joined", UTF_16LE, ascii("a\n\uFEFF\uFEFFb\n", UTF_16LE), "1: a", "2: b"),
                object(
                        "UTF-32 joined",
                        Charset.forName("UTF-32"),
                        bytes(0, 0, 0xFE, 0xFF, 0, 0, 0, 'a', 0, 0, 0, '\n', 0, 0, 0xFE, 0xFF, 0, 0, 0, 'b'),
                        "1: a",
                        "2: b"),
                object(
                        "UTF-32LE joined",
                        Charset.forName("UTF-32LE"),
                        ascii("\uFEFFa\n\uFEFFb\n", Charset.forName("UTF-32LE")),
                        "1: a",
                        "2: b"),
                object(
                        "GB18030 with marks",
                        Charset.forName("GB18030"),
                        ascii("\uFEFF表\n\uFEFF\"b\"\n", Charset.forName("GB18030")),
                        "1: 表",
                        "2: 'b'"),
                object("UTF-16 without a mark", UTF_16, ascii("é,b\n", UTF_16BE), "1: é|b"),
                object("UTF-16LE with a mark", UTF_16LE, ascii("\uFEFFa\n", UTF_16LE), "1: a"),
                object("UTF-16BE with a mark", UTF_16BE, ascii("\uFEFFa\n", UTF_16BE), "1: a"),
                object(
                        "half a character of UTF-16",
                        UTF_16BE,
                        join(ascii("a\nb", UTF_16BE), bytes(0xFF)),
                        "1: a",
                        "2: CSV_CHARSET b\\xFF"),
                object(
                        "half a pair of UTF-16",
                        UTF_16BE,
                        join(bytes(0xD8, 0x3D), ascii("a\nb", UTF_16BE)),
                        "1: CSV_CHARSET \\xD8\\x3Da",
                        "2: b"),
                object(
                        "half a pair of UTF-16 before a line break",
                        UTF_16LE,
                        join(ascii("a", UTF_16LE), bytes(0x3D, 0xD8), ascii("\nb", UTF_16LE)),
                        "1: CSV_CHARSET a\\x3D\\xD8",
                        "2: b"),
                object(
                        "half a character of Shift_JIS before a line break",
                        SHIFT_JIS,
                        bytes('a', 0x81, '\n', 'b'),
                        "1: CSV_CHARSET a\\x81",
                        "2: b"),
                object(
                        "half a character of GB18030 before a line break",
                        Charset.forName("GB18030"),
                        bytes('a', 0x81, 0x30, 0x81, '\n', 'b'),
                        "1: CSV_CHARSET a\\x810\\x81",
                        "2: b"),
                object("UTF-32", Charset.forName("UTF-32"), bytes(0, 0, 0, 'a', 0, 1, 0xF6, 0), "1: a😀"),
                object(
                        "half a pair of UTF-32",
                        Charset.forName("UTF-32BE"),
                        bytes(0, 0, 0, 'a', 0, 0, 0xD8, 0x3D),
                        "1: CSV_CHARSET a\\uD83D"),
                object(
                        "Shift_JIS, whose second bytes look like ASCII",
                        SHIFT_JIS,
                        join(ascii("表,\"ソ\"\n", SHIFT_JIS), bytes('a', 0xFD, '\n')),
                        "1: 表|'ソ'",
                        "2: CSV_CHARSET a\\xFD"),
                object(
                        "ISO-2022-JP",
                        Charset.forName("ISO-2022-JP"),
                        ascii("表,b\n", Charset.forName("ISO-2022-JP")),
                        "1: 表|b"));
    }

    private static byte[] ascii(String text, Charset charset) {
        return text.getBytes(charset);
    }

    private static Arguments object(String name, Charset charset, byte[] content, String... records) {
        return arguments(name, charset(charset), content, List.of(records));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("objects")
    void recordsAre(String name, CsvFormat format, byte[] content, List<String> expected) {
        assertThat(records(format, content)).as(name).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("objects")
    void recordsDoNotDependOnHowTheBytesArrive(String name, CsvFormat format, byte[] content, List<String> expected) {
        for (int bytesAtOnce : new int[] {1, 2, 3, 7}) {
            assertThat(records(new CsvReader(slowly(content, bytesAtOnce), format)))
                    .as(name)
                    .isEqualTo(expected);
        }
    }

    @Test
    void theReasonNamesTheField() {
        CsvReader reader = new CsvReader(
                new ByteArrayInputStream(bytes('a', ',', '"', '"', '"', 0xE9, '"', ',', 0xE9)), CsvFormat.DEFAULT);

        assertThat(reader.next().problem())
                .contains(new CsvRecord.Problem(ErrorCode.CSV_CHARSET, "field 2 holds bytes that are not UTF-8"));
    }

    @Test
    void theMarkOfUtf16RejectsAnObjectOfAnotherCharset() {
        CsvReader reader = new CsvReader(
                new ByteArrayInputStream(join(bytes(0xFF, 0xFE), ascii("a,b\n", UTF_16LE))), CsvFormat.DEFAULT);

        assertThatThrownBy(reader::hasNext)
                .isInstanceOfSatisfying(
                        CaravanException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OBJECT_CHARSET))
                .hasMessageContaining("set the feed's charset to UTF-16");
    }

    @Test
    void badBytesBeyondTheFirstBufferTouchTheirRecordOnly() {
        byte[] good = ascii("good,é\n".repeat(20_000), UTF_8);
        List<String> found = records(CsvFormat.DEFAULT, join(good, bytes(0xE9, '\n'), good));

        assertThat(found).hasSize(40_001);
        assertThat(found.stream().filter(record -> !record.endsWith("good|é")))
                .containsExactly("20001: CSV_CHARSET \\xE9");
    }
}
