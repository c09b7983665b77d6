package io.caravan.aws.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataFileNamesTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "``,        load-1/stage/000001.csv.zst",
                "staging,   staging/load-1/stage/000001.csv.zst",
                "staging/,  staging/load-1/stage/000001.csv.zst",
                "a/b c/,    a/b c/load-1/stage/000001.csv.zst"
            })
    void thePrefixMayBeEmptyOrEndInASlash(String prefix, String key) {
        assertThat(new DataFileNames(prefix, "load-1", "stage").file(1)).isEqualTo(key);
    }

    @Test
    void dataFilesAreCountedInSixDigitsOrMore() {
        DataFileNames names = new DataFileNames("p", "l", "t");

        assertThat(names.file(42)).isEqualTo("p/l/t/000042.csv.zst");
        assertThat(names.file(1_234_567)).isEqualTo("p/l/t/1234567.csv.zst");
        assertThat(names.manifest(1, 1_234_567)).isEqualTo("p/l/t/manifest-000001-1234567.json");
        assertThat(names.folder()).isEqualTo("p/l/t/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "staging", "a.b+c/"})
    void theLoadIsReadFromTheNamesOfItsDataFiles(String prefix) {
        DataFileNames names = new DataFileNames(prefix, "load-1", "caravan_rows");

        assertThat(DataFileNames.loadId(prefix, names.file(1))).contains("load-1");
        assertThat(DataFileNames.loadId(prefix, names.file(1_234_567))).contains("load-1");
        assertThat(DataFileNames.loadId(prefix, names.manifest(5, 1_234_567))).contains("load-1");
        assertThat(DataFileNames.loadId(prefix + "x", names.file(1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p",
                "p/",
                "p/load-1/",
                "p/load-1/caravan_rows/",
                "p//caravan_rows/000001.csv.zst",
                "p/load-1/other/000001.csv.zst",
                "p/load-1/caravan_rows/000001.csv.zst2",
                "p/load-1/caravan_rows/00001.csv.zst",
                "p/load-1/caravan_rows/0000001.csv.zst",
                "p/load-1/caravan_rows/000001.csv.zst\n",
                "p/load-1/caravan_rows/x/000001.csv.zst",
                "p/x/load-1/caravan_rows/000001.csv.zst",
                "P/load-1/caravan_rows/000001.csv.zst",
                "load-1/caravan_rows/000001.csv.zst"
            })
    void whatIsNotNamedExactlyAsADataFileBelongsToNoLoad(String key) {
        assertThat(DataFileNames.loadId("p/", key)).isEmpty();
    }

    @Test
    void namesThatWouldMixLoadsAreRefused() {
        assertThatThrownBy(() -> new DataFileNames("p", "", "t"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("loadId is empty");
        assertThatThrownBy(() -> new DataFileNames("p", "l", " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("table is empty");
        assertThatThrownBy(() -> new DataFileNames("p\n", "l", "t")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyFileOfAManifestIsMandatory() {
        Manifest manifest = new Manifest(List.of("s3://b/p/000001.csv.zst", "s3://b/p \"q\" \\ ü/000002.csv.zst"));

        assertThat(manifest.json())
                .isEqualTo(
                        """
                {"entries": [
                  {"url": "s3://b/p/000001.csv.zst", "mandatory": true},
                  {"url": "s3://b/p \\"q\\" \\\\ ü/000002.csv.zst", "mandatory": true}
                ]}
                """);
    }
}
