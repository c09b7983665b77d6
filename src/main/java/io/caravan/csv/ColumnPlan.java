package io.caravan.csv;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.base.RejectedObjectException;
import io.caravan.csv.value.ChangeRule;
import io.caravan.csv.value.Names;
import io.caravan.csv.value.RefusedValueException;
import io.caravan.csv.value.ValueRule;
import io.caravan.model.feed.ChangeWords;
import io.caravan.model.feed.ColumnNames;
import io.caravan.model.feed.ColumnPolicy;
import io.caravan.model.feed.ColumnPolicy.MissingColumns;
import io.caravan.model.feed.ColumnPolicy.OnInvalid;
import io.caravan.model.feed.ColumnPolicy.Schema;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.key.KeyValue;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.TargetTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What a feed says about columns, found to fit its target table. Immutable. */
public final class ColumnPlan {

    private final TargetTable target;
    private final Set<Column> keys;
    private final MergePolicy merge;
    private final ColumnPolicy policy;
    private final Map<Column, @Nullable String> constants;
    private final Set<Column> keyColumns;
    private final Map<Column, ValueRule> formats;
    private final Map<Column, OnInvalid> onInvalid;
    private final List<RowCheck> checks;
    private final @Nullable BiFunction<Column, ColumnType, String> widening;

    /** The target's columns by their names, folded. */
    private final Map<String, Column> byName = new HashMap<>();

    ColumnPlan(
            TargetTable target,
            Set<Column> keys,
            MergePolicy merge,
            ColumnPolicy policy,
            Map<Column, @Nullable String> constants,
            Set<Column> keyColumns,
            Map<Column, ValueRule> formats,
            Map<Column, OnInvalid> onInvalid,
            List<RowCheck> checks,
            @Nullable BiFunction<Column, ColumnType, String> widening) {
        this.target = target;
        this.keys = keys;
        this.merge = merge;
        this.policy = policy;
        this.constants = constants;
        this.keyColumns = keyColumns;
        this.formats = formats;
        this.onInvalid = onInvalid;
        this.checks = checks;
        this.widening = widening;
        target.columns().forEach(column -> byName.putIfAbsent(ColumnPolicy.fold(column.name()), column));
    }

    /**
     * Makes what a feed says about columns ready for its target.
     *
     * @throws InvalidConfigurationException naming everything that does not fit the target
     */
    public static ColumnPlan of(Feed feed, TargetTable target) {
        return new ColumnPlanner(target, feed.keys(), feed.merge(), feed.columns())
                .withKeyColumns(
                        feed.objects().keyColumns().names(), feed.schema().evolves())
                .plan("Feed " + feed.name());
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

    /**
     * Returns the values of columns that objects do not have, canonical. Null is NULL, or a value that is in a key which is not
     * known yet.
     */
    Map<Column, @Nullable String> constants() {
        return constants;
    }

    /** Returns the names of those columns whose values the feed has, folded. */
    Set<String> constantNames() {
        return policy.constants().keySet();
    }

    /** Returns those columns whose values are in the objects' keys. */
    Set<Column> keyColumns() {
        return keyColumns;
    }

    /**
     * Returns the plan for an object whose key holds values. They are checked here, once for all its rows.
     *
     * @param values of columns that the target may lack, for a feed that adds such
     * @throws RejectedObjectException if a column refuses its value, or a rule does
     */
    public ColumnPlan ofKey(List<KeyValue> values) {
        if (values.isEmpty()) {
            return this;
        }
        Map<Column, @Nullable String> all = new LinkedHashMap<>(constants);
        Set<Column> ofKey = new LinkedHashSet<>();
        for (KeyValue value : values) {
            keyColumn(value.name()).ifPresent(column -> {
                all.put(column, canonical(column, value));
                ofKey.add(column);
            });
        }
        checks.stream()
                .filter(check -> ofKey.contains(check.column()))
                .forEach(check -> check.broken(all.get(check.column())).ifPresent(reason -> {
                    throw refused(check.column().name(), reason);
                }));
        return new ColumnPlan(
                target,
                keys,
                merge,
                policy,
                all,
                ofKey,
                formats,
                onInvalid,
                checks.stream().filter(check -> !ofKey.contains(check.column())).toList(),
                widening);
    }

    private @Nullable String canonical(Column column, KeyValue value) {
        String text = value.value();
        if (text == null) {
            if (keys.contains(column) || !column.nullable()) {
                throw refused(
                        value.name(),
                        keys.contains(column) ? "NULL in a matching key" : "NULL in a column that is NOT NULL");
            }
            return null;
        }
        try {
            return rule(column).canonical(text);
        } catch (RefusedValueException e) {
            throw refused(value.name(), e.reason());
        }
    }

    private static RejectedObjectException refused(String name, String reason) {
        return new RejectedObjectException(
                ErrorCode.OBJECT_KEY,
                "the value that the object's key has for " + Names.quoted(name) + " cannot be loaded: " + reason
                        + "; store the object under another key, or change the feed's keyColumns or formats");
    }

    private ValueRule rule(Column column) {
        @Nullable ValueRule format = formats.get(column);
        return format == null ? ValueRule.of(column.type()) : format;
    }

    /** Returns the rules to look at row by row: all but those of constants, which were looked at once. */
    List<RowCheck> checks() {
        return checks;
    }

    /** Returns whether a column says what its row changes. */
    boolean isChange(Column column) {
        return merge.mode().hasChangeColumn() && column.name().equals(merge.changeColumn());
    }

    /**
     * Returns the columns of the fields of an object without a header: all of the table's, in declared order. What a row changes
     * stands before them, as AWS DMS writes it, unless the object has as many fields as there are others: then it is a full load.
     *
     * @param firstFields how many fields the object's first record has; any other number if nobody knows
     */
    public List<Column> columnsWithoutHeader(int firstFields) {
        List<Column> columns = new ArrayList<>(target.columns());
        columns.removeAll(constants.keySet());
        changeColumn().ifPresent(change -> {
            columns.remove(change);
            if (firstFields != columns.size()) {
                columns.add(0, change);
            }
        });
        return columns;
    }

    /** Returns the column that says what its row changes; empty in other modes. */
    Optional<Column> changeColumn() {
        return target.columns().stream().filter(this::isChange).findFirst();
    }

    ChangeWords changeWords() {
        return merge.changeWords();
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
                target,
                keys,
                merge,
                policy.ignoringUnknownColumns(),
                constants,
                keyColumns,
                formats,
                onInvalid,
                checks,
                widening);
    }

    /**
     * Returns the same plan, by which the reason for which a number is refused says how its column would hold it.
     *
     * @param statements gives the statements by which a column becomes one of another type
     */
    public ColumnPlan explaining(BiFunction<Column, ColumnType, String> statements) {
        return new ColumnPlan(
                target, keys, merge, policy, constants, keyColumns, formats, onInvalid, checks, statements);
    }

    /** Returns what says of numbers that are refused how their columns would hold them. */
    Widening widening() {
        return new Widening(widening, formats.keySet());
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

    /** Finds the column of a value that is in keys. */
    public Optional<Column> keyColumn(String name) {
        return named(policy.renames().getOrDefault(ColumnPolicy.fold(name), name));
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
        return new LoadedField(
                column,
                position,
                keys.contains(column),
                identifies(column),
                column.type().kind().isText(),
                isChange(column) ? new ChangeRule(column.name(), merge.changeWords()) : rule(column),
                onInvalid.getOrDefault(column, OnInvalid.REJECT));
    }
}
