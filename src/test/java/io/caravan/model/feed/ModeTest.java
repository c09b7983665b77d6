package io.caravan.model.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ModeTest {

    /** As far as the closing brace of the switch, which stands in the column of the line that begins it, or further right. */
    private static final Pattern SWITCH =
            Pattern.compile("switch \\([^\\n]*(?:mode|matching)\\(\\)\\) \\{.*?\\n +}", Pattern.DOTALL);

    @Test
    void eachModeHasItsTraits() {
        Map<Mode, List<String>> traits = new EnumMap<>(Mode.class);
        for (Mode mode : Mode.values()) {
            traits.put(mode, traits(mode));
        }

        assertThat(traits)
                .isEqualTo(Map.of(
                        Mode.UPSERT, List.of("comparesKeys", "insertsOthers", "insertsAllIntoEmpty", "canRemember"),
                        Mode.UPDATE_ONLY, List.of("comparesKeys"),
                        Mode.INSERT_ONLY,
                                List.of("comparesKeys", "insertsOthers", "insertsAllIntoEmpty", "onlyInserts"),
                        Mode.APPEND, List.of("insertsOthers", "onlyInserts", "allowsNoKeys"),
                        Mode.REPLACE,
                                List.of("isSnapshot", "comparesKeys", "insertsOthers", "allowsNoKeys", "replacesAll"),
                        Mode.MIRROR,
                                List.of(
                                        "isSnapshot",
                                        "comparesKeys",
                                        "insertsOthers",
                                        "insertsAllIntoEmpty",
                                        "canRemember"),
                        Mode.CHANGES, List.of("comparesKeys", "insertsOthers", "hasChangeColumn"),
                        Mode.HISTORY, List.of("comparesKeys", "insertsOthers", "keepsVersions")));
    }

    private static List<String> traits(Mode mode) {
        Map<String, Predicate<Mode>> all = new LinkedHashMap<>();
        all.put("isSnapshot", Mode::isSnapshot);
        all.put("comparesKeys", Mode::comparesKeys);
        all.put("insertsOthers", Mode::insertsOthers);
        all.put("insertsAllIntoEmpty", Mode::insertsAllIntoEmpty);
        all.put("onlyInserts", Mode::onlyInserts);
        all.put("allowsNoKeys", Mode::allowsNoKeys);
        all.put("replacesAll", Mode::replacesAll);
        all.put("keepsVersions", Mode::keepsVersions);
        all.put("hasChangeColumn", Mode::hasChangeColumn);
        all.put("canRemember", Mode::canRemember);
        return all.entrySet().stream()
                .filter(trait -> trait.getValue().test(mode))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void ofSomeRowsOfASnapshotTheRestIsNotMissing() {
        for (Mode mode : Mode.values()) {
            MergePolicy policy = new MergePolicy(mode, MergePolicy.Duplicates.LAST, null, null, 0.2, "Op", true, false);

            assertThat(policy.forSomeRows(true).takesMissing()).as(mode.name()).isFalse();
            assertThat(policy.forSomeRows(true).mode()).isEqualTo(mode.isSnapshot() ? Mode.UPSERT : mode);
        }
        MergePolicy replace =
                new MergePolicy(Mode.REPLACE, MergePolicy.Duplicates.LAST, null, null, 0.2, "Op", false, false);
        assertThat(replace.forSomeRows(false).mode()).isEqualTo(Mode.APPEND);
    }

    /** The compiler leads whoever adds a mode only where a switch names all of them. */
    @Test
    void noDefaultSwallowsAMode() throws IOException {
        int switches = 0;
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher found = SWITCH.matcher(Files.readString(source));
                while (found.find()) {
                    switches++;
                    assertThat(found.group()).as(source.toString()).doesNotContain("default ->");
                }
            }
        }
        assertThat(switches).isPositive();
    }

    @Test
    void theManualAndTheTemplateNameEachMode() {
        List<String> names = Arrays.stream(Mode.values())
                .map(mode -> mode.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();

        for (String page : List.of("docs/modes.md", "README.md", "routes/s3-csv-to-redshift.camel.yaml")) {
            assertThat(text(page)).as(page).contains(names);
        }
    }

    private static String text(String page) {
        try {
            return Files.readString(Path.of(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
