package io.caravan.model.feed;

import static java.util.Objects.requireNonNull;

import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.PlannedTarget;
import io.caravan.model.table.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that the SQL of one load depends on.
 *
 * @param loadId the load
 * @param target the table
 * @param columns the loaded columns, in the order in which rows are staged
 * @param keys those of them that are matching keys; may be empty where the mode allows it
 * @param kept columns that the rows lack, of which the next version of a row has the values of the one before; only where
 *     the mode makes versions
 * @param policy how rows become changes
 * @param sequence the loaded column that puts rows of one key in order; null for none
 * @param deleted the target's column in which a deleted row is marked; null for none
 * @param hasChanges whether each staged row also says I, U or D, after the loaded columns
 * @param provenance columns in which rows say where they came from
 * @param started when the load began
 * @param keepsRaw whether each staged row has its record too, after everything else
 * @param planned how the target is compared with
 */
public record MergePlan(
        String loadId,
        TableName target,
        List<Column> columns,
        List<Column> keys,
        List<Column> kept,
        MergePolicy policy,
        @Nullable Column sequence,
        @Nullable Column deleted,
        boolean hasChanges,
        Provenance provenance,
        Instant started,
        boolean keepsRaw,
        PlannedTarget planned) {

    /** The staged column that says I, U or D. */
    public static final Column CHANGE = new Column("caravan_change", ColumnType.character(1), false, false);

    /** The staged column with the record that a row was made of. */
    public static final Column RAW = new Column("caravan_raw", ColumnType.varchar(65_535), true, false);

    public MergePlan {
        requireNonNull(loadId, "loadId");
        requireNonNull(target, "target");
        requireNonNull(policy, "policy");
        requireNonNull(provenance, "provenance");
        requireNonNull(started, "started");
        requireNonNull(planned, "planned");
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
        kept = List.copyOf(kept);
        if (keys.isEmpty() && !policy.mode().allowsNoKeys()) {
            throw new IllegalArgumentException(policy.mode() + " needs matching keys");
        }
    }

    /** Makes a plan by which the target is taken as it is. */
    public MergePlan(
            String loadId,
            TableName target,
            List<Column> columns,
            List<Column> keys,
            List<Column> kept,
            MergePolicy policy,
            @Nullable Column sequence,
            @Nullable Column deleted,
            boolean hasChanges,
            Provenance provenance,
            Instant started,
            boolean keepsRaw) {
        this(
                loadId,
                target,
                columns,
                keys,
                kept,
                policy,
                sequence,
                deleted,
                hasChanges,
                provenance,
                started,
                keepsRaw,
                PlannedTarget.AS_IT_IS);
    }

    /** Returns the same plan with a target that is compared with otherwise. */
    public MergePlan with(PlannedTarget otherwise) {
        return new MergePlan(
                loadId,
                target,
                columns,
                keys,
                kept,
                policy,
                sequence,
                deleted,
                hasChanges,
                provenance,
                started,
                keepsRaw,
                otherwise);
    }

    /** Returns the columns of a staged row, after its place. */
    public List<Column> stagedColumns() {
        Stream<Column> change = hasChanges ? Stream.of(CHANGE) : Stream.empty();
        Stream<Column> raw = keepsRaw ? Stream.of(RAW) : Stream.empty();
        return Stream.concat(columns.stream(), Stream.concat(change, raw)).toList();
    }

    /**
     * Returns the columns that a staged rejected row has besides what the dead letters keep: the matching keys, if the load takes
     * away what its object lacks. A rejected row is no row that is lacking.
     */
    public List<Column> rejectedKeys() {
        return policy.takesMissing() ? keys : List.of();
    }

    /** Returns the column whose greatest value wins. */
    public Optional<Column> sequenceColumn() {
        return Optional.ofNullable(sequence);
    }

    /** Returns the column in which a deleted row is marked. */
    public Optional<Column> deletedColumn() {
        return Optional.ofNullable(deleted);
    }
}
