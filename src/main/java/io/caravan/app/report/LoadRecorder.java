package io.caravan.app.report;

import io.caravan.base.CaravanException;
import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.status.FeedStatus;
import io.caravan.route.CamelFailures;
import io.caravan.spi.LoadListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Remembers what the loads of a pass did, and tells another listener too. */
public final class LoadRecorder implements LoadListener {

    /** A pass over one feed. */
    @FunctionalInterface
    public interface Pass {
        public void run() throws Exception;
    }

    private final LoadListener next;
    private final LoadLog log = new LoadLog(feed -> null);
    private final List<LoadRecord> loads = new ArrayList<>();
    private final List<LoadReport.Failure> failures = new ArrayList<>();
    private final Map<String, Long> listedOfQuiet = new LinkedHashMap<>();
    private final Set<String> busy = new HashSet<>();
    private final List<LoadReport.Incomplete> incomplete = new ArrayList<>();

    public LoadRecorder(LoadListener next) {
        this.next = next;
    }

    /** Runs the pass of a feed; if it fails, the other feeds go on. */
    public void run(String feed, Pass pass) {
        try {
            pass.run();
        } catch (Exception e) {
            failures.add(new LoadReport.Failure(feed, null, CamelFailures.known(e)));
        }
    }

    /** Notes a feed that has no pass, because of what is wrong with it. */
    public void failed(String feed, CaravanException reason) {
        failures.add(new LoadReport.Failure(feed, null, reason));
    }

    /** Notes the folders of a feed that its pass has left alone. */
    public void leftAlone(FeedStatus status) {
        status.incomplete().forEach(folder -> incomplete.add(new LoadReport.Incomplete(status.feed(), folder)));
    }

    /** Returns what has happened since the last report. */
    public LoadReport report() {
        List<LoadRecord> committed =
                loads.stream().filter(load -> load.outcome() != Outcome.FAILED).toList();
        LoadReport report = new LoadReport(committed, failures, incomplete);
        loads.clear();
        failures.clear();
        incomplete.clear();
        return report;
    }

    /** Returns the feeds whose passes found nothing new, wait for nothing and did not fail, each with how many objects there are. */
    public Map<String, Long> quiet() {
        Map<String, Long> quiet = new LinkedHashMap<>(listedOfQuiet);
        failures.forEach(failure -> quiet.remove(failure.feed()));
        incomplete.forEach(folder -> quiet.remove(folder.feed()));
        return quiet;
    }

    @Override
    public void objectsListed(String feedName, long objectCount, int newCount) {
        if (newCount > 0) {
            busy.add(feedName);
            listedOfQuiet.remove(feedName);
        } else if (!busy.contains(feedName)) {
            listedOfQuiet.put(feedName, objectCount);
        }
    }

    @Override
    public void loadStarted(String feedName, String loadId, int objectCount, long totalBytes) {
        next.loadStarted(feedName, loadId, objectCount, totalBytes);
    }

    @Override
    public void objectStarted(String loadId, ObjectVersion object) {
        next.objectStarted(loadId, object);
    }

    @Override
    public void progress(String loadId, long storedBytesDelta, long rowsDelta) {
        next.progress(loadId, storedBytesDelta, rowsDelta);
    }

    @Override
    public void loadLeft(String loadId) {
        next.loadLeft(loadId);
    }

    @Override
    public void schemaChanged(String feedName, List<String> changes) {
        next.schemaChanged(feedName, changes);
    }

    @Override
    public void loadFinished(LoadRecord load) {
        loads.add(load);
        next.loadFinished(load);
    }

    @Override
    public void retrying(String feedName, CaravanException reason, int tries, int maxTries, Duration delay) {
        // Otherwise nobody would know what the command waits for.
        log.retrying(feedName, reason, tries, maxTries, delay);
    }

    @Override
    public void objectSetAside(
            String feedName, ObjectVersion object, CaravanException reason, Duration delay, boolean isKnown) {
        failures.add(new LoadReport.Failure(feedName, object, reason));
    }
}
