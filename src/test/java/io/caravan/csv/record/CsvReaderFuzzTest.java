package io.caravan.csv.record;

import static io.caravan.csv.record.CsvText.escapes;
import static io.caravan.csv.record.CsvText.format;
import static io.caravan.csv.record.CsvText.slowly;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.base.RejectedObjectException;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.Escapes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds for every text, however malformed. */
class CsvReaderFuzzTest {

    private static final String[] PIECES = {
        "a",
        "bc ",
        "é",
        "😀",
        " ",
        "\t",
        ",",
        ",",
        "\"",
        "\"",
        "\"\"",
        "\\",
        "\\\"",
        "\\303\\xa9",
        "\\n",
        "\n",
        "\r\n",
        "\r",
        "\",\"",
        "\"x",
        "xxxxxxxxx"
    };
    private static final List<CsvFormat> FORMATS = List.of(
            CsvFormat.DEFAULT,
            format(',', '"', '\\', "\\N"),
            format(',', null, null, ""),
            format('\t', '"', null, ""),
            escapes(Escapes.POSTGRES, null, "\\N"),
            escapes(Escapes.MYSQL, '"', ""));

    @Test
    void noCharacterIsLost() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            String object = randomObject(random);
            List<String> raws = new ArrayList<>();
            if (read(object, FORMATS.get(i % FORMATS.size()), CsvReader.DEFAULT_MAX_RECORD_CHARS, 8192, raws) == null) {
                assertThat(withoutBreaks(String.join("", raws))).isEqualTo(withoutBreaks(object));
            }
        }
    }

    @Test
    void howTheBytesArriveAndHowLongRecordsMayBeChangesNothingButTheTooLong() {
        Random random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            String object = randomObject(random);
            CsvFormat format = FORMATS.get(i % FORMATS.size());
            int maxRecordChars = 16 + random.nextInt(16);
            List<String> atOnce = new ArrayList<>();
            List<String> slowly = new ArrayList<>();
            assertThat(read(object, format, maxRecordChars, 1 + random.nextInt(3), slowly))
                    .as(object)
                    .isEqualTo(read(object, format, maxRecordChars, 8192, atOnce));
            assertThat(slowly).hasSameSizeAs(atOnce);
        }
    }

    /** Returns why the object was rejected, or null if it was not. */
    private static @Nullable String read(
            String object, CsvFormat format, int maxRecordChars, int bytesAtOnce, List<String> raws) {
        CsvReader reader = new CsvReader(slowly(object.getBytes(UTF_8), bytesAtOnce), format, maxRecordChars);
        long line = 0;
        try {
            while (reader.hasNext()) {
                CsvRecord record = reader.next();
                assertThat(record.lineNumber()).isGreaterThan(line);
                line = record.lineNumber();
                if (record.problem().isEmpty()) {
                    for (int field = 0; field < record.size(); field++) {
                        assertThat(record.raw().length())
                                .isGreaterThanOrEqualTo(record.field(field).length());
                    }
                }
                raws.add(record.raw());
            }
        } catch (RejectedObjectException e) {
            return e.getMessage();
        }
        return null;
    }

    private static String withoutBreaks(String text) {
        return text.replace("\r", "").replace("\n", "");
    }

    private static String randomObject(Random random) {
        StringBuilder object = new StringBuilder();
        for (int pieces = random.nextInt(25); pieces >= 0; pieces--) {
            object.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return object.toString();
    }
}
