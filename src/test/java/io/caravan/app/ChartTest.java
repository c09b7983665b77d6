package io.caravan.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.app.camel.FeedFile;
import io.caravan.app.camel.Feeds;
import io.caravan.app.report.ExitCode;
import io.caravan.app.settings.Settings;
import io.caravan.app.settings.SettingsReader;
import io.caravan.app.wiring.SpiDecorator;
import io.caravan.testing.Yaml;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code deploy/helm/caravan}, rendered by Helm, and {@code deploy/kubernetes}, which is rendered from it. */
class ChartTest {

    private static final String HOW = "mvn test -Dtest=ChartTest -Dcaravan.render=true renders it anew";

    @TempDir
    private Path directory;

    @Test
    void helmHasNothingToSayOfIt() {
        assertThat(Chart.lint().isFailed()).isFalse();
        assertThat(Chart.lint().getMessages()).containsExactly("[INFO] Chart.yaml: icon is recommended");
    }

    @Test
    void itsVersionIsTheProjects() throws IOException {
        Map<String, Object> chart = Yaml.read(Chart.DIRECTORY.resolve("Chart.yaml"));
        assertThat(chart.get("version")).isEqualTo(chart.get("appVersion"));
        assertThat(Files.readString(Path.of("pom.xml")))
                .containsPattern(
                        "<artifactId>caravan</artifactId>\\s*<version>" + chart.get("version") + "(-SNAPSHOT)?<");
    }

    @Test
    void theBaseIsRenderedFromIt() throws IOException {
        Map<String, String> rendered = Chart.render(Chart.BASE);
        List<Object> resources =
                Yaml.list(Yaml.at(Yaml.read(Manifests.DIRECTORY.resolve("base/kustomization.yaml")), "resources"));
        // The kustomization makes the ConfigMaps.
        assertThat(rendered.keySet())
                .containsAll(resources.stream().map(Object::toString).toList())
                .hasSize(resources.size() + 2)
                .contains("routes.yaml", "properties.yaml");
        for (Object resource : resources) {
            assertRendered("base/" + resource, rendered.get(resource.toString()));
        }
    }

    @Test
    void theComponentsAreRenderedFromIt() throws IOException {
        Map<String, String> monitored = Chart.render(Chart.BASE, "monitoring.enabled", true);
        assertRendered("components/monitoring/service-monitor.yaml", monitored.get("service-monitor.yaml"));
        assertRendered("components/monitoring/prometheus-rule.yaml", monitored.get("prometheus-rule.yaml"));
        Map<String, String> scheduled = Chart.render(Chart.BASE, "schedule", "*/15 * * * *");
        assertRendered("components/scheduled/cron-job.yaml", scheduled.get("cron-job.yaml"));
    }

    private static void assertRendered(String name, @Nullable String text) throws IOException {
        Path file = Manifests.DIRECTORY.resolve(name);
        if (Boolean.getBoolean("caravan.render")) {
            Files.writeString(file, text);
        }
        assertThat(text).as("%s: %s", file, HOW).isEqualTo(Files.readString(file));
    }

    @Test
    void theExampleIsAWholeInstallation() throws IOException {
        Manifests made = manifests(Chart.render(Chart.EXAMPLE));

        Settings settings = settings(made);
        assertThat(settings.effective())
                .containsEntry(
                        "caravan.warehouse.url",
                        "jdbc:redshift://caravan.123456789012.eu-central-1.redshift-serverless.amazonaws.com:5439/dev")
                .containsEntry("caravan.warehouse.user", "caravan")
                .containsEntry("caravan.staging.bucket", "caravan-staging-123456789012")
                .containsEntry("caravan.staging.iam-role", "arn:aws:iam::123456789012:role/caravan-copy");
        assertThat(Feeds.all(settings)).singleElement().satisfies(file -> {
            assertThat(file.feed().name()).isEqualTo("employee");
            assertThat(file.feed().bucket()).isEqualTo("caravan-source-123456789012");
            assertThat(file.queue()).isNotNull();
        });
        assertThat(made.only(ServiceAccount.class).getMetadata().getAnnotations())
                .containsExactly(Map.entry("eks.amazonaws.com/role-arn", "arn:aws:iam::123456789012:role/caravan-pod"));
        assertThat(made.pods()).hasSize(2).allSatisfy(pod -> {
            Container container = Manifests.container(pod);
            assertThat(container.getImage()).isEqualTo("123456789012.dkr.ecr.eu-central-1.amazonaws.com/caravan:0.1.0");
            assertThat(container.getEnv()).contains(new EnvVar("AWS_REGION", "eu-central-1", null));
        });
        // Nobody asked for the operator's kinds.
        assertThat(made.all(ServiceMonitor.class)).isEmpty();
        assertThat(made.all(PrometheusRule.class)).isEmpty();
    }

