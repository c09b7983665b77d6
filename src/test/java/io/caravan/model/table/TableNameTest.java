package io.caravan.model.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    employee               | public.employee
                    Sales.Orders           | sales.orders
                    "sales"."orders"       | sales.orders
                    "Sales".orders         | sales.orders
                    sales . "two words"    | sales.two words
                    sales.öre-1$           | sales.öre-1$
                    """)
    void isSchemaAndTableInLowerCaseWhateverStandsInQuotes(String written, String name) {
        assertThat(TableName.parse(written)).hasToString(name);
        assertThat(TableName.parse(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.public.employee",
                "\"dev\".\"public\".\"employee\"",
                "public.\"a.b\"",
                "\"public.employee\"",
                "public.\"a\"\"b\"",
                "public.\"employee",
                "public.",
                ".employee",
                "public. ",
                "\"\".employee"
            })
    void whatIsNotOfThatFormIsRefusedWithTheWayOut(String written) {
        assertThatIllegalArgumentException().isThrownBy(() -> TableName.parse(written));
    }
}
