package io.caravan.kubernetes;

import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.model.status.Replica;
import io.caravan.spi.Membership;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Replicas that hear of each other by Kubernetes Leases: each renews one of its own, in which it says what it runs, and reads
 * the others'. See <a href="https://kubernetes.io/docs/concepts/architecture/leases/">Leases</a>.
 */
public final class KubernetesMembership implements Membership {

    /** Label of every replica's lease. */
    private static final String LABEL = "caravan.io/replica";

    private static final String FEEDS = "caravan.io/feeds";
    private static final String RUNNING = "caravan.io/running";

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);

    /** What this replica has seen of another's lease. */
    private record Sight(String resourceVersion, long firstSeenNanos) {}

    private final KubernetesClient client;
    private final Clock clock;
    private final Map<String, Sight> sights = new HashMap<>();

    /**
     * Connects to nothing yet. Where the API server is, and who asks, is found as kubectl finds it: the pod's service account,
     * or a kubeconfig.
     */
    public KubernetesMembership(Clock clock) {
        Config config = new ConfigBuilder()
                .withRequestTimeout((int) REQUEST_TIMEOUT.toMillis())
                .withConnectionTimeout((int) REQUEST_TIMEOUT.toMillis())
                // The next round is soon.
                .withRequestRetryBackoffLimit(0)
                .build();
        this.client = new KubernetesClientBuilder().withConfig(config).build();
        this.clock = clock;
    }

    @Override
    public List<Replica> announce(Replica replica) {
        try {
            client.resource(lease(replica)).createOr(NonDeletingOperation::update);
            return living();
        } catch (KubernetesClientException e) {
            throw failure(e);
        }
    }

    @Override
    public List<Replica> look() {
        try {
            return living();
        } catch (KubernetesClientException e) {
            throw failure(e);
        }
    }

    private Lease lease(Replica replica) {
        return new LeaseBuilder()
                .withNewMetadata()
                .withName(replica.name())
                .addToLabels(LABEL, "true")
                .addToAnnotations(FEEDS, Replica.text(replica.feeds()))
                .addToAnnotations(RUNNING, Replica.text(replica.running()))
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(replica.name())
                .withLeaseDurationSeconds((int) LIFETIME.toSeconds())
                .withRenewTime(ZonedDateTime.now(clock.withZone(ZoneOffset.UTC)))
                .endSpec()
                .build();
    }

    private List<Replica> living() {
        List<Replica> living = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (Lease lease : client.leases().withLabel(LABEL, "true").list().getItems()) {
            String name = lease.getMetadata().getName();
            names.add(name);
            if (isRenewed(name, lease.getMetadata().getResourceVersion())) {
                living.add(new Replica(name, annotation(lease, FEEDS), annotation(lease, RUNNING)));
            } else {
                client.resource(lease).delete();
            }
        }
        sights.keySet().retainAll(names);
        return living;
    }

    /** By the time since it was seen to change: the clocks of the replicas differ. */
    private boolean isRenewed(String name, String resourceVersion) {
        Sight sight = sights.get(name);
        if (sight == null || !sight.resourceVersion().equals(resourceVersion)) {
            sights.put(name, new Sight(resourceVersion, System.nanoTime()));
            return true;
        }
        return System.nanoTime() - sight.firstSeenNanos() < LIFETIME.toNanos();
    }

    private static Set<String> annotation(Lease lease, String name) {
        Map<String, String> annotations = lease.getMetadata().getAnnotations();
        return Replica.names(annotations == null ? "" : annotations.getOrDefault(name, ""));
    }

    @Override
    public void leave(String name) {
        try {
            client.leases().withName(name).delete();
        } catch (KubernetesClientException e) {
            throw failure(e);
        }
    }

    private RetryableException failure(KubernetesClientException failure) {
        // An answer of the API server has a status; whatever else happens, happens on the way to it.
        String message = failure.getStatus() == null
                ? "cannot reach the API server of Kubernetes at " + client.getMasterUrl() + " (" + reason(failure)
                        + "); check the network and the NetworkPolicy"
                : "Kubernetes does not let this replica keep its Lease: " + failure.getMessage()
                        + "; the service account needs get, list, create, update and delete on leases of its namespace";
        return new RetryableException(ErrorCode.ELECTION_UNREACHABLE, message, failure);
    }

    /** The client's own words name an operation on a Lease, and no reason. */
    private static String reason(Throwable failure) {
        Throwable reason = failure;
        while (reason.getCause() != null) {
            reason = reason.getCause();
        }
        return reason.getClass().getSimpleName() + ": " + reason.getMessage();
    }

    @Override
    public void close() {
        client.close();
    }
}
