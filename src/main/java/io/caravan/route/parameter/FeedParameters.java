package io.caravan.route.parameter;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.load.feed.RetryPolicy;
import io.caravan.model.feed.ColumnNames;
import io.caravan.model.feed.ColumnPolicy;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.CsvLayout;
import io.caravan.model.feed.Escapes;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.FeedSql;
import io.caravan.model.feed.Limits;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.NamedCharacters;
import io.caravan.model.feed.NotificationQueue;
import io.caravan.model.feed.NullTexts;
import io.caravan.model.feed.ObjectOrder;
import io.caravan.model.feed.ObjectPolicy;
import io.caravan.model.feed.Provenance;
import io.caravan.model.feed.SchemaPolicy;
import io.caravan.model.table.TableName;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a feed of its parameters' texts; a parameter that is not given, or empty, has its default. */
public final class FeedParameters {

    /** S3's names, the old ones too, and ARNs; none of these characters means anything to a URI. */
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*|arn:[A-Za-z0-9._:/-]+");

    private static final Pattern COMMA = Pattern.compile(",");

    /** It has the ledger and the dead letters of all feeds. */
    private static final String OWN_SCHEMA = "caravan";

    /** A record is held in memory as a whole. */
    private static final int MOST_RECORD_CHARS = 256 * 1024 * 1024;

    /** That is what stands around rows, and not half of an object. */
    private static final int MOST_LINES = 10_000;

    private static final int MOST_COMMENT_CHARS = 10;

    private final String name;
    private final Map<String, String> parameters;
    private final List<String> problems = new ArrayList<>();

    /**
     * Takes the texts.
     *
     * @param name the route's id
     * @param parameters by the names that the route template gives them
     */
    public FeedParameters(String name, Map<String, String> parameters) {
        this.name = name;
        this.parameters = parameters;
    }

