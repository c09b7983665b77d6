package io.caravan.app.verify;

import io.caravan.app.text.JsonLines;
import io.caravan.load.remember.RememberedCheck;
import io.caravan.load.verify.TableVerification;
import io.caravan.model.verify.DifferentRow;
import io.caravan.model.verify.TableDifferences;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The compared tables for programs: a table a line. A figure that was not asked for, or is not known, is null. */
final class VerifyJson {

    private VerifyJson() {}

    static String of(VerifyReport report) {
        return JsonLines.of(report.tables().stream().map(VerifyJson::table).toList());
    }

    private static Map<String, @Nullable Object> table(VerifiedTable table) {
        TableVerification result = table.result();
        @Nullable TableDifferences differences = result.differences();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("table", result.table().toString());
        json.put("feeds", result.feeds());
        json.put("result", result.verdict().text());
        json.put("equal", differences == null ? null : differences.equal());
        json.put("different", differences == null ? null : differences.different());
        json.put("missing", differences == null ? null : differences.missing());
        json.put("doubled", differences == null ? null : differences.doubled());
        json.put("in no object", differences == null ? null : differences.inNoObject());
        json.put("different columns", differences == null ? Map.of() : differences.columns());
        json.put(
                "rows",
                differences == null
                        ? List.of()
                        : differences.first().stream().map(VerifyJson::row).toList());
        json.put("not compared", result.leftOut());
        json.put("reasons", result.reasons());
        json.put("loads", result.loads());
        json.put("position", result.position());
        json.put(
                "remembered",
                table.remembered().entrySet().stream()
                        .map(VerifyJson::remembered)
                        .toList());
        json.put("code", result.failure() == null ? null : result.failure().code());
        json.put("failure", result.failure() == null ? null : result.failure().getMessage());
        return json;
    }

    private static Map<String, @Nullable Object> row(DifferentRow row) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("difference", row.difference().text());
        json.put("values", row.values());
        return json;
    }

    private static Map<String, @Nullable Object> remembered(Map.Entry<String, RememberedCheck.Result> feed) {
        RememberedCheck.Result result = feed.getValue();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("feed", feed.getKey());
        json.put("result", result.differs() ? "different" : "equal");
        json.put("equal", result.equal());
        json.put("different", result.different());
        json.put("only in table", result.onlyInTarget());
        json.put("only remembered", result.onlyRemembered());
        json.put("detail", result.detail());
        return json;
    }
}
