package io.caravan.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.caravan.base.RejectedObjectException;
import io.caravan.csv.record.SampleLimit;
import io.caravan.csv.sample.ObjectShape;
import io.caravan.csv.sample.SampledObject;
import io.caravan.model.feed.ColumnPolicy;
import io.caravan.model.feed.CsvFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is doubted before it becomes columns, and what never is. */
class HeaderDoubtsTest {

    private static final Path SAMPLES = Path.of("src/main/resources/demo");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name\nSmith; John\nBrown\nnone; of; these\n",
                "name; given name\nSmith; John\nBrown; Ann\n",
                "note: text\nfirst: a\nsecond: b\n",
                "HH:MM\n12:30\n13:45\n",
                "start:end\n10:20\n11:30\n",
                "id,tags;more\n1,a;b\n2,c;d\n",
                "id,a|b\n1,x|y\n2,z|w\n",
                "\"a;b\"\n\"1;2\"\n\"3;4\"\n",
                "Name^2,x\n1^2,3\n",
                "country,1960,1961\nAruba,54608,55811\n",
                "country,2020\nAruba,5\nKenya,6\n",
                "1960,country\n54608,Aruba\n8120080,Kenya\n",
                "0,1,2,target\n5.1,3.5,1.4,a\n4.9,3.0,1.4,b\n",
                "station,0.25,0.5\nA,1.5,2.5\nB,1.25,3.5\n",
                "state,1/22/20,1/23/20\nUtah,0,1\nOhio,2,3\n",
                "name,2024-01-05\nA,x\n",
                "<DATE>,<OPEN>\n2024-01-05,1\n",
                "<id>\n1\n2\n",
                "[id],[name]\n1,a\n",
                "[1],[2]\n1,a\n",
                "{id},{name}\n1,a\n",
                "{guid}\n1\n",
                "doc\n\"{\"\"a\"\":1}\"\n\"[1,2]\"\n",
                "html\n<p>one</p>\n<p>two</p>\n",
                "url\nhttps://example.com/a;b\nhttps://example.com/c;d\n",
                "q1,q2,q3\n1,2,3\n",
                "A1,B2\n5,6\n",
                "true_positives,false_positives\n1,2\n",
                "id\n5\n",
                "PK,a\n1,2\n",
                "BZh,ORC,Obj\n1,2,3\n",
                "a\n"
            })
    void whatIsATableIsTakenForOne(String object) {
        assertThatCode(() -> sample(object)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void realObjectsAreTakenForTables(Path path) throws IOException {
        try (InputStream stored = Files.newInputStream(path)) {
            InputStream content = path.toString().endsWith(".gz") ? new GZIPInputStream(stored) : stored;

            assertThat(ObjectShape.sample(
                                    content, CsvFormat.DEFAULT, ColumnPolicy.DEFAULT, List.of(), SampleLimit.DEFAULT)
                            .hasRow())
                    .isTrue();
        }
    }

    static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.walk(SAMPLES)) {
            List<Path> found =
                    files.filter(file -> file.toString().contains(".csv")).toList();
            assertThat(found).isNotEmpty();
            return found;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a;b\n1;2\n",
                "a;b;c\n1;2,5;3\n2;3;4\n",
                "a;b,x;c\n1;2,5;3\n2;3,5;4\n",
                "\"a\"\t\"b\"\n\"1\"\t\"2\"\n",
                "id|name\n1|a;b\n2|c\n",
                "id; name; qty\n1; Anna; 3\n2; Bo; 4\n",
                "id:name\n1:Anna\n2:Bo\n",
                "1,2\n3,4\n",
                "1.5\n2.5\n",
                "2024-01-05\n2024-01-06\n",
                ",1,2\na,3,4\n",
                "true,5\nfalse,6\n",
                "1,Anna\n2,Bo\n3,Cy\n",
                "17,Anna\n16,Bo\n15,Cy\n",
                "Anna,2024-01-05 10:00:00\nBo,2024-01-06 11:30:00\n",
                "3f2504e0-4f89-11d3-9a0c-0305e82c3301,x\n3f2504e0-4f89-11d3-9a0c-0305e82c3302,y\n",
                "<html>\n<p>x</p>\n",
                " <!doctype HTML>\n",
                "<Error><Code>NoSuchKey</Code></Error>\n",
                "{\"a\": 1}\n",
                "[\n  {\n    \"a\": 1\n",
                "[[1,2],[3,4]]\n",
                "[\"a\",\"b\"]\n",
                "-----BEGIN CERTIFICATE-----\nMIIB\n"
            })
    void whatIsNoneIsDoubted(String object) {
        assertThatExceptionOfType(RejectedObjectException.class).isThrownBy(() -> sample(object));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,2\n3,4\n", "1,Anna\n2,Bo\n"})
    void aNameThatTheFeedNamesIsProofOfAHeader(String object) {
        assertThat(ObjectShape.sample(
                                new ByteArrayInputStream(object.getBytes(UTF_8)),
                                CsvFormat.DEFAULT,
                                ColumnPolicy.DEFAULT,
                                List.of("1"),
                                SampleLimit.DEFAULT)
                        .hasRow())
                .isTrue();
    }

    private static SampledObject sample(String object) {
        return ObjectShape.sample(
                new ByteArrayInputStream(object.getBytes(UTF_8)),
                CsvFormat.DEFAULT,
                ColumnPolicy.DEFAULT,
                List.of(),
                SampleLimit.DEFAULT);
    }
}
