package io.caravan.redshift.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.model.table.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerVersionTest {

    @Test
    void theReleaseBeforeCanAlwaysUseWhatThisOneMakes() {
        assertThat(LedgerVersion.CURRENT.usableFrom()).isLessThan(LedgerVersion.CURRENT.number());
    }

    @Test
    void theCommentSaysTheVersion() {
        assertThat(LedgerVersion.parse(LedgerVersion.CURRENT.comment())).isEqualTo(LedgerVersion.CURRENT);
        assertThat(LedgerVersion.parse("Caravan ledger version 12, usable from version 11 on"))
                .isEqualTo(new LedgerVersion(12, 11));
    }

    @Test
    void theManualHasTheStatement() throws IOException {
        assertThat(Files.readString(Path.of("docs/operations.md")))
                .contains(LedgerSql.sayVersion(TableName.parse("public.employee")) + ";");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "kept by the team of sales",
                "Caravan ledger version 99999999999, usable from version 1 on",
                "Caravan ledger version two, usable from version 1 on",
                "Caravan ledger version 2, usable from version 1 on, and more"
            })
    void whatSaysNoneIsTheFirst(@Nullable String comment) {
        assertThat(LedgerVersion.parse(comment)).isEqualTo(new LedgerVersion(1, 1));
    }

    @Test
    void whatIsLaterIsUsedWhereItMayBe() {
        int mine = LedgerVersion.CURRENT.number();

        assertThat(new LedgerVersion(mine + 5, mine).isUsable()).isTrue();
        assertThat(new LedgerVersion(mine + 5, mine).isNewer()).isTrue();
        assertThat(new LedgerVersion(mine + 5, mine + 1).isUsable()).isFalse();
        assertThat(LedgerVersion.CURRENT.isNewer() || LedgerVersion.CURRENT.isOlder())
                .isFalse();
        assertThat(new LedgerVersion(mine - 1, 1).isOlder()).isTrue();
    }
}
