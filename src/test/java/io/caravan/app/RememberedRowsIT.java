package io.caravan.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.app.TestingCaravan.StagedBy;
import io.caravan.app.report.LoadReport;
import io.caravan.testing.CaravanProcess;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** A feed that remembers its rows stages only others, and does to its table what it would do without. */
@ExtendWith(SandboxExtension.class)
class RememberedRowsIT {

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    RememberedRowsIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void ofASnapshotAgainOnlyChangedRowsAreStaged() throws SQLException {
        TestingCaravan caravan = feed("again", "upsert");
        long before = staged();

        assertThat(load(caravan, "again", "1,a,1\n2,b,2\n3,c,\n")).containsExactly("loaded 3 3 0 0 0 0 0");
        assertThat(staged() - before).isEqualTo(3);

        assertThat(load(caravan, "again", "1,a,1\n2,z,2\n3,c,\n4,d,4\n")).containsExactly("loaded 4 1 1 2 0 0 0");
        assertThat(staged() - before).isEqualTo(5);

        assertThat(load(caravan, "again", "2,z,2\n1,a,1\n3,c,\n")).containsExactly("loaded 3 0 0 3 0 0 0");
        assertThat(staged() - before).isEqualTo(5);
        assertThat(rows("again")).containsExactly("1|a|1", "2|z|2", "3|c|null", "4|d|4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE public.%s SET name = 'x' WHERE id = 1",
                "UPDATE public.%s SET name = CASE id WHEN 1 THEN 'b' ELSE 'a' END WHERE id <= 2",
                "UPDATE public.%s SET qty = NULL WHERE id = 1",
                "UPDATE public.%s SET name = '', qty = 0 WHERE id = 1",
                "DELETE FROM public.%s WHERE id = 1",
                "INSERT INTO public.%s VALUES (9, 'i', 9)"
            })
    void whoeverElseWritesTheTableIsNoticed(String write) throws SQLException {
        String name = "other" + Integer.toHexString(write.hashCode());
        TestingCaravan caravan = feed(name, "mirror");
        load(caravan, name, "1,a,1\n2,b,2\n3,c,3\n");

        sandbox.execute(String.format(Locale.ROOT, write, name));
        load(caravan, name, "1,a,1\n2,b,2\n3,c,4\n");

        assertThat(rows(name)).containsExactly("1|a|1", "2|b|2", "3|c|4");
        long before = staged();
        assertThat(load(caravan, name, "1,a,1\n2,b,2\n3,c,5\n")).containsExactly("loaded 3 0 1 2 0 0 0");
        assertThat(staged() - before).isEqualTo(1);
    }

    @Test
    void aMirrorDeletesWhatTheSnapshotLacksWithoutStagingTheRest() throws SQLException {
        TestingCaravan caravan = feed("mirrored", "mirror");
        load(caravan, "mirrored", "1,a,1\n2,b,2\n3,c,3\n4,d,4\n");
        long before = staged();

        assertThat(load(caravan, "mirrored", "1,a,1\n2,b,20\n5,e,5\n")).containsExactly("loaded 3 1 1 1 2 0 0");

        assertThat(rows("mirrored")).containsExactly("1|a|1", "2|b|20", "5|e|5");
        assertThat(staged() - before).isEqualTo(2);
        assertThat(load(caravan, "mirrored", "1,a,1\n2,b,20\n4,d,4\n")).containsExactly("loaded 3 1 0 2 1 0 0");
        assertThat(staged() - before).isEqualTo(3);
        assertThat(rows("mirrored")).containsExactly("1|a|1", "2|b|20", "4|d|4");
    }

    @Test
    void aRowOfWhichTheSnapshotHasARejectedOneIsRememberedOn() throws SQLException {
        TestingCaravan caravan = feed("kept", "mirror");
        load(caravan, "kept", "1,a,1\n2,b,2\n3,c,3\n4,d,4\n");
        long before = staged();

        assertThat(load(caravan, "kept", "1,a,1\n2,b,x\n3,c,30\n")).containsExactly("loaded 3 0 1 1 1 0 1");
        assertThat(staged() - before).isEqualTo(1);
        assertThat(load(caravan, "kept", "1,a,1\n2,b,2\n3\n")).containsExactly("loaded 3 0 0 2 0 0 1");
        assertThat(load(caravan, "kept", "1,a,1\n2,b,20\n3,c,30\n")).containsExactly("loaded 3 0 1 2 0 0 0");
        assertThat(staged() - before).isEqualTo(2);
        assertThat(rows("kept")).containsExactly("1|a|1", "2|b|20", "3|c|30");
    }

