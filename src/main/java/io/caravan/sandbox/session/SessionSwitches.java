package io.caravan.sandbox.session;

import io.caravan.sandbox.fault.SqlError;
import io.caravan.sandbox.grammar.Switch;
import io.caravan.sandbox.grammar.Switches;
import io.caravan.sandbox.grammar.Verdict;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The switches as one session has them: its own, then those of its database. Not thread-safe. */
final class SessionSwitches {

    private final Switches shared;
    private final String database;
    private final Map<Switch, String> own = new EnumMap<>(Switch.class);

    SessionSwitches(Switches shared, String database) {
        this.shared = shared;
        this.database = database;
    }

    void turn(Verdict.Turn turn) {
        if (turn.own()) {
            own.put(turn.name(), turn.value());
        } else {
            shared.set(database, turn.name(), turn.value());
        }
    }

    String get(Switch name) {
        return own.getOrDefault(name, shared.get(database, name));
    }

    boolean on(Switch name) {
        return get(name).equals("on");
    }

    /** Returns why a statement fails that reads what tables there are, if so. */
    Optional<SqlError> failure(Asked asked) {
        return get(Switch.SVV_VIEWS).equals("fail") && readsViews(asked)
                ? Optional.of(new SqlError("XX000", "Failed to get schemas and tables from an external catalog"))
                : Optional.empty();
    }

    /** Returns the query that such a statement waits for, if it does. */
    Optional<String> delay(Asked asked) {
        String value = get(Switch.SVV_VIEWS);
        return value.startsWith("slow ") && readsViews(asked)
                ? Optional.of("SELECT pg_catalog.pg_sleep(" + value.substring(5) + " / 1000.0)")
                : Optional.empty();
    }

    private static boolean readsViews(Asked asked) {
        return asked.reads() && asked.text().toLowerCase(Locale.ROOT).contains("svv_");
    }
}
