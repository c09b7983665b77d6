package io.caravan.load.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * The reasons why a comparison may say less than it seems to. Where loads could not be repeated, nothing is certain. Where they
 * went otherwise than they did, equal rows are equal, and other rows need not be wrong. Not safe for use by several threads.
 */
public final class Doubts {

    /** More of them do not help. */
    private static final int MOST_TOLD = 5;

    private final List<String> lost = new ArrayList<>();
    private final List<String> deviating = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long all;

    /** Notes that a load was not repeated, or not all of it. */
    public void lose(String reason) {
        add(lost, reason);
    }

    /** Notes that a repeated load did not come to what it had come to. */
    public void deviate(String reason) {
        add(deviating, reason);
    }

    /** Notes something that leaves no doubt. */
    public void note(String text) {
        add(notes, text);
    }

    private void add(List<String> reasons, String reason) {
        all++;
        if (reasons.size() < MOST_TOLD) {
            reasons.add(reason);
        }
    }

    /** Returns whether something of the loads was not repeated. */
    public boolean areLost() {
        return !lost.isEmpty();
    }

    /** Returns whether loads came to something else than they had come to. */
    public boolean areDeviating() {
        return !deviating.isEmpty();
    }

    /** Returns the reasons for people, the weightiest first. */
    public List<String> told() {
        List<String> told = new ArrayList<>(lost);
        deviating.stream().limit(MOST_TOLD - told.size()).forEach(told::add);
        notes.stream().limit(MOST_TOLD - told.size()).forEach(told::add);
        if (all > told.size()) {
            told.add("and " + (all - told.size()) + " more reasons of that kind");
        }
        return told;
    }
}
