package io.caravan.prove;

import io.caravan.prove.Findings.NotHere;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Real files for the COPY statements of Caravan's. */
final class CopySources {

    private final String role;
    private final String rows;
    private final String rejected;
    private final String repaired;
    private final String replayed;
    private final String unseen;
    private final String commas;
    private final String tabs;

    /** Puts them. */
    CopySources(Ground ground) throws NotHere {
        StagedFiles files = ground.files("copied");
        role = ground.roleClause();
        rows = files.putDataFiles("rows", "1,1,1,2026-01-01,1.5,2026-01-01 00:00:00\n");
        rejected = files.putDataFiles("rejected", "1,1,name,CODE,reason,record\n");
        repaired = files.putDataFiles("repaired", "1,1,name,round,1.5\n");
        replayed = files.putDataFiles("replayed", "1,1,load,1\n");
        unseen = files.putDataFiles("unseen", "1,1,hash\n");
        commas = files.put("commas.csv", fields(","));
        tabs = files.put("tabs.tsv", fields("\t"));
    }

    private static String fields(String delimiter) {
        String line = IntStream.rangeClosed(1, 15).mapToObj(i -> "f" + i).collect(Collectors.joining(delimiter));
        return line + "\n" + line + "\n";
    }

    /** Returns a COPY from these files; any other statement as it is. */
    String here(String sql) {
        if (!sql.startsWith("COPY")) {
            return sql;
        }
        return sql.replaceAll("'s3://[^']*'", "'" + source(sql) + "'")
                .replaceAll("IAM_ROLE (default|'[^']*')", role.replace("$", "\\$"));
    }

    private String source(String sql) {
        if (sql.startsWith("COPY caravan_rows")) {
            return rows;
        } else if (sql.startsWith("COPY caravan_rejected")) {
            return rejected;
        } else if (sql.startsWith("COPY caravan_repaired")) {
            return repaired;
        } else if (sql.startsWith("COPY caravan_replayed")) {
            return replayed;
        } else if (sql.startsWith("COPY caravan_unseen")) {
            return unseen;
        }
        return sql.contains("DELIMITER ','") ? commas : tabs;
    }
}
