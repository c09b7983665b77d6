package io.caravan.csv.guess;

import java.util.List;

/**
 * How a column might be written, where its values fit several ways.
 *
 * @param column its name
 * @param formats two or more, each as a piece of the parameter {@code formats}: the column, an equals sign, the format
 */
public record Choice(String column, List<String> formats) {

    public Choice {
        formats = List.copyOf(formats);
    }
}
