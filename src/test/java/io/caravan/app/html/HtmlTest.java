package io.caravan.app.html;

import static io.caravan.app.html.Attribute.attr;
import static io.caravan.app.html.Html.el;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTest {

    private static final Pattern TAG = Pattern.compile("<[^>]*>");

    private static final List<String> PIECES = List.of(
            "<img src=x onerror=alert(1)>",
            "</td>",
            "\"",
            "'",
            "`",
            "<script>",
            "<!--",
            "-->",
            "]]>",
            "&lt;",
            "&#60;",
            "\u202e",
            "\0",
            "\r\n",
            "javascript:",
            " onclick=",
            "=",
            "/",
            "{{",
            "${",
            "é",
            "\ud800",
            "😀",
            "\u2028",
            "<svg/onload=",
            "\t");

    @Test
    void whateverStandsInItNothingBecomesMoreThanText() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(8); i >= 0; i--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            String hostile = text.toString();
            String html = el(
                            "a",
                            attr("href", Href.of("objects", hostile).with("key", hostile)),
                            attr("title", hostile),
                            hostile,
                            el("b", hostile))
                    .toString();
            assertThat(TAG.matcher(html).results().map(tag -> tag.group().replaceAll("[ >].*", "")))
                    .as("seed " + seed + ": " + hostile)
                    .containsExactly("<a", "<b", "</b", "</a");
            String opening = html.substring(0, html.indexOf('>'));
            assertThat(opening.replaceAll("=\"[^\"]*\"", "")).as("seed " + seed).isEqualTo("<a href title");
            assertThat(html).doesNotContain("\u202e").doesNotContain("\u2028").doesNotContain("\0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"onclick", "onError", "style", "srcdoc", "hx-on", "hx-on:click", "a b", "a\"", ""})
    void whatWouldRunSomethingIsNoAttribute(String name) {
        assertThatThrownBy(() -> attr(name, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "//evil.example",
                "/\\evil.example",
                "http://evil.example",
                "data:x",
                "",
                "a"
            })
    void noLinkLeadsElsewhere(String address) {
        assertThatThrownBy(() -> attr("href", address)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> attr("hx-get", address)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> attr("action", address)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noScriptNorStyleStandsInAPage() {
        assertThatThrownBy(() -> el("script", "alert(1)")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> el("style", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> el("iframe")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> el("b><i")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> el("p", new Object())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void piecesAndTextStandBesideEachOther() {
        assertThat(el("p", attr("id", "x"), "a & b ", el("b", 7), null, List.of(el("i", "c"), "d"))
                        .toString())
                .isEqualTo("<p id=\"x\">a &amp; b <b>7</b><i>c</i>d</p>");
    }

    @Test
    void anAddressIsOfPartsThatMayBeAnything() {
        assertThat(Href.of("loads", "a/b c?&#")
                        .with("k", "+&=")
                        .with("none", null)
                        .with("empty", "")
                        .toString())
                .isEqualTo("/loads/a%2Fb%20c%3F%26%23?k=%2B%26%3D");
        assertThat(Href.of("objects", "..").toString()).isEqualTo("/objects/%2E%2E");
        assertThat(Href.of().toString()).isEqualTo("/");
    }
}
