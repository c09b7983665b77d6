package io.caravan.csv;

import io.caravan.csv.value.Names;
import io.caravan.model.feed.RowRule;
import io.caravan.model.table.Column;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A rule of the feed, made ready for the type of its column. */
final class RowCheck {

    private static final Condition ANY = value -> Condition.PASSED;

    private final String name;
    private final Column column;
    private final boolean notNull;
    private final Condition condition;

    /**
     * @throws IllegalArgumentException if the rule does not fit the column's type
     */
    RowCheck(RowRule rule, Column column) {
        this.name = Names.quoted(rule.name());
        this.column = column;
        this.notNull = rule.check() instanceof RowRule.NotNull;
        this.condition = condition(rule.check(), column);
    }

    private static Condition condition(RowRule.Check check, Column column) {
        if (check instanceof RowRule.Matches matches) {
            return new RegexCondition(matches.regex());
        }
        if (check instanceof RowRule.Between between) {
            return RangeCondition.of(column.type(), between.low(), between.high());
        }
        if (check instanceof RowRule.OneOf oneOf) {
            return new OneOfCondition(column.type(), oneOf.values());
        }
        return ANY;
    }

    Column column() {
        return column;
    }

    /** Returns whether NULL breaks the rule. */
    boolean isNotNull() {
        return notNull;
    }

    /** Returns why a value, canonical or NULL, breaks the rule; empty if it does not. */
    Optional<String> broken(@Nullable String value) {
        if (value == null) {
            return notNull ? Optional.of(reason("")) : Optional.empty();
        }
        return condition.look(value).map(this::reason);
    }

    private String reason(String more) {
        return "breaks the rule " + name + more;
    }
}