    /** It is to meet what the service will meet. */
    @Test
    void testsRunCommandsInThePodOfTheService() throws IOException {
        Manifests made = manifests(Chart.renderTests(
                directory.resolve("chart"),
                Chart.EXAMPLE,
                "feedConfigMaps[0]",
                "sales",
                "pod.spec.nodeSelector.disk",
                "ssd",
                "pod.labels.team",
                "a"));
        PodSpec service = service(made);
        List<Pod> tests = made.all(Pod.class);

        assertThat(tests)
                .extracting(pod -> Manifests.container(pod.getSpec()).getArgs().get(0))
                .containsExactlyInAnyOrder("grants", "check");
        assertThat(tests).allSatisfy(pod -> {
            assertThat(pod.getMetadata().getAnnotations()).containsEntry("hook", "test");
            // The NetworkPolicy's pods, and none of the Deployment's.
            assertThat(pod.getMetadata().getLabels()).containsEntry("app.kubernetes.io/name", "caravan-check");
            assertThat(pod.getMetadata().getName())
                    .isEqualTo("caravan-"
                            + Manifests.container(pod.getSpec()).getArgs().get(0));
            assertThat(pod.getSpec().getRestartPolicy()).isEqualTo("Never");
        });
        assertThat(made.pods()).hasSize(2 + tests.size()).allSatisfy(pod -> {
            assertThat(pod.getVolumes()).isEqualTo(service.getVolumes());
            assertThat(pod.getServiceAccountName()).isEqualTo(service.getServiceAccountName());
            assertThat(pod.getSecurityContext()).isEqualTo(service.getSecurityContext());
            assertThat(pod.getNodeSelector()).isEqualTo(Map.of("disk", "ssd"));
            Container container = Manifests.container(pod);
            assertThat(container.getVolumeMounts())
                    .isEqualTo(Manifests.container(service).getVolumeMounts());
            assertThat(container.getSecurityContext())
                    .isEqualTo(Manifests.container(service).getSecurityContext());
            assertThat(container.getEnv())
                    .containsAll(Manifests.container(service).getEnv());
            PrintWriter nowhere = new PrintWriter(new StringWriter());
            String[] help = Stream.concat(container.getArgs().stream(), Stream.of("--help"))
                    .toArray(String[]::new);
            assertThat(CommandTree.execute(SettingsReader.ofProcess(), SpiDecorator.NONE, nowhere, nowhere, help))
                    .isEqualTo(ExitCode.DONE);
        });
    }

    @Test
    void valuesOfFeedsAreTakenAsTheyAreWritten() throws IOException {
        Path values = values(
                """
                feeds:
                  employee: { bucket: b, prefix: e/, table: public.employee, keys: id, nullString: '\\N', delimiter: "\\t", maxBytesPerLoad: 20000000000, maxRejectedRatio: 0.25, createTable: true }
                  orders:
                    bucket: b
                    table: public.orders
                    keys: id
                    rules: "it's: matches ^\\\\d{5} #$"
                settings:
                  caravan.ledger.refresh: 10m
                  my.path: 'C:\\new'
                  my.number: 12345678901
                """);

        Settings settings = settings(manifests(Chart.render(values)));
        assertThat(settings.camel()).containsEntry("my.path", "C:\\new").containsEntry("my.number", "12345678901");
        assertThat(settings.effective()).containsEntry("caravan.ledger.refresh", "10m");
        List<FeedFile> feeds = Feeds.all(settings);
        assertThat(Feeds.names(feeds)).containsExactly("employee", "orders");
        String text = text(manifests(Chart.render(values)), "routes", "orders.camel.yaml");
        assertThat(Yaml.documents(text).toString()).contains("it's: matches ^\\d{5} #$");
        text = text(manifests(Chart.render(values)), "routes", "employee.camel.yaml");
        assertThat(text)
                .contains(
                        "value: \"20000000000\"", "value: \"0.25\"", "value: \"\\\\N\"", "value: \"\\t\"", "\"true\"");
    }

