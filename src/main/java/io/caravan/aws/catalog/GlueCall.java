package io.caravan.aws.catalog;

/**
 * What is asked of Glue, and who may ask.
 *
 * @see <a href="https://docs.aws.amazon.com/lake-formation/latest/dg/lf-permissions-reference.html">Lake Formation permissions</a>
 */
enum GlueCall {
    READ_TABLE("read the", "glue:GetTable on the catalog, its database and the table", "DESCRIBE on the table"),
    READ_PARTITIONS(
            "read the partitions of the",
            "glue:GetPartitions on the catalog, its database and the table",
            "DESCRIBE on the table"),
    CREATE_DATABASE(
            "make the",
            "glue:GetDatabase and glue:CreateDatabase on the catalog and the database",
            "CREATE_DATABASE on the catalog"),
    CREATE_TABLE(
            "make the",
            "glue:CreateTable on the catalog, its database and the table",
            "CREATE_TABLE on the database and DATA_LOCATION_ACCESS on its location in S3"),
    UPDATE_TABLE(
            "change the",
            "glue:UpdateTable on the catalog, its database and the table",
            "ALTER on the table and DATA_LOCATION_ACCESS on its location in S3"),
    CHANGE_PARTITIONS(
            "change partitions of the",
            "glue:BatchCreatePartition and glue:BatchUpdatePartition on the catalog, its database and the table",
            "INSERT and ALTER on the table and DATA_LOCATION_ACCESS on its location in S3"),
    READ_CONNECTION(
            "read the", "glue:GetConnection on the catalog and the connection", "nothing, as it keeps no connections"),
    READ_JOB("read the", "glue:GetJob on the job", "nothing, as it keeps no jobs");

    private final String verb;
    private final String permission;
    private final String lakeFormation;

    GlueCall(String verb, String permission, String lakeFormation) {
        this.verb = verb;
        this.permission = permission;
        this.lakeFormation = lakeFormation;
    }

    /** Returns what it does, before the name of what it is done to. */
    String verb() {
        return verb;
    }

    /** Returns the IAM actions that allow it, and on what. */
    String permission() {
        return permission;
    }

    /** Returns what Lake Formation asks for besides. */
    String lakeFormation() {
        return lakeFormation;
    }
}
