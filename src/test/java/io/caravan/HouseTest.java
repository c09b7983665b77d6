package io.caravan;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the floors of the house: imports go down only, neighbours do not know each other, a library has one home. */
class HouseTest {

    private static final String ROOT = "io.caravan.";

    /** From the ground up. */
    private static final List<List<String>> FLOORS = List.of(
            List.of("base"),
            List.of("model"),
            List.of("spi"),
            List.of("csv", "s3", "redshift", "kubernetes", "metrics"),
            List.of("load"),
            List.of("route"),
            List.of("app"));

    /** Only the app knows it, and it knows only the ground. It may use any library. */
    private static final String SANDBOX = "sandbox";

    private static final List<String> SANDBOX_KNOWS = List.of("base", "model");

    /** Foreign packages, and the only packages that know them, besides the sandbox. */
    private static final Map<String, List<String>> HOMES = Map.ofEntries(
            Map.entry("picocli..", List.of("app")),
            Map.entry("com.fasterxml.jackson.core..", List.of("app")),
            Map.entry("org.apache.camel.main..", List.of("app")),
            Map.entry("org.apache.camel..", List.of("app", "route")),
            Map.entry("org.snakeyaml..", List.of("app")),
            Map.entry("software.amazon.awssdk..", List.of("s3")),
            Map.entry("com.github.luben.zstd..", List.of("s3")),
            Map.entry("org.apache.commons.compress..", List.of("s3")),
            Map.entry("org.apache.commons.csv..", List.of("csv")),
            Map.entry("java.sql..", List.of("redshift")),
            Map.entry("javax.sql..", List.of("redshift")),
            Map.entry("com.zaxxer..", List.of("redshift")),
            Map.entry("com.amazon.redshift..", List.of("redshift")),
            Map.entry("jdk.net..", List.of("redshift")),
            Map.entry("io.fabric8..", List.of("kubernetes")),
            Map.entry("io.micrometer..", List.of("metrics")),
            Map.entry("com.sun.net.httpserver..", List.of("app")),
            Map.entry("org.gaul..", List.of()),
            Map.entry("io.zonky..", List.of()),
            Map.entry("org.postgresql..", List.of()));

    /** What every package may use. */
    private static final List<String> COMMON = List.of("java..", "javax..", "org.jspecify..", "org.slf4j..");

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.caravan");

    @Test
    void everyClassLivesOnAFloor() {
        check(classes().that(alwaysTrue()).should().resideInAnyPackage(inside(rooms())));
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void importsGoDownOnly(String room) {
        check(noClasses()
                .that(resideInAPackage(inside(room)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        inside(rooms().filter(other -> !other.equals(room) && !knows(room, other))))));
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void aLibraryIsKnownToItsHomeOnly(String library) {
        String[] homes = inside(Stream.concat(HOMES.get(library).stream(), Stream.of(SANDBOX)));
        check(noClasses()
                .that(resideInAPackage(ROOT + ".").and(not(resideInAnyPackage(homes))))
                .should()
                .dependOnClassesThat(resideInAPackage(library)));
    }

    @Test
    void everyLibraryHasAHome() {
        String[] known = Stream.of(COMMON.stream(), HOMES.keySet().stream(), Stream.of(ROOT + "."))
                .flatMap(names -> names)
                .toArray(String[]::new);
        check(noClasses()
                .that(not(resideInAPackage(inside(SANDBOX))))
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(known))));
    }

    @Test
    void theTestSeesTheHouse() {
        assertThat(HOUSE.contain("io.caravan.base.ErrorCode")).isTrue();
        assertThat(knows("app", "base")).isTrue();
        assertThat(knows("base", "app")).isFalse();
        assertThat(knows("csv", "s3")).isFalse();
        assertThat(knows("app", "sandbox")).isTrue();
        assertThat(knows("load", "sandbox")).isFalse();
        assertThat(knows("sandbox", "spi")).isFalse();
    }

    static Stream<String> rooms() {
        return Stream.concat(FLOORS.stream().flatMap(List::stream), Stream.of(SANDBOX));
    }

    static Stream<String> libraries() {
        return HOMES.keySet().stream().sorted();
    }

    private static boolean knows(String room, String other) {
        if (room.equals(SANDBOX)) {
            return SANDBOX_KNOWS.contains(other);
        }
        return other.equals(SANDBOX) ? room.equals("app") : floor(other) < floor(room);
    }

    private static int floor(String room) {
        return FLOORS.indexOf(FLOORS.stream()
                .filter(rooms -> rooms.contains(room))
                .findFirst()
                .orElseThrow());
    }

    private static String inside(String room) {
        return ROOT + room + "..";
    }

    private static String[] inside(Stream<String> rooms) {
        return rooms.map(HouseTest::inside).toArray(String[]::new);
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(HOUSE);
    }
}