    @Test
    void eachConfigMapOfFeedsIsADirectory() throws IOException {
        Manifests made = manifests(Chart.render(
                Chart.EXAMPLE, "feedConfigMaps[0]", "sales", "feedConfigMaps[1]", "people.team", "name", "loader"));

        List<VolumeMount> mounts = Manifests.container(service(made)).getVolumeMounts().stream()
                .filter(mount -> mount.getMountPath().startsWith("/opt/caravan/feeds/"))
                .toList();
        assertThat(mounts)
                .extracting(VolumeMount::getMountPath)
                .containsExactly("/opt/caravan/feeds/sales", "/opt/caravan/feeds/people.team");
        assertThat(mounts)
                .extracting(mount -> service(made).getVolumes().stream()
                        .filter(volume -> volume.getName().equals(mount.getName()))
                        .findFirst()
                        .orElseThrow()
                        .getConfigMap()
                        .getName())
                .containsExactly("sales", "people.team");
        for (String name : List.of("feeds/sales", "feeds/people.team")) {
            Files.createDirectories(directory.resolve(name));
        }
        assertThat(settings(made).routes().directories())
                .containsExactly(
                        directory.resolve("routes"),
                        directory.resolve("feeds/sales"),
                        directory.resolve("feeds/people.team"));
        assertThat(made.objects())
                .extracting(HasMetadata::getMetadata)
                .extracting(ObjectMeta::getName)
                .allMatch(name -> name.startsWith("loader"));
    }

    @Test
    void aSecretOfTheNamespaceIsReadWhereItIsMounted() throws IOException {
        Map<String, String> rendered = Chart.render(
                values("feeds: {}"), "warehouse.passwordSecret", "", "warehouse.kubernetesSecret", "redshift");
        assertThat(rendered.get("properties.yaml"))
                .contains("caravan.warehouse.password-file=/opt/caravan/secrets/warehouse/password\n")
                .doesNotContain("password-secret");
        assertThat(rendered.get("deployment.yaml")).contains("secretName: redshift", "optional: false");
    }

    @Test
    void theMonitorPageHasThePortThatIsAskedFor() {
        assertThat(Chart.render(Chart.EXAMPLE).get("properties.yaml")).doesNotContain("caravan.ui.port");
        assertThat(Chart.render(Chart.EXAMPLE, "ui.port", 8081).get("properties.yaml"))
                .contains("    caravan.ui.port=8081\n");
    }

