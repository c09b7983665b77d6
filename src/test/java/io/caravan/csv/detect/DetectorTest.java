package io.caravan.csv.detect;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.caravan.base.RejectedObjectException;
import io.caravan.csv.guess.Choice;
import java.nio.charset.Charset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DetectorTest {

    static Stream<Arguments> files() {
        return Stream.of(
                arguments("id,name\n1,Anna\n2,Bo\n", "{} [id]"),
                arguments("id;price\n1;1,5\n2;2,25\n", "{delimiter=semicolon, formats=price=1.234,56} [id]"),
                arguments("id|a|b\n1|x;y|z\n2|p;q|r\n", "{delimiter=pipe} [id]"),
                arguments("a\u0001b\n1\u00012\n3\u00014\n", "{delimiter=\u0001} []"),
                // A table of times, in which colons are as regular as commas.
                arguments("at,n\n10:00:00,1\n10:05:00,2\n", "{} []"),
                // One column of names, in which a comma stands in each.
                arguments("name\nSmith, John\nDoe, Jane\n", "{delimiter=semicolon} []"),
                arguments("name\nx\ny\n", "{} []"),
                // Quotes.
                arguments("id\tsize\n1\t\"5 inch\n2\tx\n", "{delimiter=tab, quote=none} [id]"),
                arguments("id,t\n1,'a,b'\n2,'c,d'\n", "{quote='} [id]"),
                arguments("id,t\n1,\"a \\\"b\\\", c\"\n2,\"d\"\n", "{escape=backslash} [id]"),
                arguments("id,path\n1,C:\\temp\n2,D:\\data\n", "{} [id]"),
                // Headers.
                arguments("country,2010,2011\nDE,5,6\nFR,7,8\n", "{} []"),
                arguments("399.1,74.3\n400.2,75.1\n", "{header=column_1,column_2} []"),
                arguments("1,Anna,2024-01-01\n2,Bo,2024-01-02\n", "{header=column_1,column_2,column_3} []"),
                arguments(
                        "Boeing 707,\"703\",\"B703\"\nBoeing 717,\"717\",\"B712\"\nBoeing 727,\"721\",\"B721\"\nFokker,\"F70\",\"F70\"\n",
                        "{header=column_1,column_2,column_3} []"),
                arguments("first,second\nx,y\np,q\n", "{} []"),
                arguments("id,name\n1,a\nid,name\n2,b\n", "{} [id]"),
                arguments(",id,a\n0,7,x\n1,8,y\n", "{columns=1=column_1} [id]"),
                arguments("id,note,note\n7,x,y\n8,p,q\n", "{columns=3=note_2} [id]"),
                arguments(
                        "id,\"a, b\",\"a, b\",\"c\"\"\",\"c\"\"\"\n7,x,y,1,2\n8,p,q,1,2\n",
                        "{columns=3=\"a, b_2\", 5=\"c\"\"_2\"} [id]"),
                arguments("id|a|\n7|x|\n8|y|\n", "{delimiter=pipe} [id]"),
                // R writes the names of rows without one of their own.
                arguments("\"a\",\"b\"\n\"1\",5,6\n\"2\",7,8\n", "{skipLines=1, header=column_1,a,b} []"),
                // Around the rows.
                arguments("Report\nof May,2024\n\nid,shop,n\n1,N,5\n2,S,6\n", "{skipLines=3} [id]"),
                arguments("Report,,,\n,,,\nid,a,b,c\n1,x,2,3\n2,y,4,5\n", "{skipLines=2} [id]"),
                arguments("id,t,p\n,[C],[hPa]\n1,20.5,1013.2\n2,21.5,1013.3\n", "{skipAfterHeader=1} [id]"),
                arguments("id,n\n1,5\n2,6\n3,7\nTOTAL,18\n", "{skipLastLines=1} [id]"),
                arguments("id,n,m\n1,5,1\n2,6,1\n(2 rows)\n", "{skipLastLines=1} [id]"),
                // A row that was cut is no note, whatever it begins with.
                arguments("a,b,c,d\nx,y,z,q\nx,y,z,q\ncash\n", "{} []"),
                arguments("a,b,c,d\nx,y,z,q\nx,y,z,q\nSourceforge\n", "{} []"),
                arguments("a,b,c,d\nx,y,z,q\nx,y,z,q\nSource: us\n", "{skipLastLines=1} []"),
                // A form, in which names stand before colons.
                arguments("kind: a\nname: Test study\npmid: 296\ngroups: x\nlist: true\n", "{header=\"column_1\"} []"),
                arguments(
                        "kind: a\nname: Test study\npmid: 29,30,31\ngroups: x;y;z\nlist: true\nend: 1\n",
                        "{delimiter=tab, header=\"column_1\"} []"),
                arguments("# made\nid,n\n1,5\n# page 2\n2,6\n", "{comment=hash} [id]"),
                arguments("#1,a\n#2,b\n#3,c\n#4,d\n", "{header=column_1,column_2} []"),
                arguments("sep=;\nid;n\n1;5\n2;6\n", "{delimiter=semicolon} [id]"),
                arguments("id,a,b\n1,x,5\n2\n3,y\n4,z,6\n", "{shortRows=null} [id]"),
                arguments("id,a,b,c\n1,x,5\n2,y,6\n", "{shortRows=null} [id]"),
                // Rows without the fields that they have no values for.
                arguments(
                        "id,day,a,n,b,m,c\n1,2024-01-05,x,5,y\n2,2024-01-06,x,5,y,6,z\n3,2024-01-07,x,5\n4,2024-01-08,x,5,y\n",
                        "{shortRows=null} [id]"),
                // A table program leaves more or fewer empty fields behind its rows.
                arguments("id,a,b\n1,x,5,,\n2,y,6\n3,z,7,\n4,z,7\n5,z,7,\n", "{shortRows=any} [id]"),
                arguments("Id,A b,c\n1,x,5,,\n2,y,6,,\n3,z,7,\n4,z,7\n", "{shortRows=any, names=snake} [id]"),
                arguments("id,a,b,,,\n1,x,5,,\n2,y,6\n3,z,7,\n4,z,7,\n", "{shortRows=any} [id]"),
                arguments("id,a,b,,\n1,x,5,,\n2,y,6,,\n", "{} [id]"),
                arguments("id,a,b,,\n1,x,5,,\n2,x,5,,\n" + "3,y,6\n4,z,7\n".repeat(50), "{shortRows=any} []"),
                // What may be a row is not skipped, though it has another number of fields.
                arguments(
                        "Root | a0\nLeft | a1 | 1\nLeft | a2 | 2\nUp | a3 | 3\n",
                        "{delimiter=pipe, header=column_1,column_2,column_3} []"),
                arguments("id,a,b,c\n1,x,5,2,\" \"\n2,y,6,3,\" \"\n", "{skipLines=1, header=id,a,b,c,column_5} [id]"),
                arguments("id,a,b,c,\n1,x,5,2, \n2,y,6,3, \n", "{columns=5=column_5} [id]"),
                // A field too many in its middle moves all behind it.
                arguments("id,a,b,c\n1,x,5,\n2,y,6,\n3,z,and,7,\n4,z,7,8\n5,u,or,8,\n", "{} [id]"),
                // Values.
                arguments("id,n\n1,NULL\n2,5\n", "{nullString=NULL} [id]"),
                arguments("\"id\",\"n\"\n\"1\",\"NULL\"\n\"2\",\"5\"\n", "{nullString=NULL, nullQuoted=true} [id]"),
                arguments("id,c,n\n1,NA,5\n2,DE,NA\n", "{} [id]"),
                arguments("id,d\n1,13/1/2024\n2,2/1/2024\n", "{formats=d=d/M/yyyy} [id]"),
                arguments("id,d\n1,1/2/2024\n2,2/1/2024\n", "{} [id]"),
                arguments(
                        "id,d,e\n1,13/1/2024,1/2/2024\n2,2/1/2024,3/4/2024\n", "{formats=d=d/M/yyyy; e=d/M/yyyy} [id]"),
                arguments("id,n\n1,\"1,234\"\n2,\"5\"\n", "{} [id]"),
                arguments("id,n\n1,\"1,234,567\"\n2,\"5\"\n", "{formats=n=1,234.56} [id]"),
                arguments(
                        "id;n;m\n1;1,5;1.234\n2;2,5;5.678\n",
                        "{delimiter=semicolon, formats=n=1.234,56; m=1.234.567} [id]"),
                // Lists of numbers, as they are in codes of countries with two currencies.
                arguments("c,n\na,2\nb,\"2,2\"\nc,\"2,4\"\nd,0\n", "{} []"),
                arguments("c,n\na,\"2,5\"\nb,\"7,4\"\nd,\"1,0\"\n", "{formats=n=1.234,56} []"),
                arguments("c,n\na,\"2,5\"\nb,\"17,45\"\nd,3\n", "{formats=n=1.234,56} []"),
                arguments("c;n\na;2,5\nb;7\nd;3\n", "{delimiter=semicolon, formats=n=1.234,56} []"),
                arguments("id,b\n1,Yes\n2,no\n", "{formats=b=yes/no} [id]"),
                arguments("id,zip\n1,01067\n2,99084\n", "{} [id]"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileIsReadAsItIsWritten(String text, String found) {
        assertThat(detect(text, UTF_8)).isEqualTo(found);
    }

    static Stream<Arguments> charsets() {
        return Stream.of(
                arguments("name,n\nJürgen Müller,1\nZoë,2\n", "windows-1252"),
                arguments("name,n\n29 Nov – 5 Dec,1\n6 Dec – 9 Dec,2\n", "windows-1252"),
                arguments("name,n\nJe vais à Évry,1\nà la mer,2\n", "windows-1252"),
                arguments("zaúčtování,n\nČástka,1\nprotiúčtu,2\nřízení,3\n", "windows-1250"),
                arguments("élève,n\ntrès,1\npréfère,2\nÈve,3\n", "windows-1252"),
                arguments("name,n\nΛεωνίδας,1\nΑλέξανδρος,2\nΜυρσών,3\nΕυστόργιος,4\n", "windows-1253"),
                arguments("name,n\nŁódź,1\nŚwiętokrzyskie,2\nŚląsk,3\nDąbrowa,4\n", "ISO-8859-2"),
                arguments("name,n\nŁódź,1\nŚwiętokrzyskie,2\nŚląsk,3\nDąbrowa,4\n", "windows-1250"),
                arguments("name,n\nŠumava,1\npříští město,2\nžluťoučký kůň,3\nnáměstí,4\n", "ISO-8859-2"),
                arguments("name,n\nGyőr,1\nErdőség,2\nFűzfő,3\nKőszárhegy,4\n", "windows-1250"),
                arguments("name,n\nSão João,1\nções,2\nPoções,3\nÁgua,4\n", "windows-1252"),
                arguments("name,n\nИван Петров,1\nОльга Сидорова,2\n", "windows-1251"),
                arguments("name,n\n東京都千代田区,1\nさくら,2\n", "Shift_JIS"),
                arguments("name,n\nArdèche,1\nCôte d'Azur,2\n", "IBM850"));
    }

    @ParameterizedTest
    @MethodSource("charsets")
    void aCharsetShowsByItsWords(String text, String charset) {
        assertThat(detect(text, Charset.forName(charset))).isEqualTo("{charset=" + charset + "} []");
    }

    @Test
    void utf16WithoutAMarkShowsByItsZeros() {
        assertThat(detect("id,name\n1,Anna\n2,Bo\n", UTF_16LE)).isEqualTo("{charset=UTF-16LE} [id]");
    }

    @Test
    void utf8IsNotTakenForAnythingElse() {
        assertThat(detect("id,name\n1,Jürgen\n2,東京\n", UTF_8)).isEqualTo("{} [id]");
    }

    @Test
    void whatIsNoCsvIsRefused() {
        assertThatThrownBy(() -> detect("{\"a\": 1}\n", UTF_8))
                .isInstanceOf(RejectedObjectException.class)
                .hasMessageContaining("JSON");
        assertThatThrownBy(() -> detect(
                        "{\n  \"site\": \"x\",\n  \"kind\": \"csv\",\n  \"skip\": \"true\",\n  \"note\": \"none\"\n}\n",
                        UTF_8))
                .isInstanceOf(RejectedObjectException.class)
                .hasMessageContaining("JSON");
        assertThatThrownBy(() -> detect("\n", UTF_8))
                .isInstanceOf(RejectedObjectException.class)
                .hasMessageContaining("no record");
    }

    @Test
    void severalObjectsSayTogetherHowAllAreWritten() {
        Detection found =
                Detector.detect(List.of(sample("id;d\n1;1/2/2024\n", true), sample("id;d\n2;13/2/2024\n", true)));

        assertThat(found.parameters()).hasToString("{delimiter=semicolon, formats=d=d/M/yyyy}");
        assertThat(found.keys()).containsExactly("id");
    }

    @Test
    void timesWithoutADateAreOnlyOffered() {
        assertThat(Detector.detect(
                                List.of(sample("id,a,b,c\n1,8:30,08:30:00 PM,25:10\n2,18:05,9:15:00 AM,1:00\n", true)))
                        .choices())
                .extracting(Choice::formats)
                .containsExactly(List.of("a=H:mm"), List.of("b=h:mm:ss a"));
    }

    @Test
    void changesWithoutAHeaderAreThoseOfDms() {
        Detection found = Detector.detect(List.of(
                sample("1,Anna,3\n2,Bo,4\n5,Di,1\n", true), sample("U,1,Anna B,3\nD,2,Bo,4\nI,3,Cy,9\n", true)));

        assertThat(found.parameters()).hasToString("{header=Op,column_1,column_2,column_3}");
        assertThat(found.holdsChanges()).isTrue();
        assertThat(found.keys()).containsExactly("column_1");

        assertThat(detect("U,1,Anna B,3\nI,3,Cy,9\nI,3,Di,9\n", UTF_8))
                .isEqualTo("{header=Op,column_1,column_2,column_3} []");
        assertThat(detect("I,1,Anna B,3\nI,2,Bo,4\nI,3,Cy,9\n", UTF_8))
                .isEqualTo("{header=column_1,column_2,column_3,column_4} []");
    }

    @Test
    void aKeyThatRepeatsInAnotherObjectIsNone() {
        Detection found = Detector.detect(List.of(sample("id,n\n1,5\n", true), sample("id,n\n1,6\n", true)));

        assertThat(found.keys()).isEmpty();
    }

    @Test
    void theEndOfASampleThatIsCutIsNotJudged() {
        Detection found = Detector.detect(List.of(sample("id,a,b\n1,x,y\n2,p,q\n3,r", false)));

        assertThat(found.parameters()).isEmpty();
        assertThat(found.findings())
                .filteredOn(finding -> finding.subject().equals("keys"))
                .extracting(finding -> finding.confidence().text())
                .containsExactly("a guess");
    }

    private static String detect(String text, Charset charset) {
        Detection found = Detector.detect(List.of(new Sample("a.csv", text.getBytes(charset), true)));
        return found.parameters().entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                        .collect(Collectors.joining(", ", "{", "}"))
                + " " + found.keys();
    }

    private static Sample sample(String text, boolean isWhole) {
        return new Sample("a.csv", text.getBytes(UTF_8), isWhole);
    }
}
