package io.caravan.redshift.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import io.caravan.base.Reaction;
import io.caravan.base.RetryableException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedshiftFailuresTest {

    /** What Redshift says, by SQLSTATE and message, and what Caravan does about it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    # Others were at it too: the same again is likely to work.
                    XX000 | 1023                                                                 | WAREHOUSE_CONFLICT    | RETRYABLE
                    XX000 | ERROR: 1023 Detail: Serializable isolation violation on table - 1    | WAREHOUSE_CONFLICT    | RETRYABLE
                    XX000 | could not complete because of conflict with concurrent transaction   | WAREHOUSE_CONFLICT    | RETRYABLE
                    40001 | could not serialize access due to concurrent update                  | WAREHOUSE_CONFLICT    | RETRYABLE
                    40P01 | deadlock detected                                                    | WAREHOUSE_CONFLICT    | RETRYABLE
                    XX000 | could not open relation with OID 4711                                | WAREHOUSE_CONFLICT    | RETRYABLE
                    XX000 | ERROR: 1018 Detail: Relation does not exist.                         | WAREHOUSE_CONFLICT    | RETRYABLE
                    # It is not there, or has other things to do.
                    08001 | Connection refused.                                                  | WAREHOUSE_UNREACHABLE | RETRYABLE
                    08003 | This connection has been closed.                                     | WAREHOUSE_UNREACHABLE | RETRYABLE
                    08006 | An I/O error occurred while sending to the backend.                  | WAREHOUSE_UNREACHABLE | RETRYABLE
                    08S01 | Communications link failure                                          | WAREHOUSE_UNREACHABLE | RETRYABLE
                    57P01 | terminating connection due to administrator command                  | WAREHOUSE_UNREACHABLE | RETRYABLE
                    57P03 | the database system is starting up                                   | WAREHOUSE_UNREACHABLE | RETRYABLE
                    XX000 | Cannot execute write query because system is in resize mode          | WAREHOUSE_BUSY        | RETRYABLE
                    53300 | connection limit "500" exceeded for non-bootstrap users              | WAREHOUSE_BUSY        | RETRYABLE
                    XX000 | Disk Full                                                            | WAREHOUSE_DISK_FULL   | RETRYABLE
                    # S3 is not there for COPY just now.
                    XX000 | S3ServiceException:Please reduce your request rate.,Status 503,Error SlowDown,Rid A,CanRetry 1 | OBJECT_STORE_FAILED | RETRYABLE
                    XX000 | S3ServiceException:We encountered an internal error.,Status 500,Error InternalError | OBJECT_STORE_FAILED | RETRYABLE
                    XX000 | S3ServiceException:The provided token has expired.,Status 400,Error ExpiredToken,Rid A | OBJECT_STORE_FAILED | RETRYABLE
                    XX000 | Mandatory url is not present in S3: s3://b/k                         | OBJECT_STORE_FAILED   | RETRYABLE
                    XX000 | S3CurlException: Connection timed out after 50000 milliseconds, CurlError 28, multiCurlError 0, CanRetry 1 | OBJECT_STORE_UNREACHABLE | RETRYABLE
                    # It may be too much at once, or one object's data.
                    57014 | Query (1) cancelled on user's request                                | WAREHOUSE_CANCELLED   | RETRYABLE_APART
                    XX000 | Query (1) cancelled by WLM abort action: system requested abort      | WAREHOUSE_CANCELLED   | RETRYABLE_APART
                    XX000 | Load into table 'caravan_rows' failed.                               | WAREHOUSE_DATA        | RETRYABLE_APART
                    XX000 | Load into table 't' failed.  Check 'stl_load_errors' system table for details. | WAREHOUSE_REFUSED_ROWS | RETRYABLE_APART
                    XX000 | Load into table 't' failed.  Check 'sys_load_error_detail' system table for details. [ErrorId: 1-1023] | WAREHOUSE_REFUSED_ROWS | RETRYABLE_APART
                    XX000 | Found multiple matches to update the same tuple.                     | WAREHOUSE_DATA        | RETRYABLE_APART
                    XX000 | Cannot insert a NULL value into column id                            | WAREHOUSE_DATA        | RETRYABLE_APART
                    XX000 | Numeric data overflow (result precision)                             | WAREHOUSE_DATA        | RETRYABLE_APART
                    22001 | Value too long for character type                                    | WAREHOUSE_DATA        | RETRYABLE_APART
                    25P02 | current transaction is aborted                                       | WAREHOUSE_FAILED      | RETRYABLE_APART
                    XX000 | Assert, process 1023 is gone                                         | WAREHOUSE_FAILED      | RETRYABLE_APART
                    # Somebody has to change something.
                    XX000 | S3ServiceException:Access Denied,Status 403,Error AccessDenied,Rid D14F284F,ExtRid AX=,CanRetry 1 | STAGING_UNREADABLE | FATAL
                    XX000 | S3ServiceException:The AWS Access Key Id you provided does not exist in our records.,Status 403,Error InvalidAccessKeyId | STAGING_UNREADABLE | FATAL
                    XX000 | S3ServiceException:The specified bucket does not exist,Status 404,Error NoSuchBucket,Rid A | STAGING_UNREADABLE | FATAL
                    XX000 | S3ServiceException:The bucket you are attempting to access must be addressed using the specified endpoint.,Status 301,Error PermanentRedirect,Rid 0 | STAGING_UNREADABLE | FATAL
                    XX000 | S3ServiceException:The S3 bucket addressed by the query is in a different region from this cluster.,Status 301,Error PermanentRedirect | STAGING_UNREADABLE | FATAL
                    XX000 | Problem reading manifest file - S3ServiceException:The specified key does not exist.,Status 404,Error NoSuchKey | STAGING_UNREADABLE | FATAL
                    XX000 | Manifest file is not in correct json format                          | STAGING_UNREADABLE    | FATAL
                    XX000 | The specified S3 prefix 'staging/x' does not exist                   | STAGING_UNREADABLE    | FATAL
                    XX000 | User arn:aws:redshift:us-west-1:264:dbuser:c/u is not authorized to assume IAM Role arn:aws:iam::264:role/r | STAGING_UNREADABLE | FATAL
                    XX000 | Not authorized to get credentials of role arn:aws:iam::264:role/r    | STAGING_UNREADABLE    | FATAL
                    42501 | Not authorized to get credentials of role arn:aws:iam::264:role/r    | STAGING_UNREADABLE    | FATAL
                    XX000 | IAM Role arn:aws:iam::264:role/r is not associated with the cluster  | STAGING_UNREADABLE    | FATAL
                    XX000 | IAM role is invalid: arn:aws:iam::264:role/r                         | STAGING_UNREADABLE    | FATAL
                    28000 | password authentication failed for user "x"                          | WAREHOUSE_LOGIN       | FATAL
                    3D000 | database "nowhere" does not exist                                    | WAREHOUSE_LOGIN       | FATAL
                    42501 | permission denied for schema sales                                   | WAREHOUSE_DENIED      | FATAL
                    XX000 | permission denied for relation orders                                | WAREHOUSE_DENIED      | FATAL
                    XX000 | must be owner of relation orders                                     | WAREHOUSE_DENIED      | FATAL
                    42P01 | relation "sales.orders" does not exist                               | TARGET_NOT_FOUND      | FATAL
                    3F000 | schema "sales" does not exist                                        | TARGET_NOT_FOUND      | FATAL
                    42601 | syntax error at or near "RETURNING"                                  | WAREHOUSE_STATEMENT   | FATAL
                    42703 | column "total" does not exist in orders                              | WAREHOUSE_STATEMENT   | FATAL
                    2BP01 | cannot drop table orders because other objects depend on it          | WAREHOUSE_STATEMENT   | FATAL
                    0A000 | cannot alter type of a column used by a view or rule                 | WAREHOUSE_STATEMENT   | FATAL
                    """)
    void eachFailureHasItsReaction(String state, String text, ErrorCode code, Reaction reaction) {
        CaravanException failure = RedshiftFailures.translate("trying", new SQLException(text, state));

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.code().reaction()).isEqualTo(reaction);
    }

    @Test
    void aPoolWithoutAFreeConnectionIsNotAWarehouseThatIsAway() {
        SQLException exhausted = new SQLTransientConnectionException(
                "warehouse - Connection is not available, request timed out after 30000ms (total=4, active=4, idle=0)");

        assertThat(RedshiftFailures.translate("connecting", exhausted))
                .isInstanceOf(RetryableException.class)
                .hasMessage(
                        "Redshift failed while connecting: every connection is in use (warehouse - Connection is not"
                                + " available, request timed out after 30000ms (total=4, active=4, idle=0)); raise"
                                + " caravan.warehouse.pool-size to more than the feeds that load at the same time");
    }

    @Test
    void theServersOwnFailureIsFoundUnderWhatThePoolSays() {
        SQLException login = new SQLException("password authentication failed for user \"x\"", "28000");
        SQLException pool =
                new SQLTransientConnectionException("warehouse - Connection is not available", "08001", login);

        assertThat(RedshiftFailures.translate("connecting", pool).code()).isEqualTo(ErrorCode.WAREHOUSE_LOGIN);
    }

    /** The driver's word for every exception that it did not think of: the reason is behind it, or in the cause alone. */
    @Test
    void whatTheDriverDidNotExpectIsToldByItsReason() {
        String unusual = "Something unusual has occurred to cause the driver to fail. Please report this exception:";
        IllegalStateException reason = new IllegalStateException("the profile x is not there\nand more");

        assertThat(RedshiftFailures.translate("connecting", new SQLException(unusual + reason, "99999", reason)))
                .hasMessage("Redshift failed while connecting: the profile x is not there, SQLSTATE 99999");
        assertThat(RedshiftFailures.translate("connecting", new SQLException(unusual, "99999")))
                .hasMessage(
                        "Redshift failed while connecting: Something unusual has occurred to cause the driver to fail."
                                + " Please report this exception:, SQLSTATE 99999");
    }

    @Test
    void valuesOfRowsAreNeverRepeated() {
        BatchUpdateException batch = new BatchUpdateException(
                "Batch entry 0 INSERT INTO t VALUES ('secret') was aborted", "22001", 0, new int[0]);
        batch.setNextException(new SQLException("value too long: secret", "22001"));

        CaravanException failure = RedshiftFailures.translate("staging rows", batch);

        assertThat(failure)
                .hasMessage("Redshift failed while staging rows: SQLSTATE 22001")
                .hasNoCause();
    }

    @Test
    void aFailureOverDataIsToldOnlyWhereItQuotesNone() {
        SQLException quoting = new SQLException("Invalid digit, Value 's', Pos 0, Type: Integer", "XX000");
        SQLException plain =
                new SQLException("Load into table 'caravan_rows' failed.  Check 'stl_load_errors'.", "XX000");

        assertThat(RedshiftFailures.translate("copying", quoting))
                .hasMessage("Redshift failed while copying: SQLSTATE XX000")
                .hasNoCause();
        assertThat(RedshiftFailures.translate("copying", plain))
                .hasMessage("Redshift failed while copying: Load into table 'caravan_rows' failed.  Check"
                        + " 'stl_load_errors', SQLSTATE XX000")
                .hasCause(plain);
    }
}