    @Test
    void theMonitorPageIsOpenedToAnIngressThatIsAskedFor() throws IOException {
        Object[] asked = {
            "ui.port", 8081,
            "ui.secret", "caravan-ui",
            "ui.host", "caravan.example.com",
            "ui.className", "nginx",
            "ui.tlsSecret", "caravan-tls",
            "ui.annotations.nginx\\.ingress\\.kubernetes\\.io/affinity", "cookie",
            "ui.from[0].namespaceSelector.matchLabels.kubernetes\\.io/metadata\\.name", "ingress-nginx"
        };
        Manifests made = manifests(Chart.render(Chart.EXAMPLE, asked));

        assertThat(text(made, "properties", "application.properties"))
                .contains(
                        "caravan.ui.address=0.0.0.0\n",
                        "caravan.ui.auth=password-file:/opt/caravan/secrets/ui/users\n",
                        "caravan.ui.port=8081\n",
                        "caravan.ui.url=https://caravan.example.com");
        Service page = made.all(Service.class).stream()
                .filter(service -> service.getMetadata().getName().equals("caravan-ui"))
                .findFirst()
                .orElseThrow();
        Container container = Manifests.container(service(made));
        assertThat(container.getPorts())
                .filteredOn(port -> port.getName()
                        .equals(page.getSpec().getPorts().get(0).getTargetPort().getStrVal()))
                .singleElement()
                .satisfies(port -> assertThat(port.getContainerPort()).isEqualTo(8081));
        assertThat(made.only(Deployment.class)
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getLabels())
                .containsAllEntriesOf(page.getSpec().getSelector());
        assertThat(page.getSpec().getSessionAffinity()).isEqualTo("ClientIP");
        assertThat(container.getVolumeMounts()).anySatisfy(mount -> {
            assertThat(mount.getMountPath()).isEqualTo("/opt/caravan/secrets/ui");
            assertThat(service(made).getVolumes()).anySatisfy(volume -> {
                assertThat(volume.getName()).isEqualTo(mount.getName());
                assertThat(volume.getSecret().getSecretName()).isEqualTo("caravan-ui");
            });
        });
        assertThat(made.pods()).allSatisfy(pod -> assertThat(pod.getVolumes())
                .isEqualTo(service(made).getVolumes()));
        Ingress ingress = made.only(Ingress.class);
        assertThat(ingress.getSpec().getIngressClassName()).isEqualTo("nginx");
        assertThat(ingress.getMetadata().getAnnotations())
                .containsExactly(Map.entry("nginx.ingress.kubernetes.io/affinity", "cookie"));
        assertThat(ingress.getSpec().getTls()).singleElement().satisfies(tls -> {
            assertThat(tls.getHosts()).containsExactly("caravan.example.com");
            assertThat(tls.getSecretName()).isEqualTo("caravan-tls");
        });
        assertThat(ingress.getSpec().getRules()).singleElement().satisfies(rule -> {
            assertThat(rule.getHost()).isEqualTo("caravan.example.com");
            assertThat(rule.getHttp()
                            .getPaths()
                            .get(0)
                            .getBackend()
                            .getService()
                            .getName())
                    .isEqualTo("caravan-ui");
        });
        assertThat(made.only(NetworkPolicy.class).getSpec().getIngress())
                .hasSize(2)
                .last()
                .satisfies(rule -> {
                    assertThat(rule.getPorts().get(0).getPort().getIntVal()).isEqualTo(8081);
                    assertThat(rule.getFrom().get(0).getNamespaceSelector().getMatchLabels())
                            .containsEntry("kubernetes.io/metadata.name", "ingress-nginx");
                });

        assertThat(Chart.render(Chart.EXAMPLE, "ui.port", 8081, "ui.secret", "s", "ui.header", "X-Forwarded-User")
                        .get("properties.yaml"))
                .contains(
                        "caravan.ui.auth=header:X-Forwarded-User\n",
                        "caravan.ui.proxy-secret-file=/opt/caravan/secrets/ui/proxy\n")
                .doesNotContain("caravan.ui.url");
        Map<String, String> closed = Chart.render(Chart.EXAMPLE, "ui.port", 8081);
        assertThat(closed).doesNotContainKeys("ui-service.yaml", "ui-ingress.yaml");
        assertThat(closed.get("network-policy.yaml")).doesNotContain("8081");
        assertThat(closed.get("deployment.yaml")).doesNotContain("8081", "secrets/ui");
    }

