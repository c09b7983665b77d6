package io.caravan.bench;

import com.sun.management.OperatingSystemMXBean;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import io.caravan.aws.S3Connection;
import io.caravan.aws.S3Settings;
import io.caravan.base.BackgroundTask;
import io.caravan.csv.RowReader;
import io.caravan.csv.record.CsvReader;
import io.caravan.load.batch.Batches;
import io.caravan.model.ObjectVersion;
import io.caravan.model.feed.CsvFormat;
import io.caravan.model.feed.MergePolicy.Duplicates;
import io.caravan.model.row.Batch;
import io.caravan.model.row.Row;
import io.caravan.model.table.Column;
import io.caravan.model.table.TableName;
import io.caravan.model.table.TargetTable;
import io.caravan.redshift.RedshiftWarehouse;
import io.caravan.spi.DataFiles;
import io.caravan.spi.ObjectBody;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.s3.S3Client;

/** Goes one of the ways of {@link DataPathGoal} again and again, and tells how long each pass took once it was warm. */
public final class DataPath {

    /** What the object's bytes go through. */
    enum Way {
        CARAVAN("Caravan, to the data files in S3"),
        FASTCSV("plain loop, FastCSV"),
        CSV_READER("plain loop, Caravan's own parser");

        private final String title;

        Way(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    private static final int WARM_UP_PASSES = 2;
    private static final int PASSES = 5;
    private static final int ROWS_PER_BATCH = 10_000;
    private static final String NULL_MARKER = "@bench@";

    private final S3Connection s3;
    private final String bucket;
    private final String key;
    private final TargetTable target;

    private DataPath(S3Connection s3, String bucket, String key, TargetTable target) {
        this.s3 = s3;
        this.bucket = bucket;
        this.key = key;
        this.target = target;
    }

    /** Takes the name of the way, bucket and key of the object, and the name of the table that its rows are for. */
    public static void main(String[] arguments) throws IOException {
        Way way = Way.valueOf(arguments[0]);
        try (S3Connection s3 = new S3Connection(S3Settings.standard(true))) {
            DataPath path = new DataPath(s3, arguments[1], arguments[2], target(arguments[3]));
            for (int i = 0; i < WARM_UP_PASSES; i++) {
                path.pass(way, i);
            }
            for (int i = WARM_UP_PASSES; i < WARM_UP_PASSES + PASSES; i++) {
                ChildJvm.tell(path.pass(way, i).line());
            }
        }
    }

    private static TargetTable target(String name) {
        try (RedshiftWarehouse warehouse = ChildJvm.warehouse()) {
            return warehouse.describe(TableName.parse(name));
        }
    }

    private Pass pass(Way way, int number) throws IOException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        System.gc();
        long cpu = system.getProcessCpuTime();
        long wall = System.nanoTime();
        long rows =
                switch (way) {
                    case CARAVAN -> stage(number);
                    case FASTCSV -> parseByFastCsv();
                    case CSV_READER -> parse();
                };
        return new Pass(rows, System.nanoTime() - wall, system.getProcessCpuTime() - cpu);
    }

    /** What a load does between its beginning and COPY, with the classes that do it there. */
    private long stage(int number) throws IOException {
        List<ObjectVersion> versions = new ArrayList<>();
        s3.objects().list(bucket, key, versions::add);
        String stagingBucket = System.getenv("CARAVAN_STAGING_BUCKET");
        String loadId = String.format(Locale.ROOT, "bench-%d", number);
        try (ObjectBody body = s3.objects().open(versions.get(0)).orElseThrow();
                DataFiles files = s3.stagingArea(stagingBucket, "staging/").create(loadId, "rows", NULL_MARKER);
                BackgroundTask writing = new BackgroundTask("rows-" + loadId, "writing data files")) {
            RowReader rows = new RowReader(
                    new CsvReader(body.content(), CsvFormat.DEFAULT), target, LineItems.KEYS, CsvFormat.DEFAULT);
            List<Column> keys = rows.columns().stream()
                    .filter(column -> LineItems.KEYS.contains(column.name()))
                    .toList();
            Batches batches = new Batches(rows, rows.columns(), keys, Duplicates.LAST, ROWS_PER_BATCH);
            long count = 0;
            while (batches.hasNext()) {
                Batch batch = batches.next();
                writing.start(() -> write(batch.rows(), files));
                count += batch.rows().size()
                        + batch.superseded()
                        + batch.rejected().size();
            }
            writing.await();
            files.finish();
            files.manifest(0, files.stored());
            return count;
        }
    }

    private static void write(List<Row> rows, DataFiles files) {
        for (Row row : rows) {
            files.field(1);
            files.field(row.lineNumber());
            files.fields(row.values());
            files.endRow();
        }
    }

    private long parseByFastCsv() throws IOException {
        long records = -1;
        try (PlainLoop loop = get();
                var reader = de.siegmar.fastcsv.reader.CsvReader.builder().build(StringArrayHandler.of(), loop)) {
            for (String[] fields : reader) {
                records += fields.length == 0 ? 0 : 1;
            }
        }
        return records;
    }

    private long parse() throws IOException {
        long records = -1;
        try (PlainLoop loop = get()) {
            CsvReader reader = new CsvReader(loop, CsvFormat.DEFAULT);
            while (reader.hasNext()) {
                records += reader.next().size() == 0 ? 0 : 1;
            }
        }
        return records;
    }

    private PlainLoop get() throws IOException {
        return new PlainLoop(
                ((S3Client) s3.client()).getObject(get -> get.bucket(bucket).key(key)));
    }
}
