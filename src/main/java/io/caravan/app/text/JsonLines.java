package io.caravan.app.text;

import io.caravan.base.JsonText;
import java.util.Collection;
import java.util.StringJoiner;

/** Arrays of JSON with an element a line, as commands print them. */
public final class JsonLines {

    private JsonLines() {}

    /** Returns an array, with a line feed at its end. */
    public static String of(Collection<?> elements) {
        StringJoiner array = new StringJoiner(",\n  ", "[\n  ", "\n]\n").setEmptyValue("[]\n");
        elements.forEach(element -> array.add(JsonText.of(element)));
        return array.toString();
    }
}
