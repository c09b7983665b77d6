package io.caravan;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.caravan.model.feed.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the house: floors, on which imports go down only and neighbours do not know each other; the rooms of a floor, which are
 * small and form no circle, and of which the others see the face only; and the homes of foreign libraries.
 */
class HouseTest {

    private static final String ROOT = "io.caravan.";

    private static final int MOST_TYPES = 30;

    /** From the ground up. */
    private static final List<List<String>> FLOORS = List.of(
            List.of("base"),
            List.of("model"),
            List.of("spi"),
            List.of("csv", "aws", "redshift", "kubernetes", "metrics", "lineage"),
            List.of("load"),
            List.of("route"),
            List.of("app"));

    /** Only the app's demo knows it, and it knows only the ground. It may use any library. */
    private static final String SANDBOX = "sandbox";

    private static final List<String> SANDBOX_KNOWS = List.of("base", "model");

    /** What all others are made of: all of it may be used. */
    private static final List<String> WORDS = List.of("base", "model", "spi");

    /** What may be used of a tree of rooms from outside of it. Rooms need public types for each other; those are not meant. */
    private static final Map<String, Set<String>> FACES = Map.ofEntries(
            Map.entry(
                    "aws",
                    Set.of(
                            "AwsPlace",
                            "DecompressedContent",
                            "GlueConnection",
                            "NativeCompression",
                            "S3Connection",
                            "S3Connections",
                            "S3Settings",
                            "SecretPassword")),
            Map.entry(
                    "csv",
                    Set.of(
                            "CanonicalRows",
                            "Choice",
                            "ColumnPlan",
                            "Confidence",
                            "CsvReader",
                            "CsvRecord",
                            "Detection",
                            "Detector",
                            "Finding",
                            "MaskedReason",
                            "MissingShape",
                            "Names",
                            "ObjectField",
                            "ObjectShape",
                            "ObjectStart",
                            "ObjectView",
                            "RawText",
                            "ReaderView",
                            "RecordText",
                            "Repair",
                            "RowReader",
                            "Sample",
                            "SampleLimit",
                            "SampledObject",
                            "SkippedRecords",
                            "ViewedColumn")),
            Map.entry("kubernetes", Set.of("KubernetesMembership")),
            Map.entry("lineage", Set.of("KnownTargets", "LineageEndpoint", "OpenLineageSink")),
            Map.entry(
                    "load",
                    Set.of(
                            "CatalogPublisher",
                            "Correction",
                            "Election",
                            "FeedLoads",
                            "FeedLoadsFactory",
                            "FeedPreview",
                            "FeedPreviews",
                            "FeedTarget",
                            "FeedTidying",
                            "FeedWatch",
                            "FeedsOfTable",
                            "Found",
                            "Known",
                            "LedgerChanges",
                            "LedgerIndexes",
                            "LeftOpen",
                            "Leftovers",
                            "Load",
                            "LoadIds",
                            "LoadPreview",
                            "LoadResult",
                            "LoadScripts",
                            "LoadSlots",
                            "Loads",
                            "LostRows",
                            "ObjectSource",
                            "Patience",
                            "PreviewWish",
                            "PreviewedFile",
                            "PublishReport",
                            "RememberedCheck",
                            "Remembering",
                            "RepeatedLoad",
                            "Replay",
                            "Replays",
                            "RetryPolicy",
                            "Scope",
                            "StagingByCopy",
                            "StagingChoice",
                            "StagingTrial",
                            "TableVerification",
                            "TableVerifier",
                            "TargetTables",
                            "TrialLoads",
                            "Tries",
                            "VerifyVerdict")),
            Map.entry("metrics", Set.of("Metrics", "Observed")),
            Map.entry("redshift", Set.of("ConnectionSettings", "NeededGrants", "RedshiftWarehouse", "SqlRows")),
            Map.entry(
                    "route",
                    Set.of(
                            "CamelFailures",
                            "EventOutbox",
                            "EventSender",
                            "FeedBean",
                            "FeedEvents",
                            "FeedParameters",
                            "LiteralKeys",
                            "S3ObjectsComponent",
                            "S3ObjectsConsumer",
                            "StepBeans")),
            Map.entry("sandbox", Set.of("Flavour", "Sandbox", "SandboxObjects", "SandboxOptions", "SandboxUser")));

