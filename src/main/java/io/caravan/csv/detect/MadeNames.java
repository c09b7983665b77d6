package io.caravan.csv.detect;

import io.caravan.csv.HeaderNames;
import io.caravan.model.feed.ColumnPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Names for columns whose header gives none, or one that no column can have. */
final class MadeNames {

    private static final Pattern MARKED = Pattern.compile("#\\s*[\\p{L}_][\\p{L}\\p{N}_]*");

    private MadeNames() {}

    /** Returns names for fields of which none has one. */
    static List<String> numbered(int fields) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= fields; i++) {
            names.add("column_" + i);
        }
        return names;
    }

    /** Returns other names where they are needed, by the position of the field, counted from 1. */
    static Map<Integer, String> mended(List<String> header) {
        Map<Integer, String> mended = new LinkedHashMap<>();
        Set<String> used = new HashSet<>();
        header.forEach(name -> used.add(ColumnPolicy.fold(name)));
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < header.size(); i++) {
            String folded = ColumnPolicy.fold(header.get(i));
            boolean isGood = HeaderNames.canBeColumn(folded);
            // The mark of a comment, before a header that other programs are not to read as a row.
            boolean isMarked = i == 0 && MARKED.matcher(folded).matches();
            if (!isGood || isMarked || !seen.add(folded)) {
                String stem = isMarked ? folded.substring(1).strip() : isGood ? folded : "column_" + (i + 1);
                String name = stem;
                for (int n = 2; used.contains(name); n++) {
                    name = stem + "_" + n;
                }
                used.add(name);
                mended.put(i + 1, name);
            }
        }
        return mended;
    }
}
