package io.caravan.model.feed;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is done with an object in the store when its load has committed.
 *
 * @param kind what it is
 * @param name of a tag its name, of a move the folder, which ends in a slash; otherwise empty
 * @param value of a tag its value; otherwise empty
 */
public record ObjectAction(Kind kind, String name, String value) {

    /** What can be done. */
    public enum Kind {
        KEEP,
        TAG,
        MOVE,
        DELETE
    }

    /** It stays as it is. */
    public static final ObjectAction KEEP = new ObjectAction(Kind.KEEP, "", "");

    private static final ObjectAction DELETE = new ObjectAction(Kind.DELETE, "", "");

    private static final String TAG_NAME = "caravan";

    /** What S3 takes, <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html">by its manual</a>. */
    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{N} +=._:/@-]{1,128}=[\\p{L}\\p{N} +=._:/@-]{0,256}");

    /** What a key may begin with; a slash alone would be a folder without a name. */
    private static final Pattern FOLDER = Pattern.compile("[^/]([^\\p{Cntrl}]*)/");

    private static final String FORMS = "keep, tag, tag=NAME=VALUE, move=FOLDER/ or delete";

    public ObjectAction {
        requireNonNull(kind, "kind");
        requireNonNull(name, "name");
        requireNonNull(value, "value");
    }

    /**
     * Returns the action that a text names.
     *
     * @param text empty for {@link #KEEP}
     * @param outcome the value of a tag that the text does not name
     * @throws IllegalArgumentException saying what an action is
     */
    public static ObjectAction parse(String text, String outcome) {
        String[] parts = text.strip().split("=", 2);
        String argument = parts.length > 1 ? parts[1].strip() : "";
        return switch (parts[0].strip().toLowerCase(Locale.ROOT)) {
            case "", "keep" -> withoutArgument(KEEP, parts);
            case "delete" -> withoutArgument(DELETE, parts);
            case "tag" -> parts.length == 1 ? new ObjectAction(Kind.TAG, TAG_NAME, outcome) : tag(argument);
            case "move" -> move(argument);
            default -> throw new IllegalArgumentException(FORMS);
        };
    }

    private static ObjectAction withoutArgument(ObjectAction action, String[] parts) {
        if (parts.length > 1) {
            throw new IllegalArgumentException(FORMS);
        }
        return action;
    }

    private static ObjectAction tag(String argument) {
        if (!TAG.matcher(argument).matches()) {
            throw new IllegalArgumentException("tag=NAME=VALUE with a tag that S3 takes");
        }
        int equals = argument.indexOf('=');
        return new ObjectAction(Kind.TAG, argument.substring(0, equals), argument.substring(equals + 1));
    }

    private static ObjectAction move(String argument) {
        if (!FOLDER.matcher(argument).matches() || argument.startsWith("s3://")) {
            throw new IllegalArgumentException("move=FOLDER/ with a folder of the same bucket, which ends in a slash");
        }
        return new ObjectAction(Kind.MOVE, argument, "");
    }

    /** Returns whether the object is somewhere else afterwards, or nowhere. */
    public boolean takesAway() {
        return kind == Kind.MOVE || kind == Kind.DELETE;
    }
}
