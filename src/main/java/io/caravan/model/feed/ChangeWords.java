package io.caravan.model.feed;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The words by which the objects of a feed say of a row what becomes of it, in any case of their letters.
 *
 * @param insert that it is inserted
 * @param update that it is updated
 * @param delete that it is deleted
 */
public record ChangeWords(List<String> insert, List<String> update, List<String> delete) {

    public static final String INSERT = "I";
    public static final String UPDATE = "U";
    public static final String DELETE = "D";

    /** Those of <a href="https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Target.S3.html">AWS DMS</a>. */
    public static final ChangeWords DEFAULT = new ChangeWords(List.of(INSERT), List.of(UPDATE), List.of(DELETE));

    public ChangeWords {
        insert = List.copyOf(insert);
        update = List.copyOf(update);
        delete = List.copyOf(delete);
        List<String> all = Stream.of(insert, update, delete)
                .flatMap(List::stream)
                .map(ChangeWords::fold)
                .toList();
        if (insert.isEmpty() || update.isEmpty() || delete.isEmpty() || all.contains("")) {
            throw new IllegalArgumentException("each of the three changes has a word");
        }
        if (all.stream().distinct().count() < all.size()) {
            throw new IllegalArgumentException("a word stands there twice");
        }
    }

    /** Returns what a word says, {@link #INSERT}, {@link #UPDATE} or {@link #DELETE}; empty if it says none of them. */
    public Optional<String> find(String word) {
        String folded = fold(word);
        return spellings().entrySet().stream()
                .filter(known -> fold(known.getKey()).equals(folded))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Returns the usual spellings of all words, with what each says. */
    public Map<String, String> spellings() {
        Map<String, String> spellings = new LinkedHashMap<>();
        Map.of(INSERT, insert, UPDATE, update, DELETE, delete)
                .forEach((change, words) -> words.forEach(
                        word -> Stream.of(word, word.toUpperCase(Locale.ROOT), word.toLowerCase(Locale.ROOT))
                                .forEach(spelling -> spellings.put(spelling, change))));
        return Collections.unmodifiableMap(spellings);
    }

    private static String fold(String word) {
        return word.strip().toLowerCase(Locale.ROOT);
    }

    /** Returns the words for people: {@code I, U or D}. */
    @Override
    public String toString() {
        return String.join("|", insert) + ", " + String.join("|", update) + " or " + String.join("|", delete);
    }
}