    /** What AWS says of a stack, as its client prints it. */
    @Test
    void valuesComeFromTheStack() throws Exception {
        Path aws = Files.createDirectory(directory.resolve("bin")).resolve("aws");
        Files.writeString(
                aws,
                """
                #!/bin/sh
                case "$*" in
                    *Parameters*) echo oidc.eks.eu-west-1.amazonaws.com/id/1 ;;
                    *"--stack-name mine "*Outputs*) printf '%s' \
                'PodRoleArn\tarn:aws:iam::999999999999:role/caravan-pod
                WarehouseUrl\tjdbc:redshift://h:5439/dev
                WarehouseUser\tcaravan
                WarehousePasswordSecret\tarn:aws:secretsmanager:eu-west-1:999999999999:secret:caravan-x#password
                StagingBucketName\tstaged
                StagingPrefix\tstaging/
                CopyRoleArn\tarn:aws:iam::999999999999:role/caravan-copy
                ' ;;
                    *) exit 1 ;;
                esac
                """
                        .replace("\\t", "\t"));
        assertThat(aws.toFile().setExecutable(true)).isTrue();
        ProcessBuilder builder = new ProcessBuilder("deploy/aws/values.sh", "mine");
        builder.environment().put("PATH", aws.getParent() + ":" + System.getenv("PATH"));
        builder.environment().put("AWS_REGION", "eu-west-1");
        Process script = builder.redirectErrorStream(true).start();
        String text = new String(script.getInputStream().readAllBytes(), UTF_8);
        assertThat(script.waitFor()).as(text).isZero();

        Manifests made = manifests(Chart.render(Files.writeString(directory.resolve("mine.yaml"), text)));
        assertThat(settings(made).effective())
                .containsEntry("caravan.warehouse.url", "jdbc:redshift://h:5439/dev")
                .containsEntry(
                        "caravan.warehouse.password-secret",
                        "arn:aws:secretsmanager:eu-west-1:999999999999:secret:caravan-x#password")
                .containsEntry("caravan.staging.bucket", "staged")
                .containsEntry("caravan.staging.iam-role", "arn:aws:iam::999999999999:role/caravan-copy");
        assertThat(Manifests.container(service(made)).getImage())
                .isEqualTo("999999999999.dkr.ecr.eu-west-1.amazonaws.com/caravan:0.1.0");
        assertThat(made.only(ServiceAccount.class).getMetadata().getAnnotations())
                .containsValue("arn:aws:iam::999999999999:role/caravan-pod");
    }

    @Test
    void aScheduleTakesThePlaceOfTheService() {
        Manifests made = manifests(Chart.render(Chart.EXAMPLE, "schedule", "0 5 * * *", "monitoring.enabled", true));

        assertThat(made.all(Deployment.class)).isEmpty();
        assertThat(made.all(Service.class)).isEmpty();
        assertThat(made.all(Role.class)).isEmpty();
        assertThat(made.all(ServiceMonitor.class)).isEmpty();
        assertThat(made.all(CronJob.class))
                .extracting(
                        job -> job.getMetadata().getName() + " " + job.getSpec().getSchedule())
                .containsExactlyInAnyOrder("caravan 0 5 * * *", "caravan-check 0 0 1 1 *");
        assertThat(made.pods().stream()
                        .flatMap(pod -> Manifests.container(pod).getEnv().stream())
                        .filter(variable -> variable.getName().equals("CARAVAN_ELECTION"))
                        .map(EnvVar::getValue))
                .containsOnly("none");
    }

    @Test
    void monitoringNamesTheNamespaceThatItIsIn() {
        Manifests made = manifests(Chart.render(
                Chart.EXAMPLE,
                "monitoring.enabled",
                true,
                "monitoring.labels.release",
                "prometheus",
                "monitoring.namespaceLabels.team",
                "watch"));

        assertThat(made.only(ServiceMonitor.class).getMetadata().getLabels()).containsEntry("release", "prometheus");
        assertThat(made.only(ServiceMonitor.class)
                        .getSpec()
                        .getSelector()
                        .getMatchLabels()
                        .entrySet())
                .isSubsetOf(made.only(Service.class).getMetadata().getLabels().entrySet());
        assertThat(made.only(PrometheusRule.class).toString())
                .contains("kubectl exec --namespace warehouse deploy/caravan -- caravan")
                .doesNotContain("--namespace caravan");
        assertThat(made.only(NetworkPolicy.class)
                        .getSpec()
                        .getIngress()
                        .get(0)
                        .getFrom()
                        .get(0)
                        .getNamespaceSelector()
                        .getMatchLabels())
                .containsEntry("team", "watch");
    }

