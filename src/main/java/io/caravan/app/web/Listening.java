package io.caravan.app.web;

import com.sun.net.httpserver.HttpServer;
import io.caravan.app.settings.Setting;
import io.caravan.base.ErrorCode;
import io.caravan.base.InvalidConfigurationException;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** How a server of the JDK begins to listen, with limits that hold for all of them. */
public final class Listening {

    /** The longest that a request, an answer, or an idle connection may take; after that it is cut off. */
    private static final String MOST_SECONDS = "10";

    static {
        // The JDK's server reads them once,
        // https://docs.oracle.com/en/java/javase/17/docs/api/jdk.httpserver/module-summary.html
        System.setProperty("sun.net.httpserver.maxReqTime", MOST_SECONDS);
        System.setProperty("sun.net.httpserver.maxRspTime", MOST_SECONDS);
        System.setProperty("sun.net.httpserver.idleInterval", MOST_SECONDS);
    }

    private Listening() {}

    /**
     * Returns a server that listens, and answers nothing yet.
     *
     * @param address name or address of an interface of this machine; null for all of them
     * @param addressSetting which setting has it
     * @param portSetting which setting has the port
     * @throws InvalidConfigurationException if it cannot listen there
     */
    public static HttpServer on(@Nullable String address, int port, Setting addressSetting, Setting portSetting) {
        InetSocketAddress socket = address == null ? new InetSocketAddress(port) : new InetSocketAddress(address, port);
        if (socket.isUnresolved()) {
            throw new InvalidConfigurationException(
                    ErrorCode.SETTING_INVALID,
                    addressSetting.key() + " is '" + address
                            + "', which is no address of this machine: correct it, or leave it out");
        }
        try {
            return HttpServer.create(socket, 0);
        } catch (IOException e) {
            throw new InvalidConfigurationException(
                    ErrorCode.SETTING_INVALID,
                    "Cannot listen on port " + port + " of " + name(address) + " (" + e.getMessage()
                            + "): if another process does, set " + portSetting.key() + " or "
                            + portSetting.variable() + " to another port, or to 0 for any that is free",
                    e);
        }
    }

    /** Returns an address for people. */
    public static String name(@Nullable String address) {
        return address == null ? "all addresses" : address;
    }
}
