package io.caravan.route.parameter;

import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import io.caravan.load.feed.RetryPolicy;
import io.caravan.model.catalog.CatalogName;
import io.caravan.model.feed.ColumnNames;
import io.caravan.model.feed.ColumnPolicy;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.FeedSql;
import io.caravan.model.feed.Limits;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.NotificationQueue;
import io.caravan.model.feed.ObjectOrder;
import io.caravan.model.feed.ObjectPolicy;
import io.caravan.model.feed.Provenance;
import io.caravan.model.feed.SchemaPolicy;
import io.caravan.model.feed.StoreAccess;
import io.caravan.model.mask.MaskKey;
import io.caravan.model.table.TableName;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a feed of its parameters' texts; a parameter that is not given, or empty, has its default. */
public final class FeedParameters {

    /** S3's names, the old ones too, and ARNs; none of these characters means anything to a URI. */
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*|arn:[A-Za-z0-9._:/-]+");

    /** It has the ledger and the dead letters of all feeds. */
    private static final String OWN_SCHEMA = "caravan";

    private static final Duration LONGEST_GATHER = Duration.ofHours(1);

    /** A record is held in memory as a whole. */
    private static final int MOST_RECORD_CHARS = 256 * 1024 * 1024;

    private final String name;
    private final ParameterTexts texts;
    private final @Nullable MaskKey maskKey;

    /** Takes the texts of a feed that makes no hashes of values. */
    public FeedParameters(String name, Map<String, String> parameters) {
        this(name, parameters, null);
    }