    @Test
    void theNetworkPolicyLetsOutWhatIsAddedToIt() {
        NetworkPolicy plain = manifests(Chart.render(Chart.EXAMPLE)).only(NetworkPolicy.class);
        NetworkPolicy more = manifests(Chart.render(Chart.EXAMPLE, "networkPolicy.egress[0].ports[0].port", 3128))
                .only(NetworkPolicy.class);
        assertThat(more.getSpec().getEgress())
                .hasSize(plain.getSpec().getEgress().size() + 1)
                .startsWith(plain.getSpec().getEgress().toArray(NetworkPolicyEgressRule[]::new));
        assertThat(Chart.render(Chart.EXAMPLE, "networkPolicy.enabled", false))
                .doesNotContainKey("network-policy.yaml");

        Map<String, Object> cilium =
                Yaml.map(Yaml.documents(requireNonNull(Chart.render(Chart.EXAMPLE, "networkPolicy.cilium", true)
                                .get("cilium-network-policy.yaml")))
                        .get(0));
        assertThat(Yaml.at(cilium, "spec", "endpointSelector").toString())
                .isEqualTo(
                        "{matchExpressions=[{key=app.kubernetes.io/name, operator=In, values=[caravan, caravan-check]}]}");
        assertThat(Yaml.at(cilium, "spec", "egress").toString())
                .isEqualTo("[{toEntities=[host], toPorts=[{ports=[{port=80, protocol=TCP}]}]}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image.repository    |                    | image.repository: name the image's registry and repository",
                "warehouse.url       |                    | warehouse.url: name the warehouse",
                "imege.repository    | x                  | additional properties 'imege' not allowed",
                "warehouse.pasword   | x                  | additional properties 'pasword' not allowed",
                "role                | caravan-pod        | at '/role'",
                "staging.role        |                    | staging: bucket, prefix and role belong together",
                "warehouse.kubernetesSecret | redshift    | warehouse: the password is in passwordSecret or in kubernetesSecret",
                "election            | zookeeper          | at '/election'",
                "replicas            | two                | at '/replicas'",
                "name                | Caravan            | at '/name'",
                "settings.caravan\\.warehouse\\.url | x   | invalid propertyName 'caravan.warehouse.url'",
                "settings.caravan\\.election | none       | invalid propertyName 'caravan.election'",
                "routeFiles.orders   | x                  | invalid propertyName 'orders'",
                "feeds.a b.table     | x                  | invalid propertyName 'a b'",
                "feeds.employee.more.keys | x             | at '/feeds/employee/more'",
                "feedConfigMaps[0]   | ../x               | at '/feedConfigMaps/0'",
                "ui.host             | c.example.com      | ui: host, header and from need ui.secret, by which the page knows who looks",
                "ui.secret           | caravan-ui         | ui.secret: give ui.port too",
                "ui.host             | https://c.example.com | at '/ui/host'"
            })
    void whatIsWrongWithValuesIsSaid(String name, String value, String message) {
        assertThatThrownBy(() -> Chart.render(Chart.EXAMPLE, name, value == null ? "" : value))
                .hasMessageContaining(message);
    }

    /** The example with other feeds. */
    private Path values(String feedsAndMore) throws IOException {
        String example = Files.readString(Chart.EXAMPLE);
        return Files.writeString(
                directory.resolve("values.yaml"), example.substring(0, example.indexOf("feeds:")) + feedsAndMore);
    }

    /** Strictly: what Kubernetes does not know is an error. */
    private static Manifests manifests(Map<String, String> rendered) {
        return new Manifests(rendered.values().stream()
                .flatMap(text -> Manifests.parse(text).stream())
                .toList());
    }

    /** Returns what Caravan reads in a pod, with its feeds. */
    private Settings settings(Manifests made) throws IOException {
        Path routes = Files.createDirectories(directory.resolve("routes"));
        for (Map.Entry<String, String> file : map(made, "routes").getData().entrySet()) {
            Files.writeString(routes.resolve(file.getKey()), file.getValue());
        }
        Files.writeString(
                directory.resolve("application.properties"), text(made, "properties", "application.properties"));
        return new SettingsReader(Map.of("AWS_REGION", "eu-central-1"), List.of(directory)).read(null, null);
    }

    private static String text(Manifests made, String volume, String file) {
        return String.valueOf(map(made, volume).getData().get(file));
    }

    /** Returns the ConfigMap that the service mounts as a volume. */
    private static ConfigMap map(Manifests made, String volume) {
        String name = service(made).getVolumes().stream()
                .filter(found -> found.getName().equals(volume))
                .map(found -> found.getConfigMap().getName())
                .findFirst()
                .orElseThrow();
        return made.all(ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static PodSpec service(Manifests made) {
        return made.only(Deployment.class).getSpec().getTemplate().getSpec();
    }
}
