package io.caravan.app.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caravan.app.act.Act;
import io.caravan.app.act.ActDesk;
import io.caravan.app.act.ActKind;
import io.caravan.app.act.ActTicket;
import io.caravan.app.html.Href;
import io.caravan.app.web.Site;
import io.caravan.app.web.Visitor;
import io.caravan.app.web.WebRefusal;
import io.caravan.app.web.WebRequest;
import io.caravan.app.web.WebResponse;
import io.caravan.base.JsonText;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All pages, by their addresses, and what forms on them do. Safe for use by several threads. */
public final class MonitorSite implements Site, AutoCloseable {

    private static final String API = "api";
    private static final List<String> PARAMETERS =
            List.of("feed", "key", "load", "code", "kind", "before", "find", "show", "from");

    private final MonitorSource source;
    private final Questions questions;
    private final ActDesk desk;

    /** By the first part of the address; those of the second list have one more, which names something. */
    private final Map<String, Page> pages;

    private final Map<String, Page> named;

    public MonitorSite(MonitorSource source, LoadPreviewing previewing, ActDesk desk, Clock clock) {
        this.source = source;
        this.desk = desk;
        this.questions = new Questions(source, previewing, clock);
        this.pages = Map.of(
                "",
                new FeedsPage(source),
                "loads",
                new LoadsPage(source, questions),
                "objects",
                new ObjectsPage(source, questions),
                "dead-letters",
                new DeadLettersPage(source, questions),
                "timeline",
                new TimelinePage(source, questions),
                "preview",
                new PreviewPage(source, questions));
        this.named = Map.of(
                "feeds",
                new FeedPage(source),
                "loads",
                new LoadPage(source, questions),
                "codes",
                new CodePage(new CodeManual(Assets.text("failures.md"))),
                "acts",
                new ActPage(desk));
    }

    @Override
    public WebResponse get(WebRequest request, Visitor visitor, String token) {
        List<String> path = request.path();
        if (path.size() == 2 && path.get(0).equals("assets")) {
            return Assets.find(path.get(1)).orElseThrow(MonitorSite::nothing);
        }
        if (path.equals(List.of(API, "openapi.json"))) {
            return WebResponse.of(WebResponse.OK, WebResponse.JSON, Assets.text("openapi.json"));
        }
        boolean isApi = !path.isEmpty() && path.get(0).equals(API);
        List<String> own = isApi ? path.subList(1, path.size()) : path;
        // All feeds are the root of the pages, and /api/feeds for scripts.
        boolean isRoot = isApi ? own.equals(List.of("feeds")) : own.isEmpty();
        @Nullable
        Page page =
                switch (own.size()) {
                    case 0 -> isRoot ? pages.get("") : null;
                    case 1 -> isRoot ? pages.get("") : own.get(0).isEmpty() ? null : pages.get(own.get(0));
                    case 2 -> named.get(own.get(0));
                    default -> null;
                };
        if (page == null) {
            throw nothing();
        }
        Shown shown = page.show(request, visitor, token);
        if (isApi) {
            return WebResponse.of(WebResponse.OK, WebResponse.JSON, JsonText.pretty(shown.json()) + "\n");
        }
        return html(shown, request, own, visitor);
    }

    private WebResponse html(Shown shown, WebRequest request, List<String> path, Visitor visitor) {
        String address = address(request, path);
        String version = version(shown);
        if (request.query("part").isPresent()) {
            return request.query("part").filter(version::equals).isPresent()
                    ? WebResponse.unchanged()
                    : WebResponse.of(
                            WebResponse.OK,
                            WebResponse.HTML,
                            Document.live(shown, address, version).toString());
        }
        return WebResponse.of(
                WebResponse.OK,
                WebResponse.HTML,
                Document.of(shown, address, path.isEmpty() ? "" : path.get(0), version, visitor, source.version()));
    }

    private static String address(WebRequest request, List<String> path) {
        Href address = Href.of(path.toArray(String[]::new));
        PARAMETERS.forEach(name -> address.with(name, request.query(name).orElse(null)));
        return address.toString();
    }

    /** Returns what tells what is shown from anything else. */
    private static String version(Shown shown) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((shown.isMoving() + shown.live().toString()).getBytes(UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public WebResponse post(WebRequest request, Visitor visitor) {
        List<String> path = request.path();
        if (path.equals(List.of("ask"))) {
            Question question = Question.of(request);
            if (question.kind() == Question.Kind.PREVIEW) {
                requireOperator(visitor);
            }
            questions.ask(question);
            return WebResponse.seeOther(question.page().toString());
        }
        if (path.isEmpty() || !path.get(0).equals("acts")) {
            throw nothing();
        }
        requireOperator(visitor);
        return path.size() == 2 ? confirm(path.get(1), request, visitor) : take(request, visitor);
    }

    private static void requireOperator(Visitor visitor) {
        if (!visitor.mayAct()) {
            throw new WebRefusal(
                    WebResponse.FORBIDDEN, "Only who is named in caravan.ui.operators may do that; you may look");
        }
    }

    private WebResponse take(WebRequest request, Visitor visitor) {
        ActKind kind = request.field("act")
                .flatMap(ActKind::parse)
                .orElseThrow(() -> new WebRefusal(WebResponse.BAD, "Nothing is to be done"));
        String feed = request.field("feed")
                .filter(name -> source.feed(name).isPresent())
                .orElseThrow(() -> new WebRefusal(WebResponse.BAD, "There is no such feed here"));
        Act act = new Act(
                kind,
                feed,
                request.field("load").orElse(null),
                request.field("code").orElse(null),
                request.field("column").orElse(null),
                request.field(kind.isOfDeadLetters() ? "letterkey" : "key").orElse(null),
                request.field("prefix").orElse(null));
        if (!act.isChosen()) {
            throw new WebRefusal(WebResponse.BAD, "Say which objects are meant: by a key, or by what keys begin with");
        }
        ActTicket ticket = desk.take(act, visitor.name())
                .orElseThrow(() -> new WebRefusal(WebResponse.BAD, "Too much waits to be done; try again later"));
        return WebResponse.seeOther(Href.of("acts", ticket.id()).toString());
    }

    private WebResponse confirm(String id, WebRequest request, Visitor visitor) {
        long count = Numbers.of(request.field("count"), -1, Integer.MAX_VALUE);
        desk.confirm(id, count, visitor.name());
        return WebResponse.seeOther(Href.of("acts", id).toString());
    }

    private static WebRefusal nothing() {
        return new WebRefusal(WebResponse.NOT_FOUND, "There is nothing here");
    }

    @Override
    public void close() {
        questions.close();
        desk.close();
    }
}
