package io.caravan.prove;

import io.caravan.base.ErrorCode;
import io.caravan.model.table.Column;
import io.caravan.model.table.ColumnType;
import io.caravan.model.table.ColumnType.Kind;
import io.caravan.redshift.Production;
import io.caravan.spi.CopyTolerance;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** What COPY says where nothing is wrong with the rows, and what Caravan makes of it. */
final class FailureTexts implements Assumption {

    private static final List<Column> COLUMNS = List.of(new Column("id", ColumnType.of(Kind.BIGINT), true, false));

    /** For these an object would be blamed for what is not its fault. */
    private static final Set<ErrorCode> OF_ROWS = Set.of(ErrorCode.WAREHOUSE_REFUSED_ROWS, ErrorCode.WAREHOUSE_DATA);

    @Override
    public int number() {
        return 9;
    }

    @Override
    public String name() {
        return "What COPY says of roles, buckets and manifests";
    }

    @Override
    public String settles() {
        return "that a wrong setting does not look like bad objects";
    }

    @Override
    public void tryOn(Ground ground, Findings findings) throws Exception {
        String role = ground.role();
        StagedFiles files = ground.files("texts");
        String manifest = files.putDataFiles("rows", "1,1,1\n");
        findings.claim("a role that does not exist does not look like bad rows", () -> {
            String seen = fail(ground, manifest, "arn:aws:iam::000000000000:role/" + ground.schema());
            if (seen.isEmpty()) {
                throw new Findings.NotHere("the warehouse asks nobody about roles: COPY went through");
            }
            return seen;
        });
        findings.claim(
                "a bucket that does not exist does not look like bad rows",
                () -> failure(ground, "s3://" + ground.schema().replace('_', '-') + "/manifest.json", role));
        findings.claim(
                "a manifest that does not exist does not look like bad rows",
                () -> failure(ground, files.uri("none/manifest.json"), role));
        findings.claim(
                "an entry of a manifest that does not exist does not look like bad rows",
                () -> failure(ground, files.putManifest("gap/manifest.json", "rows/0.csv.zst", "none.csv.zst"), role));
        findings.claim(
                "a manifest that is none does not look like bad rows",
                () -> failure(ground, files.put("broken/manifest.json", "{"), role));
    }

    private static String failure(Ground ground, String manifest, String role) throws Exception {
        String seen = fail(ground, manifest, role);
        return Seen.that(!seen.isEmpty(), seen.isEmpty() ? "COPY went through" : seen);
    }

    /** Returns the code and the text; empty if COPY went through. */
    private static String fail(Ground ground, String manifest, String role) throws Exception {
        try (Session session = ground.connect()) {
            session.execute(Production.createRows(COLUMNS));
            session.execute(Production.copyRows(COLUMNS, manifest, role, Rows.NULL, CopyTolerance.NONE));
            return "";
        } catch (SQLException e) {
            ErrorCode code = Production.classify(e);
            return Seen.that(!OF_ROWS.contains(code), code + " for " + Findings.describe(e));
        }
    }
}
