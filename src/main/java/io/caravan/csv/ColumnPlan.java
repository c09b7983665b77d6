package io.caravan.csv;

import io.caravan.base.InvalidConfigurationException;
import io.caravan.csv.value.ValueRule;
import io.caravan.model.feed.ColumnNames;
import io.caravan.model.feed.ColumnPolicy;
import io.caravan.model.feed.ColumnPolicy.MissingColumns;
import io.caravan.model.feed.ColumnPolicy.OnInvalid;
import io.caravan.model.feed.ColumnPolicy.Schema;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.table.Column;
import io.caravan.model.table.TargetTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a feed says about columns, found to fit its target table. Immutable. */
public final class ColumnPlan {

    private final TargetTable target;
    private final Set<Column> keys;
    private final MergePolicy merge;
    private final ColumnPolicy policy;
    private final Map<Column, String> constants;
    private final Map<Column, ValueRule> formats;
    private final Map<Column, OnInvalid> onInvalid;
    private final List<RowCheck> checks;

    /** The target's columns by their names, folded. */
    private final Map<String, Column> byName = new HashMap<>();

    ColumnPlan(
            TargetTable target,
            Set<Column> keys,
            MergePolicy merge,
            ColumnPolicy policy,
            Map<Column, String> constants,
            Map<Column, ValueRule> formats,
            Map<Column, OnInvalid> onInvalid,
            List<RowCheck> checks) {
        this.target = target;
        this.keys = keys;
        this.merge = merge;
        this.policy = policy;
        this.constants = constants;
        this.formats = formats;
        this.onInvalid = onInvalid;
        this.checks = checks;
        target.columns().forEach(column -> byName.putIfAbsent(ColumnPolicy.fold(column.name()), column));
    }

    /**
     * Makes what a feed says about columns ready for its target.
     *
     * @throws InvalidConfigurationException naming everything that does not fit the target
     */
    public static ColumnPlan of(Feed feed, TargetTable target) {
        return new ColumnPlanner(target, feed.keys(), feed.merge(), feed.columns()).plan("Feed " + feed.name());
    }

    /**
     * Returns the plan of a feed that says nothing about columns.
     *
     * @throws InvalidConfigurationException if the target has no such matching keys
     */
    public static ColumnPlan plain(TargetTable target, List<String> keys) {
        return new ColumnPlanner(target, keys, MergePolicy.DEFAULT, ColumnPolicy.DEFAULT).plan("The feed");
    }

    public TargetTable target() {
        return target;
    }

    Set<Column> keys() {
        return keys;
    }

    /** Returns the matching keys that are wanted of rejected rows too, in the feed's order; none in most modes. */
    List<Column> rejectedKeys() {
        return merge.takesMissing() ? List.copyOf(keys) : List.of();
    }

    /** Returns the values of columns that objects do not have, canonical. */
    public Map<Column, String> constants() {
        return constants;
    }

    /** Returns the names of those columns, folded. */
    Set<String> constantNames() {
        return policy.constants().keySet();
    }

    /** Returns the rules to look at row by row: all but those of constants, which were looked at once. */
    List<RowCheck> checks() {
        return checks;
    }

    /** Returns whether a column says what its row changes. */
    boolean isChange(Column column) {
        return merge.mode().hasChangeColumn() && column.name().equals(merge.changeColumn());
    }

    /** Returns whether a row that only deletes needs the value: to know that it does, which row, and whether it is newer. */
    boolean identifies(Column column) {
        return keys.contains(column) || isChange(column) || column.name().equalsIgnoreCase(merge.sequenceBy());
    }

    boolean ignoresUnknownColumns() {
        return policy.schema() == Schema.IGNORE;
    }

    /** Returns the same plan for an object whose columns that the table lacks are not loaded. */
    public ColumnPlan ignoringUnknownColumns() {
        return new ColumnPlan(
                target, keys, merge, policy.ignoringUnknownColumns(), constants, formats, onInvalid, checks);
    }

    boolean needsAllColumns() {
        return policy.missingColumns() == MissingColumns.REJECT;
    }

    /** Finds the column of a field. */
    public Optional<Column> column(HeaderField field) {
        Optional<Column> column = named(field.column());
        return column.isPresent() || field.isMapped() || field.isRepeated() ? column : named(field.name());
    }

    /** Returns whether another field, with the same name, is a column. */
    boolean repeatsColumn(HeaderField field) {
        return field.isRepeated()
                && (named(field.name()).isPresent()
                        || (policy.usesSnakeNames()
                                && named(ColumnNames.snake(field.name())).isPresent()));
    }

    private Optional<Column> named(String name) {
        return name.isEmpty()
                ? Optional.empty()
                : target.column(name).or(() -> Optional.ofNullable(byName.get(ColumnPolicy.fold(name))));
    }

    public ColumnPolicy policy() {
        return policy;
    }

    LoadedField field(Column column, int position) {
        @Nullable ValueRule format = formats.get(column);
        return new LoadedField(
                column,
                position,
                keys.contains(column),
                identifies(column),
                column.type().kind().isText(),
                format == null ? ValueRule.of(column.type()) : format,
                onInvalid.getOrDefault(column, OnInvalid.REJECT));
    }
}
