package io.caravan.aws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that answers every request with the same bytes, however wrong, and then closes the connection. */
public final class ScriptedHttpServer implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final byte[] answer;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** Starts on a free port of the loopback. */
    public ScriptedHttpServer(String answer) throws IOException {
        this.answer = answer.replace("\n", "\r\n").getBytes(ISO_8859_1);
        Thread thread = new Thread(this::serve, "scripted-http-server");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Returns the first line of each request so far. */
    public List<String> requests() {
        return requests;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept();
                    BufferedReader request =
                            new BufferedReader(new InputStreamReader(connection.getInputStream(), ISO_8859_1))) {
                String line = request.readLine();
                requests.add(String.valueOf(line));
                while (line != null && !line.isEmpty()) {
                    line = request.readLine();
                }
                connection.getOutputStream().write(answer);
                connection.getOutputStream().flush();
            } catch (IOException e) {
                // The client went away, or the test is over.
            }
        }
    }
}
