package io.caravan.sandbox.session;

import io.caravan.sandbox.fault.SqlError;
import io.caravan.sandbox.server.Passwords;
import io.caravan.sandbox.wire.WireBody;
import io.caravan.sandbox.wire.WireReader;
import io.caravan.sandbox.wire.WireWriter;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Function;

/** Asks for the password the way old servers do, as MD5, and compares it with what PostgreSQL keeps for the user. */
public final class Login {

    private final Function<String, Optional<String>> storedPasswords;

    /** Takes what returns the password of a user who may log in now, as PostgreSQL keeps it. */
    public Login(Function<String, Optional<String>> storedPasswords) {
        this.storedPasswords = storedPasswords;
    }

    /** Returns whether the client knows user and password; if not, it has been told. */
    boolean accept(String user, WireReader in, WireWriter out) throws IOException {
        byte[] salt = new byte[4];
        new SecureRandom().nextBytes(salt);
        out.message('R', new byte[] {0, 0, 0, 5, salt[0], salt[1], salt[2], salt[3]});
        out.flush();
        if (in.read() != 'p') {
            return false;
        }
        String answer = new WireBody(in.readBytes(in.readInt() - 4)).text();
        Optional<String> stored = storedPasswords.apply(user);
        if (stored.isPresent() && answer.equals(Passwords.answer(stored.get(), salt))) {
            return true;
        }
        out.error("FATAL", new SqlError("28000", "password authentication failed for user \"" + user + "\""));
        out.flush();
        return false;
    }
}
