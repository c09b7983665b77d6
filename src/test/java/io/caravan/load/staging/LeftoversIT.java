package io.caravan.load.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.aws.staging.S3StagingArea;
import io.caravan.base.ErrorCode;
import io.caravan.load.tally.LoadIds;
import io.caravan.model.ledger.LoadRecord;
import io.caravan.model.ledger.Outcome;
import io.caravan.model.ledger.PhaseTimes;
import io.caravan.model.table.TableName;
import io.caravan.redshift.RedshiftWarehouse;
import io.caravan.redshift.connection.ConnectionSettings;
import io.caravan.spi.DataFiles;
import io.caravan.spi.StagingTable;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Object;

@ExtendWith(SandboxExtension.class)
class LeftoversIT {

    private static final TableName TARGET = new TableName("public", "left");
    private static final Duration KEEP = Duration.ofHours(24);

    /** A data file and a manifest for each staging table. */
    private static final int FILES_OF_A_LOAD = 2 * StagingTable.values().length;

    private final TestSandbox sandbox;
    private final String bucket = "staging-" + UUID.randomUUID();
    private final RedshiftWarehouse warehouse;
    private final LoadIds ids = new LoadIds(Clock.systemUTC(), new Random(17));

    LeftoversIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
        this.warehouse = new RedshiftWarehouse(
                new ConnectionSettings(
                        sandbox.url(),
                        sandbox.sandbox().user(),
                        sandbox.sandbox().password(),
                        1,
                        null),
                false);
    }

    @BeforeEach
    void createBucket() {
        sandbox.s3().createBucket(create -> create.bucket(bucket));
    }

    @AfterEach
    void disconnect() {
        warehouse.close();
    }

    @Test
    void loadsThatHaveEndedAreDeletedAtOnceAndOthersStay() throws Exception {
        sandbox.execute("DROP SCHEMA IF EXISTS caravan CASCADE");
        String ended = write("in/");
        String unknown = write("in/");
        List<String> all = keys();

        delete("in/", Duration.ZERO);
        assertThat(keys()).as("there is no run history").isEqualTo(all).hasSize(2 * FILES_OF_A_LOAD);

        warehouse.prepareLedger(TARGET);
        delete("in/", Duration.ZERO);
        assertThat(keys()).as("the run history is empty").isEqualTo(all);

        warehouse.record(record(ended));
        delete("in/", Duration.ZERO);
        assertThat(keys()).hasSize(FILES_OF_A_LOAD).allMatch(key -> key.startsWith("in/" + unknown + "/"));
    }

    @Test
    void aLoadThatVanishedIsDeletedWhenItsLastDataFileIsOld() {
        write("in");

        delete("in", KEEP.minusMinutes(1));
        assertThat(keys()).hasSize(FILES_OF_A_LOAD);

        delete("in", KEEP.plusMinutes(1));
        assertThat(keys()).isEmpty();
    }

    @Test
    void nothingElseIsEverDeleted() {
        String id = ids.next();
        List<String> others = List.of(
                "in/" + id + "/caravan_rows/000001.csv",
                "in/" + id + "/caravan_rows/000001.csv.zst.bak",
                "in/" + id + "/caravan_rows/00001.csv.zst",
                "in/" + id + "/caravan_rows/0000001.csv.zst",
                "in/" + id + "/caravan_rows/Manifest.json",
                "in/" + id + "/caravan_rows/sub/000001.csv.zst",
                "in/" + id + "/customer/000001.csv.zst",
                "in/" + id + "0/caravan_rows/000001.csv.zst",
                "in/2026/caravan_rows/000001.csv.zst",
                "in/sub/" + id + "/caravan_rows/000001.csv.zst",
                "in2/" + id + "/caravan_rows/000001.csv.zst",
                id + "/caravan_rows/000001.csv.zst");
        others.forEach(
                key -> sandbox.s3().putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString("precious")));
        List<String> before = keys();
        write("in");

        delete("in", Duration.ofDays(1000));

        assertThat(keys()).isEqualTo(before).hasSameSizeAs(others);
    }

    /** Leaves what a load leaves whose process is killed before it is done. */
    private String write(String prefix) {
        String id = ids.next();
        for (StagingTable table : StagingTable.values()) {
            DataFiles files = new S3StagingArea(sandbox.s3(), bucket, prefix).create(id, table.tableName(), "@NULL@");
            files.field("x");
            files.endRow();
            files.finish();
            files.manifest(0, 1);
        }
        return id;
    }

    private void delete(String prefix, Duration later) {
        Clock clock = Clock.offset(Clock.systemUTC(), later);
        new Leftovers(new S3StagingArea(sandbox.s3(), bucket, prefix), warehouse, KEEP, clock).delete();
    }

    private static LoadRecord record(String id) {
        return new LoadRecord(
                id,
                "left",
                TARGET,
                Instant.now(),
                Instant.now(),
                Outcome.FAILED,
                List.of(),
                PhaseTimes.NONE,
                ErrorCode.UNEXPECTED,
                "for a test");
    }

    private List<String> keys() {
        return sandbox.s3().listObjectsV2Paginator(list -> list.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
    }
}
