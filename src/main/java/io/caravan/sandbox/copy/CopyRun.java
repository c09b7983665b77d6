package io.caravan.sandbox.copy;

import io.caravan.sandbox.command.CopyCommand;
import io.caravan.sandbox.command.CopyOptions;
import io.caravan.sandbox.fault.Fault;
import io.caravan.sandbox.fault.Flavour;
import io.caravan.sandbox.server.SourceObjects;
import io.caravan.sandbox.value.CopyColumn;
import io.caravan.sandbox.value.CopyRows;
import io.caravan.sandbox.value.FieldException;
import io.caravan.sandbox.value.RecordReader;
import io.caravan.sandbox.value.RowConverter;
import io.caravan.sandbox.wire.WireReader;
import io.caravan.sandbox.wire.WireWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;

/** One pass over the objects of one COPY. */
final class CopyRun {

    private static final int RAW_LENGTH = 1024;

    private final SourceObjects objects;
    private final CopyJob job;
    private final CopyOptions options;
    private final WireReader backend;
    private final CopyRows rows;
    private final RowConverter converter;
    private final List<CopyColumn> columns;
    private final List<LoadError> errors = new ArrayList<>();
    private final Instant start = Instant.now();
    private final List<LoadedFile> files = new ArrayList<>();
    private final Flavour flavour;
    private final CopyFaults faults;
    private long rowCount;
    private boolean stopped;

    CopyRun(SourceObjects objects, CopyJob job, WireWriter to, WireReader backend, Flavour flavour, CopyFaults faults) {
        this.objects = objects;
        this.flavour = flavour;
        this.faults = faults;
        this.job = job;
        this.options = job.command().options();
        this.backend = backend;
        this.rows = job.rows(to);
        this.columns = job.filledColumns();
        this.converter = new RowConverter(columns, options, job.cutsAtNul());
    }

    CopyResult run() throws IOException {
        try {
            checkColumns();
            checkRegion();
            for (Manifest.Entry source : sources()) {
                read(source);
                if (stopped) {
                    break;
                }
                faults.cut(source.url());
            }
            if (files.isEmpty()) {
                throw new CopyFailure(
                        "The specified S3 prefix '" + job.command().key() + "' does not exist");
            }
            rows.end();
            return result(stopped, "");
        } catch (CopyFailure e) {
            return result(true, e.reason());
        }
    }

    private CopyResult result(boolean failed, String message) {
        return new CopyResult(start, rowCount, List.copyOf(files), List.copyOf(errors), failed, message);
    }

    /**
     * IDENTITY columns are in a column list if and only if EXPLICIT_IDS is there.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-load.html">EXPLICIT_IDS</a>
     */
    private void checkColumns() throws CopyFailure {
        boolean listed = !job.command().columns().isEmpty();
        boolean identity = job.columns().stream().anyMatch(CopyColumn::identity);
        if (listed && identity && !options.explicitIds) {
            throw new CopyFailure("cannot set an identity column to a value");
        }
        if (listed && !identity && options.explicitIds) {
            throw new CopyFailure("EXPLICIT_IDS needs the identity column in the column list");
        }
    }

    private void checkRegion() throws CopyFailure {
        if (!options.region.isEmpty() && !options.region.equals(SourceObjects.REGION)) {
            throw new CopyFailure("S3ServiceException:The bucket you are attempting to access must be addressed using "
                    + "the specified endpoint. Please send all future requests to this endpoint.,Status 301,Error "
                    + "PermanentRedirect");
        }
    }

    private List<Manifest.Entry> sources() throws IOException, CopyFailure {
        CopyCommand command = job.command();
        if (options.manifest) {
            Optional<InputStream> manifest = objects.open(command.bucket(), command.key());
            if (manifest.isEmpty()) {
                throw new CopyFailure("Problem reading manifest file - S3ServiceException:The specified key does not "
                        + "exist.,Status 404,Error NoSuchKey");
            }
            try (InputStream in = manifest.get()) {
                return Manifest.read(in).entries();
            }
        }
        return objects.keys(command.bucket(), command.key()).stream()
                .map(key -> new Manifest.Entry(command.bucket(), key, true))
                .toList();
    }

    private void read(Manifest.Entry source) throws IOException, CopyFailure {
        Optional<InputStream> object = objects.open(source.bucket(), source.key());
        if (object.isEmpty()) {
            if (source.mandatory()) {
                throw new CopyFailure("Mandatory url is not present in S3: " + source.url());
            }
            return;
        }
        Instant begin = Instant.now();
        try (InputStream stored = object.get();
                InputStream in = Decompression.open(stored, options.compression)) {
            RecordReader records = new RecordReader(in, options.delimiter, options.quote);
            long lines = records(records, source);
            files.add(new LoadedFile(source.url(), records.bytesRead(), lines, begin, Instant.now()));
        } catch (ZipException | EOFException e) {
            throw new CopyFailure("Invalid compressed data in " + source.url());
        }
    }

    private long records(RecordReader records, Manifest.Entry source) throws IOException {
        List<Fault> waiting = faults.waitingFor(source.url());
        boolean more = true;
        while (more && !stopped) {
            try {
                more = records.next();
                if (!more || records.number() <= options.ignoreHeader || blank(records)) {
                    continue;
                }
                for (Fault fault : waiting) {
                    faults.check(fault, records, records.number() - options.ignoreHeader);
                }
                converter.convert(records, rows);
                if (options.noLoad) {
                    rows.dropRow();
                    continue;
                }
                rowCount++;
                if (rows.endRow() && backend.available()) {
                    // PostgreSQL has failed already and throws the rest away.
                    return records.number();
                }
            } catch (FieldException e) {
                rows.dropRow();
                // Whether the error views show what IGNOREALLERRORS ignores is not documented; so they do not.
                if (!options.ignoreAllErrors) {
                    errors.add(error(records, source, e));
                    stopped = errors.size() >= Math.max(1, options.maxErrors);
                }
            }
        }
        return records.number();
    }

    private boolean blank(RecordReader records) {
        return options.ignoreBlankLines && records.fields() == 1 && records.start(0) == records.end(0);
    }

    private LoadError error(RecordReader records, Manifest.Entry source, FieldException e) {
        int field = Math.max(0, Math.min(e.field(converter.field()), columns.size() - 1));
        boolean known = field < records.fields();
        int from = known ? records.start(field) : records.recordStart();
        int to = known ? records.end(field) : from;
        CopyColumn column = columns.get(field);
        return new LoadError(
                source.url(),
                flavour.countsRecords() ? records.number() : records.line(),
                column.name(),
                column.typeName(),
                column.length() > 0 ? Integer.toString(column.length()) : "0",
                from - records.recordStart(),
                text(records.bytes(), records.recordStart(), records.recordEnd()),
                text(records.bytes(), from, to),
                e.code(),
                e.reason());
    }

    private static String text(byte[] bytes, int from, int to) {
        int end = Math.min(to, from + RAW_LENGTH);
        return new String(bytes, from, Math.max(0, end - from), StandardCharsets.UTF_8).stripTrailing();
    }
}
