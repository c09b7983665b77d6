package io.caravan.prove;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What is to be removed in the end: the newest first, each once, also when the process is told to stop. */
final class Leftovers {

    /** Removes one thing. */
    interface Removal {

        void run() throws Exception;
    }

    private record Leftover(String what, Removal removal) {}

    private final Deque<Leftover> all = new ArrayDeque<>();
    private boolean removed;

    /**
     * Promises a removal; to be called before the thing is made, so that none is forgotten.
     *
     * @throws IllegalStateException if removing has begun
     */
    synchronized void promise(String what, Removal removal) {
        if (removed) {
            throw new IllegalStateException("The run is being ended: no " + what + " any more");
        }
        all.push(new Leftover(what, removal));
    }

    /** Removes all, and returns what is still there, with the reason. */
    synchronized List<String> remove() {
        removed = true;
        List<String> left = new ArrayList<>();
        while (!all.isEmpty()) {
            Leftover next = all.pop();
            try {
                next.removal().run();
            } catch (Exception e) {
                left.add(next.what() + ": " + e.getMessage());
            }
        }
        return left;
    }
}
