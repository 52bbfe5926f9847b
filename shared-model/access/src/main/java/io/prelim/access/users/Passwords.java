package io.prelim.access.users;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.wildfly.security.password.Password;
import org.wildfly.security.password.PasswordFactory;
import org.wildfly.security.password.WildFlyElytronPasswordProvider;
import org.wildfly.security.password.interfaces.BCryptPassword;
import org.wildfly.security.password.util.ModularCrypt;

/** Holds passwords against bcrypt hashes. */
final class Passwords {
    /** Bytes that bcrypt looks at; it would take a longer password for another with the same beginning. */
    private static final int LONGEST = 72;

    private Passwords() {}

    static boolean fit(String password, String hash) {
        if (password.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            return false;
        }
        try {
            // 2b is what 2y is, by its later name
            PasswordFactory factory =
                    PasswordFactory.getInstance(BCryptPassword.ALGORITHM_BCRYPT, new WildFlyElytronPasswordProvider());
            Password stored = factory.translate(ModularCrypt.decode(hash.replaceFirst("^\\$2b\\$", "\\$2y\\$")));
            return factory.verify(stored, password.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a hash that was read cannot be used", e);
        }
    }
}
