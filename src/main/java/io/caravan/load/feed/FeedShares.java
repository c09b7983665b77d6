package io.caravan.load.feed;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import io.caravan.model.status.Replica;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32;

/**
 * Assigns feeds to replicas: with the same result in every replica that knows the same replicas, evenly, and with few
 * changes when a replica comes or goes. This is <a href="https://en.wikipedia.org/wiki/Rendezvous_hashing">rendezvous
 * hashing</a> with a bound.
 */
final class FeedShares {

    private FeedShares() {}

    /** Returns the name of the replica for each feed that any of them knows. */
    static Map<String, String> of(Collection<Replica> replicas) {
        Map<String, String> shares = new TreeMap<>();
        services(replicas).forEach(service -> share(service, shares));
        return shares;
    }

    /** Returns the replicas in groups that have no feed in common: each is a service of its own. */
    private static List<List<Replica>> services(Collection<Replica> replicas) {
        List<List<Replica>> services = new ArrayList<>();
        for (Replica replica : replicas) {
            List<List<Replica>> joined = services.stream()
                    .filter(service ->
                            service.stream().anyMatch(other -> !Collections.disjoint(other.feeds(), replica.feeds())))
                    .toList();
            List<Replica> service = new ArrayList<>(List.of(replica));
            joined.forEach(service::addAll);
            services.removeAll(joined);
            services.add(service);
        }
        return services;
    }

    private static void share(List<Replica> replicas, Map<String, String> shares) {
        Map<String, Integer> taken = new HashMap<>();
        TreeSet<String> feeds = new TreeSet<>();
        replicas.forEach(replica -> feeds.addAll(replica.feeds()));
        int most = replicas.isEmpty() ? 0 : (feeds.size() + replicas.size() - 1) / replicas.size();
        for (String feed : feeds) {
            List<Replica> able = replicas.stream()
                    .filter(replica -> replica.feeds().contains(feed))
                    .toList();
            String chosen = able.stream()
                    .map(Replica::name)
                    .min(comparing((String name) -> taken.getOrDefault(name, 0) >= most)
                            .thenComparing(comparingInt((String name) -> score(feed, name)))
                            .thenComparing(Comparator.naturalOrder()))
                    .orElseThrow();
            taken.merge(chosen, 1, Integer::sum);
            shares.put(feed, chosen);
        }
    }

    private static int score(String feed, String replica) {
        CRC32 hash = new CRC32();
        hash.update((feed + "\n" + replica).getBytes(StandardCharsets.UTF_8));
        // Neighbouring names have neighbouring checksums.
        return (int) hash.getValue() * 0x9E3779B1;
    }
}
