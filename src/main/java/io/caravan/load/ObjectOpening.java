package io.caravan.load;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.Reaction;
import io.caravan.base.RejectedObjectException;
import io.caravan.base.RetryableException;
import io.caravan.csv.ColumnPlan;
import io.caravan.load.staging.ObjectStaging;
import io.caravan.load.tally.FailedObject;
import io.caravan.load.tally.LoadResult;
import io.caravan.load.tally.ObjectTallies;
import io.caravan.load.tally.ObjectTally;
import io.caravan.load.target.EvolvingTarget;
import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.table.Column;
import io.caravan.spi.LoadListener;
import io.caravan.spi.ObjectBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides which of a load's objects it takes, one after another, and opens those that are read here. Used by one thread. */
final class ObjectOpening implements AutoCloseable {

    private final LoadTask task;
    private final ObjectTallies tallies;
    private final EvolvingTarget target;
    private final RowStaging rows;
    private final LoadSource source;
    private final LoadListener listener;
    private final FetchAhead store;

    private final List<FailedObject> unreadable = new ArrayList<>();
    private final List<ObjectVersion> gone = new ArrayList<>();
    private final KeptHeaders headers = new KeptHeaders();
    private boolean leavesRest;

    /** Objects that belong together are not loaded without one of them. */
    private boolean leavesAll;

    ObjectOpening(
            LoadTask task,
            ObjectTallies tallies,
            EvolvingTarget target,
            RowStaging rows,
            LoadSource source,
            LoadListener listener) {
        this.task = task;
        this.tallies = tallies;
        this.target = target;
        this.rows = rows;
        this.source = source;
        this.listener = listener;
        this.store = new FetchAhead(
                source.reader(), task.opensAll() && !source.direct().isUsed() ? task.objects() : List.of());
    }

    /** Implements {@link Load#open}; closes the object that was open before. */
    Optional<ObjectBody> open(ObjectVersion object) {
        if (!tallies.areNone()) {
            tallies.current().judge(task.feed().limits().maxRejectedRatio());
        }
        boolean hasGood = tallies.firstGood()
                .filter(good -> !task.deliveries().areTogether(good.object(), object))
                .isPresent();
        if (task.feed().merge().mode().isSnapshot() && (hasGood || task.isOvertaken(object))) {
            begin(object).supersede();
            return Optional.empty();
        }
        leavesRest |= (headers.areTooLong() && task.deliveries().areNone()) || (hasGood && mayNotMeetOthers(object));
        if (leavesRest || leavesAll) {
            return Optional.empty();
        }
        // Known before it is opened, so that an object that cannot be opened can be rejected.
        ObjectTally tally = begin(object);
        listener.objectStarted(task.id(), object);
        verdict(object).ifPresent(verdict -> {
            throw verdict;
        });
        if (isStagedDirectly(tally)) {
            return Optional.empty();
        }
        Optional<ObjectBody> opened = openIfReadable(object);
        opened.ifPresentOrElse(body -> tally.opened(body.versionId().orElse(null)), tallies::takeBack);
        return opened;
    }

    /**
     * A history has a version of a row for each object that changes it; and what is tried again or comes late may take no part
     * in the choice among the rows of others.
     */
    private boolean mayNotMeetOthers(ObjectVersion object) {
        return task.feed().merge().mode().keepsVersions()
                || task.isApart(object)
                || task.isApart(tallies.current().object());
    }

    private ObjectTally begin(ObjectVersion object) {
        return tallies.begin(object, task.isOvertaken(object), task.origin().isReplay());
    }

    private Optional<RejectedObjectException> verdict(ObjectVersion object) {
        return source.verdicts().apply(object);
    }

    private boolean isStagedDirectly(ObjectTally tally) {
        ObjectVersion object = tally.object();
        if (source.sameContent().mayBeLoaded(object)) {
            return false;
        }
        Optional<ObjectStaging.Staged> staged =
                source.direct().stage(tally.number(), object, target.now(), rows::fit, rows::session);
        staged.ifPresent(whole -> {
            tally.opened(whole.versionId().orElse(null));
            tally.setHeader(headers.keep(whole.header()));
            tally.addStaged(whole.rows());
            rows.addWhole();
            listener.progress(task.id(), object.sizeBytes(), whole.rows());
        });
        return staged.isPresent();
    }

    private Optional<ObjectBody> openIfReadable(ObjectVersion object) {
        try {
            if (task.feed().schema().evolves() && !target.fits(object, others(object), rows.haveColumns())) {
                requireAlone();
                leavesRest = true;
                return Optional.empty();
            }
            Optional<ObjectBody> opened = store.open(object);
            if (opened.isEmpty()) {
                gone.add(object);
                leavesAll |= !task.deliveries().areNone();
            }
            return opened;
        } catch (RetryableException e) {
            if (e.code().reaction() != Reaction.SET_ASIDE) {
                throw e;
            }
            unreadable.add(new FailedObject(object, e));
            leavesAll |= !task.deliveries().areNone();
            return Optional.empty();
        }
    }

    /** Returns the other objects, from which columns can be learned as long as there are none. */
    private List<ObjectVersion> others(ObjectVersion object) {
        return rows.haveColumns()
                ? List.of()
                : task.objects().stream()
                        .filter(other -> !other.equals(object) && verdict(other).isEmpty())
                        .toList();
    }

    /**
     * Implements {@link Load#accept}.
     *
     * @return false if the open object's columns differ from those before it; then call {@link #leave}
     */
    boolean accept(List<Column> columns, @Nullable String objectHeader) {
        if (!rows.accept(columns)) {
            requireAlone();
            return false;
        }
        tallies.current().setHeader(headers.keep(objectHeader));
        return true;
    }

    /**
     * Makes sure that an object may be left to a later load.
     *
     * @throws RejectedObjectException if it belongs together with those before it
     */
    private void requireAlone() {
        if (!task.deliveries().areNone()) {
            throw new RejectedObjectException(
                    ErrorCode.OBJECT_HEADER,
                    "the object has other columns than those before it in its folder, which are one load by the feed's"
                            + " 'marker'; write all objects of a folder with the same columns");
        }
    }

    /** Ends the opening; the load has nothing to load if some of the objects that belong together are missing. */
    void end() {
        if (leavesAll) {
            tallies.takeAllBack();
        }
        tallies.leaveOutRepeated(task.deliveries());
    }

    /** Leaves the object opened last, and those after it, to a later load. */
    void leave() {
        tallies.takeBack();
        leavesRest = true;
    }

    /** Returns the rules for the rows of the object opened last. */
    ColumnPlan columnPlan() {
        return target.columnPlan(tallies.current().object());
    }

    /** Logs the number of objects that were staged as a whole. */
    void tell() {
        source.direct().tell();
    }

    /** Implements {@link Load#result}. */
    LoadResult result(@Nullable CaravanException failure, @Nullable LoadRecord committed) {
        List<ObjectVersion> done = failure == null ? tallies.objects() : List.of();
        return new LoadResult(task.id(), done, unreadable, gone, failure, committed);
    }

    @Override
    public void close() {
        store.close();
    }
}
