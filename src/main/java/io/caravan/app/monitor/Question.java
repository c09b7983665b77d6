package io.caravan.app.monitor;

import io.caravan.app.html.Href;
import io.caravan.app.web.WebRefusal;
import io.caravan.app.web.WebRequest;
import io.caravan.app.web.WebResponse;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something that only the warehouse knows; what does not matter to its kind is null.
 *
 * @param kind what is asked for
 * @param feed name of the feed
 * @param load id of a load
 * @param key object key, or what keys begin with
 * @param code name of an error code
 * @param column name of a column
 */
record Question(
        Kind kind,
        @Nullable String feed,
        @Nullable String load,
        @Nullable String key,
        @Nullable String code,
        @Nullable String column) {

    Question(Kind kind, @Nullable String feed, @Nullable String load, @Nullable String key) {
        this(kind, feed, load, key, null, null);
    }

    /** What is asked for. */
    enum Kind {
        /** A load and its objects. */
        LOAD,
        /** Loads before one. */
        LOADS,
        /** What the ledger says of objects. */
        OBJECTS,
        /** What people have done, by the ledger. */
        ACTS,
        /** How many dead letters there are, and the last of them. */
        LETTERS,
        /** What the next loads of a feed would do; for operators. */
        PREVIEW;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Question load(String id) {
        return new Question(Kind.LOAD, null, id, null);
    }

    /** Reads the question that a form asks. */
    static Question of(WebRequest request) {
        Function<String, @Nullable String> field = name -> request.field(name).orElse(null);
        Kind kind = Arrays.stream(Kind.values())
                .filter(one -> one.text().equals(field.apply("what")))
                .findFirst()
                .orElseThrow(() -> new WebRefusal(WebResponse.BAD, "Nothing is asked"));
        Question question = new Question(
                kind,
                field.apply("feed"),
                field.apply("load"),
                field.apply("key"),
                field.apply("code"),
                field.apply("column"));
        boolean isWhole =
                switch (kind) {
                    case LOAD -> question.load != null;
                    case OBJECTS -> question.feed != null && question.key != null;
                    case PREVIEW -> question.feed != null;
                    case LOADS, LETTERS, ACTS -> true;
                };
        if (!isWhole) {
            throw new WebRefusal(WebResponse.BAD, "This is no whole question");
        }
        return question;
    }

    /** Returns the address of the page that shows the answer. */
    Href page() {
        return switch (kind) {
            case LOAD -> Href.of("loads", String.valueOf(load));
            case LOADS -> Href.of("loads").with("feed", feed).with("before", load);
            case OBJECTS -> Href.of("objects").with("feed", feed).with("key", key);
            case PREVIEW -> Href.of("preview").with("feed", feed).with("key", key);
            case ACTS -> Href.of("timeline").with("kind", "act");
            case LETTERS ->
                Href.of("dead-letters")
                        .with("feed", feed)
                        .with("load", load)
                        .with("key", key)
                        .with("code", code)
                        .with("column", column);
        };
    }
}
