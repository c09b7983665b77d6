package io.caravan.model.catalog;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The class by which readers of a table take lines apart, of Hive's or one of the same name.
 *
 * @param library name of the class; empty if the table says none
 * @param parameters what it is told
 */
public record SerDe(String library, Map<String, String> parameters) {

    public static final String LAZY_SIMPLE = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";
    public static final String OPEN_CSV = "org.apache.hadoop.hive.serde2.OpenCSVSerde";

    public SerDe {
        requireNonNull(library, "library");
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    /** Returns the name of the class without its package. */
    public String simpleName() {
        return library.substring(library.lastIndexOf('.') + 1);
    }
}
