package io.caravan.load.tally;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.caravan.base.RejectedObjectException;
import io.caravan.model.ChangeCounts;
import io.caravan.model.Deliveries;
import io.caravan.model.ObjectVersion;
import io.caravan.model.ledger.LedgerEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The objects that a load deals with, in the order in which it opened them. Used by one thread. */
public final class ObjectTallies {

    private final List<ObjectTally> tallies = new ArrayList<>();

    /**
     * Begins with the next object, which is the current one from now on.
     *
     * @param isOvertaken whether newer objects of the feed are loaded already
     * @param isReplay whether it is made of rejected rows of the object
     */
    public ObjectTally begin(ObjectVersion object, boolean isOvertaken, boolean isReplay) {
        ObjectTally tally = new ObjectTally(tallies.size() + 1, object, isOvertaken, isReplay);
        tallies.add(tally);
        return tally;
    }

    /** Takes the current object back: the load does not deal with it after all. */
    public void takeBack() {
        tallies.remove(current());
    }

    public boolean areNone() {
        return tallies.isEmpty();
    }

    /**
     * Returns the object opened last.
     *
     * @throws IllegalStateException if there is none
     */
    public ObjectTally current() {
        if (tallies.isEmpty()) {
            throw new IllegalStateException("no object is open");
        }
        return tallies.get(tallies.size() - 1);
    }

    /** Returns whether the current object is the first one. */
    public boolean isFirst() {
        return tallies.size() == 1;
    }

    /** Returns the object with this number, which there must be. */
    public ObjectTally numbered(int number) {
        return tallies.stream()
                .filter(tally -> tally.number() == number)
                .findFirst()
                .orElseThrow();
    }

    /** Returns all of them, in their order; a view. */
    public List<ObjectTally> all() {
        return Collections.unmodifiableList(tallies);
    }

    public List<ObjectVersion> objects() {
        return tallies.stream().map(ObjectTally::object).toList();
    }

    public List<Integer> numbers() {
        return tallies.stream().map(ObjectTally::number).toList();
    }

    /** Returns the key of each object, by its number. */
    public Map<Integer, String> keys() {
        return tallies.stream()
                .collect(toMap(ObjectTally::number, tally -> tally.object().key()));
    }

    /** Returns whether any object's rows are to go into the target. */
    boolean hasGood() {
        return good().findAny().isPresent();
    }

    /** Returns the first object whose rows are to go into the target: of snapshots, the only one. */
    public Optional<ObjectTally> firstGood() {
        return good().findFirst();
    }

    /** Returns the objects that belong together with one of them, and that one. */
    List<ObjectTally> together(ObjectTally one, Deliveries deliveries) {
        return tallies.stream()
                .filter(tally -> deliveries.areTogether(one.object(), tally.object()))
                .toList();
    }

    /** Leaves out those whose bytes were loaded before, if that is so of all that belong together with them. */
    public void leaveOutRepeated(Deliveries deliveries) {
        tallies.stream()
                .filter(ObjectTally::isRepeated)
                .findFirst()
                .map(first -> together(first, deliveries))
                .filter(all -> all.stream().allMatch(ObjectTally::isRepeated))
                .ifPresent(all -> all.forEach(ObjectTally::leaveOut));
    }

    /** Takes all objects back: the load deals with none of them after all. */
    public void takeAllBack() {
        tallies.clear();
    }

    /** Returns the objects of which nothing goes into the target. */
    public List<ObjectTally> dropped() {
        return tallies.stream().filter(ObjectTally::isDropped).toList();
    }

    /** Returns the numbers of the good objects that newer ones of the feed have overtaken. */
    public Set<Integer> overtaken() {
        return good().filter(ObjectTally::isOvertaken).map(ObjectTally::number).collect(toSet());
    }

    public boolean areAllOvertaken() {
        return tallies.stream().allMatch(ObjectTally::isOvertaken);
    }

    public boolean areAllNeedless() {
        return tallies.stream().allMatch(ObjectTally::isNeedless);
    }

    /** Returns whether rows are missing in the target that objects have: those of a dropped object, or refused ones. */
    public boolean lackRows() {
        return tallies.stream().anyMatch(tally -> tally.isDropped() || tally.isRefusedByStaging());
    }

    /** Returns how many rows of each good object are compared with the target; one without is not in the map. */
    public Map<Integer, Long> compared() {
        return good().filter(tally -> tally.staged() > 0).collect(toMap(ObjectTally::number, ObjectTally::compared));
    }

    /** Returns how many dead letters the good objects are made of. */
    public long replayed() {
        return good().mapToLong(ObjectTally::replayed).sum();
    }

    /** Judges each object by what it held. */
    public void judge(double maxRejectedRatio) {
        tallies.forEach(tally -> tally.judge(maxRejectedRatio));
    }

    /** Notes how many rows of each object another row superseded in the staging table. */
    public void addSuperseded(Map<Integer, Long> rows) {
        rows.forEach((number, count) -> numbered(number).addSupersededInStaging(count));
    }

    /** Rejects the objects with these numbers, each for a reason of its own. */
    public void reject(Set<Integer> numbers, Function<ObjectTally, RejectedObjectException> reason) {
        rejectIf(tally -> numbers.contains(tally.number()), reason);
    }

    /** Rejects the objects that are good so far. */
    public void rejectGood(RejectedObjectException reason) {
        rejectIf(ObjectTally::isGood, tally -> reason);
    }

    private void rejectIf(Predicate<ObjectTally> isMeant, Function<ObjectTally, RejectedObjectException> reason) {
        tallies.stream().filter(isMeant).forEach(tally -> tally.reject(reason.apply(tally)));
    }

    /**
     * Leaves snapshots to another load that were left out for a newer one, which is not to be loaded after all. Does nothing if
     * there is a good object.
     */
    public void giveOlderSnapshotsTheirTurn() {
        if (!hasGood()) {
            tallies.removeIf(ObjectTally::isSupersededInLoad);
        }
    }

    /**
     * Returns the ledger entries of the objects, in their order.
     *
     * @param changes the changes of the target by the objects' rows, by object number; an object whose rows change nothing
     *     is not in the map
     */
    public List<LedgerEntry> entries(Map<Integer, ChangeCounts> changes) {
        return tallies.stream()
                .map(tally -> tally.entry(changes.getOrDefault(tally.number(), ChangeCounts.NONE)))
                .toList();
    }

    private Stream<ObjectTally> good() {
        return tallies.stream().filter(ObjectTally::isGood);
    }
}
