package io.caravan.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.caravan.testing.Yaml;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Objects of Kubernetes, read strictly: a kind or a field that Kubernetes does not have is an error. */
record Manifests(List<HasMetadata> objects) {

    static final Path DIRECTORY = Path.of("deploy", "kubernetes");

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Stream.of(
                    ConfigMap.class,
                    CronJob.class,
                    Deployment.class,
                    Ingress.class,
                    Namespace.class,
                    NetworkPolicy.class,
                    Pod.class,
                    PodDisruptionBudget.class,
                    PrometheusRule.class,
                    Role.class,
                    RoleBinding.class,
                    Service.class,
                    ServiceAccount.class,
                    ServiceMonitor.class)
            .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));

    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {

                private static final long serialVersionUID = 1L;

                /** The model keeps what it does not know. */
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            });

    /** Reads the plain files that directories list as their resources. */
    static Manifests ofFiles(String... directories) throws IOException {
        List<HasMetadata> objects = new ArrayList<>();
        for (String name : directories) {
            Path directory = DIRECTORY.resolve(name);
            Map<String, Object> kustomization = Yaml.read(directory.resolve("kustomization.yaml"));
            for (Object resource : Yaml.list(kustomization.getOrDefault("resources", List.of()))) {
                Path file = directory.resolve(resource.toString());
                if (Files.isRegularFile(file)) {
                    objects.addAll(parse(Files.readString(file)));
                }
            }
        }
        return new Manifests(objects);
    }

    /** Reads what kubectl makes of a directory; empty if there is no kubectl. */
    static Optional<Manifests> rendered(Path directory) throws InterruptedException {
        Process kubectl;
        try {
            kubectl = new ProcessBuilder("kubectl", "kustomize", directory.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            return Optional.empty();
        }
        try {
            String text = new String(kubectl.getInputStream().readAllBytes(), UTF_8);
            if (kubectl.waitFor() != 0) {
                throw new AssertionError("kubectl kustomize " + directory + " failed");
            }
            return Optional.of(new Manifests(parse(text)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<HasMetadata> parse(String text) {
        return Yaml.documents(text).stream().map(Manifests::read).toList();
    }

    private static HasMetadata read(Object document) {
        String kind = String.valueOf(Yaml.map(document).get("kind"));
        Class<? extends HasMetadata> type = KINDS.get(kind);
        if (type == null) {
            throw new IllegalArgumentException("unknown kind " + kind);
        }
        HasMetadata object = STRICT.convertValue(document, type);
        String version = String.valueOf(Yaml.map(document).get("apiVersion"));
        if (!version.equals(HasMetadata.getApiVersion(type))) {
            throw new IllegalArgumentException(kind + " is not of apiVersion " + version);
        }
        return object;
    }

    /** Returns the objects of a kind. */
    <T extends HasMetadata> List<T> all(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Returns the only object of a kind. */
    <T extends HasMetadata> T only(Class<T> kind) {
        List<T> found = all(kind);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " objects of kind " + kind.getSimpleName());
        }
        return found.get(0);
    }

    /** Returns the pods of the Deployment, of the CronJobs, and those without any, as far as they are there. */
    List<PodSpec> pods() {
        return Stream.of(
                        all(Deployment.class).stream()
                                .map(deployment ->
                                        deployment.getSpec().getTemplate().getSpec()),
                        all(CronJob.class).stream().map(job -> job.getSpec()
                                .getJobTemplate()
                                .getSpec()
                                .getTemplate()
                                .getSpec()),
                        all(Pod.class).stream().map(Pod::getSpec))
                .flatMap(Function.identity())
                .toList();
    }

    /** Returns the only container of a pod. */
    static Container container(PodSpec pod) {
        if (pod.getContainers().size() != 1) {
            throw new AssertionError("more than one container");
        }
        return pod.getContainers().get(0);
    }
}
