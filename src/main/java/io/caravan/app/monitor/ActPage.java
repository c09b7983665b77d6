package io.caravan.app.monitor;

import static io.caravan.app.html.Attribute.attr;
import static io.caravan.app.html.Attribute.css;
import static io.caravan.app.html.Html.el;

import io.caravan.app.act.Act;
import io.caravan.app.act.ActDesk;
import io.caravan.app.act.ActTicket;
import io.caravan.app.html.Href;
import io.caravan.app.html.Html;
import io.caravan.app.text.FigureText;
import io.caravan.app.web.Visitor;
import io.caravan.app.web.WebRefusal;
import io.caravan.app.web.WebRequest;
import io.caravan.app.web.WebResponse;
import java.util.Locale;

/** How something gets on that an operator wants done; others do not see it. */
final class ActPage implements Page {

    private final ActDesk desk;

    ActPage(ActDesk desk) {
        this.desk = desk;
    }

    @Override
    public Shown show(WebRequest request, Visitor visitor, String token) {
        ActTicket ticket = desk.find(request.path().get(request.path().size() - 1))
                .filter(found -> visitor.mayAct())
                .orElseThrow(() -> new WebRefusal(WebResponse.NOT_FOUND, "There is no such act, or not any more"));
        Act act = ticket.act();
        String verb = act.kind().verb();
        String many = FigureText.number(ticket.count()) + " " + act.text();
        Html live = Html.all(
                switch (ticket.state()) {
                    case COUNTING ->
                        PageParts.note("running", "Being counted: what would it be to " + verb + " ", act.text(), "?");
                    case COUNTED ->
                        ticket.count() == 0
                                ? PageParts.note("quiet", "There are no ", act.text(), " to " + verb + ".")
                                : confirm(ticket, visitor, token, many);
                    case RUNNING -> PageParts.note("running", "Being done: " + verb + " ", many);
                    case DONE -> PageParts.note("good", "Done: " + act.kind().done() + " ", many, ".");
                    case FAILED -> PageParts.note("bad", "This failed, to " + verb + " ", act.text(), ".");
                },
                ticket.notes().isEmpty()
                        ? null
                        : el(
                                "ul",
                                ticket.notes().stream()
                                        .map(note -> el("li", note))
                                        .toList()),
                PageParts.facts("Wanted by", ticket.by(), "At", PageParts.time(ticket.at())),
                el("p", Href.of("feeds", act.feed()).link("Back to feed " + act.feed())));
        return new Shown(
                "To " + verb,
                new Members()
                        .put("act", verb)
                        .put("feed", act.feed())
                        .put("by", ticket.by())
                        .put("at", ticket.at())
                        .put("state", ticket.state().name().toLowerCase(Locale.ROOT))
                        .put("count", ticket.count())
                        .put("notes", ticket.notes())
                        .map(),
                Html.NONE,
                live,
                ticket.state().isMoving());
    }

    private static Html confirm(ActTicket ticket, Visitor visitor, String token, String many) {
        String verb = ticket.act().kind().verb();
        if (!ticket.by().equals(visitor.name())) {
            return PageParts.note("quiet", ticket.by() + " has to confirm: " + verb + " ", many);
        }
        return el(
                "form",
                css("confirm"),
                attr("method", "post"),
                attr("action", Href.of("acts", ticket.id())),
                ActForms.hidden("count", Long.toString(ticket.count())),
                ActForms.hidden("token", token),
                el("p", "This would " + verb + " ", el("b", many), "."),
                el(
                        "button",
                        css("act"),
                        attr("type", "submit"),
                        verb.substring(0, 1).toUpperCase(Locale.ROOT) + verb.substring(1) + " "
                                + FigureText.number(ticket.count()) + " "
                                + ticket.act().kind().things()));
    }
}