    /** Foreign packages, and the only packages that know them, besides the sandbox. */
    private static final Map<String, List<String>> HOMES = Map.ofEntries(
            Map.entry("picocli..", List.of("app.command", "app.demo")),
            Map.entry("com.fasterxml.jackson.core..", List.of("app.command")),
            Map.entry("ch.qos.logback..", List.of("app.log")),
            Map.entry("org.apache.camel.main..", List.of("app.camel")),
            Map.entry("org.apache.camel..", List.of("app.camel", "app.secret", "route")),
            Map.entry("org.snakeyaml..", List.of("app.camel")),
            Map.entry("software.amazon.awssdk..", List.of("aws")),
            Map.entry("com.github.luben.zstd..", List.of("aws.compression", "aws.staging")),
            Map.entry("org.apache.commons.compress..", List.of("aws.compression")),
            Map.entry("org.apache.commons.csv..", List.of("csv")),
            Map.entry("java.sql..", List.of("redshift")),
            Map.entry("javax.sql..", List.of("redshift")),
            Map.entry("com.zaxxer..", List.of("redshift.connection")),
            Map.entry("com.amazon.redshift..", List.of("redshift.connection")),
            Map.entry("jdk.net..", List.of("redshift.connection")),
            Map.entry("io.fabric8..", List.of("kubernetes")),
            Map.entry("io.micrometer..", List.of("metrics")),
            Map.entry("io.openlineage..", List.of("lineage")),
            Map.entry("com.sun.net.httpserver..", List.of("app.service", "app.web")),
            Map.entry("io.caravan.sandbox..", List.of("app.demo")),
            Map.entry("org.gaul..", List.of()),
            Map.entry("io.zonky..", List.of()),
            Map.entry("org.postgresql..", List.of()));

    /** What gives another answer each time, without parameters. */
    private static final Set<String> TIME_AND_CHANCE = Set.of(
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.Math.random",
            "java.util.Random.<init>",
            "java.security.SecureRandom.<init>",
            "java.util.concurrent.ThreadLocalRandom.current",
            "java.util.UUID.randomUUID");

    /** What every package may use. */
    private static final List<String> COMMON = List.of("java..", "javax..", "org.jspecify..", "org.slf4j..");

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.caravan");

    @Test
    void everyClassLivesOnAFloor() {
        check(classes().that(alwaysTrue()).should().resideInAnyPackage(inside(trees())));
    }

    @ParameterizedTest
    @MethodSource("trees")
    void importsGoDownOnly(String tree) {
        check(noClasses()
                .that(resideInAPackage(inside(tree)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        inside(trees().filter(other -> !other.equals(tree) && !knows(tree, other))))));
    }

    @Test
    void roomsAreSmall() {
        Map<String, List<JavaClass>> rooms =
                topLevel().collect(groupingBy(JavaClass::getPackageName, TreeMap::new, toList()));
        assertThat(rooms).allSatisfy((room, types) -> assertThat(types).hasSizeLessThanOrEqualTo(MOST_TYPES));
    }

    @Test
    void roomsHaveACaptionOfOneLine() throws IOException {
        for (String room : topLevel().map(JavaClass::getPackageName).collect(toCollection(TreeSet::new))) {
            Path caption = Path.of("src/main/java", room.replace('.', '/'), "package-info.java");
            assertThat(Files.readString(caption)).as(room).matches("(?s)/\\*\\* [^\\n]{10,120}\\. \\*/\\n.*");
        }
    }

    /** The sandbox must not share the mistakes of the code that is tried against it; it may share its names. */
    @Test
    void noTwoTypesHaveOneName() {
        assertThat(topLevel()
                        .filter(type -> !tree(type).equals(SANDBOX))
                        .map(JavaClass::getSimpleName)
                        .toList())
                .doesNotHaveDuplicates();
    }

