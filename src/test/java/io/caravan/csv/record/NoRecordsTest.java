package io.caravan.csv.record;

import static io.caravan.csv.record.CsvText.records;
import static io.caravan.csv.record.CsvText.slowly;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.base.ErrorCode;
import io.caravan.base.RejectedObjectException;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.CsvLayout;
import io.caravan.model.feed.Escapes;
import io.caravan.model.feed.NullTexts;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Lines that are no records say nothing, whatever stands in them, and count as lines. */
class NoRecordsTest {

    private static final Pattern LINE = Pattern.compile("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$");

    private static final String[] PIECES = {
        "a",
        "bc ",
        "é",
        "😀",
        ",",
        ",",
        "\"",
        "\"\"",
        "\"x\"",
        "#",
        "\n",
        "\n",
        "\r\n",
        "\r",
        "xxxxxxxxx",
        "1,\"a\nb\",2\n"
    };

    @Test
    void linesAreTakenWhateverStandsInThem() {
        for (long seed = 1; seed <= 5_000; seed++) {
            Random random = new Random(seed);
            String object = randomObject(random);
            int before = random.nextInt(4);
            int atEnd = random.nextInt(4);
            List<String> lines = new ArrayList<>();
            for (Matcher line = LINE.matcher(object); line.find(); ) {
                lines.add(line.group());
            }
            int from = Math.min(before, lines.size());
            int to = Math.max(from, lines.size() - atEnd);
            // An empty line for each that is gone: lines keep their numbers.
            String rest = "\n".repeat(from) + String.join("", lines.subList(from, to));

            assertThat(read(object, before, atEnd, seed))
                    .as("seed %d: %s", seed, object)
                    .isEqualTo(read(rest, 0, 0, seed));
        }
    }

    private static List<String> read(String object, int before, int atEnd, long seed) {
        CsvFormat format = format(new CsvLayout(before, 0, atEnd, ""));
        CsvReader reader = new CsvReader(slowly(object.getBytes(UTF_8), 1 + (int) (seed % 9)), format);
        try {
            return records(reader);
        } catch (RejectedObjectException e) {
            return List.of(e.code() + " " + e.getMessage());
        }
    }

    private static String randomObject(Random random) {
        StringBuilder object = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            object.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return object.toString();
    }

    @Test
    void aLongObjectIsHeldBackByItsLastLinesOnly() {
        StringBuilder object = new StringBuilder("id\n");
        for (int i = 0; i < 100_000; i++) {
            object.append(i).append(i % 7 == 0 ? "\r\n" : "\n");
        }
        CsvReader reader = reader(object + "total\n\n", new CsvLayout(0, 0, 2, ""));

        long count = 0;
        while (reader.hasNext()) {
            reader.next();
            count++;
        }

        assertThat(count).isEqualTo(100_001);
        assertThat(reader.skippedLines()).isEqualTo(2);
    }

    @Test
    void lastLinesAreNoLongerThanARecord() {
        CsvReader reader = new CsvReader(
                new ByteArrayInputStream(("id\n" + "x".repeat(200_000)).getBytes(UTF_8)),
                format(new CsvLayout(0, 0, 1, "")),
                100_000);

        assertThatThrownBy(() -> records(reader))
                .isInstanceOf(RejectedObjectException.class)
                .extracting("code")
                .isEqualTo(ErrorCode.OBJECT_UNREADABLE_CSV);
    }

    @Test
    void linesBehindTheHeaderAreNoRecords() {
        CsvLayout layout = new CsvLayout(0, 2, 0, "");

        assertThat(records(reader("\n,,\n\"i\nd\",n\r\n\r\n\"x\n1,2\n", layout)))
                .containsExactly("2: ||", "3: 'i\nd'|n", "7: 1|2");
        assertThat(records(reader("id\n1", layout))).containsExactly("1: id");
        assertThat(records(reader("id", layout))).containsExactly("1: id");
    }

    @Test
    void aCommentBeginsALineThatWouldBeARecord() {
        CsvLayout layout = new CsvLayout(0, 0, 0, "//");
        CsvReader reader = reader("//\"\n\n//x\r\n/a,//b\n\"//c\n//d\"\n\uFEFF//e\n //f\n//", layout);

        assertThat(records(reader)).containsExactly("4: /a|//b", "5: '//c\n//d'", "8:  //f");
        assertThat(reader.comments()).isEqualTo(4);
    }

    @Test
    void aFirstLineMaySayTheDelimiter() {
        for (String line :
                List.of("sep=,", "SEP=,", "\"sep=,\"", "sep=,,,", "sep=, ", "\uFEFFsep=,", "sep=;", "sep=\\t")) {
            assertThat(records(CsvFormat.DEFAULT, line + "\r\na,b")).as(line).containsExactly("2: a|b");
        }
        for (String line : List.of("sep=", "sep=,x", "sep", "sep=;,", "x sep=,", "sep=,;")) {
            assertThat(records(CsvFormat.DEFAULT, line + "\na,b")).as(line).hasSize(2);
        }
        assertThat(records(CsvFormat.DEFAULT, "a,b\nsep=,\n")).containsExactly("1: a|b", "2: sep=|");
        assertThat(records(CsvFormat.DEFAULT, "sep=,\na,b\n\uFEFFsep=,\nsep=,x\n"))
                .containsExactly("2: a|b", "4: sep=|x");
        assertThat(records(CsvFormat.DEFAULT, "sep=,")).isEmpty();
        assertThat(records(CsvFormat.DEFAULT.ofRecordsAlone(), "sep=,\n")).containsExactly("1: sep=|");
        assertThatThrownBy(() -> records(CsvFormat.DEFAULT, "sep=\\t\na\tb\n"))
                .hasMessage("the object's first line says that its delimiter is tab, and the feed's is comma; set"
                        + " delimiter: tab");
    }

    private static CsvReader reader(String object, CsvLayout layout) {
        return new CsvReader(new ByteArrayInputStream(object.getBytes(UTF_8)), format(layout));
    }

    private static CsvFormat format(CsvLayout layout) {
        return new CsvFormat(UTF_8, ',', '"', null, Escapes.LITERAL, true, NullTexts.EMPTY, layout);
    }
}
