package io.caravan.model.key;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyGlobTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # glob            | matches            | does not
                    *.csv             | in/x/a.csv         | in/x/a.csv.gz
                    *.csv             | in/.csv            | in/csv
                    a?.csv            | in/ab.csv          | in/a.csv
                    ?.csv             | in/\uD83D\uDE00.csv | in/ab.csv
                    [a-c]*            | in/bcd             | in/xa
                    [!a-c]*           | in/xa              | in/bcd
                    [^a]              | in/b               | in/a
                    [-x]              | in/-               | in/y
                    []x]              | in/]               | in/y
                    {a,b{c,d}}.csv    | in/bd.csv          | in/b.csv
                    {,old-}a          | in/a               | in/olda
                    \\*.csv           | in/*.csv           | in/a.csv
                    a\\,b             | in/a,b             | in/ab
                    x/*.csv           | in/x/a.csv         | in/x/y/a.csv
                    x/**              | in/x/y/a.csv       | in/xy/a.csv
                    **/a.csv          | in/a.csv           | in/ba.csv
                    **/a.csv          | in/x/y/a.csv       | in/x/a.csv/b
                    x/**/a.csv        | in/x/a.csv         | in/xa.csv
                    x/**/a.csv        | in/x/y/z/a.csv     | in/x/y/z/b.csv
                    x**/a             | in/xy/z/a          | in/yx/a
                    in/x/a            | in/x/a             | in/y/in/x/a
                    x/a               | in/x/a             | in/y/x/a
                    A.csv             | in/A.csv           | in/a.csv
                    """)
    void aGlobMeansSomeKeys(String glob, String matches, String doesNot) {
        KeyGlob read = KeyGlob.parse(glob);

        assertThat(read.matches(new KeyPart(matches, 3))).as(matches).isTrue();
        assertThat(read.matches(new KeyPart(doesNot, 3))).as(doesNot).isFalse();
    }

    @Test
    void aPrefixMayEndInsideOfAName() {
        KeyGlob glob = KeyGlob.parse("orders/*.csv");

        assertThat(glob.matches(new KeyPart("in/orders/a.csv", "in/ord".length())))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''           | it is empty
                    {a,b         | a brace is not closed
                    [ab          | a bracket is not closed
                    []           | a bracket is not closed
                    [z-a]        | goes backwards
                    a\\          | a backslash is at its end
                    /a/*.csv     | it begins with a slash
                    a/           | write 'a/**'
                    s3://b/*.csv | no s3://
                    {a,b,c,d,e,f,g,h}{a,b,c,d,e,f,g,h}{a,b,c,d,e,f,g,h}{a,b,c,d,e,f,g,h} | more than 1000
                    """)
    void aBadGlobIsRefused(String glob, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyGlob.parse(glob))
                .withMessageContaining(reason);
    }

    @Test
    void aListHasCommasBetweenGlobsAndInThem() {
        assertThat(KeyGlob.split(" *.csv ,{a,b}/[,]/**, x\\,y,, ")).containsExactly("*.csv", "{a,b}/[,]/**", "x\\,y");
        assertThat(KeyGlob.split("")).isEmpty();
    }

    @Test
    void noKeyTakesLong() {
        String stars = "*a".repeat(20) + "b";
        String key = "a".repeat(1_024);

        assertTimeoutPreemptively(ofSeconds(5), () -> {
            assertThat(KeyGlob.parse(stars).matches(new KeyPart(key, 0))).isFalse();
            assertThat(KeyGlob.parse("x/" + "**/a".repeat(30)).matches(new KeyPart("x/" + "a/".repeat(500), 0)))
                    .isFalse();
        });
    }
}
