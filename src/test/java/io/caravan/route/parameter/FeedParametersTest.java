package io.caravan.route.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.caravan.base.InvalidConfigurationException;
import io.caravan.model.feed.ColumnPolicy;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.CsvLayout;
import io.caravan.model.feed.Escapes;
import io.caravan.model.feed.Feed;
import io.caravan.model.feed.FeedSql;
import io.caravan.model.feed.Limits;
import io.caravan.model.feed.MergePolicy;
import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.feed.Mode;
import io.caravan.model.feed.ObjectOrder;
import io.caravan.model.feed.ObjectPolicy;
import io.caravan.model.feed.Provenance;
import io.caravan.model.feed.RecordLength;
import io.caravan.model.feed.RowRule;
import io.caravan.model.feed.SchemaPolicy;
import io.caravan.model.feed.StoreAccess;
import io.caravan.model.table.TableName;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedParametersTest {

    @Test
    void whatIsNotGivenHasItsDefault() {
        Feed feed =
                new FeedParameters("f", Map.of("bucket", "b", "table", "employee", "keys", "id", "prefix", "")).feed();

        assertThat(feed)
                .isEqualTo(new Feed(
                        "f",
                        "b",
                        List.of(""),
                        new TableName("public", "employee"),
                        List.of("id"),
                        CsvFormat.DEFAULT,
                        Limits.DEFAULT,
                        MergePolicy.DEFAULT,
                        Provenance.NONE,
                        FeedSql.NONE,
                        ColumnPolicy.DEFAULT,
                        SchemaPolicy.FIXED,
                        false,
                        ObjectPolicy.DEFAULT,
                        StoreAccess.OWN));
    }

    @Test
    void aBucketMayBeElsewhere() {
        Feed feed = new FeedParameters(
                        "f",
                        Map.of(
                                "bucket",
                                "b",
                                "table",
                                "employee",
                                "keys",
                                "id",
                                "region",
                                " eu-central-1 ",
                                "endpoint",
                                "https://s3.eu-central-1.amazonaws.com/",
                                "role",
                                "arn:aws-us-gov:iam::123456789012:role/team/reader",
                                "externalId",
                                "caravan:7",
                                "requestPayer",
                                "Requester"))
                .feed();

        assertThat(feed.access())
                .isEqualTo(new StoreAccess(
                        "eu-central-1",
                        URI.create("https://s3.eu-central-1.amazonaws.com"),
                        "arn:aws-us-gov:iam::123456789012:role/team/reader",
                        "caravan:7",
                        true));
        assertThat(feed.access().text())
                .isEqualTo(
                        "in region eu-central-1, at https://s3.eu-central-1.amazonaws.com,"
                                + " as role arn:aws-us-gov:iam::123456789012:role/team/reader with an external id, the requester pays");
        assertThat(feed.forReplay().access()).isEqualTo(feed.access());
        assertThat(StoreAccess.OWN.text()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            region       | EU (Frankfurt)                      | 'region' is the name of a region, as eu-central-1, and not 'EU (Frankfurt)'
            role         | reader                              | 'role' is the ARN of a role, arn:aws:iam::ACCOUNT:role/NAME, and not 'reader'
            role         | arn:aws:iam::123456789012:user/mary | 'role' is the ARN of a role
            externalId   | caravan                             | 'externalId' is 'caravan', which goes with a 'role', and there is none
            externalId   | a b                                 | 'externalId' is 2 to 1224 letters
            endpoint     | s3.eu-central-1.amazonaws.com       | 'endpoint' is the address of an S3, as https://HOST or https://HOST:PORT, and not 's3.eu-
            endpoint     | https://u:p@minio.example.org       | 'endpoint' is the address of an S3
            endpoint     | https://minio.example.org/bucket    | 'endpoint' is the address of an S3
            endpoint     | https://minio .example.org          | 'endpoint' is the address of an S3
            endpoint     | ftp://minio.example.org             | 'endpoint' is the address of an S3
            requestPayer | me                                  | 'requestPayer' is owner or requester, and not 'me'
            """)
    void howABucketIsReachedIsExplained(String parameter, String value, String message) {
        Map<String, String> parameters = Map.of("bucket", "b", "table", "t", "keys", "id", parameter, value);

        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> new FeedParameters("f", parameters).feed())
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            onLoaded   | archive    | marker    | ''       | 'onLoaded' is keep, tag, tag=NAME=VALUE, move=FOLDER/ or delete, and not 'archive'
            onRejected | move=bad   | marker    | ''       | 'onRejected' is move=FOLDER/ with a folder of the same bucket, which ends in a slash, and not 'move=bad'
            onLoaded   | move=done/ | marker    | _SUCCESS | 'onLoaded' is 'move=done/', which cannot go with 'marker'
            onRejected | delete     | publishTo | db.t     | 'onRejected' is 'delete', which cannot go with 'publishTo'
            """)
    void whatIsDoneWithLoadedObjectsGoesWithTheRest(
            String parameter, String value, String other, String otherValue, String message) {
        Map<String, String> parameters =
                Map.of("bucket", "b", "table", "t", "keys", "id", parameter, value, other, otherValue);

        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> new FeedParameters("f", parameters).feed())
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            30s | PT30S | ''
            5m  | PT5M  | ''
            1h  | PT1H  | ''
            ''  | PT0S  | ''
            0s  | PT0S  | 'gather' is a time span such as 30s or 5m, and not 0s
            61m | PT0S  | 'gather' is at most 1h, and not 61m
            30  | PT0S  | 'gather' is a time span such as 30s or 5m, and not 30
            """)
    void objectsGatherForAWhile(String text, Duration time, String problem) {
        FeedParameters parameters =
                new FeedParameters("f", Map.of("bucket", "b", "table", "t", "keys", "id", "gather", text));

        if (problem.isEmpty()) {
            assertThat(parameters.feed().name()).isEqualTo("f");
            assertThat(parameters.pace().gather()).isEqualTo(time);
        } else {
            assertThatExceptionOfType(InvalidConfigurationException.class)
                    .isThrownBy(parameters::feed)
                    .withMessageContaining(problem);
        }
    }

    @Test
    void noFeedWritesToTheLedger() {
        for (String table : List.of("caravan.loads", "Caravan.objects_public_a", "caravan.mine")) {
            assertThatExceptionOfType(InvalidConfigurationException.class)
                    .isThrownBy(
                            () -> new FeedParameters("f", Map.of("bucket", "b", "table", table, "keys", "id")).feed())
                    .withMessageContaining("'table' is of the schema caravan");
        }
    }

    @Test
    void whatIsGivenHolds() {
        Feed feed = new FeedParameters(
                        "f",
                        Map.ofEntries(
                                Map.entry("bucket", "b"),
                                Map.entry("prefix", "in/"),
                                Map.entry("table", "Sales.Orders"),
                                Map.entry("keys", "id, Day"),
                                Map.entry("header", "FALSE"),
                                Map.entry("delimiter", "tab"),
                                Map.entry("quote", "none"),
                                Map.entry("escape", "backslash"),
                                Map.entry("charset", "ISO-8859-1"),
                                Map.entry("nullString", "\\N"),
                                Map.entry("maxObjectsPerLoad", "1"),
                                Map.entry("maxBytesPerLoad", "2"),
                                Map.entry("maxRejectedRows", "0"),
                                Map.entry("maxRejectedRatio", "0.25"),
                                Map.entry("rowsPerBatch", "3"),
                                Map.entry("maxRecordChars", "16"),
                                Map.entry("maxDecompressedBytes", "5"),
                                Map.entry("maxDecompressionRatio", "6"),
                                Map.entry("mode", "Changes"),
                                Map.entry("duplicates", "first"),
                                Map.entry("sequenceBy", "seq"),
                                Map.entry("deletedColumn", "gone"),
                                Map.entry("maxDeletedRatio", "0.5"),
                                Map.entry("changeColumn", "Action"),
                                Map.entry("preSql", "DELETE FROM a"),
                                Map.entry("postSql", " ANALYZE b "),
                                Map.entry("postSqlAfterCommit", "true"),
                                Map.entry("schema", "Evolve"),
                                Map.entry("loadIdColumn", "load_id"),
                                Map.entry("loadedAtColumn", "loaded_at")))
                .feed();

        assertThat(feed)
                .isEqualTo(new Feed(
                        "f",
                        "b",
                        List.of("in/"),
                        new TableName("sales", "orders"),
                        List.of("id", "Day"),
                        new CsvFormat(StandardCharsets.ISO_8859_1, '\t', null, '\\', false, "\\N"),
                        new Limits(1, 2, 0, 0.25, 3, 16, 5, 6),
                        new MergePolicy(Mode.CHANGES, Duplicates.FIRST, "seq", "gone", 0.5, "Action", false, false),
                        new Provenance("load_id", null, null, "loaded_at"),
                        new FeedSql("DELETE FROM a", "ANALYZE b", true),
                        ColumnPolicy.DEFAULT.withRules(
                                List.of(new RowRule("Action is I, U or D", "Action", new RowRule.NotNull()))),
                        new SchemaPolicy(true, 50, false, null, List.of()),
                        false,
                        ObjectPolicy.DEFAULT,
                        StoreAccess.OWN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            emptyValue = "",
            textBlock =
                    """
            postgres  |      |      | none | POSTGRES | \\N
            Postgres  | "    | NULL | "    | POSTGRES | NULL
            mysql     |      |      | "    | MYSQL    | \\N
            MYSQL     | none | -    | none | MYSQL    | -
            backslash |      |      | "    | LITERAL  |
            """)
    void escapesOfADatabaseHaveItsQuoteAndItsNull(
            String escape,
            @Nullable String quote,
            @Nullable String nullString,
            String theQuote,
            Escapes escapes,
            @Nullable String theNull) {
        CsvFormat csv = new FeedParameters(
                        "f",
                        Map.of(
                                "bucket",
                                "b",
                                "table",
                                "t.t",
                                "keys",
                                "id",
                                "escape",
                                escape,
                                "quote",
                                quote == null ? "" : quote,
                                "nullString",
                                nullString == null ? "" : nullString))
                .feed()
                .csv();

        assertThat(csv)
                .isEqualTo(new CsvFormat(
                        StandardCharsets.UTF_8,
                        ',',
                        theQuote.equals("none") ? null : theQuote.charAt(0),
                        '\\',
                        escapes,
                        true,
                        theNull == null ? "" : theNull));
    }

    @Test
    void whatMeansSomethingBehindTheEscapeCannotDelimit() {
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> new FeedParameters(
                                "f",
                                Map.of(
                                        "bucket",
                                        "b",
                                        "table",
                                        "t.t",
                                        "keys",
                                        "id",
                                        "escape",
                                        "mysql",
                                        "delimiter",
                                        "n"))
                        .feed())
                .withMessage("Feed f: the delimiter and the quote cannot be a letter, a digit or a dot where these mean"
                        + " something behind the escape, and they are 'n', '\"' and 'mysql'");
    }

    @Test
    void everythingThatDoesNotHoldIsNamedAtOnce() {
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> new FeedParameters(
                                "f",
                                Map.of(
                                        "table", "a.b.c",
                                        "keys", "id,ID",
                                        "header", "maybe",
                                        "delimiter", "::",
                                        "charset", "UTF-9",
                                        "rowsPerBatch", "many",
                                        "maxRejectedRatio", "1.1",
                                        "maxTries", "0",
                                        "maxObjectsPerLoad", "0"))
                        .feed())
                .withMessageStartingWith(
                        "Feed f: 'bucket' is missing; 'table' 'a.b.c' is not of the form schema.table: write these two"
                                + " names, without a dot or a quote in one of them, and without the database, which is that of"
                                + " caravan.warehouse.url;")
                .withMessageContaining("'keys' names a column twice")
                .withMessageContaining("'charset' cannot be 'UTF-9'")
                .withMessageContaining("'delimiter' is one character")
                .withMessageContaining("'header' is true, false, or the names of the fields")
                .withMessageContaining("'rowsPerBatch' cannot be 'many'")
                .withMessageContaining("'maxObjectsPerLoad' is from 1 to 2147483647, and not 0")
                .withMessageContaining("'maxRejectedRatio' is from 0 to 1, and not 1.1")
                .withMessageContaining("'maxTries' is from 1 to 2147483647, and not 0");
    }

    @Test
    void objectsAreInTheOrderOfTheirTimesUnlessTheirKeysHoldTheTime() {
        assertThat(feed(Map.of()).objects()).isEqualTo(ObjectPolicy.DEFAULT);
        assertThat(feed(Map.of("orderBy", "Key ", "repeatedContent", "skip")).objects())
                .isEqualTo(new ObjectPolicy(ObjectOrder.KEY, true));
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> feed(Map.of("orderBy", "name", "repeatedContent", "drop")))
                .withMessageContaining("'orderBy' is time or key, and not 'name'")
                .withMessageContaining("'repeatedContent' is load or skip, and not 'drop'");
    }

    @Test
    void aSnapshotIsNotLeftOutForBeingLikeAnotherOne() {
        for (Map<String, String> mode : List.of(
                Map.of("mode", "mirror"),
                Map.of("mode", "replace"),
                Map.of("mode", "history", "closeMissing", "true"))) {
            Map<String, String> parameters = new HashMap<>(mode);
            parameters.put("repeatedContent", "skip");
            assertThatExceptionOfType(InvalidConfigurationException.class)
                    .isThrownBy(() -> feed(parameters))
                    .withMessageContaining("'repeatedContent: skip' does not go with full snapshots");
        }
    }

    private static Feed feed(Map<String, String> more) {
        Map<String, String> parameters = new HashMap<>(Map.of("bucket", "b", "table", "t", "keys", "id"));
        parameters.putAll(more);
        return new FeedParameters("f", parameters).feed();
    }

    @Test
    void aPrefixMayHoldAnything() {
        assertThat(feed("prefix", " (a)&b\\").prefixes()).containsExactly(" (a)&b\\");
    }

    @Test
    void aBucketIsANameOrAnArn() {
        for (String bucket : List.of("b", "My_bucket.1-x", "arn:aws:s3:eu-west-1:123456789012:accesspoint/x")) {
            assertThat(feed("bucket", bucket).bucket()).isEqualTo(bucket);
        }
        for (String bucket : List.of("s3://b", " b", "b/", "#class:java.lang.Object", "b?x", "b%41")) {
            assertThatExceptionOfType(InvalidConfigurationException.class)
                    .isThrownBy(() -> feed("bucket", bucket))
                    .withMessage(
                            "Feed f: 'bucket' is the name of a bucket, without s3://, or the ARN of an access point,"
                                    + " and not '" + bucket + "'");
        }
    }

    @Test
    void whatIsRefusedIsShownAsItIsWritten() {
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> feed("mode", " Merge\\", "staging", " Quick ", "rowsPerBatch", "00"))
                .withMessage(
                        "Feed f: 'mode' is one of [upsert, update-only, insert-only, append, replace, mirror, changes, history],"
                                + " and not ' Merge\\'; 'rowsPerBatch' is from 1 to 1000000, and not 00;"
                                + " 'staging' is auto or direct, and not ' Quick '");
    }

    @Test
    void aTableIsCreatedWithTheKeysThatTheFeedNames() {
        Feed feed = feed("createTable", "True", "distKey", "id", "sortKey", "day, Id");

        assertThat(feed.schema()).isEqualTo(new SchemaPolicy(false, 50, true, "id", List.of("day", "Id")));
    }

    @Test
    void aTableCannotBeCreatedByHalves() {
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> feed("createTable", "perhaps", "distKey", "id,day", "sortKey", "day,DAY"))
                .withMessage("Feed f: 'createTable' is true, text or false, and not 'perhaps'; 'distKey' is one column;"
                        + " 'sortKey' names a column twice;"
                        + " 'distKey' and 'sortKey' say how a table is created, and need 'createTable' to be true");
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> feed("createTable", "true", "header", "False"))
                .withMessageContaining("'createTable' needs the names of the columns");
    }

    @Test
    void formatsGoWithTablesThatAreCreatedOrEvolve() {
        Feed creating = feed("createTable", "true", "formats", "day=dd.MM.yyyy");
        Feed evolving = feed("schema", "evolve", "formats", "day=dd.MM.yyyy");

        assertThat(creating.columns().formats()).isEqualTo(Map.of("day", "dd.MM.yyyy"));
        assertThat(evolving.columns().formats()).isEqualTo(Map.of("day", "dd.MM.yyyy"));
    }

    @Test
    void newColumnsHaveALimit() {
        assertThat(feed("schema", "evolve").schema().maxNewColumns()).isEqualTo(50);
        assertThat(feed("schema", "evolve", "maxNewColumns", "0").schema().maxNewColumns())
                .isZero();
        for (String wrong : List.of("-1", "1601", "many")) {
            assertThatExceptionOfType(InvalidConfigurationException.class)
                    .isThrownBy(() -> feed("maxNewColumns", wrong))
                    .withMessage("Feed f: 'maxNewColumns' is a whole number from 0 to 1600, and not '" + wrong + "'");
        }
    }

    @Test
    void linesAroundRecordsAreTheFeedsToName() {
        assertThat(feed().csv().layout()).isEqualTo(CsvLayout.PLAIN);
        assertThat(feed(
                                "skipLines",
                                "3",
                                "skipAfterHeader",
                                "1",
                                "skipLastLines",
                                "2",
                                "comment",
                                "hash",
                                "shortRows",
                                "Null")
                        .csv()
                        .layout())
                .isEqualTo(new CsvLayout(3, 1, 2, "#", true, List.of(), "", RecordLength.SHORT));
        assertThat(feed("shortRows", " Any ").csv().layout().length()).isEqualTo(RecordLength.ANY);
        assertThat(feed("comment", "none").csv().layout()).isEqualTo(CsvLayout.PLAIN);
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> feed(
                        "header",
                        "false",
                        "skipLines",
                        "-1",
                        "skipAfterHeader",
                        "1",
                        "skipLastLines",
                        "10001",
                        "comment",
                        "eleven char",
                        "shortRows",
                        "empty"))
                .withMessageContaining("'skipLines' is from 0 to 10000, and not -1")
                .withMessageContaining("'skipAfterHeader' needs a header")
                .withMessageContaining("'skipLastLines' is from 0 to 10000, and not 10001")
                .withMessageContaining("'comment' is a character or a few")
                .withMessageContaining("'shortRows' is reject, null or any, and not 'empty'");
    }

    @Test
    void noRecordCanBeginAsACommentDoes() {
        for (String comment : List.of(",", "\"", "\"x")) {
            assertThatExceptionOfType(InvalidConfigurationException.class)
                    .isThrownBy(() -> feed("comment", comment))
                    .withMessage(
                            "Feed f: 'comment' cannot begin with the delimiter or the quote, as records may, and is '"
                                    + comment + "'");
        }
        assertThat(feed("comment", "\"", "quote", "none").csv().layout().comment())
                .isEqualTo("\"");
    }

    @Test
    void aFeedMayNameTheFieldsOfItsObjects() {
        assertThat(feed("header", "TRUE").csv().header()).isTrue();
        Feed named = feed("header", " id, \"last, first\", \"the \"\"n\"\"\", ", "columns", "id=nr");
        assertThat(named.csv().header()).isFalse();
        assertThat(named.csv().layout().names()).containsExactly("id", "last, first", "the \"n\"");
        assertThat(feed("header", "\"false\"").csv().layout().names()).containsExactly("false");
        assertThat(feed("header", "id,n", "createTable", "Text").schema().createsText())
                .isTrue();
        Map.of(
                        "yes", "'header' is true, false, or the names of the fields",
                        "id,,n", "'header' cannot be 'id,,n': a value is missing",
                        "id,\"\"", "'header' has an empty name",
                        "id,n, ID", "'header' names 'ID' twice",
                        "id,\"n", "'header' cannot be 'id,\"n': a double quote is not closed")
                .forEach((header, reason) -> assertThatExceptionOfType(InvalidConfigurationException.class)
                        .isThrownBy(() -> feed("header", header))
                        .withMessageContaining(reason));
    }

    @Test
    void namesMayBeMadeOfOneKind() {
        assertThat(feed().columns().usesSnakeNames()).isFalse();
        assertThat(feed("names", "same").columns().usesSnakeNames()).isFalse();
        assertThat(feed("names", "Snake").columns().usesSnakeNames()).isTrue();
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> feed("names", "camel"))
                .withMessage("Feed f: 'names' is same or snake, and not 'camel'");
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> feed("names", "snake", "mode", "changes", "changeColumn", "Change Type"))
                .withMessage("Feed f: 'changeColumn' is 'Change Type', which 'names: snake' makes 'change_type'; write"
                        + " that");
        assertThat(feed("names", "snake", "mode", "changes").merge().changeColumn())
                .isEqualTo("Op");
    }

    @Test
    void aFieldMayBeLeftOut() {
        assertThat(feed("columns", "2=\"\", x=\"\", 3=note").columns().renames())
                .isEqualTo(Map.of("2", "", "x", "", "3", "note"));
    }

    @Test
    void rowsAreRememberedOnlyWhereTheLastOneOfAKeyStands() {
        assertThat(feed("rememberRows", "true").merge().remembersRows()).isTrue();
        assertThat(feed("rememberRows", "true", "mode", "mirror").merge().remembersRows())
                .isTrue();
        assertThat(feed().merge().remembersRows()).isFalse();
        assertThat(feed("rememberRows", "true").forReplay().merge().remembersRows())
                .isFalse();
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() ->
                        feed("rememberRows", "true", "mode", "history", "duplicates", "first", "sequenceBy", "seq"))
                .withMessage("Feed f: 'rememberRows' needs 'mode' to be upsert or mirror, and not history;"
                        + " 'rememberRows' needs 'duplicates' to be last, and not first;"
                        + " 'rememberRows' cannot go with 'sequenceBy'; leave one of the two out");
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> feed("rememberRows", "true", "deletedColumn", "gone", "keepSuperseded", "true"))
                .withMessage("Feed f: 'rememberRows' cannot go with 'deletedColumn'; leave one of the two out;"
                        + " 'rememberRows' cannot go with 'keepSuperseded'; leave one of the two out");
    }

    private static Feed feed(String... parameters) {
        Map<String, String> all = new HashMap<>(Map.of("bucket", "b", "table", "t", "keys", "id"));
        for (int i = 0; i < parameters.length; i += 2) {
            all.put(parameters[i], parameters[i + 1]);
        }
        return new FeedParameters("f", all).feed();
    }

    @Test
    void theWarehouseReadsObjectsByItselfOnlyIfTheFeedSaysSo() {
        Map<String, String> parameters = Map.of("bucket", "b", "table", "t", "keys", "id", "staging", "Direct");

        assertThat(new FeedParameters("f", parameters).feed().stagesDirectly()).isTrue();
        assertThat(new FeedParameters("f", parameters).feed().forReplay().stagesDirectly())
                .isFalse();
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> new FeedParameters(
                                "f", Map.of("bucket", "b", "table", "t", "keys", "id", "staging", "quick"))
                        .feed())
                .withMessage("Feed f: 'staging' is auto or direct, and not 'quick'");
    }
}