    /**
     * Returns the feed.
     *
     * @throws InvalidConfigurationException naming every parameter that does not hold
     */
    public Feed feed() {
        String bucket = bucket();
        TableName table = table();
        if (table.schema().equalsIgnoreCase(OWN_SCHEMA)) {
            problems.add("'table' is of the schema " + OWN_SCHEMA + ", which is Caravan's own; choose another");
        }
        MergePolicy merge = new MergeParameters(parameters, problems).policy();
        List<String> keys = keys(merge);
        CsvFormat csv = csv();
        Limits limits = limits();
        pace();
        FeedSql sql = sql();
        ColumnPolicy columns = new ColumnParameters(parameters, csv.hasNames(), problems::add)
                .policy()
                .withRules(merge.rules());
        checkChangeColumn(merge, columns);
        SchemaPolicy schema = new SchemaParameters(parameters, problems).policy();
        boolean direct = stagesDirectly();
        ObjectParameters objectParameters = new ObjectParameters(parameters, problems::add);
        List<String> prefixes = objectParameters.prefixes();
        ObjectPolicy objects = objects(merge, objectParameters);
        checkKeyColumns(objects, columns);
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(
                    ErrorCode.FEED_INVALID, "Feed " + name + ": " + String.join("; ", problems));
        }
        return new Feed(
                name,
                bucket,
                prefixes,
                table,
                keys,
                csv,
                limits,
                merge,
                provenance(),
                sql,
                columns,
                schema,
                direct,
                objects);
    }

    /**
     * Returns the queue that tells of the feed's objects, if it has one.
     *
     * @throws InvalidConfigurationException if what is written is no queue
     */
    public Optional<NotificationQueue> queue() {
        String text = text("queue", "").strip();
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(NotificationQueue.parse(text));
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationException(
                    ErrorCode.FEED_INVALID,
                    "Feed " + name + ": 'queue' is the URL, the ARN or the name of an SQS queue, and not '"
                            + text("queue", "") + "'",
                    e);
        }
    }

    /** Returns how often, and after how long, the feed's loads are tried again; {@link #feed} tells what does not hold. */
    public RetryPolicy retries() {
        return pace().retries();
    }

    /** What the header calls so would be another column. */
    private void checkChangeColumn(MergePolicy merge, ColumnPolicy columns) {
        String column = merge.changeColumn();
        if (merge.mode().hasChangeColumn()
                && columns.usesSnakeNames()
                && !ColumnNames.snake(column).equals(ColumnNames.fold(column))) {
            problems.add("'changeColumn' is '" + column + "', which 'names: snake' makes '" + ColumnNames.snake(column)
                    + "'; write that");
        }
    }

    private boolean stagesDirectly() {
        return isSecond("staging", "auto", "direct");
    }

    private ObjectPolicy objects(MergePolicy merge, ObjectParameters own) {
        boolean isByKey = isSecond("orderBy", "time", "key");
        boolean skips = isSecond("repeatedContent", "load", "skip");
        if (skips && (merge.mode().isSnapshot() || merge.closesMissing())) {
            problems.add(
                    "'repeatedContent: skip' does not go with full snapshots: one that is like an earlier one says that"
                            + " the table is to be so again; leave it out");
        }
        return new ObjectPolicy(
                isByKey ? ObjectOrder.KEY : ObjectOrder.TIME, skips, own.wanted(), own.keyColumns(), own.marker(merge));
    }

    /** Values of keys are the only ones of their columns, and an object is not like another one under another key. */
    private void checkKeyColumns(ObjectPolicy objects, ColumnPolicy columns) {
        for (String name : objects.keyColumns().names()) {
            String column = ColumnPolicy.fold(columns.renames().getOrDefault(ColumnPolicy.fold(name), name));
            if (columns.constants().containsKey(column)) {
                problems.add("'keyColumns' has '" + name + "', whose value is the same for all rows by 'constants'");
            }
            if (columns.onInvalid().containsKey(column)) {
                problems.add("'onInvalid' has '" + column
                        + "', whose value is in the objects' keys: an object with a bad one is rejected");
            }
        }
        if (objects.skipsRepeated() && !objects.keyColumns().isEmpty()) {
            problems.add("'repeatedContent: skip' does not go with 'keyColumns': the same bytes under another key are"
                    + " other rows; leave it out");
        }
    }

    /** Returns which of two words a parameter is; the first one unless it is given. */
    private boolean isSecond(String name, String first, String second) {
        String written = text(name, first);
        String text = written.strip().toLowerCase(Locale.ROOT);
        if (!text.equals(first) && !text.equals(second)) {
            problems.add("'" + name + "' is " + first + " or " + second + ", and not '" + written + "'");
        }
        return text.equals(second);
    }

    private String bucket() {
        String bucket = required("bucket");
        if (!bucket.isBlank() && !BUCKET.matcher(bucket).matches()) {
            problems.add("'bucket' is the name of a bucket, without s3://, or the ARN of an access point, and not '"
                    + bucket + "'");
        }
        return bucket;
    }

    private TableName table() {
        String table = required("table");
        if (!table.isBlank()) {
            try {
                return TableName.parse(table);
            } catch (IllegalArgumentException e) {
                problems.add("'table' " + e.getMessage());
            }
        }
        return new TableName("none", "none");
    }

    private FeedSql sql() {
        boolean afterCommit =
                parse("postSqlAfterCommit", text("postSqlAfterCommit", "false"), FeedParameters::truth, false);
        return new FeedSql(text("preSql", "").strip(), text("postSql", "").strip(), afterCommit);
    }

    private Provenance provenance() {
        return new Provenance(
                orNull("loadIdColumn"), orNull("objectKeyColumn"), orNull("lineColumn"), orNull("loadedAtColumn"));
    }

    private @Nullable String orNull(String name) {
        String value = text(name, "").strip();
        return value.isEmpty() ? null : value;
    }

    private List<String> keys(MergePolicy merge) {
        String text = merge.mode().allowsNoKeys() ? text("keys", "") : required("keys");
        List<String> keys = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .toList();
        if (keys.isEmpty() && !text.isBlank() && !merge.mode().allowsNoKeys()) {
            problems.add("'keys' names no column, and is '" + text + "'");
        }
        if (keys.stream().map(key -> key.toLowerCase(Locale.ROOT)).distinct().count() < keys.size()) {
            problems.add("'keys' names a column twice");
        }
        return keys;
    }

    private CsvFormat csv() {
        CsvFormat fallback = CsvFormat.DEFAULT;
        Charset charset = parse("charset", text("charset", "UTF-8"), Charset::forName, fallback.charset());
        Character delimiter = character("delimiter", "comma");
        Escapes escapes = escapes();
        // PostgreSQL's text format knows no quoting, and neither form writes NULL as an empty field.
        Character quote = character("quote", escapes == Escapes.POSTGRES ? "none" : "\"");
        Character escape = escapes == Escapes.LITERAL ? character("escape", "none") : Character.valueOf('\\');
        NullTexts nulls = new NullTexts(
                nullTexts(text("nullString", escapes == Escapes.LITERAL ? "" : "\\N")),
                parse("nullQuoted", text("nullQuoted", "false"), FeedParameters::truth, false));
        HeaderParameter header = HeaderParameter.of(text("header", "true"), problems::add);
        if (delimiter == null) {
            problems.add("'delimiter' cannot be none");
            return fallback;
        }
        try {
            CsvFormat csv = new CsvFormat(
                    charset, delimiter, quote, escape, escapes, header.isInObjects(), nulls, layout(header));
            checkComment(csv);
            return csv;
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage() + ", and they are '" + text("delimiter", "comma") + "', '" + text("quote", "\"")
                    + "' and '" + text("escape", "none") + "'");
            return fallback;
        }
    }

    /** Records may begin so. */
    private void checkComment(CsvFormat csv) {
        String comment = csv.layout().comment();
        Character quote = csv.quote();
        if (comment.indexOf(csv.delimiter()) == 0 || (quote != null && comment.indexOf(quote) == 0)) {
            problems.add(
                    "'comment' cannot begin with the delimiter or the quote, as records may, and is '" + comment + "'");
        }
    }

    /** A text with commas is a list, unless nothing is between them. A text without is what it is, its blanks and quotes too. */
    private List<String> nullTexts(String text) {
        if (text.indexOf(',') < 0) {
            return List.of(text);
        }
        try {
            List<String> texts = QuotedText.split(text, COMMA, 0).stream()
                    .filter(piece -> !piece.isEmpty())
                    .map(QuotedText::unquoted)
                    .distinct()
                    .toList();
            return texts.isEmpty() ? List.of(text) : texts;
        } catch (IllegalArgumentException e) {
            problems.add("'nullString' is '" + text + "': " + e.getMessage());
            return List.of(text);
        }
    }

    private CsvLayout layout(HeaderParameter header) {
        int linesAfterHeader = lines("skipAfterHeader");
        if (linesAfterHeader > 0 && !header.isInObjects()) {
            problems.add("'skipAfterHeader' needs a header; where there is none, 'skipLines' skips what stands first");
        }
        String comment = text("comment", "");
        comment = comment.equals("hash") ? "#" : comment.equals("none") ? "" : comment;
        if (comment.length() > MOST_COMMENT_CHARS || (comment.isBlank() && !comment.isEmpty())) {
            problems.add(
                    "'comment' is a character or a few with which lines begin that are none of the records', and not '"
                            + comment + "'");
        }
        boolean fillsShortRecords = isSecond("shortRows", "reject", "null");
        return new CsvLayout(
                lines("skipLines"),
                linesAfterHeader,
                lines("skipLastLines"),
                comment,
                true,
                header.names(),
                fillsShortRecords);
    }

    private int lines(String name) {
        return (int) number(name, 0, 0, MOST_LINES);
    }

    private Escapes escapes() {
        return switch (text("escape", "").strip().toLowerCase(Locale.ROOT)) {
            case "postgres" -> Escapes.POSTGRES;
            case "mysql" -> Escapes.MYSQL;
            default -> Escapes.LITERAL;
        };
    }

    private Limits limits() {
        Limits fallback = Limits.DEFAULT;
        return new Limits(
                (int) number("maxObjectsPerLoad", fallback.maxObjectsPerLoad(), 1, Integer.MAX_VALUE),
                number("maxBytesPerLoad", fallback.maxBytesPerLoad(), 1, Long.MAX_VALUE),
                number("maxRejectedRows", fallback.maxRejectedRows(), 0, Long.MAX_VALUE),
                maxRejectedRatio(),
                (int) number("rowsPerBatch", fallback.rowsPerBatch(), 1, 1_000_000),
                (int) number("maxRecordChars", fallback.maxRecordChars(), 16, MOST_RECORD_CHARS),
                number("maxDecompressedBytes", fallback.maxDecompressedBytes(), 1, Long.MAX_VALUE),
                number("maxDecompressionRatio", fallback.maxDecompressionRatio(), 1, Long.MAX_VALUE));
    }

    private double maxRejectedRatio() {
        double fallback = Limits.DEFAULT.maxRejectedRatio();
        double ratio = parse("maxRejectedRatio", text("maxRejectedRatio", ""), Double::valueOf, fallback);
        if (ratio >= 0 && ratio <= 1) {
            return ratio;
        }
        problems.add("'maxRejectedRatio' is from 0 to 1, and not " + text("maxRejectedRatio", ""));
        return fallback;
    }

    /** Returns how often to look; what does not hold is {@link #feed}'s to tell, with all the rest. */
    public FeedPace pace() {
        RetryPolicy fallback = RetryPolicy.DEFAULT;
        return new FeedPace(
                millis("pollDelay", 5_000, 1),
                millis("reconcileEvery", 600_000, 1),
                new RetryPolicy(
                        (int) number("maxTries", fallback.maxTries(), 1, Integer.MAX_VALUE),
                        millis("maxRetryTime", fallback.maxTime().toMillis(), 0),
                        millis("retryDelay", fallback.firstDelay().toMillis(), 0),
                        millis("failedDelay", fallback.failedDelay().toMillis(), 0)));
    }

    private Duration millis(String name, long fallback, long least) {
        return Duration.ofMillis(number(name, fallback, least, Integer.MAX_VALUE));
    }

    private String text(String name, String fallback) {
        String value = parameters.getOrDefault(name, "");
        return value.isEmpty() ? fallback : value;
    }

    private String required(String name) {
        String value = text(name, "");
        if (value.isBlank()) {
            problems.add("'" + name + "' is missing");
        }
        return value;
    }

    private @Nullable Character character(String name, String fallback) {
        String value = text(name, fallback);
        if (value.equals("none")) {
            return null;
        }
        Optional<Character> named = NamedCharacters.of(value);
        if (named.isPresent()) {
            return named.get();
        }
        if (value.length() != 1) {
            problems.add("'" + name + "' is one character, one of "
                    + NamedCharacters.all() + ", or none, "
                    + (name.equals("escape") ? "postgres or mysql, " : "") + "and not '" + value + "'");
            return null;
        }
        return value.charAt(0);
    }

    private long number(String name, long fallback, long least, long most) {
        long value = parse(name, text(name, Long.toString(fallback)), Long::valueOf, fallback);
        if (value < least || value > most) {
            problems.add("'" + name + "' is from " + least + " to " + most + ", and not " + text(name, ""));
            return fallback;
        }
        return value;
    }

    private <T> T parse(String name, String text, Function<String, T> parser, T fallback) {
        try {
            return text.isEmpty() ? fallback : parser.apply(text.strip());
        } catch (IllegalArgumentException e) {
            problems.add("'" + name + "' cannot be '" + text + "'");
            return fallback;
        }
    }

    private static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }
}
