package io.caravan.sandbox.fault;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The faults that wait, by database. Safe for use by several threads. */
public final class Faults {

    /** Stands for the Data Catalog, which is of no database; no database is called so. */
    public static final String CATALOG = "";

    private final Map<String, List<Fault>> waiting = new HashMap<>();

    public synchronized void add(String database, Fault fault) {
        waiting.computeIfAbsent(fault.kind().isOfCatalog() ? CATALOG : database, name -> new ArrayList<>())
                .add(fault);
    }

    /** Returns the faults that the test accepts, and leaves them. */
    public synchronized List<Fault> find(String database, Predicate<Fault> test) {
        return waiting.getOrDefault(database, List.of()).stream().filter(test).toList();
    }

    /** Takes the first fault that the test accepts. */
    public synchronized Optional<Fault> strike(String database, Predicate<Fault> test) {
        Iterator<Fault> faults = waiting.getOrDefault(database, List.of()).iterator();
        while (faults.hasNext()) {
            Fault fault = faults.next();
            if (test.test(fault)) {
                faults.remove();
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }
}
