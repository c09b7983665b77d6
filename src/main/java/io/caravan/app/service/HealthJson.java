package io.caravan.app.service;

import io.caravan.app.camel.RouteProblem;
import io.caravan.app.service.Health.Verdict;
import io.caravan.app.wiring.Sightings.Sighting;
import io.caravan.model.ledger.ObjectSetAside;
import io.caravan.model.status.FeedStatus;
import io.caravan.model.status.ReloadStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.jspecify.annotations.Nullable;

/** Writes health as JSON. What is not known, or does not apply, is null. */
final class HealthJson {

    /** The rest is in the table {@code caravan.objects}. */
    private static final int MOST_SET_ASIDE = 20;

    private HealthJson() {}

    /** Returns a verdict alone. */
    static String of(String good, Verdict verdict) {
        return text(verdict(good, verdict));
    }

    /**
     * Returns all that is known.
     *
     * @param now for what is an age
     */
    static String details(ServiceState service, Health health, String version, Instant now) {
        JsonObject json = verdict("ready", health.ready());
        json.put("live", health.live().isGood());
        json.put("version", version);
        json.put("started", service.started().toString());
        JsonObject systems = new JsonObject();
        health.systems().forEach((name, seen) -> systems.put(name, system(seen)));
        json.put("systems", systems);
        json.put("reload", reload(service.reload(), service.problems()));
        JsonArray feeds = new JsonArray();
        service.feeds().forEach(feed -> feeds.add(feed(feed, service.fileOf(feed.feed()), now)));
        json.put("feeds", feeds);
        return text(json);
    }

    private static JsonObject verdict(String good, Verdict verdict) {
        JsonObject json = new JsonObject();
        json.put("status", verdict.isGood() ? good : "not " + good);
        json.put("reasons", new JsonArray(verdict.reasons()));
        return json;
    }

    private static JsonObject system(Sighting seen) {
        JsonObject json = new JsonObject();
        json.put("reachable", seen.isReachable());
        json.put("lastSeen", text(seen.lastSeen()));
        json.put("awaySince", text(seen.awaySince()));
        json.put("errorCode", text(seen.errorCode()));
        json.put("error", seen.error());
        return json;
    }

    private static JsonObject reload(ReloadStatus reload, List<RouteProblem> wrong) {
        JsonObject json = new JsonObject();
        json.put("appliedAt", text(reload.appliedAt()));
        json.put("refusedSince", text(reload.refusedSince()));
        json.put("reason", reload.reason());
        JsonArray problems = new JsonArray();
        wrong.forEach(problem -> problems.add(problem(problem)));
        json.put("problems", problems);
        return json;
    }

    private static JsonObject problem(RouteProblem problem) {
        JsonObject json = new JsonObject();
        json.put("file", problem.file());
        json.put("feed", problem.feed());
        json.put("errorCode", problem.code().name());
        json.put("error", problem.message());
        return json;
    }

    private static JsonObject feed(FeedStatus feed, @Nullable String file, Instant now) {
        JsonObject json = new JsonObject();
        json.put("feed", feed.feed());
        json.put("file", file);
        json.put("role", feed.role().text());
        if (!feed.isLeader()) {
            return json;
        }
        json.put("state", state(feed));
        json.put("firstPassOver", feed.firstPassOver());
        json.put("lastSuccess", text(feed.lastGood()));
        json.put("lastLoad", text(feed.lastLoad()));
        json.put("newestObject", text(feed.newestObject()));
        json.put("backlogObjects", feed.backlog().objects());
        json.put("backlogBytes", feed.backlog().bytes());
        json.put("lagSeconds", lagSeconds(feed.backlog().oldest(), now));
        json.put("failingSince", text(feed.failingSince()));
        json.put("errorCode", text(feed.errorCode()));
        json.put("error", feed.error());
        json.put("failures", feed.failures());
        json.put("nextTry", text(feed.nextTry()));
        json.put("rejectedRows", feed.rejectedRows());
        json.put("rejectedObjects", feed.rejectedObjects());
        json.put("objectsSetAside", feed.setAside().size());
        JsonArray setAside = new JsonArray();
        feed.setAside().stream().limit(MOST_SET_ASIDE).forEach(object -> setAside.add(setAside(object)));
        json.put("setAside", setAside);
        return json;
    }

    private static String state(FeedStatus feed) {
        if (feed.isStopped()) {
            return "stopped";
        }
        if (feed.isFailing()) {
            return "failing";
        }
        return feed.isWaiting() ? "waiting" : "loading";
    }

    private static long lagSeconds(@Nullable Instant oldest, Instant now) {
        return oldest == null ? 0 : Math.max(0, Duration.between(oldest, now).toSeconds());
    }

    private static JsonObject setAside(ObjectSetAside object) {
        JsonObject json = new JsonObject();
        json.put("object", object.object().uri());
        json.put("errorCode", text(object.errorCode()));
        json.put("error", object.error());
        json.put("failures", object.failures());
        json.put("nextTry", text(object.nextTry()));
        return json;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static String text(JsonObject json) {
        return Jsoner.prettyPrint(json.toJson()) + "\n";
    }
}
