package io.caravan.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.caravan.app.camel.CamelRoutes;
import io.caravan.app.camel.Feeds;
import io.caravan.app.report.ExitCode;
import io.caravan.app.settings.Setting;
import io.caravan.app.settings.Settings;
import io.caravan.app.settings.SettingsReader;
import io.caravan.app.wiring.SpiDecorator;
import io.caravan.testing.Yaml;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code deploy/kubernetes}, and what in it must agree with the image and the application. */
class ManifestsTest {

    private static final Path EXAMPLE = Manifests.DIRECTORY.resolve("overlays").resolve("example");
    private static final String NAME = "app.kubernetes.io/name";

    private final Manifests manifests = Manifests.ofFiles("base", "components/scheduled", "components/monitoring");
    private final ImageFile image = ImageFile.read();

    @TempDir
    private Path directory;

    ManifestsTest() throws IOException {}

    @Test
    void aFieldThatKubernetesDoesNotHaveIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Manifests.parse(
                                """
                        apiVersion: v1
                        kind: Service
                        metadata: { name: caravan }
                        spec: { port: [] }
                        """))
                .withMessageContaining("\"port\"");
    }

    @Test
    void everyPodIsOfTheRestrictedProfile() {
        assertThat(manifests.pods()).hasSize(3).allSatisfy(pod -> {
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            Container container = Manifests.container(pod);
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
        });
    }

    @Test
    void theUserIsTheImages() {
        assertThat(manifests.pods()).allSatisfy(pod -> assertThat(pod.getSecurityContext()
                                .getRunAsUser() + ":" + pod.getSecurityContext().getRunAsGroup())
                .isEqualTo(image.only("USER")));
    }

    @Test
    void theImageStartsWhereItIsInstalled() throws IOException {
        assertThat(Files.readAllLines(Path.of("deploy", "image", "jvm.options")))
                .contains("-Dcaravan.home=" + image.only("WORKDIR"));
    }

    @Test
    void argumentsAreCommands() {
        assertThat(manifests.pods()).allSatisfy(pod -> {
            PrintWriter nowhere = new PrintWriter(new StringWriter());
            String[] help = Stream.concat(Manifests.container(pod).getArgs().stream(), Stream.of("--help"))
                    .toArray(String[]::new);
            assertThat(CommandTree.execute(SettingsReader.ofProcess(), SpiDecorator.NONE, nowhere, nowhere, help))
                    .isEqualTo(ExitCode.DONE);
        });
        assertThat(manifests.pods().stream()
                        .map(pod -> Manifests.container(pod).getArgs().get(0)))
                .containsExactly("run", "check", "load");
    }

    @Test
    void mountsAreWhereCaravanLooks() {
        Path home = Path.of(image.only("WORKDIR"));
        assertThat(manifests.pods()).allSatisfy(pod -> {
            VolumeMount routes = mount(pod, "routes");
            assertThat(routes.getMountPath())
                    .isEqualTo(
                            home.resolve(Setting.ROUTES_DIRECTORY.defaultValue().orElseThrow())
                                    .toString());
            // Otherwise it would never change.
            assertThat(routes.getSubPath()).isNull();
            List<String> args = Manifests.container(pod).getArgs();
            Path settings = home.resolve(args.get(args.indexOf("--properties") + 1));
            assertThat(settings).isEqualTo(Path.of(mount(pod, "properties").getMountPath(), "application.properties"));
            assertThat(mount(pod, "tmp").getMountPath()).isEqualTo("/tmp");
        });
    }

    @Test
    void everyMountHasAVolumeAndTheOtherWayRound() {
        assertThat(manifests.pods()).allSatisfy(pod -> assertThat(
                        Manifests.container(pod).getVolumeMounts().stream().map(VolumeMount::getName))
                .containsExactlyInAnyOrderElementsOf(
                        pod.getVolumes().stream().map(Volume::getName).toList()));
    }

    @Test
    void probesAskTheApplicationsPortAndPaths() {
        PodSpec pod = service();
        ContainerPort port = Manifests.container(pod).getPorts().get(0);
        assertThat(Manifests.container(pod).getPorts()).hasSize(1);
        assertThat(port.getContainerPort())
                .hasToString(image.only("EXPOSE"))
                .hasToString(Setting.HTTP_PORT.defaultValue().orElseThrow());

        assertAsks(Manifests.container(pod).getStartupProbe(), "/health/live", port);
        assertAsks(Manifests.container(pod).getLivenessProbe(), "/health/live", port);
        assertAsks(Manifests.container(pod).getReadinessProbe(), "/health/ready", port);
    }

    @Test
    void aLoadInFlightMayFinish() {
        int shutdownSeconds = Integer.parseInt(CamelRoutes.DEFAULTS.get("camel.main.shutdownTimeout"));
        assertThat(manifests.pods().stream()
                        .filter(pod ->
                                !Manifests.container(pod).getArgs().get(0).equals("check")))
                .hasSize(2)
                .allSatisfy(pod -> assertThat(pod.getTerminationGracePeriodSeconds())
                        // Camel's own extraShutdownTimeout.
                        .isGreaterThan(shutdownSeconds + 15));
    }

    @Test
    void selectorsFindTheServicesPods() {
        Map<String, String> labels = manifests
                .only(Deployment.class)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getLabels();
        assertThat(labels).containsKey(NAME);
        assertThat(manifests.only(Deployment.class).getSpec().getSelector().getMatchLabels())
                .isEqualTo(labels);
        assertThat(manifests.only(Service.class).getSpec().getSelector()).isEqualTo(labels);
        assertThat(manifests
                        .only(PodDisruptionBudget.class)
                        .getSpec()
                        .getSelector()
                        .getMatchLabels())
                .isEqualTo(labels);
        assertThat(service().getTopologySpreadConstraints()).hasSize(2).allSatisfy(spread -> assertThat(
                        spread.getLabelSelector().getMatchLabels())
                .isEqualTo(labels));
    }

    @Test
    void theServiceAndItsMonitorNameThePort() {
        String port = Manifests.container(service()).getPorts().get(0).getName();
        Service service = manifests.only(Service.class);
        assertThat(service.getSpec().getPorts()).singleElement().satisfies(found -> assertThat(found.getTargetPort())
                .isEqualTo(new IntOrString(port)));
        ServiceMonitor monitor = manifests.only(ServiceMonitor.class);
        assertThat(monitor.getSpec().getEndpoints()).singleElement().satisfies(endpoint -> {
            assertThat(endpoint.getPort())
                    .isEqualTo(service.getSpec().getPorts().get(0).getName());
            assertThat(endpoint.getPath()).isEqualTo("/metrics");
        });
    }

    /** Where a Deployment is meant, one of its pods is to be found: commands are run in it. */
    @Test
    void aCheckIsNoPodOfTheService() {
        CronJob check = manifests.all(CronJob.class).get(0);
        assertThat(check.getMetadata().getName()).isEqualTo("caravan-check");
        assertThat(check.getSpec().getSuspend()).isTrue();
        assertThat(check.getSpec()
                        .getJobTemplate()
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getLabels())
                .containsEntry(NAME, "caravan-check");
    }

    /** It is to meet what the service will meet. */
    @Test
    void aCheckHasThePodOfTheService() {
        PodSpec check = manifests.pods().get(1);
        assertThat(check.getVolumes()).isEqualTo(service().getVolumes());
        assertThat(check.getServiceAccountName()).isEqualTo(service().getServiceAccountName());
        assertThat(check.getSecurityContext()).isEqualTo(service().getSecurityContext());
        Container container = Manifests.container(check);
        assertThat(container.getVolumeMounts())
                .isEqualTo(Manifests.container(service()).getVolumeMounts());
        assertThat(container.getResources())
                .isEqualTo(Manifests.container(service()).getResources());
        assertThat(container.getEnv())
                .containsAll(Manifests.container(service()).getEnv());
    }

    @Test
    void onlyWhoMonitorsReachesThePods() {
        NetworkPolicy policy = manifests.only(NetworkPolicy.class);
        assertThat(policy.getSpec().getPodSelector().getMatchExpressions())
                .singleElement()
                .satisfies(pods -> {
                    assertThat(pods.getKey()).isEqualTo(NAME);
                    assertThat(pods.getOperator()).isEqualTo("In");
                    assertThat(pods.getValues()).containsExactly("caravan", "caravan-check");
                });
        assertThat(policy.getSpec().getIngress().stream()
                        .flatMap(rule -> rule.getPorts().stream())
                        .map(NetworkPolicyPort::getPort))
                .containsExactly(new IntOrString(
                        Manifests.container(service()).getPorts().get(0).getContainerPort()));
    }

    /**
     * What the manual recommends, and what nobody asked for.
     *
     * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html">EKS Pod Identity's agent</a>
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-connecting.html">Ports of Redshift Serverless</a>
     */
    @ParameterizedTest
    @CsvSource({
        "UDP, 53, k8s-app=kube-dns, true",
        "TCP, 5353, k8s-app=kube-dns, true",
        "UDP, 5353, dns.operator.openshift.io/daemonset-dns=default, true",
        "UDP, 53, 169.254.20.10/32, true",
        "UDP, 53, 8.8.8.8/32, false",
        "UDP, 53, app=stranger, false",
        "TCP, 80, 169.254.170.23/32, true",
        "TCP, 80, fd00:ec2::23/128, true",
        // The node's own role.
        "TCP, 80, 169.254.169.254/32, false",
        "TCP, 80, 10.0.0.1/32, false",
        "TCP, 443, 10.0.0.1/32, true",
        "TCP, 6443, 10.0.0.1/32, true",
        "TCP, 5439, 10.0.0.1/32, true",
        "TCP, 5431, 10.0.0.1/32, true",
        "TCP, 8215, 10.0.0.1/32, true",
        "TCP, 5456, 10.0.0.1/32, false",
        "TCP, 5432, app=stranger, true",
        "TCP, 4318, app=collector, true",
        "TCP, 4318, 10.0.0.1/32, false",
        "TCP, 22, 10.0.0.1/32, false",
        "UDP, 443, 10.0.0.1/32, false"
    })
    void thePodsReachWhatTheyNeedAndNoMore(String protocol, int port, String peer, boolean isReached) {
        NetworkPolicy policy = manifests.only(NetworkPolicy.class);
        assertThat(policy.getSpec().getEgress().stream()
                        .anyMatch(rule -> rule.getPorts().stream().anyMatch(range -> isOf(range, protocol, port))
                                && (rule.getTo().isEmpty()
                                        || rule.getTo().stream().anyMatch(to -> isOf(to, peer)))))
                .isEqualTo(isReached);
    }

    private static boolean isOf(NetworkPolicyPort range, String protocol, int port) {
        int first = range.getPort().getIntVal();
        int last = range.getEndPort() == null ? first : range.getEndPort();
        return range.getProtocol().equals(protocol) && first <= port && port <= last;
    }

    /** Takes an address as a block, or one label of a pod. */
    private static boolean isOf(NetworkPolicyPeer peer, String address) {
        if (peer.getIpBlock() != null) {
            return peer.getIpBlock().getCidr().equals(address);
        }
        return address.contains("=")
                && (peer.getPodSelector() == null
                        || peer.getPodSelector().getMatchLabels().entrySet().stream()
                                .allMatch(label -> address.equals(label.getKey() + "=" + label.getValue())));
    }

    @Test
    void thePodsMayHoldLeasesAndNothingElse() {
        PolicyRule rule = manifests.only(Role.class).getRules().get(0);
        assertThat(manifests.only(Role.class).getRules()).hasSize(1);
        assertThat(rule.getApiGroups()).containsExactly("coordination.k8s.io");
        assertThat(rule.getResources()).containsExactly("leases");
        assertThat(rule.getVerbs()).containsExactlyInAnyOrder("get", "list", "create", "update", "delete");

        RoleBinding binding = manifests.only(RoleBinding.class);
        String account = manifests.only(ServiceAccount.class).getMetadata().getName();
        assertThat(binding.getRoleRef().getName())
                .isEqualTo(manifests.only(Role.class).getMetadata().getName());
        assertThat(binding.getSubjects()).singleElement().satisfies(subject -> assertThat(subject.getName())
                .isEqualTo(account));
        assertThat(manifests.pods())
                .allSatisfy(pod -> assertThat(pod.getServiceAccountName()).isEqualTo(account));
    }

    @Test
    void theTemplateIsTheShippedOne() {
        String template = "s3-csv-to-redshift.camel.yaml";
        Path shipped = Path.of("routes", template);
        Path copied = Manifests.DIRECTORY.resolve("base").resolve(template);
        assertThat(copied)
                .as("kustomize takes files of its own directory only: cp %s %s", shipped, copied)
                .hasSameTextualContentAs(shipped);
    }

    @Test
    void theAlertsAreThoseOfPrometheus() throws IOException {
        Path copied = Path.of("components", "monitoring", "prometheus-rule.yaml");
        assertThat(Yaml.at(Yaml.read(Manifests.DIRECTORY.resolve(copied)), "spec"))
                .as("what is under spec: is a copy, two characters further in")
                .isEqualTo(Yaml.read(Path.of("deploy", "prometheus", "caravan-rules.yaml")));
    }

    @Test
    void theExampleIsValid() throws IOException {
        Path routes = Files.createDirectory(directory.resolve("routes"));
        copyTo(routes, Manifests.DIRECTORY.resolve("base").resolve("s3-csv-to-redshift.camel.yaml"));
        try (Stream<Path> feeds = Files.list(EXAMPLE.resolve("routes"))) {
            for (Path feed : feeds.toList()) {
                copyTo(routes, feed);
            }
        }
        assertValid(Files.readString(EXAMPLE.resolve("application.properties")));
    }

    @Test
    void kustomizeMakesOfTheExampleWhatWorks() throws Exception {
        Optional<Manifests> found = Manifests.rendered(EXAMPLE);
        assumeTrue(found.isPresent(), "there is no kubectl, so only the plain files are looked at");
        Manifests rendered = found.orElseThrow();

        List<ConfigMap> maps = rendered.all(ConfigMap.class);
        PodSpec pod = rendered.pods().get(0);
        ConfigMap routes = map(maps, pod, "routes");
        ConfigMap properties = map(maps, pod, "properties");
        // A change of the routes must not make another ConfigMap, one of the settings must.
        assertThat(routes.getMetadata().getName()).isEqualTo("caravan-routes");
        assertThat(properties.getMetadata().getName()).matches("caravan-properties-[a-z0-9]{10}");
        Path written = Files.createDirectory(directory.resolve("routes"));
        for (Map.Entry<String, String> file : routes.getData().entrySet()) {
            Files.writeString(written.resolve(file.getKey()), file.getValue());
        }
        assertValid(requireNonNull(properties.getData().get("application.properties")));
        assertThat(rendered.objects())
                .allSatisfy(object -> assertThat(object.getMetadata().getNamespace())
                        .isEqualTo(object.getKind().equals("Namespace") ? null : pod.getServiceAccountName()));
    }

    @Test
    void componentsFitTheExample() throws Exception {
        Path tree = directory.resolve("kubernetes");
        try (Stream<Path> files = Files.walk(Manifests.DIRECTORY)) {
            for (Path file : files.toList()) {
                Files.copy(file, tree.resolve(Manifests.DIRECTORY.relativize(file)));
            }
        }
        Path overlay = tree.resolve(Manifests.DIRECTORY.relativize(EXAMPLE));
        Path kustomization = overlay.resolve("kustomization.yaml");
        Files.writeString(
                kustomization, Files.readString(kustomization).replace("# - ../../components/", "- ../../components/"));
        Optional<Manifests> found = Manifests.rendered(overlay);
        assumeTrue(found.isPresent(), "there is no kubectl, so only the plain files are looked at");
        Manifests rendered = found.orElseThrow();

        assertThat(rendered.all(Deployment.class)).isEmpty();
        assertThat(rendered.only(ServiceMonitor.class).getMetadata().getNamespace())
                .isEqualTo("caravan");
        assertThat(rendered.all(CronJob.class).stream()
                        .map(job -> job.getMetadata().getName()))
                .containsExactlyInAnyOrder("caravan", "caravan-check");
        assertThat(rendered.pods().stream()
                        .flatMap(pod -> Manifests.container(pod).getEnv().stream())
                        .filter(variable -> variable.getName().equals("CARAVAN_ELECTION"))
                        .map(EnvVar::getValue))
                .containsExactly("none");
    }

    /** Settings that Caravan takes, and feeds without a mistake. */
    private void assertValid(String properties) throws IOException {
        Properties settings = new Properties();
        settings.load(new StringReader(properties));
        Path password = Path.of(settings.getProperty(Setting.WAREHOUSE_PASSWORD_FILE.key()));
        assertThat(password.getParent())
                .hasToString(mount(service(), "warehouse").getMountPath());

        Files.writeString(directory.resolve("application.properties"), properties);
        Path secret = Files.writeString(directory.resolve("password"), "secret");
        Settings read = new SettingsReader(
                        Map.of(Setting.WAREHOUSE_PASSWORD_FILE.variable(), secret.toString()), List.of(directory))
                .read(null, null);
        assertThat(Feeds.names(Feeds.all(read))).containsExactly("employee");
    }

    @Test
    void variablesAreSettings() {
        assertThat(manifests.pods().stream()
                        .flatMap(pod -> Manifests.container(pod).getEnv().stream())
                        .map(EnvVar::getName)
                        .filter(name -> name.startsWith("CARAVAN_")))
                .allMatch(name -> Setting.ofVariable(name).isPresent());
    }

    private PodSpec service() {
        return manifests.only(Deployment.class).getSpec().getTemplate().getSpec();
    }

    private static VolumeMount mount(PodSpec pod, String name) {
        return Manifests.container(pod).getVolumeMounts().stream()
                .filter(mount -> mount.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ConfigMap map(List<ConfigMap> maps, PodSpec pod, String volume) {
        String name = pod.getVolumes().stream()
                .filter(found -> found.getName().equals(volume))
                .map(found -> found.getConfigMap().getName())
                .findFirst()
                .orElseThrow();
        return maps.stream()
                .filter(map -> map.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void assertAsks(Probe probe, String path, ContainerPort port) {
        HTTPGetAction get = probe.getHttpGet();
        assertThat(get.getPath()).isEqualTo(path);
        assertThat(get.getPort()).isEqualTo(new IntOrString(port.getName()));
    }

    private static void copyTo(Path directory, Path file) throws IOException {
        Files.copy(file, directory.resolve(file.getFileName()));
    }
}
