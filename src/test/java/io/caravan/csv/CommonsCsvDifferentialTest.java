package io.caravan.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.base.RejectedObjectException;
import io.caravan.csv.record.CsvReader;
import io.caravan.csv.record.CsvRecord;
import io.caravan.model.feed.CsvFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.Test;

/** Where both this reader and Commons CSV accept an object, they read the same. */
class CommonsCsvDifferentialTest {

    private static final String[] PIECES = {
        "a", "bc", "é", "😀", "7", ",", ",", ",", "\"", "\"", "\"\"", "\n", "\n", "\r\n", "\r", "\",\"", "\"\n\"", ",\""
    };

    @Test
    void randomTextIsReadTheSame() {
        Random random = new Random(4180);
        int compared = 0;
        for (int i = 0; i < 40_000; i++) {
            StringBuilder object = new StringBuilder();
            for (int pieces = random.nextInt(12); pieces >= 0; pieces--) {
                object.append(PIECES[random.nextInt(PIECES.length)]);
            }
            compared += compare(object.toString());
        }
        assertThat(compared).as("objects that both accept").isGreaterThan(10_000);
    }

    @Test
    void randomRecordsAreReadAsTheyWereWritten() {
        Random random = new Random(4181);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder object = new StringBuilder();
            List<List<String>> written = new ArrayList<>();
            for (int records = random.nextInt(4); records >= 0; records--) {
                List<String> fields = new ArrayList<>();
                for (int field = random.nextInt(4); field >= 0; field--) {
                    String text = PIECES[random.nextInt(PIECES.length)] + PIECES[random.nextInt(PIECES.length)];
                    object.append(fields.isEmpty() ? "" : ",");
                    object.append('"').append(text.replace("\"", "\"\"")).append('"');
                    fields.add(text);
                }
                written.add(fields);
                object.append(random.nextBoolean() ? "\n" : "\r\n");
            }
            assertThat(ours(object.toString())).as("%s", object).contains(written);
        }
    }

    private static int compare(String object) {
        Optional<List<List<String>>> ours = ours(object);
        Optional<List<List<String>>> theirs = theirs(object);
        if (ours.isEmpty() || theirs.isEmpty()) {
            return 0;
        }
        assertThat(ours)
                .as("%s", object.replace("\n", "\\n").replace("\r", "\\r"))
                .isEqualTo(theirs);
        return 1;
    }

    private static Optional<List<List<String>>> ours(String object) {
        CsvReader reader = new CsvReader(new ByteArrayInputStream(object.getBytes(UTF_8)), CsvFormat.DEFAULT);
        List<List<String>> records = new ArrayList<>();
        try {
            while (reader.hasNext()) {
                CsvRecord record = reader.next();
                if (record.problem().isPresent()) {
                    return Optional.empty();
                }
                String[] fields = new String[record.size()];
                Arrays.setAll(fields, record::field);
                records.add(List.of(fields));
            }
        } catch (RejectedObjectException e) {
            return Optional.empty();
        }
        return Optional.of(records);
    }

    /** Returns the records as Commons CSV reads them; empty if it does not accept the object. */
    static Optional<List<List<String>>> theirs(String object) {
        CSVFormat format = CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(true).get();
        List<List<String>> records = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(new StringReader(object), format)) {
            parser.forEach(record -> records.add(record.toList()));
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            return Optional.empty();
        }
        return Optional.of(records);
    }
}
