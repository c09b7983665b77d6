package io.caravan.csv.serde;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a line apart as readers of a table do. */
interface LineSerDe {

    /**
     * Returns the texts of a line's fields; null for what it says is NULL. A field that is missing at the end is NULL to its
     * reader.
     *
     * @param line without its line break
     */
    List<@Nullable String> fields(String line);
}
