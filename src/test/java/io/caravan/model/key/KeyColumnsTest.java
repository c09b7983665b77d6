package io.caravan.model.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeyColumnsTest {

    private static final int PREFIX = "in/".length();

    @Test
    void foldersNameTheirValues() {
        assertThat(folders("in/dt=2024-01-01/x/Region=eu/a.csv", "region", "dt"))
                .containsExactly(new KeyValue("region", "eu"), new KeyValue("dt", "2024-01-01"));
    }

    @Test
    void valuesAreEscapedAsHiveDoes() {
        assertThat(folders("in/a=1%3A30%20h%C3%A9/b=x+y%/c=50%zz/a.csv", "a", "b", "c"))
                .containsExactly(new KeyValue("a", "1:30 hé"), new KeyValue("b", "x+y%"), new KeyValue("c", "50%zz"));
    }

    @Test
    void hivesDefaultPartitionAndNothingAreNull() {
        assertThat(folders("in/a=__HIVE_DEFAULT_PARTITION__/b=/a.csv", "a", "b"))
                .containsExactly(new KeyValue("a", null), new KeyValue("b", null));
    }

    @Test
    void aValueMayHoldAnEqualsSign() {
        assertThat(folders("in/a=x=y/a.csv", "a")).containsExactly(new KeyValue("a", "x=y"));
    }

    @Test
    void aKeyWithoutTheFolderOrWithTwoIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> folders("in/a.csv", "dt"))
                .withMessage("it has no folder 'dt='");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> folders("in/dt=1/dt=2/a.csv", "dt"))
                .withMessage("it has two folders 'dt='");
        assertThat(folders("in/dt=1/dt=1/a.csv", "dt")).containsExactly(new KeyValue("dt", "1"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> folders("in/dt=%FF/a.csv", "dt"))
                .withMessageContaining("no UTF-8");
    }

    @Test
    void aNameIsNoFolder() {
        assertThatIllegalArgumentException().isThrownBy(() -> folders("in/dt=1", "dt"));
    }

    @Test
    void aPatternNamesPlacesOfAName() {
        assertThat(pattern("orders_{day}_{region}.*", "in/x/orders_2024-01-01_eu_west.csv.gz"))
                .containsExactly(new KeyValue("day", "2024-01-01"), new KeyValue("region", "eu_west"));
    }

    @Test
    void aPatternNamesPlacesOfAKey() {
        assertThat(pattern("{region}/**/{day}/*", "in/eu/a/b/2024/x.csv"))
                .containsExactly(new KeyValue("region", "eu"), new KeyValue("day", "2024"));
        assertThat(pattern("in/{region}/*", "in/eu/x.csv")).containsExactly(new KeyValue("region", "eu"));
    }

    @Test
    void aPatternThatDoesNotMatchSaysSo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pattern("orders_{day}.csv", "in/orders_.csv"))
                .withMessage("it does not match 'orders_{day}.csv'");
    }

    @Test
    void aColumnStandsThereOnce() {
        assertThatIllegalArgumentException().isThrownBy(() -> KeyColumns.ofFolders(List.of("dt", "DT")));
        assertThatIllegalArgumentException().isThrownBy(() -> KeyColumns.ofPattern("{a}_{A}"));
        assertThatIllegalArgumentException().isThrownBy(() -> KeyColumns.ofPattern("{a,b}"));
        assertThatIllegalArgumentException().isThrownBy(() -> KeyColumns.ofPattern("{}"));
    }

    private static List<KeyValue> folders(String key, String... names) {
        return KeyColumns.ofFolders(List.of(names)).of(new KeyPart(key, PREFIX));
    }

    private static List<KeyValue> pattern(String pattern, String key) {
        return KeyColumns.ofPattern(pattern).of(new KeyPart(key, PREFIX));
    }
}
