package io.caravan.app.act;

import java.util.List;

/**
 * What an act did, or would do.
 *
 * @param count with how many
 * @param notes what people should know besides
 */
public record ActResult(long count, List<String> notes) {

    public ActResult {
        notes = List.copyOf(notes);
    }
}
