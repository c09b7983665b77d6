package io.caravan.app.monitor;

import static io.caravan.app.html.Attribute.attr;
import static io.caravan.app.html.Attribute.css;
import static io.caravan.app.html.Html.el;

import io.caravan.app.html.Href;
import io.caravan.app.html.Html;
import io.caravan.app.web.Visitor;
import java.util.List;

/** What stands around each page, and how a page refreshes itself. */
final class Document {

    private static final int SOON_SECONDS = 2;
    private static final int LATER_SECONDS = 15;

    /** Nothing that a script could be made of; no style of its own, no page kept, no other site asked. */
    private static final String HTMX =
            "{\"allowEval\":false,\"allowScriptTags\":false,\"includeIndicatorStyles\":false,"
                    + "\"historyCacheSize\":0,\"historyEnabled\":false,\"selfRequestsOnly\":true}";

    private record Entry(String name, String segment) {}

    private static final List<Entry> MENU = List.of(
            new Entry("Feeds", ""),
            new Entry("Loads", "loads"),
            new Entry("Objects", "objects"),
            new Entry("Dead letters", "dead-letters"),
            new Entry("Timeline", "timeline"));

    private Document() {}

    /**
     * Returns a whole page.
     *
     * @param address of the page, with its parameters
     * @param segment the first part of its path, by which the menu knows it
     * @param version of what it shows
     */
    static String of(Shown shown, String address, String segment, String version, Visitor visitor, String program) {
        Html page = el(
                "html",
                attr("lang", "en"),
                el(
                        "head",
                        el("meta", attr("charset", "utf-8")),
                        el("meta", attr("name", "viewport"), attr("content", "width=device-width, initial-scale=1")),
                        el("meta", attr("name", "color-scheme"), attr("content", "light dark")),
                        el("meta", attr("name", "htmx-config"), attr("content", HTMX)),
                        el("title", shown.title() + " · Caravan"),
                        el(
                                "link",
                                attr("rel", "icon"),
                                attr("href", "/assets/icon.svg"),
                                attr("type", "image/svg+xml")),
                        el("link", attr("rel", "stylesheet"), attr("href", "/assets/monitor.css")),
                        el("script", attr("src", "/assets/htmx.min.js"), attr("defer", "defer")),
                        el("script", attr("src", "/assets/monitor.js"), attr("defer", "defer"))),
                el(
                        "body",
                        el("a", css("skip"), attr("href", "#main"), "Skip to the content"),
                        el(
                                "header",
                                el("p", css("brand"), Href.of().link("Caravan")),
                                el("nav", attr("aria-label", "Pages"), el("ul", menu(segment))),
                                el("p", css("who"), visitor.name().isEmpty() ? "read-only" : visitor.name())),
                        el(
                                "main",
                                attr("id", "main"),
                                attr("tabindex", "-1"),
                                el("h1", shown.title()),
                                shown.head(),
                                el(
                                        "p",
                                        attr("id", "stale"),
                                        attr("hidden", "hidden"),
                                        attr("role", "status"),
                                        css("hint bad"),
                                        "This is not up to date: the service does not answer."),
                                live(shown, address, version)),
                        el("footer", el("p", "Caravan " + program + " · times are UTC"))));
        return "<!doctype html>\n" + page + "\n";
    }

    private static List<Html> menu(String segment) {
        return MENU.stream()
                .map(entry -> el(
                        "li",
                        el(
                                "a",
                                attr("href", entry.segment().isEmpty() ? Href.of() : Href.of(entry.segment())),
                                entry.segment().equals(segment) ? attr("aria-current", "page") : null,
                                entry.name())))
                .toList();
    }

    /** Returns the part that refreshes itself: it asks for itself, and names what it shows. */
    static Html live(Shown shown, String address, String version) {
        return el(
                "div",
                attr("id", "live"),
                attr("hx-get", address + (address.contains("?") ? "&" : "?") + "part=" + version),
                attr("hx-trigger", "refresh"),
                attr("hx-swap", "outerHTML"),
                attr("data-every", shown.isMoving() ? SOON_SECONDS : LATER_SECONDS),
                shown.live());
    }
}
