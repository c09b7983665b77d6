package io.caravan.redshift;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.base.CaravanException;
import io.caravan.base.ErrorCode;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    XX000 | 1023                                                                 | WAREHOUSE_CONFLICT
                    XX000 | could not complete because of conflict with concurrent transaction   | WAREHOUSE_CONFLICT
                    XX000 | could not open relation with OID 4711                                | WAREHOUSE_CONFLICT
                    40P01 | deadlock detected                                                    | WAREHOUSE_CONFLICT
                    08006 | An I/O error occurred while sending to the backend.                  | WAREHOUSE_UNREACHABLE
                    57P01 | terminating connection due to administrator command                  | WAREHOUSE_UNREACHABLE
                    XX000 | Cannot execute write query because system is in resize mode          | WAREHOUSE_UNREACHABLE
                    28000 | password authentication failed for user "x"                          | WAREHOUSE_LOGIN
                    3D000 | database "nowhere" does not exist                                    | WAREHOUSE_LOGIN
                    42501 | permission denied for schema sales                                   | WAREHOUSE_DENIED
                    XX000 | must be owner of relation orders                                     | WAREHOUSE_DENIED
                    42P01 | relation "sales.orders" does not exist                               | TARGET_NOT_FOUND
                    XX000 | Load into table 't' failed.  Check 'stl_load_errors' system table for details. | WAREHOUSE_REFUSED_ROWS
                    XX000 | Load into table 't' failed.  Check 'sys_load_error_detail' system table for details. [ErrorId: 1-1023] | WAREHOUSE_REFUSED_ROWS
                    XX000 | Mandatory url is not present in S3: s3://b/k                         | WAREHOUSE_FAILED
                    57014 | Query (1) cancelled on user's request                                | WAREHOUSE_FAILED
                    """)
    void eachFailureHasItsReaction(String state, String text, ErrorCode code) {
        assertThat(Failures.translate("trying", new SQLException(text, state)).code())
                .isEqualTo(code);
    }

    @Test
    void theServersOwnFailureIsFoundUnderWhatThePoolSays() {
        SQLException login = new SQLException("password authentication failed for user \"x\"", "28000");
        SQLException pool = new SQLException("warehouse - Connection is not available", "08001", login);

        assertThat(Failures.translate("connecting", pool).code()).isEqualTo(ErrorCode.WAREHOUSE_LOGIN);
    }

    @Test
    void valuesOfRowsAreNeverRepeated() {
        BatchUpdateException batch = new BatchUpdateException(
                "Batch entry 0 INSERT INTO t VALUES ('secret') was aborted", "22001", 0, new int[0]);
        batch.setNextException(new SQLException("value too long: secret", "22001"));

        CaravanException failure = Failures.translate("staging rows", batch);

        assertThat(failure)
                .hasMessage("Redshift failed while staging rows: SQLSTATE 22001")
                .hasNoCause();
    }
}
