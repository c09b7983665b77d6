package io.caravan.csv.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentStartTest {

    private static final String ENGLISH = "id,name\n1,Anna\n";
    private static final String RUSSIAN = "имя,возраст\nАнна,5\nБорис,6\n";
    private static final String CHINESE = "姓名,城市,年\n王伟,上海,5\n李娜,北京,6\n";

    @ParameterizedTest
    @CsvSource({
        "UTF-8, UTF-8",
        "UTF-16, UTF-16BE",
        "UTF-16, UTF-16",
        "UTF-16LE, UTF-16LE",
        "UTF-16BE, UTF-16BE",
        "UTF-32, UTF-32BE",
        "UTF-32LE, UTF-32LE",
        "windows-1251, UTF-8",
        "ISO-8859-1, ISO-8859-1",
        "GB18030, GB18030",
        "Shift_JIS, UTF-8"
    })
    void textOfTheCharsetIsTaken(String feed, String written) {
        for (String text : new String[] {ENGLISH, RUSSIAN, CHINESE, "a\n", "", "ab"}) {
            byte[] bytes = text.getBytes(Charset.forName(written));

            assertThatCode(() -> ContentStart.check(bytes, bytes.length, Charset.forName(feed)))
                    .as(text)
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, UTF-16LE",
        "UTF-8, UTF-16BE",
        "UTF-8, UTF-32LE",
        "UTF-8, UTF-32BE",
        "windows-1252, UTF-16LE",
        "UTF-16, UTF-16LE",
        "UTF-16LE, UTF-16BE",
        "UTF-16, UTF-8",
        "UTF-32, UTF-8",
        "UTF-32, UTF-16LE",
        "UTF-16, UTF-32LE"
    })
    void textOfAnotherCharsetIsNot(String feed, String written) {
        for (String text : new String[] {ENGLISH, RUSSIAN, CHINESE}) {
            boolean isHard = written.equals("UTF-8") && !text.equals(ENGLISH);
            if (!isHard) {
                assertRefused(text.getBytes(Charset.forName(written)), feed, "set the feed's charset to " + written);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, UTF-16LE, UTF-16",
        "UTF-8, UTF-32LE, UTF-32",
        "UTF-16LE, UTF-16BE, UTF-16",
        "UTF-16, UTF-32LE, UTF-32",
        "UTF-16, UTF-8, UTF-8"
    })
    void aByteOrderMarkSaysTheCharset(String feed, String written, String instead) {
        assertRefused(
                ("\uFEFF" + ENGLISH).getBytes(Charset.forName(written)), feed, "set the feed's charset to " + instead);
    }

    @ParameterizedTest
    @CsvSource({
        "50415231, PAR1 without more is text",
        "4d5a2c61, MZ",
        "4f52432c61, ORC",
        "00, NUL alone",
        "6100622c, a NUL in text",
        "1f8b, no gzip yet",
        "255044462c61, a name"
    })
    void whatMayBeTextIsTaken(String hex, String what) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThatCode(() -> ContentStart.check(bytes, bytes.length, StandardCharsets.UTF_8))
                .as(what)
                .doesNotThrowAnyException();
    }

    private static void assertRefused(byte[] bytes, String charset, String reason) {
        assertThatExceptionOfType(RejectedObjectException.class)
                .isThrownBy(() -> ContentStart.check(bytes, bytes.length, Charset.forName(charset)))
                .withMessageEndingWith(reason)
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.OBJECT_CHARSET));
    }
}
