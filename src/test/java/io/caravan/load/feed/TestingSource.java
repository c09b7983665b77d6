package io.caravan.load.feed;

import static java.util.Objects.requireNonNull;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.Reaction;
import io.caravan.base.RetryableException;
import io.caravan.load.tally.FailedObject;
import io.caravan.load.tally.LoadResult;
import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LedgerEntry;
import io.caravan.model.ledger.LoadCounts;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PhaseTimes;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Objects with keys of one letter, and loads of them that fail as the test wants. */
final class TestingSource implements ObjectSource {

    private final Clock clock;
    private final Map<String, ObjectVersion> objects = new HashMap<>();
    private final Map<String, ErrorCode> bad = new HashMap<>();
    private final List<@Nullable CaravanException> failures = new ArrayList<>();
    private final List<CaravanException> listingFailures = new ArrayList<>();
    private final List<String> tries = new ArrayList<>();
    private final List<List<String>> scopes = new ArrayList<>();
    private long listed;
    private @Nullable ErrorCode everythingIsBad;
    private @Nullable ErrorCode unfit;
    private String loaded = "";
    private Runnable duringLoad = () -> {};
    private int groupSize = 4;
    private int puts;
    private int looks;

    TestingSource(Clock clock) {
        this.clock = clock;
    }

    static CaravanException exception(ErrorCode code) {
        return code.reaction() == Reaction.FATAL
                ? new InvalidConfigurationException(code, code.name())
                : new RetryableException(code, code.name());
    }

    /** Puts objects, each a second newer than the one before it. */
    void put(String... keys) {
        for (String key : keys) {
            puts++;
            objects.put(key, new ObjectVersion("b", key, "v" + puts, 1, Instant.ofEpochSecond(puts)));
        }
    }

    ObjectVersion object(String key) {
        return requireNonNull(objects.get(key));
    }

    void remove(String key) {
        objects.remove(key);
    }

    /** Loads that have the object fail, as its code says, until {@link #cure}. */
    void bad(String key, ErrorCode code) {
        bad.put(key, code);
    }

    void cure(String key) {
        bad.remove(key);
    }

    /** Every load fails, as long as this is not null. */
    void everythingIsBad(@Nullable ErrorCode code) {
        everythingIsBad = code;
    }

    /** The feed cannot load, as long as this is not null. */
    void unfit(@Nullable ErrorCode code) {
        unfit = code;
    }

    void failNext(int times, ErrorCode code) {
        IntStream.range(0, times).forEach(i -> failures.add(exception(code)));
    }

    void failNextListing(int times, ErrorCode code) {
        IntStream.range(0, times).forEach(i -> listingFailures.add(exception(code)));
    }

    /** Fails for ever after so many tries. */
    void failAfter(int times, ErrorCode code) {
        IntStream.range(0, times).forEach(i -> failures.add(null));
        failNext(1_000, code);
    }

    /** Returns whether {@link #failNext} has failures left. */
    boolean isToFail() {
        return !failures.isEmpty();
    }

    void duringLoad(Runnable action) {
        duringLoad = action;
    }

    /** Sets how many objects a load has at most. */
    void groupSize(int size) {
        groupSize = size;
    }

    /** Sets how many objects a listing says that it has seen. */
    void listed(long count) {
        listed = count;
    }

    /** Returns the keys of each load that was tried. */
    List<String> tries() {
        return tries;
    }

    /** Returns the keys of all that has loaded. */
    String loaded() {
        return loaded;
    }

    /** Returns the prefixes of each listing. */
    List<List<String>> scopes() {
        return scopes;
    }

    /** Returns how often only was looked what waits. */
    int looks() {
        return looks;
    }

    @Override
    public Found findNew(Scope scope) {
        if (!listingFailures.isEmpty()) {
            throw listingFailures.remove(0);
        }
        scopes.add(scope.prefixes());
        return new Found(
                objects.values().stream()
                        .filter(object -> scope.covers(object.key()))
                        .sorted(ObjectVersion.OLDEST_FIRST)
                        .toList(),
                listed);
    }

    @Override
    public void verify() {
        if (unfit != null) {
            throw exception(unfit);
        }
    }

    @Override
    public List<ObjectVersion> findKnownNew() {
        looks++;
        return findNew(new Scope(List.of(""))).fresh();
    }

    @Override
    public @Nullable Instant newestListed() {
        return puts == 0 ? null : Instant.ofEpochSecond(puts);
    }

    @Override
    public List<List<ObjectVersion>> cut(List<ObjectVersion> found) {
        List<List<ObjectVersion>> groups = new ArrayList<>();
        for (int i = 0; i < found.size(); i += groupSize) {
            groups.add(found.subList(i, Math.min(i + groupSize, found.size())));
        }
        return groups;
    }

    @Override
    public LoadResult load(List<ObjectVersion> group) {
        duringLoad.run();
        tries.add(group.stream().map(ObjectVersion::key).collect(Collectors.joining()));
        CaravanException failure = failures.isEmpty() ? null : failures.remove(0);
        if (failure == null && everythingIsBad != null) {
            failure = exception(everythingIsBad);
        }
        if (failure != null) {
            return failed(failure);
        }
        List<ObjectVersion> done = new ArrayList<>();
        List<FailedObject> unreadable = new ArrayList<>();
        List<ObjectVersion> gone = new ArrayList<>();
        for (ObjectVersion object : group) {
            ErrorCode code = bad.get(object.key());
            if (code == null) {
                done.add(object);
            } else if (code == ErrorCode.OBJECT_GONE) {
                gone.add(object);
            } else if (code.reaction() == Reaction.SET_ASIDE) {
                unreadable.add(new FailedObject(object, exception(code)));
            } else {
                return failed(exception(code));
            }
        }
        done.forEach(object -> {
            loaded += object.key();
            objects.remove(object.key());
        });
        return new LoadResult("load", done, unreadable, gone, null, record(done));
    }

    private static LoadResult failed(CaravanException failure) {
        return new LoadResult("load", List.of(), List.of(), List.of(), failure, null);
    }

    /** Says of each object that it had three rows, of which one was rejected; and of "r" that it was rejected itself. */
    private @Nullable LoadRecord record(List<ObjectVersion> done) {
        List<LedgerEntry> entries = done.stream()
                .map(object -> new LedgerEntry(
                        object,
                        null,
                        object.key().equals("r") ? Outcome.REJECTED : Outcome.LOADED,
                        object.key().equals("r") ? new LoadCounts(3, 0, 0, 0, 0, 3) : new LoadCounts(3, 2, 0, 0, 0, 1),
                        null,
                        null))
                .toList();
        Instant now = clock.instant();
        return entries.isEmpty()
                ? null
                : new LoadRecord(
                        "load",
                        "employee",
                        TestingFeedLoads.TARGET,
                        now,
                        now,
                        Outcome.LOADED,
                        entries,
                        PhaseTimes.NONE,
                        null,
                        null);
    }
}
