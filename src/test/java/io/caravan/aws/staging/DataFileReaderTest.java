package io.caravan.aws.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.spi.LineCount;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DataFileReaderTest {

    private static final String NULL = "@1f@";

    @Test
    void recordsAreAsTheyWereWrittenButForNull() throws IOException {
        assertThat(texts(written(
                        row("1", "7", "plain", null),
                        row("1", "8", "a, \"b\"", ""),
                        row("1", "9", null, "two\nlines, \r\nor three"),
                        row("2", "2", " \u001f", "żółć 🚚"))))
                .containsExactly(
                        "1,7,plain,",
                        "1,8,\"a, \"\"b\"\"\",\"\"",
                        "1,9,,\"two\nlines, \r\nor three\"",
                        "2,2,\" \u001f\",żółć 🚚");
    }

    @Test
    void theMarkForNullIsTextInsideOfText() throws IOException {
        assertThat(texts(written(row("1", "7", "a,@1f@,b", "x" + NULL)))).containsExactly("1,7,\"a,@1f@,b\",x@1f@");
    }

    @Test
    void aLineIsCountedInAnyOfThreeWays() throws IOException {
        byte[] file = written(row("1", "a\nb\n"), row("2", "\n"), row("3", "c"));

        assertThat(lines(file, LineCount.FIRST_LINE)).containsExactly(1L, 4L, 6L);
        assertThat(lines(file, LineCount.LAST_LINE)).containsExactly(3L, 5L, 6L);
        assertThat(lines(file, LineCount.RECORD)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aRecordMayBeLongerThanAnyBuffer() throws IOException {
        String half = "x".repeat(200_000);

        assertThat(texts(written(row("1", half + "\n" + half), row("2", "y"))))
                .containsExactly("1,\"" + half + "\n" + half + "\"", "2,y");
    }

    @Test
    void aFileWithoutRecordsHasNone() throws IOException {
        assertThat(texts(new byte[0])).isEmpty();
    }

    @Test
    void aRecordThatIsCutShortIsNoRecord() {
        byte[] file = written(row("1", "a"), row("2", "b"));

        assertThatThrownBy(() -> texts(Arrays.copyOf(file, file.length - 1)))
                .isInstanceOf(IOException.class)
                .hasMessage("its last record is cut short");
    }

    private static List<@Nullable String> row(@Nullable String... fields) {
        return Arrays.asList(fields);
    }

    @SafeVarargs
    private static byte[] written(List<@Nullable String>... rows) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        CsvEncoder encoder = new CsvEncoder(file, NULL);
        for (List<@Nullable String> row : rows) {
            row.forEach(encoder::field);
            encoder.endRow();
        }
        encoder.flush();
        return file.toByteArray();
    }

    private static DataFileReader reader(byte[] file) {
        return new DataFileReader(new ByteArrayInputStream(file), NULL);
    }

    private static List<String> texts(byte[] file) throws IOException {
        DataFileReader reader = reader(file);
        List<String> texts = new ArrayList<>();
        while (reader.next()) {
            texts.add(reader.text());
        }
        return texts;
    }

    private static List<Long> lines(byte[] file, LineCount count) throws IOException {
        DataFileReader reader = reader(file);
        List<Long> lines = new ArrayList<>();
        while (reader.next()) {
            lines.add(reader.line(count));
        }
        return lines;
    }
}
