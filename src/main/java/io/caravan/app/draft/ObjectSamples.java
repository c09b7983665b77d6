package io.caravan.app.draft;

import io.caravan.base.CaravanException;
import io.caravan.base.RetryableException;
import io.caravan.csv.detect.Sample;
import io.caravan.model.ObjectVersion;
import io.caravan.spi.ObjectBody;
import io.caravan.spi.ObjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The beginnings of some of the objects of a prefix, kept. */
final class ObjectSamples {

    private static final int LARGEST = 4;
    private static final int NEWEST = 3;
    private static final int OLDEST = 1;

    /** Of one object, after decompression. */
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private static final int MOST_BYTES_IN_ALL = 48 * 1024 * 1024;

    private final List<ObjectVersion> objects = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();
    private boolean isCompressed;
    private @Nullable CaravanException refused;

    private ObjectSamples() {}

    /**
     * Reads them; one that cannot be read is left out.
     *
     * @throws RetryableException if the store fails
     */
    static ObjectSamples read(List<ObjectVersion> all, ObjectReader reader) {
        ObjectSamples samples = new ObjectSamples();
        int left = MOST_BYTES_IN_ALL;
        for (ObjectVersion object : choose(all)) {
            if (left > 0) {
                left -= samples.add(object, reader, Math.min(left, MOST_BYTES));
            }
        }
        return samples;
    }

    private static Set<ObjectVersion> choose(List<ObjectVersion> all) {
        Comparator<ObjectVersion> newestFirst = ObjectVersion.OLDEST_FIRST.reversed();
        Set<ObjectVersion> chosen = new LinkedHashSet<>();
        all.stream().sorted(newestFirst).limit(NEWEST).forEach(chosen::add);
        all.stream().sorted(ObjectVersion.OLDEST_FIRST).limit(OLDEST).forEach(chosen::add);
        all.stream()
                .sorted(Comparator.comparingLong(ObjectVersion::sizeBytes)
                        .reversed()
                        .thenComparing(newestFirst))
                .limit(LARGEST)
                .forEach(chosen::add);
        return chosen;
    }

    private int add(ObjectVersion object, ObjectReader reader, int most) {
        try {
            Optional<ObjectBody> opened = reader.open(object);
            if (opened.isEmpty()) {
                return 0;
            }
            try (ObjectBody body = opened.get()) {
                Sample sample = Sample.read(object.uri(), body.content(), most);
                isCompressed |= body.isCompressed();
                int bytes = sample.content().length;
                if (bytes > 0) {
                    objects.add(object);
                    samples.add(sample);
                }
                return bytes;
            }
        } catch (RetryableException e) {
            throw e;
        } catch (CaravanException e) {
            refused = e;
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<ObjectVersion> objects() {
        return objects;
    }

    List<Sample> samples() {
        return samples;
    }

    boolean isCompressed() {
        return isCompressed;
    }

    /** Returns why the last object that could not be read could not; empty if all could. */
    Optional<CaravanException> refused() {
        return Optional.ofNullable(refused);
    }
}
