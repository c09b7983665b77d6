package io.caravan.csv;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.csv.value.FeedFormat;
import io.caravan.csv.value.Names;
import io.caravan.csv.value.RefusedValueException;
import io.caravan.csv.value.ValueRule;
import io.caravan.model.feed.ColumnPolicy;
import io.caravan.model.feed.ColumnPolicy.OnInvalid;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.RowRule;
import io.caravan.model.mask.Mask;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.model.table.TargetTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Finds out whether what a feed says about columns fits its target, and makes it ready. */
public final class ColumnPlanner {

    private final TargetTable target;
    private final Set<Column> keys;
    private final MergePolicy merge;
    private final ColumnPolicy policy;
    private final List<String> problems = new ArrayList<>();
    private List<String> keyColumns = List.of();
    private boolean addsColumns;

    public ColumnPlanner(TargetTable target, List<String> keys, MergePolicy merge, ColumnPolicy policy) {
        this.target = target;
        this.keys = keyColumns(target, keys);
        this.merge = merge;
        this.policy = policy;
    }

    /**
     * Says which columns have their values from the objects' keys.
     *
     * @param names the values' own names, which {@code columns} may map to others
     * @param evolves whether the target gets such as it lacks
     */
    ColumnPlanner withKeyColumns(List<String> names, boolean evolves) {
        keyColumns = names;
        addsColumns = evolves;
        return this;
    }

    /**
     * Returns the plan.
     *
     * @param who the feed, for people
     * @throws InvalidConfigurationException naming everything that does not fit
     */
    public ColumnPlan plan(String who) {
        policy.renames().values().stream().filter(name -> !name.isEmpty()).forEach(name -> column("columns", name));
        Map<Column, String> constants = byColumn("constants", policy.constants(), ColumnPlanner::constant);
        Set<Column> ofKey = ofKey();
        Map<Column, @Nullable String> given = new LinkedHashMap<>(constants);
        ofKey.forEach(column -> given.put(column, null));
        Map<Column, ValueRule> formats =
                byColumn("formats", policy.formats(), (column, format) -> FeedFormat.rule(column.type(), format));
        Map<Column, OnInvalid> onInvalid = byColumn("onInvalid", policy.onInvalid(), this::onInvalid);
        byColumn("mask", policy.masks().byColumn(), this::mask);
        List<RowCheck> checks = checks(constants);
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(ErrorCode.FEED_INVALID, who + ": " + String.join("; ", problems));
        }
        return new ColumnPlan(target, keys, merge, policy, given, ofKey, formats, onInvalid, checks, null);
    }

    private static Set<Column> keyColumns(TargetTable target, List<String> keys) {
        Set<Column> columns = new LinkedHashSet<>();
        for (String key : keys) {
            columns.add(target.column(key.strip())
                    .orElseThrow(() -> new InvalidConfigurationException(
                            ErrorCode.TARGET_KEY_NOT_FOUND,
                            "the matching key " + Names.quoted(key) + " is not a column of " + target.name()
                                    + "; its columns are "
                                    + Names.list(target.columns().stream()
                                            .map(Column::name)
                                            .toList()))));
        }
        return columns;
    }

    private Set<Column> ofKey() {
        Set<Column> columns = new LinkedHashSet<>();
        for (String value : keyColumns) {
            String name = policy.renames().getOrDefault(ColumnPolicy.fold(value), value);
            Optional<Column> column = addsColumns ? target.column(name) : column("keyColumns", name);
            column.ifPresent(columns::add);
        }
        return columns;
    }

    private static String constant(Column column, String value) {
        try {
            return ValueRule.of(column.type()).canonical(value);
        } catch (RefusedValueException e) {
            throw new IllegalArgumentException(
                    "its value is none of " + column.type().sql() + ": " + e.reason(), e);
        }
    }

    private OnInvalid onInvalid(Column column, OnInvalid action) {
        if (action != OnInvalid.REJECT && keys.contains(column)) {
            throw new IllegalArgumentException("rows of different matching keys would become one");
        }
        Kind kind = column.type().kind();
        if (action == OnInvalid.TRUNCATE && !kind.isText() && !kind.isExact()) {
            throw new IllegalArgumentException("only text, whole numbers, DECIMAL and times can be truncated");
        }
        if (action == OnInvalid.ROUND && !kind.isExact()) {
            throw new IllegalArgumentException("only whole numbers, DECIMAL and times can be rounded");
        }
        if (action == OnInvalid.NULL && !column.nullable()) {
            throw new IllegalArgumentException("it is NOT NULL");
        }
        return action;
    }

    private Mask mask(Column column, Mask mask) {
        if (mask.kind() == Mask.Kind.NULL && (!column.nullable() || keys.contains(column))) {
            throw new IllegalArgumentException(keys.contains(column) ? "it is a matching key" : "it is NOT NULL");
        }
        if (mask.chars() > 0 && (!column.type().kind().isText() || column.type().length() < mask.chars())) {
            throw new IllegalArgumentException("its type is " + column.type().sql() + ", and the mask needs VARCHAR("
                    + mask.chars() + ") or more");
        }
        return mask;
    }

    private List<RowCheck> checks(Map<Column, String> constants) {
        List<RowCheck> checks = new ArrayList<>();
        for (RowRule rule : policy.rules()) {
            column("rules", rule.column()).ifPresent(column -> {
                try {
                    RowCheck check = new RowCheck(rule, column);
                    if (!constants.containsKey(column)) {
                        checks.add(check);
                    } else {
                        check.broken(constants.get(column))
                                .ifPresent(reason -> problems.add(
                                        "'constants' for " + Names.quoted(rule.column()) + ": its value " + reason));
                    }
                } catch (IllegalArgumentException e) {
                    problems.add("'rules' cannot have " + Names.quoted(rule.name()) + ": " + e.getMessage());
                }
            });
        }
        return checks;
    }

    /** Finds the columns, and makes something of what is said of each. */
    private <T, R> Map<Column, R> byColumn(String parameter, Map<String, T> byName, BiFunction<Column, T, R> maker) {
        Map<Column, R> made = new LinkedHashMap<>();
        byName.forEach((name, said) -> column(parameter, name).ifPresent(column -> {
            try {
                made.put(column, maker.apply(column, said));
            } catch (IllegalArgumentException e) {
                problems.add("'" + parameter + "' for " + Names.quoted(name) + ": " + e.getMessage());
            }
        }));
        return made;
    }

    private Optional<Column> column(String parameter, String name) {
        Optional<Column> column = target.column(name);
        if (column.isEmpty()) {
            problems.add("'" + parameter + "' names " + Names.quoted(name) + ", which is "
                    + target.unloaded(name)
                            .map(unloaded -> "a column of " + target.name() + ", " + unloaded.what())
                            .orElse("not a column of " + target.name()));
        }
        return column;
    }
}
