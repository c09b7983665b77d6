package io.caravan.load.target;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.Reaction;
import io.caravan.base.RejectedObjectException;
import io.caravan.base.RetryableException;
import io.caravan.csv.record.SampleLimit;
import io.caravan.csv.sample.ObjectShape;
import io.caravan.csv.sample.SampledObject;
import io.caravan.load.tally.FailedObject;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.Feed;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the beginnings of objects that wait, to learn what columns they have. All of them together are read no further than
 * a single one would be, and only some are opened, so memory and time are bounded.
 */
final class ObjectSampler {

    /**
     * The samples of waiting objects.
     *
     * @param withRows those that hold a row, oldest first
     * @param withoutRows those that hold a header and nothing else
     * @param refused those that give no columns, oldest first
     */
    record Samples(
            SortedMap<ObjectVersion, SampledObject> withRows,
            List<ObjectVersion> withoutRows,
            List<FailedObject> refused) {}

    /** Decides whether an object can give columns. */
    @FunctionalInterface
    interface Judge {

        /**
         * Looks at an object that holds a row.
         *
         * @throws CaravanException if the object cannot give columns
         */
        void look(SampledObject sample);
    }

    private final ObjectReader objects;
    private final Feed feed;
    private final Set<String> named;

    /**
     * Reads nothing yet.
     *
     * @param named names of columns that somebody knows: a header that has one of them is a header
     */
    ObjectSampler(ObjectReader objects, Feed feed, Set<String> named) {
        this.objects = objects;
        this.feed = feed;
        this.named = named;
    }

    /** Reads objects until some have rows and are good. */
    Samples read(List<ObjectVersion> waiting, Judge judge) {
        Samples samples = new Samples(new TreeMap<>(ObjectVersion.OLDEST_FIRST), new ArrayList<>(), new ArrayList<>());
        for (List<ObjectVersion> round : ObjectSelection.of(waiting)) {
            if (samples.withRows().isEmpty()) {
                read(round, judge, samples);
            }
        }
        samples.refused().sort(Comparator.comparing(FailedObject::object, ObjectVersion.OLDEST_FIRST));
        return samples;
    }

    private void read(List<ObjectVersion> round, Judge judge, Samples samples) {
        long records = SampleLimit.DEFAULT.records();
        long bytes = SampleLimit.DEFAULT.bytes();
        int left = round.size();
        for (ObjectVersion object : round) {
            SampleLimit share = new SampleLimit(Math.max(1, records / left), Math.max(1, bytes / left));
            left--;
            try {
                Optional<SampledObject> read = read(object, share);
                if (read.isEmpty()) {
                    continue;
                }
                SampledObject sample = read.get();
                records -= Math.min(records, sample.records());
                bytes -= Math.min(bytes, sample.bytes());
                if (sample.hasRow()) {
                    judge.look(sample);
                    samples.withRows().put(object, sample);
                } else if (sample.hasMalformed()) {
                    samples.refused().add(new FailedObject(object, malformed()));
                } else {
                    samples.withoutRows().add(object);
                }
            } catch (RejectedObjectException | InvalidConfigurationException e) {
                samples.refused().add(new FailedObject(object, e));
            } catch (RetryableException e) {
                if (e.code().reaction() != Reaction.SET_ASIDE) {
                    throw e;
                }
                samples.refused().add(new FailedObject(object, e));
            }
        }
    }

    private Optional<SampledObject> read(ObjectVersion object, SampleLimit share) {
        Optional<ObjectBody> opened = objects.open(object);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (ObjectBody body = opened.get()) {
            SampledObject sample = ObjectShape.sample(body.content(), feed.csv(), feed.columns(), named, share);
            ObjectKeys.values(feed, object).forEach(sample::add);
            return Optional.of(sample);
        }
    }

    private static RejectedObjectException malformed() {
        return new RejectedObjectException(
                ErrorCode.OBJECT_NO_GOOD_ROW,
                "no record holds a value and is well-formed; check that the feed's CSV parameters fit the object");
    }
}
