package io.caravan.sandbox;

/** The options of one COPY, with Redshift's defaults. Filled by {@link CopyParser}, then only read. */
final class CopyOptions {

    enum Compression {
        NONE,
        GZIP,
        ZSTD,
        BZIP2
    }

    /** No byte is. */
    static final int NO_QUOTE = Integer.MIN_VALUE;

    boolean manifest;
    boolean csv;
    Compression compression = Compression.NONE;
    byte delimiter;
    /** {@link #NO_QUOTE} without CSV. */
    int quote = '"';

    String nullAs = "\\N";
    int ignoreHeader;
    boolean emptyAsNull;
    boolean blanksAsNull;
    boolean roundDecimals;
    boolean truncateColumns;
    boolean fillRecord;
    boolean ignoreBlankLines;
    boolean trimBlanks;
    boolean acceptAnyDate;
    boolean explicitIds;
    boolean noLoad;

    /** ARN of the role, or {@code default}; empty where there is none. */
    String iamRole = "";

    /** Returns the role of CREDENTIALS; empty where there are keys. */
    static String role(String credentials) {
        String name = "aws_iam_role=";
        return credentials.startsWith(name) ? credentials.substring(name.length()) : "";
    }

    /** Region of the bucket; empty for that of the cluster. */
    String region = "";

    /** The byte in place of each invalid one, or -1 to refuse them. */
    int invalidCharacter = -1;

    int maxErrors;

    /** Whether no error makes the COPY fail. */
    boolean ignoreAllErrors;

    String dateFormat = "YYYY-MM-DD";
    String timeFormat = "YYYY-MM-DD HH:MI:SS";
}