    /**
     * Takes the texts.
     *
     * @param name the route's id
     * @param parameters by the names that the route template gives them
     * @param maskKey the key of hashes that stand for values; null if there is none
     */
    public FeedParameters(String name, Map<String, String> parameters, @Nullable MaskKey maskKey) {
        this.maskKey = maskKey;
        this.name = name;
        this.texts = new ParameterTexts(parameters);
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
            texts.refuse("'table' is of the schema " + OWN_SCHEMA + ", which is Caravan's own; choose another");
        }
        MergePolicy merge = new MergeParameters(texts).policy();
        List<String> keys = keys(merge);
        CsvFormat csv = new CsvParameters(texts, merge).format();
        Limits limits = limits();
        pace();
        FeedSql sql = sql();
        ColumnPolicy columns =
                new ColumnParameters(texts, csv.hasNames(), maskKey).policy().withRules(merge.rules());
        checkChangeColumn(merge, columns);
        SchemaPolicy schema = new SchemaParameters(texts).policy();
        boolean direct = stagesDirectly();
        ObjectParameters objectParameters = new ObjectParameters(texts);
        List<String> prefixes = objectParameters.prefixes();
        ObjectPolicy objects = objects(merge, objectParameters);
        checkKeyColumns(objects, columns);
        StoreAccess access = new StoreParameters(texts).access();
        requireNoProblems();
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
                objects,
                access);
    }

    private void requireNoProblems() {
        List<String> problems = texts.problems();
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(
                    ErrorCode.FEED_INVALID, "Feed " + name + ": " + String.join("; ", problems));
        }
    }

    /**
     * Returns the queue that tells of the feed's objects, if it has one.
     *
     * @throws InvalidConfigurationException if what is written is no queue
     */
    public Optional<NotificationQueue> queue() {
        String text = texts.stripped("queue");
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(NotificationQueue.parse(text));
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationException(
                    ErrorCode.FEED_INVALID,
                    "Feed " + name + ": 'queue' is the URL, the ARN or the name of an SQS queue, and not '"
                            + texts.written("queue") + "'",
                    e);
        }
    }

    /**
     * Returns the table of the Data Catalog that is kept true to what the feed loads, if it has one.
     *
     * @throws InvalidConfigurationException if what is written is no such table
     */
    public Optional<CatalogName> publishTo() {
        String text = texts.stripped("publishTo");
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(CatalogName.parse(text));
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationException(
                    ErrorCode.FEED_INVALID,
                    "Feed " + name + ": 'publishTo' is '" + texts.written("publishTo") + "': " + e.getMessage(),
                    e);
        }
    }

    /**
     * Returns how the feed's bucket is reached, whatever the other parameters are.
     *
     * @throws InvalidConfigurationException naming every parameter about it that does not hold
     */
    public StoreAccess access() {
        StoreAccess access = new StoreParameters(texts).access();
        requireNoProblems();
        return access;
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
            texts.refuse("'changeColumn' is '" + column + "', which 'names: snake' makes '" + ColumnNames.snake(column)
                    + "'; write that");
        }
    }

    private boolean stagesDirectly() {
        return texts.isSecond("staging", "auto", "direct");
    }

    private ObjectPolicy objects(MergePolicy merge, ObjectParameters own) {
        boolean isByKey = texts.isSecond("orderBy", "time", "key");
        boolean skips = texts.isSecond("repeatedContent", "load", "skip");
        if (skips && (merge.mode().isSnapshot() || merge.closesMissing())) {
            texts.refuse(
                    "'repeatedContent: skip' does not go with full snapshots: one that is like an earlier one says that"
                            + " the table is to be so again; leave it out");
        }
        return new ObjectPolicy(
                isByKey ? ObjectOrder.KEY : ObjectOrder.TIME,
                skips,
                own.wanted(),
                own.keyColumns(),
                own.marker(merge),
                new AfterLoadParameters(texts).afterLoad());
    }

    /** Values of keys are the only ones of their columns, and an object is not like another one under another key. */
    private void checkKeyColumns(ObjectPolicy objects, ColumnPolicy columns) {
        for (String name : objects.keyColumns().names()) {
            String column = ColumnPolicy.fold(columns.renames().getOrDefault(ColumnPolicy.fold(name), name));
            if (columns.masks().byColumn().containsKey(column)) {
                texts.refuse(
                        "'mask' has '" + column + "', whose value is in the objects' keys, which the ledger shows");
            }
            if (columns.constants().containsKey(column)) {
                texts.refuse("'keyColumns' has '" + name + "', whose value is the same for all rows by 'constants'");
            }
            if (columns.onInvalid().containsKey(column)) {
                texts.refuse("'onInvalid' has '" + column
                        + "', whose value is in the objects' keys: an object with a bad one is rejected");
            }
        }
        if (objects.skipsRepeated() && !objects.keyColumns().isEmpty()) {
            texts.refuse("'repeatedContent: skip' does not go with 'keyColumns': the same bytes under another key are"
                    + " other rows; leave it out");
        }
    }

    private String bucket() {
        String bucket = texts.required("bucket");
        if (!bucket.isBlank() && !BUCKET.matcher(bucket).matches()) {
            texts.refuse("'bucket' is the name of a bucket, without s3://, or the ARN of an access point, and not '"
                    + bucket + "'");
        }
        return bucket;
    }

    private TableName table() {
        String table = texts.required("table");
        if (!table.isBlank()) {
            try {
                return TableName.parse(table);
            } catch (IllegalArgumentException e) {
                texts.refuse("'table' " + e.getMessage());
            }
        }
        return new TableName("none", "none");
    }

    private FeedSql sql() {
        boolean afterCommit = texts.isTrue("postSqlAfterCommit");
        return new FeedSql(texts.stripped("preSql"), texts.stripped("postSql"), afterCommit);
    }

    private Provenance provenance() {
        return new Provenance(
                texts.orNull("loadIdColumn"),
                texts.orNull("objectKeyColumn"),
                texts.orNull("lineColumn"),
                texts.orNull("loadedAtColumn"));
    }

    private List<String> keys(MergePolicy merge) {
        String text = merge.mode().allowsNoKeys() ? texts.written("keys") : texts.required("keys");
        List<String> keys = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .toList();
        if (keys.isEmpty() && !text.isBlank() && !merge.mode().allowsNoKeys()) {
            texts.refuse("'keys' names no column, and is '" + text + "'");
        }
        if (keys.stream().map(key -> key.toLowerCase(Locale.ROOT)).distinct().count() < keys.size()) {
            texts.refuse("'keys' names a column twice");
        }
        return keys;
    }

    private Limits limits() {
        Limits fallback = Limits.DEFAULT;
        return new Limits(
                (int) texts.number("maxObjectsPerLoad", fallback.maxObjectsPerLoad(), 1, Integer.MAX_VALUE),
                texts.number("maxBytesPerLoad", fallback.maxBytesPerLoad(), 1, Long.MAX_VALUE),
                texts.number("maxRejectedRows", fallback.maxRejectedRows(), 0, Long.MAX_VALUE),
                maxRejectedRatio(),
                (int) texts.number("rowsPerBatch", fallback.rowsPerBatch(), 1, 1_000_000),
                (int) texts.number("maxRecordChars", fallback.maxRecordChars(), 16, MOST_RECORD_CHARS),
                texts.number("maxDecompressedBytes", fallback.maxDecompressedBytes(), 1, Long.MAX_VALUE),
                texts.number("maxDecompressionRatio", fallback.maxDecompressionRatio(), 1, Long.MAX_VALUE));
    }

    private double maxRejectedRatio() {
        double fallback = Limits.DEFAULT.maxRejectedRatio();
        double ratio = texts.parse("maxRejectedRatio", texts.written("maxRejectedRatio"), Double::valueOf, fallback);
        if (ratio >= 0 && ratio <= 1) {
            return ratio;
        }
        texts.refuse("'maxRejectedRatio' is from 0 to 1, and not " + texts.written("maxRejectedRatio"));
        return fallback;
    }

    /** Returns how often to look; what does not hold is {@link #feed}'s to tell, with all the rest. */
    public FeedPace pace() {
        RetryPolicy fallback = RetryPolicy.DEFAULT;
        return new FeedPace(
                millis("pollDelay", 5_000, 1),
                millis("reconcileEvery", 600_000, 1),
                new RetryPolicy(
                        (int) texts.number("maxTries", fallback.maxTries(), 1, Integer.MAX_VALUE),
                        millis("maxRetryTime", fallback.maxTime().toMillis(), 0),
                        millis("retryDelay", fallback.firstDelay().toMillis(), 0),
                        millis("failedDelay", fallback.failedDelay().toMillis(), 0)),
                span("expectEvery", "24h, 90m or 7d"),
                gather());
    }

    /** Whoever wants more time between loads has other means than a thread that waits. */
    private Duration gather() {
        @Nullable Duration span = span("gather", "30s or 5m");
        if (span != null && span.compareTo(LONGEST_GATHER) > 0) {
            texts.refuse("'gather' is at most 1h, and not " + texts.written("gather"));
        }
        return span == null ? Duration.ZERO : span;
    }

    private @Nullable Duration span(String name, String examples) {
        String written = texts.written(name);
        if (written.isBlank()) {
            return null;
        }
        try {
            Duration span = Duration.parse((written.contains("d") ? "P" : "PT") + written.strip());
            if (span.compareTo(Duration.ZERO) > 0) {
                return span;
            }
        } catch (DateTimeParseException e) {
            // Said below.
        }
        texts.refuse("'" + name + "' is a time span such as " + examples + ", and not " + written);
        return null;
    }

    private Duration millis(String name, long fallback, long least) {
        return Duration.ofMillis(texts.number(name, fallback, least, Integer.MAX_VALUE));
    }
}
