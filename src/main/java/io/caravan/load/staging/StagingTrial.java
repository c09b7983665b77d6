package io.caravan.load.staging;

import static java.util.Objects.requireNonNull;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.RetryableException;
import io.caravan.load.tally.LoadIds;
import io.caravan.spi.DataFiles;
import io.caravan.spi.StagedLoad;
import io.caravan.spi.StagingArea;
import io.caravan.spi.StagingTable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Stages one row by COPY, as a load does, and removes it again, to find out before a load whether COPY works. */
public final class StagingTrial {

    /** Has the warehouse read a data file. */
    @FunctionalInterface
    public interface Copy {

        /**
         * Copies the data files of a manifest into a table that nobody else sees.
         *
         * @return how many rows were copied
         */
        long copy(String manifest, String nullMarker);
    }

    private final StagingArea area;
    private final Copy copy;
    private final Clock clock;
    private final LoadIds ids;

    /**
     * Stages nothing yet.
     *
     * @param random for names that nobody else has
     */
    public StagingTrial(StagingArea area, Copy copy, Clock clock, RandomGenerator random) {
        this.area = requireNonNull(area, "area");
        this.copy = requireNonNull(copy, "copy");
        this.clock = requireNonNull(clock, "clock");
        this.ids = new LoadIds(clock, random);
    }

    /** Returns the failures of writing, copying and deleting, in this order; empty if there are none. */
    public List<CaravanException> run() {
        List<CaravanException> failures = new ArrayList<>();
        String loadId = ids.next();
        String nullMarker = "@" + ids.randomText() + "@";
        // Closing deletes what is left, too, and fails at nothing.
        try (DataFiles files = area.create(loadId, StagingTable.ROWS.tableName(), nullMarker)) {
            if (!note(failures, () -> write(files))) {
                return failures;
            }
            List<String> written = new ArrayList<>(files.files());
            note(failures, () -> {
                String manifest = files.manifest(0, written.size());
                written.add(manifest);
                requireOneRow(copy.copy(manifest, nullMarker), manifest);
            });
            note(failures, () -> area.delete(new StagedLoad(loadId, clock.instant(), keys(written))));
        }
        return failures;
    }

    private static void write(DataFiles files) {
        // The place of a staged row, and a value.
        files.field(1);
        files.field(1);
        files.field(1);
        files.endRow();
        files.finish();
    }

    private static void requireOneRow(long rows, String manifest) {
        if (rows != 1) {
            throw new RetryableException(
                    ErrorCode.WAREHOUSE_FAILED, "COPY has read " + rows + " rows from " + manifest + ", which has one");
        }
    }

    /** Returns the keys in addresses. */
    private static List<String> keys(List<String> uris) {
        return uris.stream()
                .map(uri -> uri.substring(uri.indexOf('/', "s3://".length()) + 1))
                .toList();
    }

    /** Returns whether the step went well. */
    private static boolean note(List<CaravanException> failures, Runnable step) {
        try {
            step.run();
            return true;
        } catch (CaravanException e) {
            failures.add(e);
            return false;
        }
    }
}
