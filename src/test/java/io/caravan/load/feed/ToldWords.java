package io.caravan.load.feed;

import io.caravan.base.CaravanException;
import io.caravan.model.ObjectVersion;
import io.caravan.spi.LoadListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a feed tells its listener of failures, and of objects that it found; in words, with times in seconds. */
final class ToldWords implements LoadListener {

    private final List<String> words = new ArrayList<>();
    private final List<String> found = new ArrayList<>();

    List<String> words() {
        return words;
    }

    String last() {
        return words.get(words.size() - 1);
    }

    List<String> found() {
        return found;
    }

    @Override
    public void objectsFound(String feedName, int objectCount, long totalBytes) {
        found.add(objectCount + " objects, " + totalBytes + " bytes");
    }

    @Override
    public void retrying(String feedName, CaravanException reason, int tries, int maxTries, Duration delay) {
        words.add(reason.code() + " " + tries + " of " + maxTries + ", next in " + delay.toSeconds());
    }

    @Override
    public void objectSetAside(
            String feedName, ObjectVersion object, CaravanException reason, Duration delay, boolean isKnown) {
        words.add(object.key() + (isKnown ? " still fails: " : " is set aside: ") + reason.code() + ", next in "
                + delay.toSeconds());
    }

    @Override
    public void feedFailed(String feedName, CaravanException reason, Duration delay, boolean isKnown) {
        words.add((isKnown ? "feed still fails: " : "feed fails: ") + reason.code() + ", next in " + delay.toSeconds());
    }

    @Override
    public void feedRecovered(String feedName) {
        words.add("feed recovered");
    }
}
