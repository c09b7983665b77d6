package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.report.ExitCode;
import io.caravan.app.settings.SettingsReader;
import io.caravan.app.wiring.SpiDecorator;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Route files that a stranger wrote, as somebody meets them who looks at them by {@code check --offline}. */
class StrangersRoutesTest {

    private static final Path TEMPLATE = Path.of("routes", "s3-csv-to-redshift.camel.yaml");
    private static final String GOOD =
            """
            - templatedRoute:
                routeId: good
                routeTemplateRef: s3-csv-to-redshift
                parameters:
                  - { name: bucket, value: b }
                  - { name: table, value: public.t }
                  - { name: keys, value: id }
            """;

    @TempDir
    private Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private RouteDirectory routes;

    @BeforeEach
    void start() {
        System.clearProperty(Canary.SUNG);
        routes = new RouteDirectory(directory.resolve("routes"));
        environment.put("CARAVAN_WAREHOUSE_URL", "jdbc:redshift://127.0.0.1:1/dev");
        environment.put("CARAVAN_WAREHOUSE_PASSWORD", "s3cr3t");
    }

    @AfterEach
    void forget() {
        System.clearProperty(Canary.SUNG);
    }

    /** Files that bring more than feeds: the file's text, by the thing in it and the line at which that stands. */
    static Stream<Map.Entry<String, String>> more() {
        String canary = Canary.class.getName();
        Map<String, String> files = new LinkedHashMap<>();
        files.put("1 'beans'", "- beans:\n    - { name: c, type: '" + canary + "' }\n");
        files.put("2 'beans'", "# a comment\n- beans:\n    - { name: c, type: '#class:" + canary + "' }\n");
        files.put("1 'beans'.", "- beans: [{ name: c, type: " + canary + ", initMethod: sing }]\n" + GOOD);
        files.put(
                "1 'beans'..",
                "- beans:\n    - { name: c, type: " + canary + ", properties: { text: x }, destroyMethod: sing }\n");
        files.put("1 'beans'...", "- beans:\n    - { name: c, type: " + canary + ", factoryMethod: create }\n");
        files.put(
                "1 'beans'....",
                "- beans:\n    - { name: c, type: java.lang.Object, factoryBean: " + canary
                        + ", factoryMethod: create }\n");
        files.put(
                "1 'beans'.....",
                "- beans:\n    - { name: c, type: " + canary + ", factoryMethod: of, constructors: { 0: x } }\n");
        files.put(
                "1 'beans'......",
                "- beans:\n    - { name: c, type: java.lang.String, scriptLanguage: simple, script: \"${bean:type:"
                        + canary + "?method=create}\" }\n");
        files.put(
                "1 'beans'.......",
                "- beans:\n    - { name: c, type: java.util.ArrayList, properties: { x: '#class:" + canary + "' } }\n");
        files.put("8 'beans'", GOOD + "- beans:\n    - { name: c, type: " + canary + " }\n");
        files.put(
                "1 'route'",
                "- route: { id: r, from: { uri: 'direct:x', steps: [{ bean: { beanType: " + canary
                        + ", method: sing } }] } }\n");
        files.put("1 'from'", "- from: { id: r, uri: 'direct:y', steps: [{ to: 'class:" + canary + "' }] }\n");
        files.put(
                "1 'routeTemplate'",
                "- routeTemplate:\n    id: mine\n    parameters: [{ name: x }]\n    beans: [{ name: c, type: " + canary
                        + " }]\n    from: { uri: 'direct:{{x}}', steps: [{ log: x }] }\n");
        files.put(
                "1 'errorHandler'",
                "- errorHandler: { deadLetterChannel: { deadLetterUri: 'log:x', onPrepareFailureRef: '#class:" + canary
                        + "' } }\n");
        files.put(
                "1 'onException'",
                "- onException: { exception: [" + canary + "], steps: [{ log: x }], handled: { constant: 'true' } }\n");
        files.put("1 'onCompletion'", "- onCompletion: { steps: [{ bean: { beanType: " + canary + " } }] }\n");
        files.put("1 'intercept'", "- intercept: { steps: [{ bean: { beanType: " + canary + " } }] }\n");
        files.put(
                "1 'routeConfiguration'",
                "- routeConfiguration:\n    id: c\n    errorHandler: { refErrorHandler: { ref: '#class:" + canary
                        + "' } }\n");
        files.put("1 'rest'", "- rest: { path: /x, get: [{ to: 'class:" + canary + "' }] }\n");
        files.put(
                "1 'restConfiguration'",
                "- restConfiguration: { component: '#class:" + canary + "', host: example.org }\n");
        files.put("1 'dataFormats'", "- dataFormats: { custom: { ref: '#class:" + canary + "' } }\n");
        files.put("1 'templated-route'", GOOD.replace("templatedRoute", "templated-route"));
        files.put("1 'beans' of a feed", GOOD + "    beans: [{ name: c, type: " + canary + " }]\n");
        files.put("1 'prefixId' of a feed", GOOD + "    prefixId: x\n");
        files.put("4 'bean' of a parameter", GOOD.replace("value: b }", "value: b, bean: x }"));
        return files.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("more")
    void isReadWithoutAnythingInItBeingMade(Map.Entry<String, String> file) {
        routes.file("a.camel.yaml", file.getValue());

        CaravanProcess.Result check = check();

        assertThat(System.getProperty(Canary.SUNG)).as(check.stdout()).isNull();
        assertThat(check.exitCode()).as(check.stderr()).isIn(ExitCode.DONE, ExitCode.INVALID);
    }

    @ParameterizedTest
    @MethodSource("more")
    void isRefusedWhereOnlyFeedsAreTaken(Map.Entry<String, String> file) {
        environment.put("CARAVAN_ROUTES_ONLY_FEEDS", "true");
        routes.file("a.camel.yaml", file.getValue());

        CaravanProcess.Result check = check();

        assertThat(check.exitCode()).as(check.stdout()).isEqualTo(ExitCode.INVALID);
        String[] what = file.getKey().replace(".", "").split(" ", 2);
        assertThat(routes(check))
                .first()
                .asString()
                .matches("a\\.camel\\.yaml: line \\d+: .*")
                .contains(what[1]);
        assertThat(routes(check)).first().asString().contains("caravan.routes.only-feeds");
        if (!what[1].contains(" of ")) {
            assertThat(routes(check)).first().asString().startsWith("a.camel.yaml: line " + what[0] + ": ");
        }
        assertThat(System.getProperty(Canary.SUNG)).isNull();
    }

    @Test
    void theShippedTemplateNeedNotBeThereAndNoOtherMayBe() throws Exception {
        environment.put("CARAVAN_ROUTES_ONLY_FEEDS", "true");
        routes.file("good.camel.yaml", GOOD);
        assertThat(check().exitCode()).isEqualTo(ExitCode.DONE);

        Path template = routes.path().resolve(TEMPLATE.getFileName());
        String shipped = Files.readString(template);
        Files.delete(template);
        CaravanProcess.Result without = check();
        assertThat(without.exitCode()).as(without.stdout()).isEqualTo(ExitCode.DONE);

        routes.file("renamed.yaml", shipped);
        assertThat(check().exitCode()).isEqualTo(ExitCode.DONE);

        routes.file("renamed.yaml", shipped.replace("initialDelay: 0", "initialDelay: 1"));
        CaravanProcess.Result changed = check();
        assertThat(changed.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(routes(changed))
                .singleElement()
                .asString()
                .contains("renamed.yaml: line 4: 'routeTemplate'", "caravan.routes.only-feeds");
    }

    @Test
    void whatAFeedSaysIsTextAndNothingElse() {
        environment.put("CARAVAN_ROUTES_ONLY_FEEDS", "true");
        Map<String, String> refused = new LinkedHashMap<>();
        refused.put("{ name: preSql, value: DROP TABLE x }", "'preSql'");
        refused.put("{ name: postSql, value: DROP TABLE x }", "'postSql'");
        refused.put("{ name: constants, value: 'n={{env:CARAVAN_WAREHOUSE_PASSWORD}}' }", "CARAVAN_WAREHOUSE_PASSWORD");
        refused.put("{ name: constants, value: 'n={{caravan.warehouse.password}}' }", "caravan.warehouse.password");
        refused.put("{ name: constants, value: 'n={{aws.secret-access-key}}' }", "aws.secret-access-key");
        refused.put("{ name: constants, value: 'n={{sys:aws.secretAccessKey}}' }", "aws.secretAccessKey");
        refused.put("{ name: constants, value: 'n={{?db.password}}' }", "db.password");
        refused.put("{ name: constants, value: 'n={{db.pa\u017f\u017fword}}' }", "db.pa");
        refused.put("{ name: constants, value: 'n={{?env:x{{caravan.replica:y}}}}' }", "caravan.replica");
        refused.put("{ name: constants, value: 'n={{bean:c.create}}' }", "bean:");
        refused.put("{ name: constants, value: [a] }", "'value'");
        refused.put("{ name: constants }\n      - nothing", "'name: value'");
        refused.put("{ name: nothing, value: x }", "'nothing'");
        refused.forEach((parameter, named) -> {
            routes.file("a.camel.yaml", GOOD + "      - " + parameter + "\n");
            CaravanProcess.Result check = check();
            assertThat(check.exitCode()).as(parameter + check.stdout()).isEqualTo(ExitCode.INVALID);
            assertThat(routes(check))
                    .first()
                    .asString()
                    .startsWith("a.camel.yaml")
                    .contains(named);
            assertThat(check.stdout()).doesNotContain("s3cr3t");
        });
        environment.put("MY_REGION", "EU");
        for (String parameter : List.of(
                "{ name: constants, value: 'r={{my.region}}, s={{env:MY_REGION}}, t={{my.other:x}}' }",
                "{ name: nullString, value: '#class:" + Canary.class.getName() + "' }",
                "{ name: preSql, value: '' }")) {
            routes.file(
                    "a.camel.yaml",
                    GOOD + "      - " + parameter.replace("{{my.region}}, s={{env:MY_REGION}}", "x, s=y") + "\n");
            assertThat(check().exitCode()).as(check().stdout()).isEqualTo(ExitCode.DONE);
        }
        assertThat(System.getProperty(Canary.SUNG)).isNull();
    }

    @Test
    void formsOfYamlThatMeanSomethingElseAreRefused() {
        environment.put("CARAVAN_ROUTES_ONLY_FEEDS", "true");
        for (String text : List.of(
                GOOD + "---\n- beans: []\n",
                "templatedRoute: {}\n",
                "apiVersion: camel.apache.org/v1\nkind: Pipe\nmetadata: { name: p }\nspec: { errorHandler: { log: { parameters:"
                        + " { x: '#class:" + Canary.class.getName() + "' } } } }\n",
                "- templatedRoute: &a { routeId: x }\n  beans: []\n",
                "- [beans]\n",
                "- text\n",
                "- ? { beans: x }\n  : y\n",
                GOOD + "    routeId: twice\n",
                GOOD + "    <<: { beans: [] }\n",
                GOOD.replace("s3-csv-to-redshift", "mine"),
                GOOD.replace("s3-csv-to-redshift", "'{{mine}}'"),
                GOOD.replace("routeId: good", "routeId: '{{env:HOME}}'"),
                GOOD.replace("    routeId: good\n", ""),
                "- templatedRoute: [\n",
                "[".repeat(50_000),
                "- ".repeat(50_000) + "x",
                "{a: ".repeat(20_000) + "}".repeat(20_000),
                "- templatedRoute: { parameters: " + "[".repeat(20_000) + "]".repeat(20_000) + " }\n",
                "\u0001",
                "x".repeat(3) + ": &x [*x]\n")) {
            routes.file("a.camel.yaml", text);
            CaravanProcess.Result check = check();
            assertThat(check.exitCode()).as(text + check.stdout()).isEqualTo(ExitCode.INVALID);
            assertThat(routes(check)).first().asString().startsWith("a.camel.yaml");
        }
        assertThat(System.getProperty(Canary.SUNG)).isNull();
    }

    @Test
    void whatIsMadeLaterIsSaidBefore() {
        routes.file(
                "a.camel.yaml",
                GOOD + "- beans:\n    - { name: evil, type: " + Canary.class.getName()
                        + " }\n    - { name: other, type: java.lang.String, scriptLanguage: simple, script: x }\n"
                        + "- route: { id: own, from: { uri: 'direct:x', steps: [{ log: x }] } }\n");

        CaravanProcess.Result check = check();

        assertThat(check.exitCode()).as(check.stdout()).isEqualTo(ExitCode.DONE);
        assertThat(check.stdout().lines().filter(line -> line.startsWith("routes")))
                .singleElement()
                .asString()
                .contains("a.camel.yaml", "line 8: 'beans' evil, other", "line 11: 'route' own");
        assertThat(System.getProperty(Canary.SUNG)).isNull();
    }

    private static List<String> routes(CaravanProcess.Result check) {
        return check.stdout()
                .lines()
                .filter(line -> line.startsWith("routes"))
                .map(line -> line.replaceFirst("routes +invalid +", ""))
                .toList();
    }

    private CaravanProcess.Result check() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = CommandTree.execute(
                new SettingsReader(environment, List.of(directory)),
                SpiDecorator.NONE,
                new PrintWriter(out),
                new PrintWriter(err),
                "check",
                "--offline");
        return new CaravanProcess.Result(exitCode, out.toString(), err.toString());
    }
}
