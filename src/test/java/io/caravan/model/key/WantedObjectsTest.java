package io.caravan.model.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.ObjectVersion;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WantedObjectsTest {

    private static final int PREFIX = "in/".length();
    private static final Instant NOON = Instant.parse("2024-06-01T12:00:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "in/_SUCCESS",
                "in/.a.csv.crc",
                "in/x/_a.csv",
                "in/_temporary/0/a.csv",
                "in/x/.tmp/a.csv",
                "in/a_$folder$",
                "in/a.crc",
                "in/a.csv.metadata",
                "in/manifest",
                "in/x/venue_manifest"
            })
    void someNamesSayThatTheyAreNoData(String key) {
        assertThat(WantedObjects.ALL.of(new KeyPart(key, PREFIX))).isEqualTo(KeyWish.NO_DATA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "in/a_b.csv",
                "in/a.b/c",
                "in/manifest.csv",
                "in/manifest/a",
                "in/crc",
                "in/_day=1/a.csv",
                "in/metadata",
                "in/a.crc/b"
            })
    void othersDoNot(String key) {
        assertThat(WantedObjects.ALL.of(new KeyPart(key, PREFIX))).isEqualTo(KeyWish.WANTED);
    }

    @Test
    void thePrefixIsMeant() {
        assertThat(WantedObjects.ALL.of(new KeyPart("_in/.x/a.csv", "_in/.x/".length())))
                .isEqualTo(KeyWish.WANTED);
        assertThat(WantedObjects.ALL.of(new KeyPart("_in/.x1.csv", "_in/.x".length())))
                .isEqualTo(KeyWish.WANTED);
    }

    @Test
    void anIncludedNameIsDataButItsFolderIsNotNamed() {
        WantedObjects wanted = including("_*.csv");

        assertThat(wanted.of(new KeyPart("in/_a.csv", PREFIX))).isEqualTo(KeyWish.WANTED);
        assertThat(wanted.of(new KeyPart("in/_tmp/_a.csv", PREFIX))).isEqualTo(KeyWish.NO_DATA);
        assertThat(including("**/_tmp/*").of(new KeyPart("in/_tmp/_a.csv", PREFIX)))
                .isEqualTo(KeyWish.WANTED);
        assertThat(wanted.of(new KeyPart("in/a.csv", PREFIX))).isEqualTo(KeyWish.UNWANTED);
    }

    @Test
    void sinceIsIncludedAndUntilIsNot() {
        WantedObjects wanted = new WantedObjects(List.of(), List.of(), NOON, NOON.plusSeconds(2));

        assertThat(List.of(-1, 0, 1, 2))
                .extracting(seconds -> wanted.of(
                        new ObjectVersion("b", "in/a", "e", 1, NOON.plusSeconds(seconds)), new KeyPart("in/a", PREFIX)))
                .containsExactly(KeyWish.UNWANTED, KeyWish.WANTED, KeyWish.WANTED, KeyWish.UNWANTED);
    }

    @Test
    void whatIsLeftOutAsAWholeIsNotTaken() {
        KeyPart archive = new KeyPart("in/archive/", PREFIX);

        assertThat(WantedObjects.ALL.mayWantBehind(archive)).isTrue();
        assertThat(excluding("archive/**").mayWantBehind(archive)).isFalse();
        assertThat(excluding("archive/*").mayWantBehind(archive)).isTrue();
        assertThat(excluding("*.csv").mayWantBehind(archive)).isTrue();
        assertThat(including("*.csv").mayWantBehind(archive)).isTrue();
        assertThat(including("2024/**").mayWantBehind(archive)).isFalse();
        assertThat(including("**/*.csv").mayWantBehind(archive)).isTrue();
        assertThat(including("archive/2024/*").mayWantBehind(archive)).isTrue();
    }

    private static WantedObjects including(String glob) {
        return new WantedObjects(List.of(KeyGlob.parse(glob)), List.of(), null, null);
    }

    private static WantedObjects excluding(String glob) {
        return new WantedObjects(List.of(), List.of(KeyGlob.parse(glob)), null, null);
    }
}
