package io.caravan.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** What the measurements depend on besides Caravan. */
final class Machine {

    private Machine() {}

    /** Returns one line, such as {@code 2 cores (load average 0.4), 23.5 GiB of memory, Linux amd64, Java 17.0.15+6}. */
    static String describe() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return String.format(
                Locale.ROOT,
                "%d cores (load average %.1f), %s of memory, %s %s, Java %s",
                system.getAvailableProcessors(),
                system.getSystemLoadAverage(),
                gibibytes(system.getTotalMemorySize()),
                system.getName(),
                system.getArch(),
                Runtime.version());
    }

    static double loadAverage() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1 << 30));
    }

    static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%d MiB", Math.round(bytes / (double) (1 << 20)));
    }
}
