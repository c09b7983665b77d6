package io.caravan.sandbox.grammar;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** What the switches are set to, by database. Safe for use by several threads. */
public final class Switches {

    private final Map<String, Map<Switch, String>> values = new HashMap<>();

    public synchronized void set(String database, Switch name, String value) {
        values.computeIfAbsent(database, key -> new EnumMap<>(Switch.class)).put(name, value);
    }

    public synchronized String get(String database, Switch name) {
        return values.getOrDefault(database, Map.of()).getOrDefault(name, name.initial());
    }
}