    @Test
    void whatCannotBeReadIsDoneWithout() throws SQLException, IOException {
        TestingCaravan caravan = feed("damaged", "upsert");
        load(caravan, "damaged", "1,a,1\n2,b,2\n");
        byte[] first = remembered("damaged");
        load(caravan, "damaged", "1,a,2\n2,b,2\n");
        byte[] second = remembered("damaged");
        long before = staged();

        remember("damaged", Arrays.copyOf(second, second.length - 5));
        assertThat(load(caravan, "damaged", "1,a,2\n2,b,2\n")).containsExactly("loaded 2 0 0 2 0 0 0");
        assertThat(staged() - before).isEqualTo(2);

        // What a crash between the commit and the write leaves behind.
        remember("damaged", first);
        assertThat(load(caravan, "damaged", "1,a,1\n2,b,2\n")).containsExactly("loaded 2 0 1 1 0 0 0");
        assertThat(rows("damaged")).containsExactly("1|a|1", "2|b|2");

        before = staged();
        sandbox.s3().deleteObject(delete -> delete.bucket(sandbox.sandbox().stagingBucket())
                .key("staging/remembered/damaged"));
        assertThat(load(caravan, "damaged", "1,a,1\n2,b,2\n")).containsExactly("loaded 2 0 0 2 0 0 0");
        assertThat(staged() - before).isEqualTo(2);

        sandbox.execute("ALTER TABLE public.damaged ALTER COLUMN name TYPE VARCHAR(30)");
        assertThat(load(caravan, "damaged", "1,a,1\n2,b,2\n")).containsExactly("loaded 2 0 0 2 0 0 0");
        assertThat(staged() - before).isEqualTo(4);
    }

