package io.caravan.redshift;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.TableName;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
        assertThat(LedgerSql.readAfter(EMPLOYEE))
                .isEqualTo(
                        "SELECT position, bucket, object_key, etag, last_modified, outcome FROM caravan.\"objects_public_employee\""
                                + " WHERE target = ? AND position > ? ORDER BY position");
    }

    @Test
    void oneViewShowsAllObjectsTables() {
        assertThat(LedgerSql.createObjectsView(List.of("objects_a", "objects_b"))
                        .lines())
                .first()
                .isEqualTo("CREATE OR REPLACE VIEW caravan.objects AS");
        assertThat(LedgerSql.createObjectsView(List.of("objects_a", "objects_b")))
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
