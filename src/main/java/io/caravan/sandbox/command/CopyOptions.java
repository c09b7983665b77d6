package io.caravan.sandbox.command;

import io.caravan.sandbox.grammar.CopyParser;

/** The options of one COPY, with Redshift's defaults. Filled by {@link CopyParser}, then only read. */
public final class CopyOptions {

    public enum Compression {
        NONE,
        GZIP,
        ZSTD,
        BZIP2
    }

    /** No byte is. */
    public static final int NO_QUOTE = Integer.MIN_VALUE;

    public boolean manifest;
    public boolean csv;
    public Compression compression = Compression.NONE;
    public byte delimiter;
    /** {@link #NO_QUOTE} without CSV. */
    public int quote = '"';

    public String nullAs = "\\N";
    public int ignoreHeader;
    public boolean emptyAsNull;
    public boolean blanksAsNull;
    public boolean roundDecimals;
    public boolean truncateColumns;
    public boolean fillRecord;
    public boolean ignoreBlankLines;
    public boolean trimBlanks;
    public boolean acceptAnyDate;
    public boolean explicitIds;
    public boolean noLoad;

    /** ARN of the role, or {@code default}; empty where there is none. */
    public String iamRole = "";

    /** Returns the role of CREDENTIALS; empty where there are keys. */
    public static String role(String credentials) {
        String name = "aws_iam_role=";
        return credentials.startsWith(name) ? credentials.substring(name.length()) : "";
    }

    /** Region of the bucket; empty for that of the cluster. */
    public String region = "";

    /** The byte in place of each invalid one, or -1 to refuse them. */
    public int invalidCharacter = -1;

    public int maxErrors;

    /** Whether no error makes the COPY fail. */
    public boolean ignoreAllErrors;

    public String dateFormat = "YYYY-MM-DD";
    public String timeFormat = "YYYY-MM-DD HH:MI:SS";
}