    @Test
    void verifyComparesWhatIsRememberedWithTheTable() throws SQLException {
        String columns = "id BIGINT NOT NULL, code CHAR(4) NOT NULL, small SMALLINT, amount DECIMAL(12,3), price REAL,"
                + " rate DOUBLE PRECISION, yes BOOLEAN, day DATE, at TIMESTAMP, zoned TIMESTAMPTZ, name VARCHAR(40)";
        sandbox.execute("CREATE TABLE public.verified (" + columns + ")");
        RouteDirectory routes = new RouteDirectory(directory.resolve("verified"));
        routes.feed(
                "verified",
                "bucket",
                sandbox.bucket(),
                "prefix",
                "verified/",
                "table",
                "public.verified",
                "keys",
                "code,id,day",
                "mode",
                "mirror",
                "maxDeletedRatio",
                "1",
                "rememberRows",
                "true");
        TestingCaravan caravan = new TestingCaravan(sandbox, routes);
        String header = "id,code,small,amount,price,rate,yes,day,at,zoned,name\n";
        String first = "1,ab,-7,+01.5,0.1,1e-7,t,2024-02-29,2024-02-29T12:30,2024-02-29 12:30:00.120+05:45,\"x, y \"\n";
        String second = "2,,,,,,,2024-03-01,,,\n";
        String third = "3,c,0,0,0,-0.0,false,1999-12-31,1999-12-31 23:59:59.999999,1999-12-31 23:59,\u00e4\u20ac\n";
        sandbox.put("verified/a.csv", header + first + second.replace("2,,", "2,b,") + third);
        assertThat(caravan.report(StagedBy.COPY, "verified").failures()).isEmpty();

        CaravanProcess.Result same = caravan.run(StagedBy.COPY, "verify", "--format", "json");
        assertThat(same.stdout()).contains("\"result\": \"equal\", \"equal\": 3");
        assertThat(same.exitCode()).isZero();

        sandbox.put("verified/b.csv", header + first + third.replace("3,c,0", "3,c,1"));
        assertThat(caravan.report(StagedBy.COPY, "verified").loads())
                .allSatisfy(load -> assertThat(load.counts().deleted()).isEqualTo(1));
        assertThat(caravan.run(StagedBy.COPY, "verify").exitCode()).isZero();

        sandbox.execute(
                "UPDATE public.verified SET price = 0.2 WHERE id = 1",
                "UPDATE public.verified SET id = 4 WHERE id = 3");
        CaravanProcess.Result different = caravan.run(StagedBy.COPY, "verify", "--feed", "verified");
        assertThat(different.stdout()).contains("Feed verified remembers 0 rows as they are, 1 row otherwise, and");
        assertThat(different.exitCode()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"upsert", "mirror"})
    void itDoesWhatItDoesWithout(String mode) throws SQLException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed + " of " + mode);
        Random random = new Random(seed);
        String with = "with_" + mode;
        String without = "without_" + mode;
        TestingCaravan remembering = feed(with, mode);
        TestingCaravan plain = feed(without, mode, "rememberRows", "false");
        Map<Integer, String> rows = new TreeMap<>();
        for (int i = 0; i < 60; i++) {
            rows.put(i, row(i, random));
        }
        for (int pass = 0; pass < 6; pass++) {
            for (int change = 0; change < 5; change++) {
                int id = random.nextInt(70);
                rows.put(id, row(id, random));
                rows.remove(random.nextInt(70));
            }
            List<String> objects = new ArrayList<>();
            for (int object = 0; object <= random.nextInt(3); object++) {
                StringBuilder text = new StringBuilder();
                rows.values().forEach(text::append);
                for (int i = 0; i < random.nextInt(6); i++) {
                    text.append(row(random.nextInt(70), random));
                }
                if (random.nextInt(4) == 0) {
                    text.append(random.nextBoolean() ? "x,refused,1\n" : random.nextInt(70) + ",refused,x\n");
                }
                objects.add(text.toString());
            }
            if (random.nextInt(4) == 0) {
                int id = random.nextInt(70);
                for (String table : List.of(with, without)) {
                    sandbox.execute("UPDATE public." + table + " SET qty = 77 WHERE id = " + id);
                }
            }
            String[] passed = objects.toArray(String[]::new);

            assertThat(load(remembering, with, passed))
                    .as("pass %d, seed %d", pass, seed)
                    .isEqualTo(load(plain, without, passed));
            assertThat(rows(with)).as("pass %d, seed %d", pass, seed).isEqualTo(rows(without));
        }
    }

    private static String row(int id, Random random) {
        return id + "," + "abc ".charAt(random.nextInt(4)) + "," + (random.nextInt(5) == 0 ? "" : random.nextInt(3))
                + "\n";
    }

    private TestingCaravan feed(String name, String mode, String... more) throws SQLException {
        sandbox.execute("CREATE TABLE public." + name + " (id INTEGER NOT NULL, name VARCHAR(20), qty INTEGER)");
        RouteDirectory routes = new RouteDirectory(directory.resolve(name));
        List<String> parameters = new ArrayList<>(List.of(
                "bucket", sandbox.bucket(), "prefix", name + "/", "table", "public." + name, "keys", "id", "mode"));
        parameters.addAll(List.of(mode, "maxDeletedRatio", "1", "rowsPerBatch", "7"));
        parameters.addAll(more.length > 0 ? List.of(more) : List.of("rememberRows", "true"));
        routes.feed(name, parameters.toArray(String[]::new));
        return new TestingCaravan(sandbox, routes);
    }

    /** Loads objects together; of each its outcome, and rows read, inserted, updated, unchanged, deleted, superseded, rejected. */
    private List<String> load(TestingCaravan caravan, String name, String... objects) {
        for (String object : objects) {
            sandbox.put(name + "/" + System.nanoTime() + ".csv", "id,name,qty\n" + object);
        }
        LoadReport report = caravan.report(StagedBy.COPY, name);
        assertThat(report.failures()).isEmpty();
        return report.loads().stream()
                .flatMap(load -> load.objects().stream())
                .map(entry -> entry.outcome().text() + " " + entry.counts().read() + " "
                        + entry.counts().inserted() + " " + entry.counts().updated() + " "
                        + entry.counts().unchanged() + " " + entry.counts().deleted() + " "
                        + entry.counts().superseded() + " " + entry.counts().rejected())
                .toList();
    }

    /** How many rows have been staged by now, by all loads. */
    private long staged() throws SQLException {
        return Long.parseLong(sandbox.query("SELECT COALESCE(SUM(loaded_rows), 0) FROM sys_load_history"
                        + " WHERE table_name LIKE '%caravan_rows'")
                .get(0)
                .get(0));
    }

    private List<String> rows(String table) throws SQLException {
        return sandbox.query("SELECT id, RTRIM(name, ' '), qty FROM public." + table + " ORDER BY id").stream()
                .map(row -> String.join("|", row.stream().map(String::valueOf).toList()))
                .toList();
    }

    private byte[] remembered(String feed) {
        return sandbox.s3()
                .getObjectAsBytes(
                        get -> get.bucket(sandbox.sandbox().stagingBucket()).key("staging/remembered/" + feed))
                .asByteArray();
    }

    private void remember(String feed, byte[] content) {
        sandbox.s3()
                .putObject(
                        put -> put.bucket(sandbox.sandbox().stagingBucket()).key("staging/remembered/" + feed),
                        RequestBody.fromBytes(content));
    }
}
