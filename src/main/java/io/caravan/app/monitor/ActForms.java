package io.caravan.app.monitor;

import static io.caravan.app.html.Attribute.attr;
import static io.caravan.app.html.Attribute.css;
import static io.caravan.app.html.Html.el;

import io.caravan.app.act.ActKind;
import io.caravan.app.html.Href;
import io.caravan.app.html.Html;
import io.caravan.app.web.Visitor;
import org.jspecify.annotations.Nullable;

/** Forms by which operators have something done; others do not see them. */
final class ActForms {

    private ActForms() {}

    /**
     * Returns the forms for a feed.
     *
     * @param load only the dead letters of this load; null for any
     * @param code only the dead letters with this code; null for any
     * @param column only the dead letters for which this column is to blame; null for any
     * @param key only the object with this key, and its dead letters; null for any
     */
    static Html of(
            Visitor visitor,
            String token,
            @Nullable String feed,
            @Nullable String load,
            @Nullable String code,
            @Nullable String column,
            @Nullable String key) {
        if (!visitor.mayAct() || feed == null) {
            return Html.NONE;
        }
        return el(
                "details",
                css("acts"),
                el("summary", "Actions of operators"),
                el(
                        "p",
                        Href.of("preview")
                                .with("feed", feed)
                                .with("key", key)
                                .link("Preview what the next load would do")),
                el(
                        "p",
                        css("hint quiet"),
                        "Each counts first what it would do, and does nothing until you confirm that."),
                el(
                        "form",
                        attr("method", "post"),
                        attr("action", "/acts"),
                        hidden("feed", feed),
                        hidden("token", token),
                        input("load", "Dead letters of load", load),
                        input("code", "with code", code),
                        input("column", "in column", column),
                        input("letterkey", "of object", key),
                        button(ActKind.REPLAY),
                        button(ActKind.DROP)),
                el(
                        "form",
                        attr("method", "post"),
                        attr("action", "/acts"),
                        hidden("feed", feed),
                        hidden("token", token),
                        input("key", "Object with key", key),
                        input("prefix", "or whose keys begin with", null),
                        button(ActKind.REARM),
                        button(ActKind.SKIP)));
    }

    private static Html button(ActKind kind) {
        return el(
                "button",
                attr("type", "submit"),
                attr("name", "act"),
                attr("value", kind.verb()),
                "Count what to " + kind.verb());
    }

    private static Html input(String name, String label, @Nullable String value) {
        return Html.all(
                el("label", attr("for", "act-" + name), label),
                el(
                        "input",
                        attr("id", "act-" + name),
                        attr("name", name),
                        attr("value", value == null ? "" : value),
                        attr("autocomplete", "off")));
    }

    static Html hidden(String name, String value) {
        return el("input", attr("type", "hidden"), attr("name", name), attr("value", value));
    }
}
