package io.caravan.prove;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptedGrammarTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP DATABASE d",
                "create database d",
                "ALTER USER u PASSWORD 'Abcdef13'",
                "ALTER DATABASE d OWNER TO u",
                "ALTER TABLE t OWNER TO u",
                "ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO PUBLIC",
                "GRANT SELECT ON t TO u",
                "REVOKE ALL ON t FROM u CASCADE",
                "CREATE ROLE r",
                "CREATE GROUP g",
                "CREATE LIBRARY l LANGUAGE plpythonu FROM 's3://b/k'",
                "CREATE EXTERNAL SCHEMA s FROM DATA CATALOG",
                "CREATE PROCEDURE p() AS 'x' LANGUAGE plpgsql",
                "DROP SCHEMA s CASCADE",
                "DROP ROLE r",
                "TRUNCATE t",
                "VACUUM",
                "ANALYZE",
                "CALL p()",
                "UNLOAD ('SELECT 1') TO 's3://b/k' IAM_ROLE default",
                "CANCEL 1",
                "SET caravan.cut_at_nul TO 'on'"
            })
    void whatCouldDoHarmIsNeverSent(String sql) {
        assertThat(AcceptedGrammar.whyNot(sql)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "((SELECT 1))",
                "WITH x AS (SELECT 1) SELECT 1",
                "DELETE FROM t",
                "CREATE LOCAL TEMPORARY TABLE s (a INT)",
                "ALTER TABLE t ADD a INT",
                "ANALYZE t",
                "SET SESSION search_path TO a, b"
            })
    void otherStatementsAre(String sql) {
        assertThat(AcceptedGrammar.whyNot(sql)).isEmpty();
    }

    @Test
    void fewAreLeftOutOfTheList() {
        assertThat(Texts.accepted().stream()
                        .filter(sql -> AcceptedGrammar.whyNot(sql).isPresent()))
                .as("users, rights, databases, and what removes or rewrites")
                .hasSizeLessThan(50);
        assertThat(Texts.own()).hasSizeGreaterThan(150);
    }
}
