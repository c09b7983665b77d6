package io.caravan.app;

import static io.caravan.app.ManualCommand.notRun;
import static io.caravan.app.ManualCommand.run;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.caravan.app.report.ExitCode;
import io.caravan.testing.Waiting;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every shell block of the manual, command by command, as a reader pastes it: in a fresh checkout, against the sandbox that the
 * README starts. What cannot be run here stands in the same table with the reason; what needs a tool that this machine lacks is
 * skipped by its name.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManualCommandsIT {

    private static final Set<String> SHELL = Set.of("sh", "bash", "shell", "console", "");
    private static final Set<String> NO_SHELL = Set.of("csv", "yaml", "json", "sql", "properties", "text");

    private static final String README = "README.md";
    private static final String CLUSTER = "docs/cluster.md";
    private static final String OPERATIONS = "docs/operations.md";
    private static final String MONITOR = "docs/monitor.md";
    private static final String DEAD_LETTERS = "docs/dead-letters.md";
    private static final String PREVIEW = "docs/preview.md";
    private static final String VERIFY = "docs/verify.md";
    private static final String MEMORY = "docs/memory.md";
    private static final String BENCH = "bench/README.md";
    private static final String AWS = "deploy/aws/README.md";

    /** Which the sandbox writes. */
    private static final String ENVIRONMENT = "sandbox.env";

    private static final String NO_FILES = "it reads what the command before has fetched";
    private static final String NO_CLUSTER = "there is no cluster";
    private static final String NO_ENGINE = "there is no engine; deploy/prove-image.sh builds the image and runs it";
    private static final String NO_ACCOUNT = "there is no account of AWS; AwsTemplateTest reads the template";
    private static final String BY_THE_WAY = "there is no cluster and no account; deploy/prove-way.sh plays it";
    private static final String IN_POD = "kubectl exec --namespace caravan deploy/caravan -- caravan";
    private static final String IN_POD_WITH_INPUT =
            "kubectl exec --namespace caravan --stdin deploy/caravan -- caravan";

    /** In the order in which they are run: pages go on where others have ended. */
    private static final List<ManualCommand> COMMANDS = List.of(
            notRun(README, "./caravan demo", "it has a sandbox of its own; ProcessIT runs it"),
            notRun(README, "mvn verify", "it is what runs this test"),
            // Ports and a directory that others may have, too.
            run(README, "./caravan sandbox").with("/tmp/sandbox.env", ENVIRONMENT, "/tmp/sandbox", "sandbox"),
            run(README, ". /tmp/sandbox.env").with("/tmp/sandbox.env", "./" + ENVIRONMENT),
            run(README, "printf 'customer_id"),
            run(README, "./caravan sandbox put", "s3://my-second-source/customer/customer.csv: 61 bytes"),
            run(README, "./caravan load", "s3://my-second-source/customer/customer.csv     2         1")
                    .endsWith(ExitCode.REJECTED),
            run(README, "./caravan sql 'SELECT * FROM public.employee'", "1  Sinem       Aydin"),
            run(README, "./caravan sql 'SELECT line_number", "3  customer_id", "x,Not,Anumber"),
            run(README, "printf 'id;name"),
            run(README, "./caravan sandbox put", "s3://my-second-source/orders/orders.csv: "),
            run(README, "./caravan feed new", "2 records: all good", "Wrote ", "orders.camel.yaml"),
            run(README, "./caravan load --feed orders", "s3://my-second-source/orders/orders.csv     2         2"),
            run(PREVIEW, "./caravan preview --feed orders", "Feed orders: nothing new"),
            run(PREVIEW, "./caravan preview --feed orders --key", "is in the ledger as it is"),
            run(PREVIEW, "./caravan preview --feed orders --file", "unknown"),
            run(VERIFY, "./caravan verify --feed orders", "public.orders", "equal"),
            run(VERIFY, "./caravan verify --feed orders --since", "\"result\": \"equal\""),
            run(README, "./caravan sql 'SELECT * FROM public.orders'", "1234.5000", "2026-12-01"),
            run(README, "./caravan sql \"SET caravan.fail_next"),
            notRun(OPERATIONS, "docker build", NO_ENGINE),
            run(OPERATIONS, "cp -r deploy/kubernetes"),
            run(OPERATIONS, "$EDITOR deploy/kubernetes", "employee.camel.yaml").with("$EDITOR", "ls"),
            run(OPERATIONS, "kubectl create namespace", "namespace/caravan created (dry run)")
                    .with("caravan", "caravan --dry-run=client"),
            run(OPERATIONS, "kubectl create secret", "secret/caravan-warehouse created (dry run)")
                    .with("FILE", "README.md --dry-run=client"),
            run(OPERATIONS, "kubectl apply -k", "kind: Deployment", "kind: CronJob", "name: caravan-routes")
                    .with("apply -k", "kustomize"),
            notRun(OPERATIONS, "kubectl create job caravan-check", NO_CLUSTER),
            notRun(OPERATIONS, "kubectl logs --namespace caravan", NO_CLUSTER),
            notRun(OPERATIONS, "kubectl delete job caravan-check", NO_CLUSTER),
            run(OPERATIONS, IN_POD + " check", "feed employee: table public.employee")
                    .with(IN_POD, "./caravan"),
            run(OPERATIONS, IN_POD + " objects list", "customer/customer.csv").with(IN_POD, "./caravan"),
            run(OPERATIONS, IN_POD + " dead-letters list", "VALUE_FORMAT").with(IN_POD, "./caravan"),
            run(OPERATIONS, IN_POD + " dead-letters show").with(IN_POD, "./caravan"),
            run(OPERATIONS, IN_POD_WITH_INPUT + " dead-letters replay", "replayed")
                    .with(IN_POD_WITH_INPUT, "./caravan")
                    .endsWith(ExitCode.REJECTED),
            notRun(OPERATIONS, "kubectl create job caravan-list", NO_CLUSTER),
            notRun(OPERATIONS, "kubectl logs --namespace caravan", NO_CLUSTER),
            notRun(OPERATIONS, "docker run", NO_ENGINE),
            notRun(OPERATIONS, "aws cloudformation deploy", NO_ACCOUNT),
            notRun(OPERATIONS, "aws cloudformation describe-stacks", NO_ACCOUNT),
            notRun(OPERATIONS, "aws redshift modify-cluster-iam-roles", NO_ACCOUNT),
            notRun(OPERATIONS, "aws redshift-serverless get-namespace", NO_ACCOUNT),
            notRun(OPERATIONS, "aws redshift-serverless update-namespace", NO_ACCOUNT),
            notRun(OPERATIONS, "kubectl delete -k", NO_CLUSTER),
            notRun(OPERATIONS, "aws cloudformation delete-stack", NO_ACCOUNT),
            notRun(CLUSTER, "export AWS_REGION", BY_THE_WAY),
            notRun(CLUSTER, "aws ecr create-repository", BY_THE_WAY),
            notRun(CLUSTER, "aws ecr get-login-password", BY_THE_WAY),
            notRun(CLUSTER, "docker build", BY_THE_WAY),
            notRun(CLUSTER, "aws cloudformation deploy", BY_THE_WAY),
            notRun(CLUSTER, "aws redshift modify-cluster-iam-roles", BY_THE_WAY),
            notRun(CLUSTER, "aws eks create-pod-identity-association", BY_THE_WAY),
            notRun(CLUSTER, "deploy/aws/values.sh", BY_THE_WAY),
            run(CLUSTER, "kubectl create configmap feeds-sales", "name: feeds-sales", "employee.camel.yaml")
                    .with("--from-file sales/", "--from-file routes/ --dry-run=client --output yaml"),
            run(CLUSTER, "kubectl create namespace", "namespace/caravan created (dry run)")
                    .with("caravan", "caravan --dry-run=client"),
            notRun(CLUSTER, "kubectl label namespace", BY_THE_WAY),
            notRun(CLUSTER, "helm upgrade --install", BY_THE_WAY),
            notRun(CLUSTER, "helm test caravan", BY_THE_WAY),
            run(CLUSTER, "kubectl logs --namespace caravan caravan-grants", "GRANT")
                    .with(
                            "kubectl logs --namespace caravan caravan-grants",
                            "./caravan grants --all | tee /dev/stderr"),
            notRun(CLUSTER, "helm test caravan", BY_THE_WAY),
            notRun(CLUSTER, "kubectl rollout status", BY_THE_WAY),
            run(CLUSTER, "printf 'customer_id"),
            run(CLUSTER, "aws s3 cp", "upload: ./customer.csv to s3://my-second-source/customer/customer.csv"),
            run(CLUSTER, IN_POD + " objects list", "customer/customer.csv").with(IN_POD, "./caravan"),
            run(CLUSTER, IN_POD + " dead-letters list", "VALUE_FORMAT").with(IN_POD, "./caravan"),
            notRun(CLUSTER, "aws s3api get-bucket-notification-configuration", "the sandbox's S3 tells nobody"),
            notRun(CLUSTER, "aws s3api put-bucket-notification-configuration", "the sandbox's S3 tells nobody"),
            notRun(MONITOR, "kubectl port-forward", NO_CLUSTER),
            run(MONITOR, "kubectl create secret", "secret/caravan-ui created (dry run)")
                    .with("FILE", "README.md --dry-run=client"),
            run(DEAD_LETTERS, "./caravan dead-letters show"),
            run(DEAD_LETTERS, "# edit \"raw\"").with("# edit \"raw\"", "sed -i 's/x,Not/2,Not/' rows.json #"),
            run(DEAD_LETTERS, "./caravan dead-letters replay --feed employee --corrected rows.json --dry-run"),
            run(DEAD_LETTERS, "./caravan dead-letters replay --feed employee --corrected rows.json", "replayed"),
            // They take minutes; their options are looked at.
            run(MEMORY, "bench/large-object", "usage: bench/large-object")
                    .with("bench/large-object", "bench/large-object --help")
                    .endsWith(ExitCode.INVALID),
            run(MEMORY, "bench/large-object --mebibytes 256 --heap 128m", "--mebibytes", "--heap")
                    .with("128m", "128m --help")
                    .endsWith(ExitCode.INVALID),
            run(BENCH, "bench/run", "usage: bench/run")
                    .with("bench/run", "bench/run --help")
                    .endsWith(ExitCode.INVALID),
            run(BENCH, "bench/run --scale 1", "--scale")
                    .with("--scale 1", "--scale 1 --help")
                    .endsWith(ExitCode.INVALID),
            run(BENCH, "bench/run --goals 2,5 --scale 0.3", "--goals", "--scale")
                    .with("0.3", "0.3 --help")
                    .endsWith(ExitCode.INVALID),
            notRun(BENCH, "git clone", "it fetches thousands of files"),
            notRun(BENCH, "bench/pollock Pollock", NO_FILES),
            notRun(BENCH, "bench/pollock Pollock --results", NO_FILES),
            notRun(AWS, "export CARAVAN_WAREHOUSE_URL", "it names a warehouse that only its reader has"),
            notRun(AWS, "export CARAVAN_STAGING_BUCKET", "it names a bucket that only its reader has"),
            // It asks a real Redshift.
            run(AWS, "deploy/aws/prove.sh", "--json FILE").with("proof.json", "proof.json --help"));

    private static final Pattern EXPORT = Pattern.compile("export (\\w+)='([^']*)'");

    @TempDir
    private static Path directory;

    private Path checkout;
    private @Nullable Process sandbox;

    /** The variables that the sandbox has printed, once it runs. */
    private final Map<String, String> exported = new HashMap<>();

    private record Found(String page, String text) {}

    private record Ended(int exitCode, String output) {}

    static List<ManualCommand> commands() {
        return COMMANDS;
    }

    @BeforeAll
    void checkOut() throws IOException {
        checkout = Files.createDirectory(directory.resolve("checkout"));
        for (String name : List.of(
                "README.md",
                "application.properties",
                "bench",
                "caravan",
                "deploy",
                "docs",
                "pom.xml",
                "routes",
                "src/main")) {
            copy(Path.of(name));
        }
        build();
    }

    /** What Maven leaves behind, as far as the launcher looks: a jar that names what this JVM runs with, and the tests not. */
    private void build() throws IOException {
        Path target = Files.createDirectory(checkout.resolve("target"));
        Files.createDirectory(target.resolve("lib"));
        Files.createDirectory(target.resolve("sandbox-lib"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                                .splitAsStream(System.getProperty("java.class.path"))
                                .filter(entry -> !entry.endsWith("test-classes"))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(joining(" ")));
        new JarOutputStream(Files.newOutputStream(target.resolve("caravan.jar")), manifest).close();
    }

    private void copy(Path from) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path to = checkout.resolve(file);
                Files.createDirectories(requireNonNull(to.getParent()));
                if (!Files.isDirectory(file)) {
                    Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (sandbox != null) {
            sandbox.destroy();
            assertThat(sandbox.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void everyBlockIsOfAKnownLanguage() throws IOException {
        assertThat(ManualBlock.all()).allSatisfy(block -> assertThat(block.language())
                .as("%s: %s", block.page(), block.lines())
                .matches(language -> SHELL.contains(language) || NO_SHELL.contains(language)));
    }

    @Test
    void everyCommandIsRunOrHasAReason() throws IOException {
        List<Found> found = found();

        assertThat(COMMANDS).hasSameSizeAs(found).allSatisfy(command -> text(command));
        assertThat(found).allSatisfy(there -> assertThat(COMMANDS.stream()
                        .filter(command -> command.page().equals(there.page())
                                && there.text().startsWith(command.start())))
                .as("the table of this test must have the command of %s: %s", there.page(), there.text())
                .isNotEmpty());
    }

    private static List<Found> found() throws IOException {
        return ManualBlock.all().stream()
                .filter(block -> SHELL.contains(block.language()))
                .flatMap(block -> block.commands().stream()
                        .map(command -> new Found(block.page().toString(), command)))
                .toList();
    }

    /** Returns what the page says, of several commands that begin so the one with the same number. */
    private static String text(ManualCommand command) {
        try {
            List<String> all = found().stream()
                    .filter(found -> found.page().equals(command.page()))
                    .map(Found::text)
                    .toList();
            int index = COMMANDS.stream()
                    .filter(other -> other.page().equals(command.page()))
                    .toList()
                    .indexOf(command);
            assertThat(all).as("commands of %s", command.page()).hasSizeGreaterThan(index);
            assertThat(all.get(index))
                    .as("command %d of %s", index + 1, command.page())
                    .startsWith(command.start());
            return all.get(index);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    void itWorksAsItStands(ManualCommand command) throws Exception {
        assumeTrue(command.notRun() == null, () -> command + " is not run: " + command.notRun());
        String script = command.script(text(command));
        String tool = script.replaceFirst("(?s)[^\\w./-]*([^\\s]+).*", "$1");
        if (script.startsWith("./caravan sandbox --")) {
            startSandbox(script);
        } else {
            assumeTrue(isThere(tool), () -> command + " is not run: this machine has no " + tool);
            Ended ended = bash(script);
            assertThat(command.output())
                    .allSatisfy(text -> assertThat(ended.output()).contains(text));
            assertThat(ended.exitCode()).as(ended.output()).isEqualTo(command.exitCode());
        }
    }

    private void startSandbox(String script) throws Exception {
        Path out = directory.resolve("sandbox.out");
        sandbox = process(script).redirectOutput(out.toFile()).start();
        Waiting.until("the sandbox is up", () -> Files.readString(out)
                .contains("In another terminal: . " + ENVIRONMENT + "\n"));
        exported.putAll(EXPORT.matcher(Files.readString(checkout.resolve(ENVIRONMENT)))
                .results()
                .collect(toMap(export -> export.group(1), export -> export.group(2))));
    }

    private boolean isThere(String tool) throws Exception {
        return bash("command -v " + tool).exitCode() == 0;
    }

    private Ended bash(String script) throws Exception {
        Path out = Files.createTempFile(directory, "command", ".out");
        Process process = process(script).redirectOutput(out.toFile()).start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("does not end: " + script + "\n" + Files.readString(out));
        }
        return new Ended(process.exitValue(), Files.readString(out));
    }

    private ProcessBuilder process(String script) {
        ProcessBuilder builder = new ProcessBuilder(List.of("bash", "-c", script))
                .directory(checkout.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile());
        Map<String, String> environment = builder.environment();
        new ArrayList<>(environment.keySet())
                .stream()
                        .filter(name -> name.matches("(CARAVAN|AWS|PG|JAVA|JDK|KUBE).*"))
                        .forEach(environment::remove);
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        // These live for seconds.
        environment.put("JAVA_OPTS", "-XX:TieredStopAtLevel=1");
        environment.put("CARAVAN_STATE_DIRECTORY", directory.resolve("state").toString());
        environment.put("PGCONNECT_TIMEOUT", "20");
        environment.putAll(exported);
        return builder;
    }
}
