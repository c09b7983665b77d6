package io.caravan.sandbox.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.sandbox.fault.Fault;
import io.caravan.sandbox.fault.Flavour;
import io.caravan.sandbox.fault.SqlError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatementJudgeTest {

    private final StatementJudge judge = new StatementJudge(Flavour.PROVISIONED);

    private String forwarded(String sql) {
        assertThat(judge.judge(sql)).isNotInstanceOf(Verdict.Refuse.class);
        return judge.judge(sql).sql();
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
                    SELECT dateadd(day, 1, sysdate)          | SELECT sandbox_internal.date_add('day', 1, sandbox_internal.moment( pg_catalog.sysdate()))
                    SELECT datediff(QTRS, a, 'x')            | SELECT sandbox_internal.date_diff('quarter', sandbox_internal.moment( a), sandbox_internal.moment( 'x'))
                    SELECT extract(ms FROM a), date_part('dw', a) | SELECT sandbox_internal.date_part('millisecond' , a), sandbox_internal.pgdate_part('dow', sandbox_internal.moment( a))
                    SELECT sum(a), avg(a) OVER (PARTITION BY b) FROM t | SELECT sandbox_internal.sum(a), pg_sandbox_window.avg(a) OVER (PARTITION BY b) FROM t
                    SELECT pg_catalog.sum(a), pg_catalog.version() | SELECT sandbox_internal.sum(a), sandbox_internal.version()
                    SELECT nvl2(a, nvl(b, 1), 2) FROM t      | SELECT (CASE WHEN (a) IS NOT NULL THEN (coalesce(b, 1)) ELSE (2) END) FROM t
                    SELECT decode("A", 1, 'x', NULL, 'y', 'z') FROM t | SELECT (CASE WHEN ("a") IS NOT DISTINCT FROM (1) THEN ('x') WHEN ("a") IS NOT DISTINCT FROM (NULL) THEN ('y') ELSE ('z') END) FROM t
                    SELECT TOP 3 a FROM t ORDER BY a         | SELECT  a FROM t ORDER BY a LIMIT 3
                    SELECT listagg(a, ',') WITHIN GROUP (ORDER BY b) FROM t | SELECT listagg(a, ',' ORDER BY b) FROM t
                    SELECT version()                         | SELECT sandbox_internal.version()
                    SELECT 1 AS a MINUS SELECT 2             | SELECT 1 AS a EXCEPT SELECT 2
                    EXPLAIN SELECT nvl(a, 1) FROM t          | EXPLAIN SELECT coalesce(a, 1) FROM t
                    VACUUM FULL t TO 99 PERCENT              | VACUUM t
                    ANALYZE t PREDICATE COLUMNS              | ANALYZE t
                    SET query_group TO 'x'                   | SET caravan.query_group TO 'x'
                    SET readonly=1                           | SET caravan.readonly=1
                    RESET query_group                        | SET caravan.query_group TO ''
                    SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED | SET caravan.isolation TO ''
                    BEGIN ISOLATION LEVEL SERIALIZABLE       | BEGIN
                    CREATE TABLE t (id INT PRIMARY KEY)      | CREATE TABLE t ("id" INT NOT NULL, CONSTRAINT "t_pkey" CHECK (ROW('p', "id") IS NOT NULL) NOT ENFORCED)
                    CREATE TABLE t (a TEXT, UNIQUE (a))      | CREATE TABLE t ("a" varchar(256), CONSTRAINT "t_a_key" CHECK (ROW('u', "a") IS NOT NULL) NOT ENFORCED)
                    CREATE TABLE t (a VARCHAR(MAX) ENCODE ZSTD DEFAULT 'x' NOT NULL) DISTSTYLE EVEN | CREATE TABLE t ("a" varchar(65535) DEFAULT 'x' NOT NULL)
                    CREATE TABLE t (a INT, b INT, PRIMARY KEY (b, a)) SORTKEY(a) | CREATE TABLE t ("a" INT NOT NULL, "b" INT NOT NULL, CONSTRAINT "t_pkey" CHECK (ROW('p', "b", "a") IS NOT NULL) NOT ENFORCED)
                    CREATE TABLE t (a INT REFERENCES p (b)) | CREATE TABLE t ("a" INT, CONSTRAINT "t_a_fkey" CHECK (ROW('f', E'b', E'"p"'::regclass, "a") IS NOT NULL) NOT ENFORCED)
                    CREATE TEMP TABLE s (LIKE p.t)           | CREATE TEMP TABLE s (LIKE "p"."t")
                    CREATE TABLE t (a INT IDENTITY(1,2))     | CREATE TABLE t ("a" INT GENERATED ALWAYS AS IDENTITY (START WITH 1 INCREMENT BY 2) NOT NULL)
                    CREATE VIEW v AS SELECT 1 AS a WITH NO SCHEMA BINDING | CREATE VIEW v WITH (security_barrier = false) AS SELECT 1 AS a
                    ALTER TABLE t ADD PRIMARY KEY (a)        | ALTER TABLE t ADD CONSTRAINT "t_pkey" CHECK (ROW('p', "a") IS NOT NULL) NOT ENFORCED
                    SELECT CASE WHEN a THEN 1WHEN b THEN 2E3END FROM t | SELECT CASE WHEN a THEN 1 WHEN b THEN 2E3 END FROM t
                    SELECT a + 1 AS x, x * 2 FROM t          | SELECT a + 1 AS x, (SELECT (SELECT "x" FROM (SELECT "t".*) AS "t") FROM (SELECT a + 1 AS "x") AS sandbox_alias) * 2 FROM t
                    SELECT a FROM (SELECT 1 AS a)            | SELECT a FROM (SELECT 1 AS a) AS sandbox_table_0
                    SELECT a FROM (SELECT TOP 3 * FROM (SELECT a FROM t)) | SELECT a FROM (SELECT  * FROM (SELECT a FROM t) AS sandbox_table_0 LIMIT 3) AS sandbox_table_0
                    SELECT 1 AS x, nvl2(x, decode(x, 2, x, 3), 4) | SELECT 1 AS x, (CASE WHEN ((1)) IS NOT NULL THEN ((CASE WHEN ((1)) IS NOT DISTINCT FROM (2) THEN ((1)) ELSE (3) END)) ELSE (4) END)
                    SELECT nvl2(a, pg_get_expr(a, b), pg_catalog.pg_get_expr(a, b)) FROM pg_attrdef | SELECT (CASE WHEN (a) IS NOT NULL THEN (sandbox_internal.pg_get_expr(a, b)) ELSE (sandbox_internal.pg_get_expr(a, b)) END) FROM sandbox_internal.pg_attrdef
                    SELECT relname FROM pg_catalog.pg_class  | SELECT relname FROM sandbox_internal.pg_class
                    CREATE USER u PASSWORD 'Abcdef12' CREATEUSER SYSLOG ACCESS UNRESTRICTED | CREATE USER u PASSWORD 'md5b08e967b06ba60d199c6b60d58f1354f' SUPERUSER
                    GRANT SELECT ON t TO ROLE r, GROUP g     | GRANT SELECT ON t TO  r, GROUP g
                    ALTER TABLE t ADD COLUMN a TEXT DEFAULT 'x' | ALTER TABLE t ADD COLUMN "a" varchar(256) DEFAULT 'x'
                    """)
    void isRewritten(String sql, String rewritten) {
        assertThat(forwarded(sql).strip()).isEqualTo(rewritten);
    }

    @Test
    void truncateIsFollowedByACommit() {
        assertThat(judge.judge("TRUNCATE TABLE \"T\""))
                .isEqualTo(new Verdict.ForwardAndCommit("TRUNCATE TABLE \"t\"", "\"t\""));
    }

    @Test
    void copyFromS3BecomesCopyFromStdin() {
        Verdict.Copy copy = (Verdict.Copy) judge.judge(
                "COPY \"Stage\" (\"A\", b) FROM 's3://bucket/dir/manifest' IAM_ROLE 'arn' MANIFEST FORMAT AS CSV"
                        + " GZIP NULL AS '\\N' DELIMITER '\\t' TIMEFORMAT 'auto' COMPUPDATE OFF STATUPDATE OFF");

        assertThat(copy.sql()).isEqualTo("COPY \"stage\" FROM STDIN");
        assertThat(copy.command().columns()).containsExactly("a", "b");
        assertThat(copy.command().bucket()).isEqualTo("bucket");
        assertThat(copy.command().key()).isEqualTo("dir/manifest");
        assertThat(copy.command().options().delimiter).isEqualTo((byte) '\t');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    INSERT INTO "S".t VALUES (1)                   | "s"."t" | true
                    UPDATE t SET a = 1                             | "t"     | false
                    DELETE FROM t                                  | "t"     | false
                    WITH x AS (SELECT 1 AS a) DELETE FROM t USING x WHERE t.a = x.a | "t" | false
                    MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (1) | "t" | false
                    """)
    void aWriteNamesItsTable(String sql, String table, boolean shared) {
        assertThat(judge.judge(sql)).isEqualTo(new Verdict.Write(sql.replace("\"S\"", "\"s\""), table, shared));
    }

    @Test
    void theLengthOfAVarcharChangesAloneAndIsChecked() {
        assertThat(judge.judge("ALTER TABLE t ALTER COLUMN a TYPE VARCHAR(40)"))
                .isEqualTo(new Verdict.Alone(
                        "ALTER TABLE t ALTER COLUMN a TYPE varchar(40)",
                        "SELECT sandbox_internal.check_length(E'\"t\"', E'a', E'varchar(40)')"));
    }

    @Test
    void aFaultIsArmed() {
        String sql = "SET caravan.fail_next TO 'copy_error 1207 3 part-2'";
        assertThat(judge.judge(sql)).isEqualTo(new Verdict.Arm(sql, Fault.copyError("part-2", 3, 1207)));
        assertThat(judge.judge("SET caravan.fail_next TO 'deadlock'"))
                .isEqualTo(new Verdict.Arm("SET caravan.fail_next TO 'deadlock'", Fault.of(Fault.Kind.DEADLOCK)));
        String lasting = "SET caravan.fail_next TO 'copy_refusal 1204 two words'";
        assertThat(judge.judge(lasting)).isEqualTo(new Verdict.Arm(lasting, Fault.copyRefusal("two words", 1204)));
    }

    @Test
    void aStatementHasAtMost16Megabytes() {
        String sql = "SELECT '" + "x".repeat(16 * 1024 * 1024) + "'";
        assertThat(judge.judge(sql))
                .isEqualTo(new Verdict.Refuse(new SqlError(
                        "42601",
                        "Statement is too large. Statement Size: 16777225 bytes. Maximum Allowed: 16777216 bytes")));
    }
}
