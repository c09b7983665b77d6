package io.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StatementJudgeTest {

    private final StatementJudge judge = new StatementJudge();

    private String forwarded(String sql) {
        assertThat(judge.judge(sql)).isInstanceOf(Verdict.Forward.class);
        return ((Verdict.Forward) judge.judge(sql)).sql();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT 1",
                "SELECT 'it''s; -- not a comment' AS \"returning\" FROM t",
                "SELECT /* RETURNING */ a FROM t -- FOR UPDATE\n WHERE a = 1",
                "INSERT INTO t (a, b) VALUES ($1, $2)",
                "WITH x AS (SELECT 1 AS a) SELECT a FROM x",
                "DELETE FROM t USING s WHERE t.id = s.id",
                "COMMIT",
                "SELECT CAST(a AS int) AS text FROM t",
                "SELECT count(DISTINCT a) FROM t"
            })
    void passesAsItIs(String sql) {
        assertThat(judge.judge(sql)).isEqualTo(new Verdict.Forward(sql));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    SELECT "ID" FROM "Sales"."T"             | SELECT "id" FROM "sales"."t"
                    SELECT nvl(a, 'NVL(b)') FROM t           | SELECT coalesce(a, 'NVL(b)') FROM t
                    SELECT SYSDATE                           | SELECT pg_catalog.sysdate()
                    SELECT a::varchar, CAST(b AS decimal)    | SELECT a::varchar(256), CAST(b AS numeric(18,0))
                    SET query_group TO 'x'                   | SET caravan.query_group TO 'x'
                    SET readonly=1                           | SET caravan.readonly=1
                    BEGIN ISOLATION LEVEL SERIALIZABLE       | BEGIN
                    CREATE TABLE t (id INT PRIMARY KEY)      | CREATE TABLE t ("id" INT NOT NULL)
                    CREATE TABLE t (a TEXT, UNIQUE (a))      | CREATE TABLE t ("a" varchar(256))
                    CREATE TABLE t (a VARCHAR(MAX) ENCODE ZSTD DEFAULT 'x' NOT NULL) DISTSTYLE EVEN | CREATE TABLE t ("a" varchar(65535) DEFAULT 'x' NOT NULL)
                    CREATE TABLE t (a INT, PRIMARY KEY (a)) SORTKEY(a) | CREATE TABLE t ("a" INT NOT NULL)
                    CREATE TEMP TABLE s (LIKE p.t)           | CREATE TEMP TABLE s (LIKE "p"."t")
                    CREATE TABLE t (a INT IDENTITY(1,2))     | CREATE TABLE t ("a" INT GENERATED ALWAYS AS IDENTITY (START WITH 1 INCREMENT BY 2) NOT NULL)
                    CREATE VIEW v AS SELECT 1 AS a WITH NO SCHEMA BINDING | CREATE VIEW v AS SELECT 1 AS a
                    ALTER TABLE t ADD PRIMARY KEY (a)        | ALTER TABLE t SET WITHOUT OIDS
                    ALTER TABLE t ADD COLUMN a TEXT DEFAULT 'x' | ALTER TABLE t ADD COLUMN "a" varchar(256) DEFAULT 'x'
                    """)
    void isRewritten(String sql, String rewritten) {
        assertThat(forwarded(sql).strip()).isEqualTo(rewritten);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING       | 42601 | syntax error at or near "ON"
                    INSERT INTO t VALUES (1) RETURNING id                 | 42601 | syntax error at or near "RETURNING"
                    CREATE UNIQUE INDEX i ON t (a)                        | 42601 | syntax error at or near "UNIQUE"
                    SELECT DISTINCT ON (a) a FROM t                       | 0A000 | SELECT DISTINCT ON is not supported
                    SELECT a FROM t FOR UPDATE                            | 42601 | syntax error at or near "FOR"
                    SAVEPOINT s                                           | 42601 | syntax error at or near "SAVEPOINT"
                    ROLLBACK TO SAVEPOINT s                               | 42601 | syntax error at or near "TO"
                    SELECT a IS DISTINCT FROM b FROM t                    | 42601 | syntax error at or near "DISTINCT"
                    WITH x AS (DELETE FROM t) SELECT 1                    | 42601 | syntax error at or near "DELETE"
                    DELETE FROM t AS x WHERE x.a = 1                      | 42601 | syntax error at or near "AS"
                    LOCK TABLE t IN SHARE MODE                            | 42601 | syntax error at or near "IN"
                    SELECT * FROM (VALUES (1)) AS x                       | 42601 | syntax error at or near "VALUES"
                    SELECT $32768                                         | 42P02 | there is no parameter $-32768
                    SELECT 1; SELECT 2                                    | 42601 | cannot insert multiple commands into a prepared statement
                    DROP INDEX i                                          | 42601 | syntax error at or near "INDEX"
                    DO 'x'                                                | 42601 | syntax error at or near "DO"
                    CREATE TABLE t (a UUID)                               | 42704 | type "uuid" does not exist
                    CREATE UNLOGGED TABLE t (a INT)                       | 42601 | syntax error at or near "UNLOGGED"
                    COPY t FROM STDIN                                     | 42601 | syntax error at or near "STDIN"
                    COPY t TO 's3://b/k'                                  | 42601 | syntax error at or near "TO"
                    COPY t FROM 's3://b/k' IAM_ROLE 'x' CSV FASTER        | 42601 | syntax error at or near "FASTER"
                    MERGE INTO t x USING s ON x.a = s.a WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (1)      | 42601 | syntax error at or near "x"
                    MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DELETE                                                | 0A000 | MERGE statement with a single WHEN clause is not enabled.
                    MERGE INTO t USING s ON t.a = s.a WHEN NOT MATCHED THEN INSERT VALUES (1)                                 | 0A000 | MERGE statement with a single WHEN clause is not enabled.
                    MERGE INTO t USING s ON t.a = s.a WHEN MATCHED AND s.b THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (1) | 42601 | syntax error at or near "AND"
                    MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DO NOTHING WHEN NOT MATCHED THEN INSERT VALUES (1)    | 42601 | syntax error at or near "DO"
                    MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN UPDATE SET t.b = 1 WHEN NOT MATCHED THEN INSERT VALUES (1) | 42601 | syntax error at or near "."
                    MERGE INTO t USING (SELECT 1) s ON t.a = s.a WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (1) | 42601 | syntax error at or near "("
                    MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DELETE WHEN NOT MATCHED BY SOURCE THEN DELETE         | 42601 | syntax error at or near "BY"
                    MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (a) OVERRIDING SYSTEM VALUE VALUES (1) | 42601 | syntax error at or near "OVERRIDING"
                    WITH x AS (SELECT 1) MERGE INTO t USING x ON t.a = x.a WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (1) | 42601 | syntax error at or near "MERGE"
                    """)
    void isRefused(String sql, String sqlState, String message) {
        assertThat(judge.judge(sql)).isEqualTo(new Verdict.Refuse(new SqlError(sqlState, message)));
    }

    @Test
    void truncateIsFollowedByACommit() {
        assertThat(judge.judge("TRUNCATE TABLE \"T\"")).isEqualTo(new Verdict.ForwardAndCommit("TRUNCATE TABLE \"t\""));
    }

    @Test
    void copyFromS3BecomesCopyFromStdin() {
        Verdict.Copy copy = (Verdict.Copy) judge.judge(
                "COPY \"Stage\" (\"A\", b) FROM 's3://bucket/dir/manifest' IAM_ROLE 'arn' MANIFEST FORMAT AS CSV"
                        + " GZIP NULL AS '\\N' DELIMITER '\\t' TIMEFORMAT 'auto' COMPUPDATE OFF STATUPDATE OFF");

        assertThat(copy.sql())
                .isEqualTo("COPY \"stage\" (\"a\", \"b\") FROM STDIN WITH (FORMAT text, ENCODING 'UTF8')");
        assertThat(copy.command().bucket()).isEqualTo("bucket");
        assertThat(copy.command().key()).isEqualTo("dir/manifest");
        assertThat(copy.command().options().delimiter).isEqualTo((byte) '\t');
    }
}
