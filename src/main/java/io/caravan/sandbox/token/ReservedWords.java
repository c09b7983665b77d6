package io.caravan.sandbox.token;

import java.util.Locale;
import java.util.Set;

/**
 * Words that are names only between double quotes; many of them are no such thing to PostgreSQL.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_pg_keywords.html">Reserved words</a>
 */
public final class ReservedWords {

    private static final Set<String> ALL = Set.of(
            """
            AES128 AES256 ALL ALLOWOVERWRITE ANALYSE ANALYZE AND ANY ARRAY AS ASC AUTHORIZATION AZ64 BACKUP BETWEEN
            BINARY BLANKSASNULL BOTH BYTEDICT BZIP2 CASE CAST CHECK COLLATE COLUMN CONSTRAINT CREATE CREDENTIALS CROSS
            CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER CURRENT_USER_ID DEFAULT DEFERRABLE DEFLATE DEFRAG
            DELTA DELTA32K DESC DISABLE DISTINCT DO ELSE EMPTYASNULL ENABLE ENCODE ENCRYPT ENCRYPTION END EXCEPT EXPLICIT
            FALSE FOR FOREIGN FREEZE FROM FULL GLOBALDICT256 GLOBALDICT64K GRANT GROUP GZIP HAVING IDENTITY IGNORE ILIKE
            IN INITIALLY INNER INTERSECT INTERVAL INTO IS ISNULL JOIN LEADING LEFT LIKE LIMIT LOCALTIME LOCALTIMESTAMP
            LUN LUNS LZO LZOP MINUS MOSTLY16 MOSTLY32 MOSTLY8 NATURAL NEW NOT NOTNULL NULL NULLS OFF OFFLINE OFFSET OID
            OLD ON ONLY OPEN OR ORDER OUTER OVERLAPS PARALLEL PARTITION PERCENT PERMISSIONS PIVOT PLACING PRIMARY QUALIFY
            RAW READRATIO RECOVER REFERENCES REJECTLOG RESORT RESPECT RESTORE RIGHT SELECT SESSION_USER SIMILAR SNAPSHOT
            SOME SYSDATE SYSTEM TABLE TAG TDES TEXT255 TEXT32K THEN TIMESTAMP TO TOP TRAILING TRUE TRUNCATECOLUMNS UNION
            UNIQUE UNNEST UNPIVOT USER USING VERBOSE WALLET WHEN WHERE WITH WITHOUT
            """
                    .toLowerCase(Locale.ROOT)
                    .strip()
                    .split("\\s+"));

    /** Words that end a table or a select item, though they are not reserved: never an alias without AS. */
    private static final Set<String> NO_ALIAS = Set.of(
            "set",
            "returning",
            "tablesample",
            "lateral",
            "filter",
            "window",
            "fetch",
            "values",
            "conflict",
            "start",
            "connect",
            "within",
            "over");

    private ReservedWords() {}

    static boolean contains(Token token) {
        return token.kind() == Token.Kind.WORD && ALL.contains(token.text());
    }

    /** Returns whether the token can be an alias that no AS precedes. */
    public static boolean isAlias(Token token) {
        return token.isName()
                && !contains(token)
                && !(token.kind() == Token.Kind.WORD && NO_ALIAS.contains(token.text()));
    }
}
