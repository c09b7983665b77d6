package io.caravan.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTextTest {

    @Test
    void whatATerminalObeysOrHidesIsEscaped() {
        assertThat(VisibleText.of("a\u001b[2J\u0000\u007f\u009b\u202e\u200b\ufeff\u2028\u00adz"))
                .isEqualTo("a\\u001b[2J\\u0000\\u007f\\u009b\\u202e\\u200b\\ufeff\\u2028\\u00adz");
        assertThat(VisibleText.of(new String(Character.toChars(0xE0041)))).isEqualTo("\\udb40\\udc41");
        assertThat(VisibleText.of("\ud800x")).isEqualTo("\\ud800x");
    }

    @Test
    void whatPeopleWriteStaysAsItIs() {
        String text = "Zürich, 東京, العربية, 😀, \\u001b, \"quoted\"";
        assertThat(VisibleText.of(text)).isSameAs(text);
    }

    @Test
    void aLineStaysALine() {
        assertThat(VisibleText.of("a\n\tb\r")).isEqualTo("a\\u000a\\u0009b\\u000d");
        assertThat(VisibleText.lines("a\n\tb\r")).isEqualTo("a\n\tb\\u000d");
    }
}
