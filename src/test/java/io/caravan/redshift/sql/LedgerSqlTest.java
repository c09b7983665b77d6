package io.caravan.redshift.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.table.TableName;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LedgerSqlTest {

    private static final TableName EMPLOYEE = TableName.parse("public.employee");

    @Test
    void eachTargetHasAnObjectsTableOfItsOwn() {
        assertThat(LedgerSql.objects(EMPLOYEE)).isEqualTo("caravan.\"objects_public_employee\"");
        assertThat(LedgerSql.lock(EMPLOYEE)).isEqualTo("LOCK TABLE caravan.\"objects_public_employee\"");
    }

    @Test
    void longNamesAreCutAndToldApart() {
        String long1 = LedgerSql.objectsTable(new TableName("s", "ü".repeat(60) + "1"));
        String long2 = LedgerSql.objectsTable(new TableName("s", "ü".repeat(60) + "2"));

        assertThat(long1).isNotEqualTo(long2).startsWith("objects_s_ü");
        assertThat(long1.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(63);
    }

    @Test
    void theLedgerIsReadByTargetSoThatNamesThatFoldIntoOneStayApart() {
        assertThat(LedgerSql.readAfter(EMPLOYEE, true))
                .isEqualTo("SELECT position, size_bytes, feed, bucket, object_key, etag, last_modified, outcome,"
                        + " LEFT(content_sha256, 4) FROM caravan.\"objects_public_employee\""
                        + " WHERE target = ? AND position > ? ORDER BY position");
    }

    @Test
    void oneViewShowsAllObjectsTables() {
        Set<String> added = Set.of("content_sha256", "same_content_as");
        SortedMap<String, Set<String>> tables = new TreeMap<>(Map.of("objects_a", added, "objects_b", Set.of()));

        assertThat(LedgerSql.createObjectsView(tables).lines())
                .first()
                .isEqualTo("CREATE OR REPLACE VIEW caravan.objects AS");
        assertThat(LedgerSql.createObjectsView(tables))
                .contains(", header, content_sha256, same_content_as FROM caravan.\"objects_a\"\n")
                .contains(", header, CAST(NULL AS VARCHAR(64)) AS content_sha256,"
                        + " CAST(NULL AS VARCHAR(4096)) AS same_content_as FROM caravan.\"objects_b\"\n")
                .contains(" FROM caravan.\"objects_a\"\nUNION ALL\nSELECT position, ")
                .endsWith(" FROM caravan.\"objects_b\"\nWITH NO SCHEMA BINDING");
    }

    @Test
    void theReservedWordRawNamesNoColumn() {
        assertThat(LedgerSql.createShared().get("dead_letters")).contains("  raw_record VARCHAR(65535) NOT NULL,\n");
        assertThat(LedgerSql.insertDeadLetters())
                .contains("reason, raw_record, status)")
                .contains("reason, raw_record, 'open'");
    }
}
