package io.caravan.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium, without a window. */
final class TestingBrowser implements AutoCloseable {

    static final String INSTALL = "apt-get install chromium chromium-driver";

    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final Path PICTURES = Path.of("target", "screenshots");

    private final ChromeDriver driver;

    TestingBrowser() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER.toFile());
        // In a container there is no sandbox for it, and little shared memory.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options);
    }

    /** Returns whether it is installed. */
    static boolean isThere() {
        return Files.isExecutable(DRIVER) && Files.isExecutable(BROWSER);
    }

    ChromeDriver driver() {
        return driver;
    }

    /** Runs a script, as somebody would at the console. */
    @Nullable
    Object run(String script) {
        return driver.executeScript(script);
    }

    /** Shows pages as wide as this, and light or dark. */
    void look(int width, boolean isDark) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 500));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", isDark ? "dark" : "light"))));
    }

    /** Keeps a picture of the whole page under {@code target/screenshots}. */
    void picture(String name) throws IOException {
        long height = number("return Math.min(4000, document.documentElement.scrollHeight)");
        long width = number("return window.innerWidth");
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        Files.createDirectories(PICTURES);
        Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    long number(String script) {
        return driver.executeScript(script) instanceof Number number ? number.longValue() : -1;
    }

    /** Expects that everybody can use the page. */
    void assertAccessible(String what) {
        List<Rule> violations = new AxeBuilder().analyze(driver).getViolations();
        assertThat(violations)
                .as(what)
                .extracting(rule -> rule.getId() + ": "
                        + rule.getNodes().stream().map(node -> node.getHtml()).toList())
                .isEmpty();
    }

    /** Expects that no script has failed, and nothing was refused by the page's policy, since the last time. */
    void assertQuiet(String what) {
        assertThat(driver.manage().logs().get(LogType.BROWSER).getAll())
                .as(what)
                .isEmpty();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
