package io.caravan.app.service;

import io.caravan.app.camel.CamelMessages;
import io.caravan.app.camel.CamelRoutes;
import io.caravan.app.camel.FeedFile;
import io.caravan.app.camel.Feeds;
import io.caravan.app.camel.RouteFiles;
import io.caravan.app.camel.RouteProblem;
import io.caravan.app.camel.RouteSet;
import io.caravan.app.camel.RouteSnapshot;
import io.caravan.app.catalog.CatalogSource;
import io.caravan.app.check.Verification;
import io.caravan.app.history.ServiceListener;
import io.caravan.app.settings.Settings;
import io.caravan.app.wiring.Wiring;
import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.VisibleText;
import io.caravan.model.status.ReloadStatus;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies route files that have changed. Before it touches a running route, it parses the files, checks their parameters, looks at
 * the tables and buckets of new feeds, and lets Camel create all routes in a context of their own. A file or a feed with a problem
 * changes nothing, and the others are applied. Used by one thread, but for {@link #status}.
 */
public final class Reloader implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Reloader.class);

    /** After which files are tried again that could not be checked, because something could not be reached. */
    private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

    /** What may be put right without a change of the files. */
    private static final Set<ErrorCode> OF_CATALOG =
            Set.of(ErrorCode.CATALOG_TABLE_NOT_FOUND, ErrorCode.CATALOG_TABLE_UNSUITABLE, ErrorCode.CATALOG_DENIED);

    private final Settings settings;
    private final Wiring wiring;
    private final CamelRoutes routes;
    private final Clock clock;
    private final ServiceListener listener;

    /** What the routes are; null until they are first looked at. */
    private @Nullable RouteSet applied;

    /** Whether the routes are what they were before something failed half-way. */
    private boolean isRestored = true;

    /** What the last look saw; null if it could not read the files. */
    private @Nullable RouteSnapshot seen;

    /** What has been decided about, for good or not; null if the last look was in vain. */
    private @Nullable RouteSnapshot decided;

    /** When {@link #decided} is to be tried again; null for never. */
    private @Nullable Instant tryAgainAt;

    private volatile ReloadStatus status;
    private @Nullable RepeatedTask looks;

    /**
     * Begins with routes that are going to be started.
     *
     * @param listener is told what becomes of changed files
     */
    public Reloader(Settings settings, Wiring wiring, CamelRoutes routes, Clock clock, ServiceListener listener) {
        this.listener = listener;
        this.settings = settings;
        this.wiring = wiring;
        this.routes = routes;
        this.decided = routes.current().snapshot();
        this.clock = clock;
        this.status = statusOf(routes.current(), ReloadStatus.unchanged(clock.instant()));
        this.tryAgainAt = nextTry(routes.current());
    }

    /** What could not be checked may be there soon; what the Data Catalog says of feeds may change without a file's doing so. */
    private @Nullable Instant nextTry(RouteSet set) {
        if (set.problems().stream()
                .anyMatch(problem -> problem.code().reaction().isRetryable())) {
            return clock.instant().plus(TRY_AGAIN);
        }
        return set.checked().stream().anyMatch(file -> file.catalog() != null)
                        || set.problems().stream().anyMatch(problem -> OF_CATALOG.contains(problem.code()))
                ? clock.instant().plus(settings.service().catalogRefresh())
                : null;
    }

    private ReloadStatus statusOf(RouteSet set, ReloadStatus before) {
        return set.problems().isEmpty()
                ? before
                : before.refused(clock.instant(), RouteProblem.text(set.problems()), false);
    }

    /** Looks at the route files every so often, until closed. */
    public void start() {
        Duration interval = settings.service().reloadInterval();
        if (!interval.isZero()) {
            looks = new RepeatedTask("reload", this::look, interval, interval);
            looks.start();
        }
    }

    /** Returns which routes run; for any thread. */
    public ReloadStatus status() {
        return status;
    }

    /**
     * Looks at the route files. What has changed counts only when a second look sees the same: a file may be half written, and
     * of a ConfigMap some files may be the new ones already.
     */
    void look() {
        if (!routes.isServing()) {
            return;
        }
        if (applied == null) {
            applied = routes.current();
            // Camel may have found more.
            status = statusOf(applied, status);
        }
        if (!isRestored) {
            restore(applied);
        }
        try {
            RouteSnapshot now = RouteSnapshot.read(settings.routes().directories());
            boolean isSettled = now.equals(seen);
            boolean isNew = !now.equals(decided);
            seen = now;
            if (isSettled && (isNew || isDueAgain())) {
                tryAgainAt = null;
                decided = now;
                decide(now, applied, isNew);
            }
        } catch (IOException e) {
            if (seen == null) {
                refuse(
                        ErrorCode.ROUTE_FILE,
                        "Could not read the route files of " + settings.routes().directories() + ": "
                                + CamelMessages.explain(e),
                        false);
            }
            seen = null;
            decided = null;
        } catch (RuntimeException e) {
            log.error("The route files could not be looked at; the routes go on as they are", e);
            refuse(ErrorCode.ROUTE_FILE, CamelMessages.explain(e), false);
        }
    }

    private boolean isDueAgain() {
        return tryAgainAt != null && !clock.instant().isBefore(tryAgainAt);
    }

    private void decide(RouteSnapshot snapshot, RouteSet before, boolean isNew) {
        try {
            RouteSet said =
                    RouteFiles.of(snapshot, settings, CatalogSource.online()).look();
            RouteSet wanted = tryOut(check(said.keeping(before), before), before);
            tryAgainAt = nextTry(wanted);
            if (!wanted.isSameAs(before)) {
                become(wanted, before);
                if (!routes.isServing()) {
                    // Told to stop meanwhile.
                    return;
                }
                log.info(
                        "Took over the route files: {} feeds: {}",
                        wanted.checked().size(),
                        Feeds.names(wanted.checked()));
                status = status.applied(clock.instant());
                listener.reloaded(wanted.changes(before));
            } else {
                applied = wanted;
                routes.note(wanted);
                if (wanted.problems().isEmpty() && !status.isCurrent()) {
                    log.info("The route files are again as the routes that run");
                    status = status.takenBack();
                }
            }
            wiring.keepStoresOf(wanted.checked().stream().map(FeedFile::feed).toList());
            if (!wanted.problems().isEmpty()) {
                refuse(wanted.problems().get(0).code(), RouteProblem.text(wanted.problems()), isNew);
            }
        } catch (InvalidConfigurationException e) {
            refuse(e.code(), e.getMessage(), isNew);
        } catch (CaravanException e) {
            tryAgainAt = clock.instant().plus(TRY_AGAIN);
            refuse(e.code(), "They cannot be checked now: " + e.getMessage(), isNew);
        }
    }

    /**
     * Looks at what the new and changed feeds name; the others' is theirs to say, at their next load.
     *
     * @return what of the set holds
     */
    private RouteSet check(RouteSet wanted, RouteSet before) {
        Verification verification = new Verification(wiring, false);
        List<FeedFile> changed = wanted.changedSince(before);
        verification.check(changed);
        verification.requireReachable();
        List<RouteProblem> wrong = verification.problems(changed);
        return wrong.isEmpty() ? wanted : wanted.without(wrong).keeping(before);
    }

    /**
     * Lets Camel create the routes, in a context of their own.
     *
     * @return the routes that it can create
     * @throws InvalidConfigurationException if one could not go on that is not to change: its template is gone, say
     */
    private RouteSet tryOut(RouteSet wanted, RouteSet before) {
        if (wanted.isSameAs(before)) {
            return wanted;
        }
        List<RouteProblem> unusable = wiring.tryOut(wanted);
        if (unusable.isEmpty()) {
            return wanted;
        }
        RouteSet usable = wanted.without(unusable);
        if (unusable.stream().anyMatch(problem -> wanted.hasAsBefore(problem.feed(), before))) {
            throw new InvalidConfigurationException(
                    usable.problems().get(0).code(), RouteProblem.text(usable.problems()));
        }
        return usable.keeping(before);
    }

    /** If a route cannot start after all, all become what they were. */
    private void become(RouteSet wanted, RouteSet before) {
        try {
            routes.become(wanted);
            applied = wanted;
        } catch (CaravanException e) {
            isRestored = false;
            restore(before);
            throw e;
        }
    }

    /** Becomes what the routes were, however often that takes: what could start once will start again. */
    private void restore(RouteSet before) {
        try {
            routes.become(before);
            isRestored = true;
        } catch (CaravanException e) {
            log.error("The routes that ran before do not start again, and are tried again soon: {}", e.getMessage());
        }
    }

    /** Refuses the files; says so again only if something about it is new. */
    private void refuse(ErrorCode code, String reason, boolean isNew) {
        if (!routes.isServing()) {
            // Told to stop: what fails now says nothing of the files.
            return;
        }
        if (isNew || status.isCurrent() || !reason.equals(status.reason())) {
            log.error(
                    "Refused the route files, what they would change goes on as it is: {}",
                    VisibleText.of(reason.replace("\n", "; ")));
            listener.reloadRefused(code.name(), reason.replace("\n", "; "));
        }
        status = status.refused(clock.instant(), reason, isNew);
    }

    /** What is under way may end, if it ends soon. */
    @Override
    public void close() {
        if (looks != null) {
            looks.close();
        }
    }
}
