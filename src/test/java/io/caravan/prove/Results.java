package io.caravan.prove;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a run has found, for people and for programs.
 *
 * @param warehouse the server's own word of its version
 * @param left what could not be removed, with the reasons
 */
record Results(String time, String driver, String warehouse, List<Tried> tried, List<String> left) {

    long count(Verdict verdict) {
        return tried.stream()
                .flatMap(one -> one.findings().stream())
                .filter(finding -> finding.verdict() == verdict)
                .count();
    }

    /** Prints a table. */
    void print(PrintWriter out, Masking masking) {
        out.println("Warehouse: " + masking.mask(warehouse));
        out.println("Driver:    " + driver);
        for (Tried one : tried) {
            out.println();
            out.println(one.assumption().number() + ". " + one.assumption().name() + " (settles: "
                    + one.assumption().settles() + "; " + one.took().toSeconds() + " s)");
            for (Finding finding : one.findings()) {
                out.println(String.format("   %-19s", finding.verdict().text()) + masking.mask(finding.claim()));
                out.println(" ".repeat(22) + masking.mask(finding.seen()));
            }
        }
        out.println();
        for (String what : left) {
            out.println("NOT REMOVED: " + masking.mask(what));
        }
        out.println(count(Verdict.HOLDS) + " hold, " + count(Verdict.DIFFERS) + " differ, " + count(Verdict.UNTRIED)
                + " could not be tried");
        out.flush();
    }

    /** Writes JSON. */
    void write(Path file, Masking masking) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("time", time);
        json.put("driver", driver);
        json.put("warehouse", masking.mask(warehouse));
        json.put("holds", count(Verdict.HOLDS));
        json.put("differs", count(Verdict.DIFFERS));
        json.put("untried", count(Verdict.UNTRIED));
        json.put("assumptions", tried.stream().map(one -> json(one, masking)).toList());
        json.put("notRemoved", left.stream().map(masking::mask).toList());
        Files.writeString(
                file,
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(json) + "\n");
    }

    private static Map<String, Object> json(Tried one, Masking masking) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", one.assumption().number());
        json.put("name", one.assumption().name());
        json.put("settles", one.assumption().settles());
        json.put("milliseconds", one.took().toMillis());
        json.put(
                "claims",
                one.findings().stream()
                        .map(finding -> {
                            Map<String, String> claim = new LinkedHashMap<>();
                            claim.put("claim", masking.mask(finding.claim()));
                            claim.put("verdict", finding.verdict().text());
                            claim.put("seen", masking.mask(finding.seen()));
                            return claim;
                        })
                        .toList());
        return json;
    }
}
