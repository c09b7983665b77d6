package io.caravan.app.service;

import io.caravan.app.camel.RouteProblem;
import io.caravan.app.wiring.LastContacts.Contact;
import io.caravan.model.status.FeedStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Whether the process lives, and whether the service is ready. A feed that fails does not make it unready for the others. */
final class Health {

    /**
     * An answer.
     *
     * @param reasons why not, for people; empty if all is well
     */
    record Verdict(List<String> reasons) {

        public Verdict {
            reasons = List.copyOf(reasons);
        }

        boolean isGood() {
            return reasons.isEmpty();
        }
    }

    private final ServiceState service;
    private final List<Reachability> systems;

    /**
     * Judges a service.
     *
     * @param systems what it needs
     */
    Health(ServiceState service, List<Reachability> systems) {
        this.service = service;
        this.systems = List.copyOf(systems);
    }

    /** Judges the process alone: whoever restarts it because it does not live must gain by that. */
    Verdict live() {
        return new Verdict(service.deadFeeds().stream()
                .map(feed -> "feed " + feed + " is polled no more, because of an error: see the log, and restart")
                .toList());
    }

    /** Judges the service; asks the systems that it needs if nobody has for long, and waits for them for a moment. */
    Verdict ready() {
        systems.forEach(Reachability::askIfNeeded);
        return ready(Reachability::look);
    }

    /** Judges the service by what is known. */
    Verdict readyAsKnown() {
        return ready(Reachability::last);
    }

    /** Returns what was last seen of each system, by its name. */
    Map<String, Contact> systems() {
        Map<String, Contact> seen = new LinkedHashMap<>();
        systems.forEach(system -> seen.put(system.system(), system.last()));
        return seen;
    }

    private Verdict ready(Function<Reachability, Contact> look) {
        List<String> reasons = new ArrayList<>();
        if (service.isStopping()) {
            reasons.add("the service stops: a load in flight may finish, no other begins");
        } else if (service.isStarting()) {
            reasons.add("the service starts: its feeds have not begun");
        }
        if (service.servesNothing()) {
            reasons.add("no feed runs: " + RouteProblem.text(service.problems()).replace("\n", "; "));
        }
        for (Reachability system : systems) {
            Contact seen = look.apply(system);
            if (seen.awaySince() != null) {
                reasons.add(system.system() + " cannot be reached since " + seen.awaySince() + ": " + seen.errorCode()
                        + ": " + seen.error());
            } else if (!seen.isReachable() && !service.feeds().isEmpty()) {
                reasons.add(system.system() + " has not answered yet");
            }
        }
        for (FeedStatus feed : service.feedsInFirstPass()) {
            reasons.add("the first pass of feed " + feed.feed() + " is not over: "
                    + feed.backlog().objects() + " objects wait");
        }
        return new Verdict(reasons);
    }
}
