package io.caravan.app.service;

import io.caravan.app.camel.RouteProblem;
import io.caravan.app.service.Health.Verdict;
import io.caravan.app.wiring.LastContacts.Contact;
import io.caravan.base.JsonText;
import io.caravan.model.ledger.ObjectSetAside;
import io.caravan.model.status.FeedStatus;
import io.caravan.model.status.IncompleteFolder;
import io.caravan.model.status.PublishStatus;
import io.caravan.model.status.ReloadStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        Map<String, @Nullable Object> json = verdict("ready", health.ready());
        json.put("live", health.live().isGood());
        json.put("version", version);
        json.put("started", service.started().toString());
        Map<String, Object> systems = new LinkedHashMap<>();
        health.systems().forEach((name, seen) -> systems.put(name, system(seen)));
        json.put("systems", systems);
        json.put("reload", reload(service.reload(), service.problems()));
        json.put(
                "feeds",
                service.feeds().stream()
                        .map(feed -> feed(feed, service.fileOf(feed.feed()), now))
                        .toList());
        if (!service.published().isEmpty()) {
            json.put(
                    "published",
                    service.published().stream().map(HealthJson::published).toList());
        }
        return text(json);
    }

    private static Map<String, @Nullable Object> published(PublishStatus table) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("feed", table.feed());
        json.put("table", table.table());
        json.put("lastSuccess", text(table.lastGood()));
        json.put("failingSince", text(table.failingSince()));
        json.put("errorCode", text(table.errorCode()));
        json.put("error", table.error());
        json.put("failures", table.failures());
        json.put("nextTry", text(table.nextTry()));
        return json;
    }

    private static Map<String, @Nullable Object> verdict(String good, Verdict verdict) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("status", verdict.isGood() ? good : "not " + good);
        json.put("reasons", verdict.reasons());
        return json;
    }

    private static Map<String, @Nullable Object> system(Contact seen) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("reachable", seen.isReachable());
        json.put("lastSeen", text(seen.lastSeen()));
        json.put("awaySince", text(seen.awaySince()));
        json.put("errorCode", text(seen.errorCode()));
        json.put("error", seen.error());
        return json;
    }

    private static Map<String, @Nullable Object> reload(ReloadStatus reload, List<RouteProblem> wrong) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("appliedAt", text(reload.appliedAt()));
        json.put("refusedSince", text(reload.refusedSince()));
        json.put("reason", reload.reason());
        json.put("problems", wrong.stream().map(HealthJson::problem).toList());
        return json;
    }

    private static Map<String, @Nullable Object> problem(RouteProblem problem) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("file", problem.file());
        json.put("feed", problem.feed());
        json.put("errorCode", problem.code().name());
        json.put("error", problem.message());
        return json;
    }

    private static Map<String, @Nullable Object> feed(FeedStatus feed, @Nullable String file, Instant now) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
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
        json.put("missingSince", text(feed.missingSince()));
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
        json.put(
                "setAside",
                feed.setAside().stream()
                        .limit(MOST_SET_ASIDE)
                        .map(HealthJson::setAside)
                        .toList());
        json.put("foldersIncomplete", feed.incomplete().size());
        json.put(
                "incomplete",
                feed.incomplete().stream()
                        .limit(MOST_SET_ASIDE)
                        .map(HealthJson::incomplete)
                        .toList());
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

    private static Map<String, @Nullable Object> setAside(ObjectSetAside object) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("object", object.object().uri());
        json.put("errorCode", text(object.errorCode()));
        json.put("error", object.error());
        json.put("failures", object.failures());
        json.put("nextTry", text(object.nextTry()));
        return json;
    }

    private static Map<String, @Nullable Object> incomplete(IncompleteFolder folder) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("folder", folder.uri());
        json.put("objects", folder.objects());
        json.put("reason", folder.reason());
        return json;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static String text(Map<String, @Nullable Object> json) {
        return JsonText.pretty(json) + "\n";
    }
}
