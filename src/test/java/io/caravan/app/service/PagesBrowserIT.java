package io.caravan.app.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.caravan.app.TestingCaravan;
import io.caravan.app.settings.UiAccess;
import io.caravan.app.settings.UiAccess.Kind;
import io.caravan.app.settings.UiSettings;
import io.caravan.testing.RouteDirectory;
import io.caravan.testing.SandboxExtension;
import io.caravan.testing.TestSandbox;
import io.caravan.testing.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page for people in a real browser, whose pictures are kept under {@code target/screenshots}. */
@ExtendWith(SandboxExtension.class)
class PagesBrowserIT {

    private static final String HOSTILE = "orders/<img src=x onerror=alert(1)>.csv";
    private static final String ANNA = "Basic " + Base64.getEncoder().encodeToString("anna:a".getBytes(UTF_8));

    private final TestSandbox sandbox;

    @TempDir
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private TestingPages pages;

    @SuppressWarnings("NullAway.Init")
    private TestingBrowser browser;

    PagesBrowserIT(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @BeforeAll
    static void requireBrowser() {
        if (!TestingBrowser.isThere()) {
            String how = "no browser is installed: " + TestingBrowser.INSTALL;
            if ("required".equals(System.getenv("CARAVAN_BROWSER"))) {
                fail(how);
            }
            abort(how);
        }
    }

    /** One browser and one service for all: both take longer to start than anything here takes. */
    @Test
    void everybodyCanLookAndOperatorsCanAct() throws Exception {
        RouteDirectory routes = new RouteDirectory(directory.resolve("routes"));
        for (String name : List.of("customers", "orders", "prices")) {
            sandbox.execute("CREATE TABLE public." + name + " (id INTEGER NOT NULL, name VARCHAR(20))");
            feed(routes, name);
        }
        feed(routes, "invoices");
        Path accounts = Files.writeString(directory.resolve("accounts"), "anna:a\n");
        UiSettings settings = new UiSettings(
                "127.0.0.1",
                0,
                List.of(new UiAccess(Kind.PASSWORD_FILE, accounts.toString())),
                null,
                null,
                Set.of("anna"),
                false);
        try (TestingPages served = new TestingPages(new TestingCaravan(sandbox, routes), settings);
                TestingBrowser opened = new TestingBrowser()) {
            pages = served;
            browser = opened;
            load();
            // From here on the browser knows the password.
            browser.driver().get("http://anna:a@127.0.0.1:" + pages.port() + "/");
            aLoadThatRunsMoves();
            eachPageIsQuietAndForEverybody();
            nothingMovesWhileTheTabIsHidden();
            aFeedThatIsAddedAppears(routes);
            anOperatorActsByTheKeyboardAlone();
            whenTheServiceIsGoneThePageSaysSo();
        }
    }

    private void feed(RouteDirectory routes, String name) {
        routes.ownFeed(name, sandbox.bucket(), "id", "pollDelay", "50", "retryDelay", "10", "failedDelay", "60000");
    }

    private void load() throws Exception {
        for (int i = 1; i <= 8; i++) {
            StringBuilder csv = new StringBuilder("id,name\n");
            for (int row = 0; row < i * i * 20; row++) {
                csv.append(row).append(",name ").append(row / 3 * i).append('\n');
            }
            sandbox.put("customers/2026-11-" + (10 + i) + ".csv", csv.toString());
            sandbox.put("prices/" + i + ".csv", csv.toString());
            int loads = i;
            Waiting.until("it is loaded", () -> count("/api/loads?feed=customers", "\"outcome\"") >= loads);
        }
        sandbox.put("invoices/1.csv", "id,name\n1,a\n");
        sandbox.put("orders/2026-11-30.csv", "id,name\n1,a\n2,b\nx,c\n2,d\n4,e\n5,f\n");
        sandbox.put(HOSTILE, "id,name\n3,a\n,b\n");
        Waiting.until(
                "all are dealt with",
                () -> count("/api/objects?feed=orders", "\"load\": \"") == 2
                        && api("/api/feeds").contains("\"stopped\""));
    }

    private void aLoadThatRunsMoves() throws Exception {
        pages.hold();
        sandbox.put("prices/9.csv", "id,name\n1,held\n");
        Waiting.until("a load runs", () -> api("/api/feeds").contains("\"secondsLeft\""));
        open("/feeds/prices", 1400, false);
        String load =
                browser.driver().findElement(By.cssSelector("#running ~ a")).getAttribute("href");
        browser.driver().get(load);
        assertThat(text("#live")).contains("loading").contains("of 1 objects").contains("rows/s");
        browser.picture("load-running-1400");
        pages.release();
        Waiting.until("the page says it by itself", () -> text("#live").contains("adds up"));
        browser.assertQuiet("a load that ends");
    }

    private void eachPageIsQuietAndForEverybody() throws Exception {
        String load = api("/api/objects?feed=orders&key=2026").replaceAll("(?s).*?\"load\": \"([^\"]*)\".*", "$1");
        ask("/dead-letters?feed=orders");
        Map<String, String> all = new LinkedHashMap<>();
        all.put("feeds", "/");
        all.put("feed", "/feeds/customers");
        all.put("feed-stopped", "/feeds/invoices");
        all.put("load", "/loads/" + load);
        all.put("loads", "/loads");
        all.put("objects", "/objects?feed=orders");
        all.put("dead-letters", "/dead-letters?feed=orders");
        all.put("acts", "/timeline?kind=act");
        all.put("timeline", "/timeline");
        all.put("code", "/codes/VALUE_FORMAT");
        for (Map.Entry<String, String> page : all.entrySet()) {
            for (int width : List.of(1400, 800, 390)) {
                // Each is looked at in the light and in the dark, at one width or another.
                boolean isDark = width == 390;
                open(page.getValue(), width, isDark);
                String name = page.getKey() + "-" + width;
                assertThat(widthOfContent()).as(name).isLessThanOrEqualTo(width);
                browser.picture(name);
                browser.assertQuiet(name);
                if (width != 800) {
                    browser.assertAccessible(name);
                }
            }
            open(page.getValue(), 1400, true);
            browser.picture(page.getKey() + "-dark");
        }
        assertThat(browser.driver().findElements(By.tagName("img"))).isEmpty();
        open("/objects?feed=orders", 1400, false);
        assertThat(text("#live")).contains(HOSTILE);
    }

    private void ask(String page) throws Exception {
        open(page, 1400, false);
        browser.driver().findElement(By.cssSelector("form.ask button")).click();
        Waiting.until("the answer is there by itself", () -> text("#live").contains("As the warehouse has said"));
    }

    private void nothingMovesWhileTheTabIsHidden() {
        browser.driver()
                .executeCdpCommand(
                        "Page.addScriptToEvaluateOnNewDocument",
                        Map.of(
                                "source",
                                "window.setInterval = f => { window.tick = f; return 0; };"
                                        + " Object.defineProperty(document, 'hidden', {get: () => window.isHidden === true});"
                                        + " window.asked = 0;"
                                        + " document.addEventListener('htmx:beforeRequest', () => window.asked++);"));
        open("/", 1400, false);
        browser.run("window.isHidden = true; for (let i = 0; i < 100; i++) window.tick()");
        assertThat(browser.run("return window.asked")).isEqualTo(0L);
        browser.run("window.isHidden = false; for (let i = 0; i < 15; i++) window.tick()");
        assertThat(browser.run("return window.asked")).isEqualTo(1L);
        browser.assertQuiet("a hidden tab");
    }

    private void aFeedThatIsAddedAppears(RouteDirectory routes) throws Exception {
        open("/", 1400, false);
        sandbox.execute("CREATE TABLE public.added (id INTEGER NOT NULL, name VARCHAR(20))");
        feed(routes, "added");
        pages.reload();
        Waiting.until("it is known", () -> api("/api/feeds").contains("\"added\""));
        browser.run("for (let i = 0; i < 15; i++) window.tick()");
        Waiting.until("the page shows it", () -> text("#live").contains("added"));
    }

    private void anOperatorActsByTheKeyboardAlone() throws Exception {
        open("/dead-letters?feed=orders&code=VALUE_NULL_KEY", 1400, false);
        tabTo("details.acts summary");
        press(Keys.ENTER);
        tabTo("button[value=drop]");
        press(Keys.ENTER);
        Waiting.until("it is counted", () -> {
            browser.run("for (let i = 0; i < 2; i++) window.tick()");
            return text("#live").contains("This would drop");
        });
        assertThat(text("#live")).contains("1 open dead letters of feed orders, with code VALUE_NULL_KEY");
        browser.picture("act-1400");
        browser.assertAccessible("an act");
        tabTo("button.act");
        press(Keys.ENTER);
        Waiting.until("it is done", () -> {
            browser.run("for (let i = 0; i < 2; i++) window.tick()");
            return text("#live").contains("Done: dropped 1");
        });
        assertThat(sandbox.lines("SELECT COUNT(*) FROM caravan.dead_letters WHERE status = 'dropped'"))
                .containsExactly("1");
        browser.assertQuiet("an act");
    }

    private void whenTheServiceIsGoneThePageSaysSo() throws Exception {
        open("/", 1400, false);
        pages.close();
        browser.run("for (let i = 0; i < 15; i++) window.tick()");
        Waiting.until("the page says so", () -> text("body").contains("This is not up to date"));
    }

    private void open(String path, int width, boolean isDark) {
        browser.look(width, isDark);
        browser.driver().get(pages.base() + path);
    }

    private String text(String css) {
        // Not by an element, which may be replaced meanwhile.
        return String.valueOf(browser.run("return document.querySelector('" + css + "').innerText"));
    }

    private long widthOfContent() {
        return browser.number("return document.documentElement.scrollWidth");
    }

    /** As somebody does who has no mouse; what has the focus can be seen. */
    private void tabTo(String css) {
        WebElement wanted = browser.driver().findElement(By.cssSelector(css));
        for (int i = 0; i < 60; i++) {
            WebElement focused = browser.driver().switchTo().activeElement();
            if (focused.equals(wanted)) {
                assertThat(focused.getCssValue("outline-style")).as(css).isNotEqualTo("none");
                return;
            }
            press(Keys.TAB);
        }
        fail("no way to " + css + " by the keyboard");
    }

    private void press(Keys key) {
        browser.driver().switchTo().activeElement().sendKeys(key);
    }

    private String api(String path) throws Exception {
        return pages.get(path, "Authorization", ANNA).body();
    }

    private int count(String path, String text) throws Exception {
        return api(path).split(Pattern.quote(text), -1).length - 1;
    }
}
