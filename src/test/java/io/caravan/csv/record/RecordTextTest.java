package io.caravan.csv.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.csv.record.RecordText.Flaw;
import io.caravan.model.feed.CsvFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordTextTest {

    private static final CsvFormat ESCAPED = new CsvFormat(StandardCharsets.ISO_8859_1, '|', null, '\\', true, "");

    @Test
    void aRecordThatEndsWhereItsTextEndsCanBeReadAgain() {
        for (String text :
                List.of("1,a", " ", ",", "1,\"a,b\"", "1,\"a\nb\r\nc\"", "\"5\"\" pipe\" ,x", "5\" pipe,x", "ü")) {
            assertThat(RecordText.flaw(text, CsvFormat.DEFAULT)).as(text).isEmpty();
        }
        assertThat(RecordText.flaw("1|a\\|b\\\nc|\\N", ESCAPED)).isEmpty();
    }

    @Test
    void aRecordThatWouldRunIntoTheNextOneOrIsTwoCannot() {
        for (String text : List.of("", "1,\"a", "1,\"a\"b", "1,a\n2,b", "\r")) {
            assertThat(RecordText.flaw(text, CsvFormat.DEFAULT)).as(text).contains(Flaw.MALFORMED);
        }
        assertThat(RecordText.flaw("1|a\\", ESCAPED)).contains(Flaw.MALFORMED);
    }

    @Test
    void theFormatDecides() {
        assertThat(RecordText.flaw("1,\"a\\\"b\"", CsvFormat.DEFAULT)).contains(Flaw.MALFORMED);
        assertThat(RecordText.flaw("1,\"a\\\"b\"", new CsvFormat(StandardCharsets.UTF_8, ',', '"', '\\', true, "")))
                .isEmpty();
    }

    @Test
    void whatIsNotAllOfTheRecordIsNotTakenForIt() {
        assertThat(RecordText.flaw("1,\"aaa…[cut]", CsvFormat.DEFAULT)).contains(Flaw.CUT);
        assertThat(RecordText.flaw("1,caf\\xE9", CsvFormat.DEFAULT)).contains(Flaw.BYTES);
        assertThat(RecordText.flaw("1,a\\x00b", CsvFormat.DEFAULT)).contains(Flaw.BYTES);
        assertThat(RecordText.flaw("1,\\uD83D", CsvFormat.DEFAULT)).contains(Flaw.BYTES);
        assertThat(RecordText.flaw("1,C:\\xerox\\u00e9", CsvFormat.DEFAULT)).isEmpty();
    }
}
