package io.caravan.csv.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.caravan.base.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuperTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "0",
                "-0",
                "-1.50",
                "1e5",
                "1.5E-10",
                "12345678901234567890123456789",
                "\"\"",
                "\" a  b \"",
                "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"",
                "\"żółć 😀\"",
                "[]",
                "{}",
                "[[],{}]",
                "{\"a\":1,\"A\":2,\"\":[{\"a\":{}},[1,2]]}"
            })
    void whatHasNoBlanksStaysAsItIs(String text) throws RefusedValueException {
        assertThat(new SuperText(text).compact()).isSameAs(text);
    }

    @Test
    void blanksBetweenItsPartsSayNothing() throws RefusedValueException {
        assertThat(new SuperText(" { \"a b\" :\t[ 1 ,\n{ } , [ ] ] ,\r\"c\": \" x \" } ").compact())
                .isEqualTo("{\"a b\":[1,{},[]],\"c\":\" x \"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            textBlock =
                    """
            NaN               ; not JSON: at character 1, a value is expected
            Infinity          ; not JSON: at character 1, a value is expected
            -Infinity         ; not JSON: at character 2, a digit is expected
            nul               ; not JSON: at character 1, a value is expected
            nullx             ; not JSON: at character 5, nothing follows a value
            01                ; not JSON: at character 2, nothing follows a value
            1.                ; not JSON: it ends in the middle
            .5                ; not JSON: at character 1, a value is expected
            +1                ; not JSON: at character 1, a value is expected
            1e                ; not JSON: it ends in the middle
            {'a':1}           ; not JSON: at character 2, a name in double quotes is expected
            {a:1}             ; not JSON: at character 2, a name in double quotes is expected
            {"a"}             ; not JSON: at character 5, a colon is expected
            {"a":}            ; not JSON: at character 6, a value is expected
            {"a":1,}          ; not JSON: at character 8, a name in double quotes is expected
            {"a":1            ; not JSON: it ends in the middle
            {"a":1]           ; not JSON: at character 7, a comma or the end of the object is expected
            [1,]              ; not JSON: at character 4, a value is expected
            [1 2]             ; not JSON: at character 4, a comma or the end of the array is expected
            [                 ; not JSON: it ends in the middle
            "a                ; not JSON: it ends in the middle
            "\\x"              ; not JSON: at character 3, there is no such escape
            "\\u12"            ; not JSON: at character 6, four hexadecimal digits are expected
            {} {}             ; not JSON: at character 4, nothing follows a value
            {"a":1,"b":2,"a":3}; JSON with a name that stands twice in one object
            """)
    void whatIsNoneIsRefusedWithItsPlace(String text, String reason) {
        RefusedValueException refusal = refused(text);

        assertThat(refusal.code()).isEqualTo(ErrorCode.VALUE_FORMAT);
        assertThat(refusal.reason()).isEqualTo(reason);
    }

    @Test
    void whatRedshiftDoesNotHoldIsRefused() throws RefusedValueException {
        assertThat(new SuperText("[".repeat(1_000) + "]".repeat(1_000)).compact())
                .hasSize(2_000);
        assertThat(refused("[".repeat(1_001) + "]".repeat(1_001)).code()).isEqualTo(ErrorCode.VALUE_OUT_OF_RANGE);
        assertThat(refused("[".repeat(1_000_000)).code()).isEqualTo(ErrorCode.VALUE_OUT_OF_RANGE);
        assertThat(refused("1e400").code()).isEqualTo(ErrorCode.VALUE_OUT_OF_RANGE);
        assertThat(refused("\"\\u0000\"").code()).isEqualTo(ErrorCode.VALUE_CHARACTER);
        assertThat(refused("\"\\ud83d\"").code()).isEqualTo(ErrorCode.VALUE_CHARACTER);
        assertThat(refused("\"\\ude00\"").code()).isEqualTo(ErrorCode.VALUE_CHARACTER);
        assertThat(refused('"' + "x".repeat(16 * 1024 * 1024) + '"').code()).isEqualTo(ErrorCode.VALUE_TOO_LONG);
        assertThat(refused("\"\t\"").code()).isEqualTo(ErrorCode.VALUE_FORMAT);
    }

    private static RefusedValueException refused(String text) {
        return catchThrowableOfType(RefusedValueException.class, () -> new SuperText(text).compact());
    }
}