    @Test
    void roomsFormNoCircle() {
        Map<String, Set<String>> above = new HashMap<>();
        dependencies().forEach(dependency -> above.computeIfAbsent(
                        dependency.getTargetClass().getPackageName(), room -> new TreeSet<>())
                .add(dependency.getOriginClass().getPackageName()));
        Set<String> rest = topLevel().map(JavaClass::getPackageName).collect(toCollection(TreeSet::new));
        boolean goesOn = true;
        while (goesOn) {
            // Whoever is used by nobody that is left is in no circle.
            goesOn = rest.removeIf(
                    room -> above.getOrDefault(room, Set.of()).stream().noneMatch(rest::contains));
        }
        assertThat(rest).as("rooms in a circle, or below one").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("treesWithFaces")
    void onlyTheFaceOfATreeIsUsedFromOutside(String tree) {
        Set<String> used = dependencies()
                .filter(dependency -> tree(dependency.getTargetClass()).equals(tree))
                .filter(dependency -> !tree(dependency.getOriginClass()).equals(tree))
                .map(dependency -> topLevel(dependency.getTargetClass()).getSimpleName())
                .collect(toCollection(TreeSet::new));
        assertThat(used).isEqualTo(new TreeSet<>(FACES.getOrDefault(tree, Set.of())));
    }

    /** The texts of statements are told apart from running them. */
    @Test
    void textsOfStatementsKnowNoConnection() {
        check(noClasses()
                .that(resideInAPackage(inside("redshift.sql")))
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql..", "com.zaxxer..")));
    }

    /** Who wants to know what a mode does asks for a trait, so that a new mode has all of them by its constant. */
    @Test
    void modesAreKnownByTheirTraits() {
        check(noClasses()
                .that(not(resideInAPackage(inside("model.feed"))))
                .should()
                .accessFieldWhere(target(owner(type(Mode.class)))));
    }

    /** So that a test has them in its hands; the app hands them in. A span that nobody tests may be measured by the system's clock. */
    @Test
    void timeAndChanceAreHandedIn() {
        Set<String> own = HOUSE.stream()
                .filter(type -> !List.of("app", SANDBOX).contains(tree(type)))
                .flatMap(type -> Stream.concat(
                        type.getMethodCallsFromSelf().stream(), type.getConstructorCallsFromSelf().stream()))
                .filter(call -> call.getTarget().getRawParameterTypes().isEmpty())
                .filter(call -> TIME_AND_CHANCE.contains(call.getTargetOwner().getName() + "." + call.getName()))
                .map(call -> topLevel(call.getOriginOwner()).getSimpleName() + " " + call.getName())
                .collect(toCollection(TreeSet::new));
        assertThat(own)
                .containsExactly(
                        "BackgroundTask nanoTime",
                        "EventQueue nanoTime",
                        "KubernetesMembership nanoTime",
                        "ObjectsView nanoTime");
    }

    @Test
    void parametersKnowNoCamel() {
        check(noClasses()
                .that(resideInAPackage(inside("route.parameter")))
                .should()
                .dependOnClassesThat(resideInAPackage("org.apache.camel..")));
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
        assertThat(topLevel().count()).isGreaterThan(500);
        assertThat(dependencies().count()).isGreaterThan(1000);
        assertThat(knows("app", "base")).isTrue();
        assertThat(knows("base", "app")).isFalse();
        assertThat(knows("csv", "aws")).isFalse();
        assertThat(knows("app", "sandbox")).isTrue();
        assertThat(knows("load", "sandbox")).isFalse();
        assertThat(knows("sandbox", "spi")).isFalse();
    }

    static Stream<String> trees() {
        return Stream.concat(FLOORS.stream().flatMap(List::stream), Stream.of(SANDBOX));
    }

    static Stream<String> treesWithFaces() {
        return trees().filter(tree -> !WORDS.contains(tree));
    }

    static Stream<String> libraries() {
        return HOMES.keySet().stream().sorted();
    }

    private static boolean knows(String tree, String other) {
        if (tree.equals(SANDBOX)) {
            return SANDBOX_KNOWS.contains(other);
        }
        return other.equals(SANDBOX) ? tree.equals("app") : floor(other) < floor(tree);
    }

    private static int floor(String tree) {
        return FLOORS.indexOf(FLOORS.stream()
                .filter(trees -> trees.contains(tree))
                .findFirst()
                .orElseThrow());
    }

    /** Those from one room to another. */
    private static Stream<Dependency> dependencies() {
        return HOUSE.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency ->
                        dependency.getTargetClass().getPackageName().startsWith(ROOT))
                .filter(dependency -> !dependency
                        .getTargetClass()
                        .getPackageName()
                        .equals(dependency.getOriginClass().getPackageName()));
    }

    private static Stream<JavaClass> topLevel() {
        return HOUSE.stream().filter(JavaClass::isTopLevelClass).filter(type -> !type.getSimpleName()
                .equals("package-info"));
    }

    private static JavaClass topLevel(JavaClass type) {
        JavaClass enclosing = type.getBaseComponentType();
        while (enclosing.getEnclosingClass().isPresent()) {
            enclosing = enclosing.getEnclosingClass().get();
        }
        return enclosing;
    }

    private static String tree(JavaClass type) {
        String room = type.getPackageName().substring(ROOT.length());
        return room.contains(".") ? room.substring(0, room.indexOf('.')) : room;
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
