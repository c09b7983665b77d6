package io.caravan.csv.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnSampleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "5|NULL|6|NULL # VARCHAR(16) # n: 2 values are NULL, else INTEGER; set nullString",
                "2024-01-05|- # VARCHAR(32) # n: 1 value is -, else DATE; set nullString",
                "1.5|\\N # VARCHAR(16) # n: 1 value is \\N, else DECIMAL(18,3); set nullString",
                "5|NULL|N/A # VARCHAR(16) # ''",
                "5|x|NULL # VARCHAR(16) # ''",
                "NULL|NULL # VARCHAR(16) # ''",
                "5|6 # INTEGER # ''"
            })
    void oneWordThatKeepsAColumnFromATypeIsNoted(String values, String type, String note) {
        ColumnSample sample = sample(null, values);

        assertThat(sample.type().sql()).isEqualTo(type);
        assertThat(sample.note("n").orElse("")).isEqualTo(note);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "M/d/yyyy # 1/5/2024 # DATE",
                "M/d/yyyy h:mm:ss a # 1/5/2024 10:20:30 AM # TIMESTAMP",
                "yyyy-MM-dd HH:mm XXX # x # TIMESTAMPTZ",
                "epochmillis # 5 # TIMESTAMP",
                "J/N # J|N # BOOLEAN",
                "1.234,56 # 1.234,50|007,25|bad # DECIMAL(18,4)",
                "1.234.567 # 12.345 # INTEGER",
                "1.234.567 # 12.345|9.999.999.999 # BIGINT",
                "1.234,56 # x # DECIMAL(38,9)"
            })
    void aFormatSaysTheType(String format, String values, String type) {
        assertThat(sample(format, values).type().sql()).isEqualTo(type);
    }

    @Test
    void aFormatOfNoTypeIsAMistake() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ColumnSample("nonsense"));
    }

    @Test
    void valuesOfSeveralObjectsCountTogether() {
        ColumnSample sample = sample(null, "10|20");

        sample.add(sample(null, "10.25|NULL"));

        assertThat(sample.type().sql()).isEqualTo("VARCHAR(16)");
        assertThat(sample.note("n")).contains("n: 1 value is NULL, else DECIMAL(18,4); set nullString");
    }

    private static ColumnSample sample(@Nullable String format, String values) {
        ColumnSample sample = new ColumnSample(format);
        for (String value : values.split("\\|", -1)) {
            sample.add(value);
        }
        return sample;
    }
}
