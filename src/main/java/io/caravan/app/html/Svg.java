package io.caravan.app.html;

import static io.caravan.app.html.Attribute.attr;
import static io.caravan.app.html.Attribute.css;
import static io.caravan.app.html.Html.el;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pictures of figures; colours are the style's, by the names of classes. */
public final class Svg {

    private static final int STRIP_HEIGHT = 22;
    private static final int BAR_WIDTH = 5;
    private static final int BAR_STEP = 7;
    private static final int LEAST_BAR = 4;
    private static final int FOOT = 3;

    /**
     * A bar of a strip.
     *
     * @param css names its colour
     * @param size how high it is in comparison with the others; not negative
     * @param hasFoot whether it stands on a foot: a second sign, besides the colour
     */
    public record Bar(String css, double size, boolean hasFoot) {}

    /**
     * A part of a stack.
     *
     * @param css names its colour
     * @param size how long it is in comparison with the others; not negative
     */
    public record Part(String css, double size) {}

    private Svg() {}

    /**
     * Returns bars beside each other.
     *
     * @param title what they show, for people
     */
    public static Html strip(List<Bar> bars, String title) {
        double most = bars.stream().mapToDouble(Bar::size).max().orElse(0);
        Map<String, StringBuilder> paths = new LinkedHashMap<>();
        int x = 0;
        for (Bar bar : bars) {
            int height = LEAST_BAR
                    + (int) (most <= 0 ? 0 : Math.sqrt(bar.size() / most) * (STRIP_HEIGHT - LEAST_BAR - FOOT - 1));
            int bottom = STRIP_HEIGHT - FOOT - 1;
            StringBuilder path = paths.computeIfAbsent(bar.css(), name -> new StringBuilder());
            path.append(box(x, bottom - height, BAR_WIDTH, height));
            if (bar.hasFoot()) {
                path.append(box(x, STRIP_HEIGHT - FOOT, BAR_WIDTH, FOOT));
            }
            x += BAR_STEP;
        }
        List<Html> drawn = new ArrayList<>();
        paths.forEach((css, path) -> drawn.add(el("path", css(css), attr("d", path))));
        int width = bars.size() * BAR_STEP;
        return picture("strip", width, STRIP_HEIGHT, title, attr("width", width), drawn);
    }

    private static String box(int x, int y, int width, int height) {
        return "M" + x + " " + y + "h" + width + "v" + height + "h-" + width + "z";
    }

    /** Returns parts behind each other, as long as a line. */
    public static Html stack(List<Part> parts, String title) {
        double all = parts.stream().mapToDouble(Part::size).sum();
        List<Html> drawn = new ArrayList<>();
        double x = 0;
        for (Part part : parts) {
            double width = all <= 0 ? 0 : part.size() / all * 1000;
            if (width > 0) {
                drawn.add(el(
                        "rect",
                        css(part.css()),
                        attr("x", figure(x)),
                        attr("y", 0),
                        attr("width", figure(Math.max(1.5, width - 2))),
                        attr("height", 10)));
            }
            x += width;
        }
        return picture("stack", 1000, 10, title, null, drawn);
    }

    /** Returns a bar that is full up to a share. */
    public static Html progress(double share, String title) {
        return picture(
                "progress",
                1000,
                10,
                title,
                null,
                List.of(
                        el("rect", css("rest"), attr("width", 1000), attr("height", 10)),
                        el("rect", css("running"), attr("width", figure(share * 1000)), attr("height", 10))));
    }

    /** Returns the sign of a state, which stands beside its word. */
    public static Html sign(String css, String path) {
        return el(
                "svg",
                css("sign " + css),
                attr("viewBox", "0 0 12 12"),
                attr("aria-hidden", "true"),
                attr("focusable", "false"),
                el("path", attr("d", path)));
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static Html picture(
            String css, int width, int height, String title, @Nullable Attribute size, List<Html> drawn) {
        return el(
                "svg",
                css(css),
                attr("viewBox", "0 0 " + width + " " + height),
                attr("preserveAspectRatio", "none"),
                attr("role", "img"),
                attr("aria-label", title),
                size,
                drawn);
    }
}
