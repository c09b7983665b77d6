package io.caravan.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.csv.record.CsvReader;
import io.caravan.csv.record.CsvRecord;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.CsvLayout;
import io.caravan.model.feed.Escapes;
import io.caravan.model.feed.NullTexts;
import io.caravan.model.feed.RecordLength;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A field without a name and without values is none, where all records say so. */
class RecordFitTest {

    private static final CsvFormat PLAIN = CsvFormat.DEFAULT;
    private static final CsvFormat FILLING = format(RecordLength.SHORT);
    private static final CsvFormat ANY = format(RecordLength.ANY);

    private static CsvFormat format(RecordLength length) {
        return new CsvFormat(
                UTF_8,
                ',',
                '"',
                null,
                Escapes.LITERAL,
                true,
                NullTexts.of("-"),
                new CsvLayout(0, 0, 0, "", true, List.of(), "", length));
    }

    @Test
    void recordsThatAllEndInEmptyFieldsAreReadWithoutThese() {
        assertThat(fit("1,2,\n\"3\",,\nx\n,,\n4,5,\n", 2, PLAIN))
                .containsExactly("1: 1|2", "2: 3|", "3: none", "5: 4|5");
        assertThat(fit("1,2,,,\n3,4,,,\n3,4,,\n", 2, PLAIN)).containsExactly("1: 1|2", "2: 3|4", "3: none");
    }

    @Test
    void oneRecordAmongOthersIsNotToBeTrusted() {
        assertThat(fit("1,2,\n3,4\n5,6,\n", 2, PLAIN)).containsExactly("1: none", "2: 3|4", "3: none");
        assertThat(fit("1,2\n3,4,\n", 2, PLAIN)).containsExactly("1: 1|2", "2: none");
        assertThat(fit("1,2,\n3,4,x\n5,6,\n", 2, PLAIN)).containsExactly("1: none", "2: none", "3: none");
        assertThat(fit("1,2,\"\"\n", 2, PLAIN)).containsExactly("1: none");
    }

    @Test
    void whatSaysNothingDecidesNothing() {
        assertThat(fit("id,n\nx\n1,2,3,\n\"a\"b\n1,2,\n3,4,\n", 2, PLAIN))
                .containsExactly("1: id|n", "2: none", "3: none", "4: malformed", "5: 1|2", "6: 3|4");
    }

    @Test
    void aHeaderThatEndsSoIsBelievedUnlessAllRecordsSayOtherwise() {
        assertThat(fit("1,2,\n3,4\n5,6,x\n7,8,\n", 3, PLAIN)).containsExactly("1: 1|2", "2: none", "3: none", "4: 7|8");
        assertThat(fit("1,2\n3,4,\n5,6,\n", 3, PLAIN)).containsExactly("1: none", "2: 3|4", "3: 5|6");
        assertThat(fit("1,2\nx\n3,4\n" + ",\n".repeat(200) + "5,6,\n", 3, PLAIN))
                .containsExactly("1: 1|2", "2: none", "3: 3|4", "204: none");
    }

    @Test
    void fieldsWithoutANameMayHoldAnythingWhereTheyAreIgnored() {
        assertThat(fit("1,2,x\n3,4\n5,6,,\n", 3, true, PLAIN)).containsExactly("1: 1|2", "2: 3|4", "3: none");
    }

    @Test
    void whatShortRecordsLackIsNull() {
        assertThat(fit("1\n2,3\n4,5,6\n\"\",7,\n", 2, FILLING))
                .containsExactly("1: 1|-", "2: 2|3", "3: none", "4: none");
        assertThat(fit("1,2,\n3,\n4\n", 2, FILLING)).containsExactly("1: none", "2: 3|", "3: 4|-");
    }

    @Test
    void whatIsTooMuchIsLeftOutIfItIsEmptyAndTheFeedSaysSo() {
        assertThat(fit("1\n2,3\n4,5,,\n6,7,x\n8,9,\n8,9,\"\"\n", 2, ANY))
                .containsExactly("1: 1|-", "2: 2|3", "3: 4|5", "4: none", "5: 8|9", "6: none");
        assertThat(fit("1,2,\n3,4,,\n5,6,,,\n", 2, ANY)).containsExactly("1: 1|2", "2: 3|4", "3: 5|6");
    }

    @Test
    void longRecordsAreNotKeptByTheHundred() {
        String row = "x".repeat(600_000) + ",1,\n";

        List<String> fitted = fit(row.repeat(3) + "2,3\n4,5,\n", 2, PLAIN);

        assertThat(fitted.stream().map(text -> text.substring(text.length() - 5)))
                .containsExactly("xxx|1", "xxx|1", "xxx|1", " none", ": 4|5");
    }

    private static List<String> fit(String object, int inHeader, CsvFormat format) {
        return fit(object, inHeader, false, format);
    }

    private static List<String> fit(String object, int inHeader, boolean ignoresNameless, CsvFormat format) {
        CsvReader header = new CsvReader(new ByteArrayInputStream("id,n\n".getBytes(UTF_8)), format);
        RepeatedHeader repeated = RepeatedHeader.of(header.next());
        RecordFit fit = new RecordFit(
                new CsvReader(new ByteArrayInputStream(object.getBytes(UTF_8)), format),
                format,
                repeated,
                2,
                inHeader,
                ignoresNameless);
        List<String> fitted = new ArrayList<>();
        while (fit.hasNext()) {
            CsvRecord record = fit.next();
            if (!record.problem().isEmpty()) {
                fitted.add(record.lineNumber() + ": malformed");
            } else if (!record.raw().matches(",*")) {
                CsvRecord right = fit.fit(record);
                fitted.add(
                        record.lineNumber() + ": " + (right == null ? "none" : right.field(0) + "|" + right.field(1)));
            }
        }
        return fitted;
    }
}
