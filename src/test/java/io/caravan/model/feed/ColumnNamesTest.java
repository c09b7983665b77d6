package io.caravan.model.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Of a name counts what can be seen of it. */
class ColumnNamesTest {

    @Test
    void whiteSpaceOfAllKindsIsOneBlank() {
        assertThat(ColumnNames.clean(" \t\u00A0a\r\n\u2003b\u3000\u0085c\u2028 d\u200B\uFEFF\u00AD "))
                .isEqualTo("a b c d");
        assertThat(ColumnNames.clean("\u200B\uFEFF \u00A0")).isEmpty();
        assertThat(ColumnNames.clean("a\u200B \uFEFFb")).isEqualTo("a b");
    }

    @Test
    void aLetterAndItsMarkAreOneCharacter() {
        assertThat(ColumnNames.fold("CAFE\u0301")).isEqualTo("café");
    }

    @Test
    void caseDoesNotDependOnTheLanguage() {
        assertThat(ColumnNames.fold("ID TITLE")).isEqualTo("id title");
    }

    @Test
    void wordsAreJoinedByUnderscores() {
        assertThat(ColumnNames.snake("Customer ID")).isEqualTo("customer_id");
        assertThat(ColumnNames.snake("customerID")).isEqualTo("customer_id");
        assertThat(ColumnNames.snake("XMLFile2Name")).isEqualTo("xml_file2_name");
        assertThat(ColumnNames.snake(" __Total -- Spent ($)")).isEqualTo("total_spent");
        assertThat(ColumnNames.snake("Größe\n(cm)")).isEqualTo("größe_cm");
        assertThat(ColumnNames.snake("2020 Sales")).isEqualTo("2020_sales");
        assertThat(ColumnNames.snake("ID")).isEqualTo("id");
        assertThat(ColumnNames.snake("%")).isEmpty();
        assertThat(ColumnNames.snake("_")).isEmpty();
    }

    @Test
    void lettersAreWhatNamesShare() {
        assertThat(ColumnNames.letters("Owner's  Age_2")).isEqualTo("ownersage2");
    }
}
